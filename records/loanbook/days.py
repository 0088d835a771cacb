"""Days as people and spreadsheets write them."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from records.loanbook.model import Wrong

_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?末?")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*(?:[Qq]([1-4])|第?([一二三四1-4])季度?)")
_OTHER_ORDER = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{2}[-/.]\d{1,2}[-/.]\d{1,2}")
_SERIAL_START = date(1899, 12, 30)
YEARS = range(1980, 2101)


def read_day(cell: object) -> tuple[date, str]:
    """The day and "" or "serial" (a spreadsheet's day number).

    2026-03-02, 2026/3/2, 2026.3.2, 20260302, 2026年3月2日. Wrong: date_order where day and month could be
    swapped, date_impossible for 30 February, date for anything else.
    """
    if isinstance(cell, datetime):
        return _within(cell.date()), ""
    if isinstance(cell, date):
        return _within(cell), ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    found = _YMD.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _made(*(int(part) for part in found.groups())), ""
    if re.fullmatch(r"\d{5}", text) and 29000 < int(text) < 74000:
        return _SERIAL_START + timedelta(days=int(text)), "serial"
    raise Wrong("date_order" if _OTHER_ORDER.fullmatch(text) else "date")


def period(cell: object) -> tuple[date, str]:
    """The last day of a period: a day, a month (2025-12, 2025年12月) or a quarter (2025Q4, 2025年四季度)."""
    text = str(cell).strip()
    if found := _QUARTER.fullmatch(text):
        quarter = "一二三四".find(found.group(3) or "") + 1 if found.group(3) in tuple("一二三四") else 0
        return _month_end(
            int(found.group(1)), 3 * (quarter or int(found.group(2) or found.group(3)))
        ), "period"
    if isinstance(cell, str) and (found := _MONTH.fullmatch(text)):
        return _month_end(int(found.group(1)), int(found.group(2))), "period"
    return read_day(cell)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise Wrong("date_impossible")
    return _within(date(year, month, calendar.monthrange(year, month)[1]))


def _made(year: int, month: int, day: int) -> date:
    try:
        return _within(date(year, month, day))
    except ValueError:
        raise Wrong("date_impossible") from None


def _within(day: date) -> date:
    if day.year not in YEARS:
        raise Wrong("date_year")
    return day
