"""What is said to a language model: templates and examples by language, and the version of their words."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).parent / "models"


@dataclass(frozen=True, slots=True)
class Words:
    """A conversation with a model, ready to be sent: `{"role", "content"}` each."""

    lang: str
    messages: tuple[Mapping[str, str], ...]

    def text(self) -> str:
        """As one page, to be pasted where a model is tried by hand."""
        return "\n\n".join(f"## {one['role']}\n\n{one['content']}" for one in self.messages)


@dataclass(frozen=True, slots=True)
class Example:
    """A report and the answer that is expected: facts as `{"field", "value", "purpose", "quote"}`."""

    text: str
    on: date
    facts: tuple[Mapping[str, Any], ...]

    def answer(self) -> str:
        return json.dumps({"facts": list(self.facts)}, ensure_ascii=False)


def reading(text: str, on: date, lang: str) -> Words:
    """Ask for the facts of a report of the day `on`; names in the text are masked already."""
    shown = [turn for example in examples(lang) for turn in _turns(example, lang)]
    messages = (_message("system", _render("reading", lang)), *shown, _report(text, on, lang))
    return Words(lang, messages)


def correction(words: Words, answer: str, why: str) -> Words:
    """Ask once more: the answer that came, and what is wrong with it."""
    given = _message("assistant", answer or "{}")
    return Words(
        words.lang, (*words.messages, given, _message("user", _render("correction", words.lang, why=why)))
    )


@cache
def examples(lang: str) -> tuple[Example, ...]:
    found = tomllib.loads((ROOT / lang / "reading.toml").read_text("utf-8"))["example"]
    return tuple(Example(one["text"], one["reported_on"], tuple(map(_whole, one["facts"]))) for one in found)


@cache
def version() -> str:
    """A content hash of all that is said to models, kept with every reading that it made."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _turns(example: Example, lang: str) -> Iterator[Mapping[str, str]]:
    yield _report(example.text, example.on, lang)
    yield _message("assistant", example.answer())


def _report(text: str, on: date, lang: str) -> Mapping[str, str]:
    """The marker lines carry a hash of the text: no words inside can close them."""
    fence = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    return _message("user", _render("report", lang, text=text, on=on, fence=fence))


def _whole(fact: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: fact.get(name) for name in ("field", "value", "purpose", "quote")}


def _message(role: str, content: str) -> Mapping[str, str]:
    return {"role": role, "content": content}


def _render(name: str, lang: str, **values: Any) -> str:
    return _environment().get_template(f"{lang}/{name}.jinja").render(**values).strip()


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(ROOT), undefined=StrictUndefined, autoescape=False)
