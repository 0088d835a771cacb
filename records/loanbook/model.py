"""A loan book as it was read, and what was wrong or worth saying about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SHEETS = ("staff", "borrowers", "loans", "milestones", "statements", "related")
KEYS = {
    "staff": ("staff_code",),
    "borrowers": ("borrower_code",),
    "loans": ("loan_no",),
    "milestones": ("loan_no", "due_on", "title"),
    "statements": ("borrower_code", "period_end"),
    "related": ("borrower_code", "name"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: `code` has a sentence in `book.problem` and what to do in `book.hint`.

    `line` counts from 1 as editors and spreadsheets do; 0 means the whole sheet. `column` is the book's name and `heading` what the file calls it. `detail` holds what the
    sentence needs beside the value.
    """

    code: str
    file: str = ""
    sheet: str = ""
    line: int = 0
    column: str = ""
    value: str = ""
    heading: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    def words(self) -> dict[str, Any]:
        """The values for the catalog's sentences."""
        place = {
            "file": self.file,
            "sheet": self.sheet,
            "line": self.line,
            "column": self.heading or self.column,
        }
        return {**place, "value": self.value, **self.detail}


class BookErrors(Exception):
    """The book can't be taken as it is; `problems` are in the order of sheets and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(f"{len(self.problems)} problems")


class Wrong(Exception):
    """A cell that can't be read, before its place is known."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Row:
    """`values` has the columns that the sheet has, as `records.model` types them."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    file: str
    rows: Sequence[Row] = ()
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book without errors. `remarks` say how columns were read and what was left out."""

    source: str
    sha256: str
    sheets: Mapping[str, Sheet]
    remarks: Sequence[Problem] = ()

    def __len__(self) -> int:
        return sum(len(sheet.rows) for sheet in self.sheets.values())

    def rows(self, sheet: str) -> list[Mapping[str, Any]]:
        found = self.sheets.get(sheet)
        return [row.values for row in found.rows] if found else []

    def keyed(self, sheet: str) -> dict[tuple[Any, ...], Mapping[str, Any]]:
        return {tuple(row.get(name, "") for name in KEYS[sheet]): row for row in self.rows(sheet)}
