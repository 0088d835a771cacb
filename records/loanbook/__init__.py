"""Reading a loan book: a folder of CSV files or one .xlsx, checked as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from records.loanbook import checks, columns, raw, reading
from records.loanbook.model import SHEETS, Book, BookErrors, Problem, Row, Sheet

__all__ = ["SHEETS", "Book", "BookErrors", "Problem", "Row", "Sheet", "read"]


def read(path: Path) -> Book:
    """The book at `path`. Raises BookErrors with everything that is wrong with it, not just the first."""
    found = raw.open_book(path)
    readings = {sheet.name: reading.read_sheet(sheet) for sheet in found.sheets}
    sheets = {name: readings[name].sheet for name in SHEETS if name in readings}
    problems = [problem for one in readings.values() for problem in one.problems]
    problems += _missing_sheets(found, sheets) or _not_following(problems, list(checks.check(sheets)))
    if problems:
        raise BookErrors(sorted(_said(_once(problems), sheets), key=_place))
    remarks = [remark for one in readings.values() for remark in one.remarks]
    remarks += [Problem("unknown_sheet", file=found.source, value=name) for name in found.unknown]
    remarks += checks.remarks(sheets)
    return Book(found.source, found.sha256, sheets, _said(remarks, sheets))


def _missing_sheets(found: raw.RawBook, sheets: dict[str, Sheet]) -> list[Problem]:
    return [
        Problem("missing_sheet", found.source, name, detail={"unknown": ", ".join(found.unknown)})
        for name in columns.required_sheets()
        if name not in sheets
    ]


def _not_following(told: list[Problem], found: list[Problem]) -> list[Problem]:
    """Without what only follows from a cell or sheet that couldn't be read."""
    unread = {
        problem.sheet for problem in told if not problem.line or problem.code in ("csv", "missing_column")
    }
    empty = {problem.sheet for problem in found if problem.code == "no_rows"}
    keys = {(problem.sheet, problem.column) for problem in told}
    lines = {(problem.sheet, problem.line) for problem in told}
    return [
        problem
        for problem in found
        if not (problem.code == "no_rows" and problem.sheet in unread)
        and not (problem.code == "half_a_place" and (problem.sheet, problem.line) in lines)
        and not (problem.code == "double" and problem.sheet in unread)
        and not (problem.code == "dangling" and _unread(problem, unread | empty, keys))
    ]


def _unread(problem: Problem, unread: set[str], keys: set[tuple[str, str]]) -> bool:
    other = problem.detail["other"]
    return other in unread or (other, problem.detail["wanted"]) in keys


def _once(problems: list[Problem]) -> list[Problem]:
    """One problem a cell and code: a loop of one is told as such only."""
    own = {(p.sheet, p.line) for p in problems if p.code == "own_boss"}
    return [p for p in problems if not (p.code == "loop" and (p.sheet, p.line) in own)]


def _said(problems: list[Problem], sheets: dict[str, Sheet]) -> list[Problem]:
    """With the file's own headings."""
    said = {name: sheet.headings for name, sheet in sheets.items()}
    return [replace(p, heading=said.get(p.sheet, {}).get(p.column, p.column)) for p in problems]


def _place(problem: Problem) -> tuple[int, int]:
    return (SHEETS.index(problem.sheet) if problem.sheet in SHEETS else -1, problem.line)
