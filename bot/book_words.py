"""What the command line says about a loan book: problems, remarks and a preview, as plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from prompts.catalog import say
from records.book import REPLACED, Key, Preview
from records.loanbook import Book, BookErrors, Problem

SHOWN = 20


def book_errors(error: BookErrors, lang: str) -> str:
    """Every problem with its place and what to do, and that nothing was changed."""
    lines = [_one(problem, lang) for problem in error.problems]
    return "\n".join([*lines, _said("book.refused", lang, count=len(lines))])


def book_preview(book: Book, preview: Preview, lang: str) -> str:
    return "\n".join([*remark_lines(book, lang), *preview_lines(preview, lang)])


def _one(problem: Problem, lang: str) -> str:
    where, what, advice = problem_lines(problem, lang)
    return f"{where}: {what}\n    {advice}"


def problem_lines(problem: Problem, lang: str) -> list[str]:
    """Where it is, what is wrong, what to do."""
    return [_plain(f"book.{part}", lang, problem) for part in _parts(problem)]


def remark_line(remark: Problem, lang: str) -> str:
    return f"{_plain('book.where', lang, remark)}: {_plain(f'book.remark.{remark.code}', lang, remark)}"


def remark_lines(book: Book, lang: str) -> list[str]:
    return [remark_line(remark, lang) for remark in book.remarks]


def preview_lines(preview: Preview, lang: str, shown: int = SHOWN) -> list[str]:
    """Counts of each sheet, then what changes, goes and comes, at most `shown` of each."""
    if preview.nothing:
        return [_said("book.nothing", lang)]
    lines = [
        _said("book.counts", lang, sheet=_sheet(name, lang), **n) for name, n in preview.counts().items()
    ]
    for part in (_changes(preview, lang), _gone(preview, lang), _new(preview, lang)):
        lines += _some(list(part), shown, lang)
    return [*lines, _said("book.shrinks", lang)] if preview.shrinks else lines


def _changes(preview: Preview, lang: str) -> Iterator[str]:
    for change in preview.changed:
        old, new = (_value(value, lang) for value in (change.old, change.new))
        values = {"sheet": _sheet(change.sheet, lang), "row": _key(change.key), "old": old, "new": new}
        yield _said("book.change", lang, column=change.column, **values)


def _gone(preview: Preview, lang: str) -> Iterator[str]:
    for name, keys in preview.gone.items():
        sentence = "book.replaced" if name in REPLACED else "book.gone"
        yield from (_said(sentence, lang, sheet=_sheet(name, lang), row=_key(key)) for key in keys)


def _new(preview: Preview, lang: str) -> Iterator[str]:
    for name, keys in preview.new.items():
        yield from (_said("book.fresh", lang, sheet=_sheet(name, lang), row=_key(key)) for key in keys)


def _some(lines: list[str], shown: int, lang: str) -> list[str]:
    more = len(lines) - shown
    return [*lines[:shown], _said("book.more", lang, count=more)] if more > 0 else lines


def _parts(problem: Problem) -> tuple[str, str, str]:
    return "where", f"problem.{problem.code}", f"hint.{problem.code}"


def _plain(key: str, lang: str, problem: Problem) -> str:
    return _said(key, lang, **problem.words())


def _said(key: str, lang: str, **values: Any) -> str:
    return unescape(say(key, lang, **values))


def _sheet(name: str, lang: str) -> str:
    return _said(f"book.sheet.{name}", lang)


def _key(key: Key) -> str:
    return " ".join(str(part) for part in key)


def _value(value: Any, lang: str) -> str:
    if value in (None, "", [], ()):
        return _said("book.empty", lang)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
