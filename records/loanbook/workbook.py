"""An .xlsx as rows of cells: cached values of formulas, merged cells filled downwards, percent cells with their sign."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from records.loanbook.model import BookErrors, Problem

Lines = list[tuple[int, Sequence[object]]]
_OLD = b"\xd0\xcf\x11\xe0"  # the container of .xls and of a workbook with a password


def sheets(file: str, content: bytes) -> Iterator[tuple[str, Lines, list[Problem]]]:
    """(title, lines, problems) of each visible sheet. Raises BookErrors for a file that is no workbook."""
    values, formulas = _load(file, content, cached=True), _load(file, content, cached=False)
    for sheet in values.worksheets:
        if sheet.sheet_state == "visible":
            yield sheet.title, *_read(file, sheet, formulas[sheet.title])


def placed(problem: Problem, sheet: str) -> Problem:
    return replace(problem, sheet=sheet)


def _load(file: str, content: bytes, *, cached: bool) -> Any:
    if content.startswith(_OLD):
        raise BookErrors([Problem("old_workbook", file)])
    try:
        return load_workbook(io.BytesIO(content), data_only=cached)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError):
        raise BookErrors([Problem("not_a_workbook", file)]) from None


def _read(file: str, sheet: Any, formulas: Any) -> tuple[Lines, list[Problem]]:
    problems: list[Problem] = []
    filled = _merged(file, sheet, problems)
    lines: Lines = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [filled.get((number, cell.column), _value(cell)) for cell in row]
        lines.append((number, cells))
        problems.extend(_faults(file, row, formulas))
    return lines, problems


def _value(cell: Any) -> object:
    value: object = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{round(value * 100, 8):g}%"
    if isinstance(value, datetime):
        return value.date()
    return value


def _merged(file: str, sheet: Any, problems: list[Problem]) -> dict[tuple[int, int], object]:
    """Cells merged downwards all have the top one's value; cells merged across columns are a fault.

    One row merged across with nothing beside it is a title, which is passed over as such.
    """
    filled: dict[tuple[int, int], object] = {}
    for area in sheet.merged_cells.ranges:
        top = sheet.cell(area.min_row, area.min_col)
        if area.min_col == area.max_col:
            value = _value(top)
            filled.update({(row, area.min_col): value for row in range(area.min_row, area.max_row + 1)})
            problems.append(_fault("merged_filled", file, top, str(area)))
        elif not _is_title(sheet, area):
            problems.append(_fault("merged_across", file, top, str(area)))
    return filled


def _is_title(sheet: Any, area: Any) -> bool:
    beside = [cell.value for cell in sheet[area.min_row] if not area.min_col <= cell.column <= area.max_col]
    return all(value is None for value in beside) and area.min_row <= 5


def _faults(file: str, row: Any, formulas: Any) -> Iterator[Problem]:
    for cell in row:
        if isinstance(cell.value, str) and cell.data_type == "e":
            yield _fault("cell_error", file, cell, cell.value)
        elif cell.value is None and formulas.cell(cell.row, cell.column).data_type == "f":
            yield _fault("formula", file, cell, str(formulas.cell(cell.row, cell.column).value))


def _fault(code: str, file: str, cell: Any, value: str) -> Problem:
    return Problem(code, file, "", cell.row, get_column_letter(cell.column), value)
