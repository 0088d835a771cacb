"""The catalogs' sentences for a terminal: the same words as in the chat, without markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.doctor import Finding
from prompts import catalog
from records.book import Preview
from records.loanbook import Book, BookErrors, Problem

MARKS = {"good": "✓", "note": "·", "wrong": "✗"}
SHOWN = 20


def plain(key: str, lang: str, **values: Any) -> str:
    return unmarked(catalog.say(key, lang, **values))


def unmarked(text: str) -> str:
    return html.unescape(re.sub(r"</?[a-z]+>", "", text))


def finding(found: Finding, lang: str) -> str:
    return f"{MARKS[found.state]} {plain(f'{found.room}.{found.code}', lang, **found.values)}"


def book_errors(error: BookErrors, lang: str) -> str:
    """Every problem with its place and what to do."""
    lines = [_problem(problem, lang) for problem in error.problems]
    return "\n".join([*lines, plain("book.refused", lang, count=len(lines))])


def book_preview(book: Book, preview: Preview, lang: str) -> str:
    """What a commit would do, the counts of each sheet and the first changes of each kind."""
    return "\n".join(_preview_lines(book, preview, lang))


def _preview_lines(book: Book, preview: Preview, lang: str) -> Iterator[str]:
    yield from (_remark(remark, lang) for remark in book.remarks)
    if preview.nothing:
        yield plain("book.nothing", lang)
        return
    for sheet, counts in preview.counts().items():
        yield plain("book.counts", lang, sheet=_sheet(sheet, lang), **counts)
    yield from _first((_change(change, lang) for change in preview.changed), len(preview.changed), lang)
    gone = [(sheet, key) for sheet, keys in preview.gone.items() for key in keys]
    yield from _first((_gone(sheet, key, lang) for sheet, key in gone), len(gone), lang)
    if preview.shrinks:
        yield plain("book.shrinks", lang)


def _first(lines: Iterable[str], count: int, lang: str) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == SHOWN:
            yield plain("book.more", lang, count=count - SHOWN)
            return
        yield line


def _change(change: Any, lang: str) -> str:
    old, new = (
        plain("book.empty", lang) if value in (None, "") else value for value in (change.old, change.new)
    )
    row = " ".join(map(str, change.key))
    return plain(
        "book.change", lang, sheet=_sheet(change.sheet, lang), row=row, column=change.column, old=old, new=new
    )


def _gone(sheet: str, key: Any, lang: str) -> str:
    words = "book.replaced" if sheet in ("milestones", "related") else "book.gone"
    return plain(words, lang, sheet=_sheet(sheet, lang), row=" ".join(map(str, key)))


def _problem(problem: Problem, lang: str) -> str:
    what, hint = (
        plain(f"book.{kind}.{problem.code}", lang, **problem.words()) for kind in ("problem", "hint")
    )
    return f"{_where(problem, lang)}: {what} {hint}"


def _remark(remark: Problem, lang: str) -> str:
    words = plain(f"book.remark.{remark.code}", lang, **remark.words())
    return f"· {_where(remark, lang)}: {words}"


def _where(problem: Problem, lang: str) -> str:
    return plain("book.where", lang, **{**problem.words(), "sheet": problem.sheet})


def _sheet(name: str, lang: str) -> str:
    return plain(f"book.sheet.{name}", lang)
