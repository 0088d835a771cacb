"""Rows of cells to typed rows: which row is the heading, which column is which, and how each was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from records.loanbook import columns
from records.loanbook.columns import Heading
from records.loanbook.model import Problem, Row, Sheet, Wrong
from records.loanbook.raw import Line, RawSheet
from records.loanbook.values import Read, clean, read_cell

REMARKS = ("merged_filled",)
UNREADABLE = ("formula", "cell_error", "merged_across")
_SEARCHED = 10


@dataclass(slots=True)
class Reading:
    """What one sheet gave: its rows, errors that stop the import, remarks that don't."""

    sheet: Sheet
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


def read_sheet(raw: RawSheet) -> Reading:
    reading = Reading(Sheet(raw.name, raw.file))
    for problem in raw.problems:
        (reading.remarks if problem.code in REMARKS else reading.problems).append(problem)
    found = _heading_line(raw)
    if found is None:
        if not reading.problems:
            reading.problems.append(Problem("no_heading", raw.file, raw.name))
        return reading
    return _Rows(raw, reading).read(found)


def _heading_line(raw: RawSheet) -> int | None:
    """The place of the first row in which at least two headings are known; a title may stand above it."""
    for place, (_, cells) in enumerate(raw.lines[:_SEARCHED]):
        if sum(columns.heading(raw.name, clean(cell)) is not None for cell in cells if cell is not None) >= 2:
            return place
    return None


class _Rows:
    """Reads the rows under a heading."""

    def __init__(self, raw: RawSheet, reading: Reading) -> None:
        self.raw = raw
        self.reading = reading
        self.width = 0
        self.headings: dict[int, Heading] = {}
        self.how: dict[str, Counter[str]] = {}
        self.rows: list[Row] = []
        self.broken = {problem.line for problem in raw.problems if problem.code in UNREADABLE}

    def read(self, place: int) -> Reading:
        line, cells = self.raw.lines[place]
        self.width = len(cells)
        self._headings(line, cells)
        for row in self.raw.lines[place + 1 :]:
            self._row(row)
        self._whole_columns()
        said = {heading.column.name: heading.said for heading in self.headings.values()}
        self.reading.sheet = Sheet(self.raw.name, self.raw.file, self.rows, said)
        return self.reading

    def _headings(self, line: int, cells: Sequence[object]) -> None:
        unknown = []
        for position, cell in enumerate(cells):
            said = "" if cell is None else clean(cell)
            heading = columns.heading(self.raw.name, said) if said else None
            if heading is None:
                if said:
                    unknown.append(said)
                    self._remark("unknown_column", line, said)
            elif heading.column.name in self._names():
                self._problem("column_twice", line, said)
            else:
                self._take(position, heading)
        for column in columns.columns(self.raw.name).values():
            if column.required and column.name not in self._names():
                known = ", ".join(column.headings)
                self._problem("missing_column", line, column.name, known=known, unknown=", ".join(unknown))

    def _take(self, position: int, heading: Heading) -> None:
        self.headings[position] = heading
        if heading.unit != 1:
            self._remark("unit", 0, heading.column.name, said=heading.said, unit=int(heading.unit))

    def _names(self) -> set[str]:
        return {heading.column.name for heading in self.headings.values()}

    def _row(self, row: Line) -> None:
        line, cells = row
        if all(cell is None or not clean(cell) for cell in cells):
            return
        beyond = [clean(cell) for cell in cells[self.width :] if cell is not None and clean(cell)]
        if beyond:
            self._problem("too_many_cells", line, "", value=beyond[0])
        values = {}
        for position, heading in self.headings.items():
            cell = cells[position] if position < len(cells) else None
            values[heading.column.name] = self._cell(line, heading, cell)
        self.rows.append(Row(line, values))

    def _cell(self, line: int, heading: Heading, cell: object) -> Any:
        name = heading.column.name
        try:
            found: Read = read_cell(cell, heading)
        except Wrong as wrong:
            if not (wrong.code == "missing" and line in self.broken):
                self._problem(wrong.code, line, name, "" if cell is None else clean(cell), **wrong.detail)
            return None
        if found.how:
            self.how.setdefault(name, Counter())[found.how] += 1
        return found.value

    def _whole_columns(self) -> None:
        for name, how in self.how.items():
            kind = columns.columns(self.raw.name)[name].kind
            if kind == "percent":
                self._points(name, how)
            elif kind in ("rate", "multiple"):
                self._say_how(name, how)
            elif how["serial"]:
                self._remark("serial", 0, name, count=how["serial"])

    def _say_how(self, name: str, how: Counter[str]) -> None:
        """One remark a column: read as fractions, as percent, or some of each."""
        kinds = [kind for kind in ("fraction", "times", "percent") if how[kind]]
        code = f"read_{kinds[0]}" if len(kinds) == 1 else "read_mixed"
        self._remark(code, 0, name, percent=how["percent"], fraction=how["fraction"] + how["times"])

    def _points(self, name: str, how: Counter[str]) -> None:
        """A column of unsigned numbers that ends at 1 is meant as fractions of the whole."""
        known = [row.values[name] for row in self.rows if row.values[name] is not None]
        if how["signed"] or not known or max(known) != 1:
            return
        self.rows = [Row(row.line, {**row.values, name: _hundredfold(row.values[name])}) for row in self.rows]
        self._remark("read_fraction", 0, name, percent=0, fraction=len(known))

    def _problem(self, code: str, line: int, column: str, value: str = "", **detail: Any) -> None:
        self.reading.problems.append(
            Problem(code, self.raw.file, self.raw.name, line, column, value[:80], detail=detail)
        )

    def _remark(self, code: str, line: int, column: str, value: str = "", **detail: Any) -> None:
        self.reading.remarks.append(
            Problem(code, self.raw.file, self.raw.name, line, column, value, detail=detail)
        )


def _hundredfold(value: float | None) -> float | None:
    return None if value is None else round(value * 100, 6)
