"""The words for people: one TOML catalog a room and language, each entry a Jinja2 template of Telegram HTML."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, meta

LANGUAGES = ("zh", "en")
ROOT = Path(__file__).parent / "people"


class UnknownWords(KeyError):
    """No catalog has this key."""


def say(key: str, lang: str, **values: Any) -> str:
    """Render `room.name` (or `room.table.name`) in `lang`; values are escaped for HTML.

    Raises UnknownWords for a key no catalog has; jinja2.UndefinedError for a value that wasn't given.
    """
    return _rendered(_template(key, lang), values) if values else _fixed(key, lang)


def label(kind: str, code: str, lang: str) -> str:
    """The words for a code, e.g. `label("purpose", "raw_materials", "zh")`; an unknown code stands for itself."""
    table = _catalog("labels", lang).get(kind, {})
    return str(table.get(code, code))


def keys(lang: str) -> Iterator[str]:
    """Every key of every catalog of a language."""
    for path in sorted((ROOT / lang).glob("*.toml")):
        yield from (f"{path.stem}.{name}" for name in _flat(_catalog(path.stem, lang)))


def words(key: str, lang: str) -> str:
    """The template of a key, as it stands in the catalog. Raises UnknownWords."""
    room, _, name = key.partition(".")
    found: Any = _catalog(room, lang)
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            raise UnknownWords(f"{lang}:{key}")
        found = found[part]
    return str(found)


def variables(key: str, lang: str) -> set[str]:
    """The names of the values that a key's template asks for."""
    return meta.find_undeclared_variables(_environment(lang).parse(words(key, lang)))


def version() -> str:
    """A content hash of all catalogs, kept with every record that they made."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def language(asked: str | None) -> str:
    """The nearest language that we speak: zh unless English is asked for."""
    return "en" if (asked or "").lower().startswith("en") else "zh"


def _rendered(template: Template, values: dict[str, Any]) -> str:
    """As `render`, without copying Jinja's globals, which no catalog uses: half of the time of a short line."""
    return "".join(template.root_render_func(template.new_context(values, shared=True))).strip("\n")


@cache
def _fixed(key: str, lang: str) -> str:
    return _template(key, lang).render().strip("\n")


@cache
def _template(key: str, lang: str) -> Template:
    return _environment(lang).from_string(words(key, lang))


@cache
def _catalog(room: str, lang: str) -> dict[str, Any]:
    path = ROOT / lang / f"{room}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["money"] = lambda amount: money(amount, lang)
    environment.filters["day"] = lambda day: day_words(day, lang)
    environment.filters["date"] = lambda day: date_words(day, lang)
    environment.filters["label"] = lambda code, kind: label(kind, code, lang)
    environment.filters["number"] = number
    environment.filters["many"] = many
    return environment


def money(amount: float | Decimal | None, lang: str) -> str:
    """Yuan as people of the language write it: 320万元, 1.2亿元; ¥3.2m, ¥800,000. None is a dash."""
    if amount is None:
        return "—"
    value = Decimal(str(amount))
    if lang == "en":
        return f"¥{number(value / 1_000_000)}m" if abs(value) >= 1_000_000 else f"¥{number(value)}"
    if abs(value) >= 100_000_000:
        return f"{number(value / 100_000_000)}亿元"
    return f"{number(value / 10_000)}万元" if abs(value) >= 10_000 else f"{number(value)}元"


def number(value: float | Decimal | int) -> str:
    """A number without needless zeros, thousands apart: 12,005 · 66.7 · 320."""
    return f"{round(Decimal(str(value)), 8).normalize():,f}"


def many(count: float | Decimal | int, noun: str) -> str:
    """A count with its English noun: 1 day, 12,005 days."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def day_words(day: Any, lang: str) -> str:
    """A date as people say it: 12月1日（周二）, 1 Dec (Tue)."""
    if day is None:
        return "—"
    weekday = f" ({day:%a})" if lang == "en" else f"（周{'一二三四五六日'[day.weekday()]}）"
    return date_words(day, lang) + weekday


def date_words(day: Any, lang: str) -> str:
    """The same without its weekday, for use in brackets: 12月1日, 1 Dec."""
    if day is None:
        return "—"
    return f"{day.day} {day:%b}" if lang == "en" else f"{day.month}月{day.day}日"


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"
