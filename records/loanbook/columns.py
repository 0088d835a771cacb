"""Which columns a sheet has, and which heading means which."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

UNITS = {
    "元": 1,
    "yuan": 1,
    "千元": 1000,
    "万": 10**4,
    "万元": 10**4,
    "wan": 10**4,
    "亿": 10**8,
    "亿元": 10**8,
}
_UNIT = re.compile(r"[\[(【_:,/-]?(?:单位:?)?(千元|万元|亿元|万|亿|元|wan|yuan)[\])】]?$")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: str
    required: bool = False
    limit: int = 40
    default: Any = None
    choices: str = ""
    signed: bool = False
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a file: the column it means and, for money, what one unit of it is worth in yuan."""

    column: Column
    unit: Decimal = Decimal(1)
    said: str = ""


@cache
def _spec() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "columns.toml").read_text("utf-8"))


@cache
def columns(sheet: str) -> Mapping[str, Column]:
    table: Mapping[str, Mapping[str, Any]] = _spec()[sheet]["columns"]
    return {name: Column(name=name, **_options(options)) for name, options in table.items()}


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    return {**options, "headings": tuple(options.get("headings", ()))}


@cache
def choices(kind: str) -> Mapping[str, str]:
    """Every word that may stand in a cell, and the code that it means."""
    words: Mapping[str, list[str]] = _spec()["choices"][kind]
    return {plain(word): code for code, others in words.items() for word in (code, *others)}


def codes(kind: str) -> list[str]:
    return list(_spec()["choices"][kind])


def sheet_named(title: str) -> str | None:
    return _sheets().get(plain(title))


@cache
def _sheets() -> dict[str, str]:
    return {
        plain(heading): name
        for name, sheet in _spec().items()
        if name != "choices"
        for heading in sheet["headings"]
    }


def required_sheets() -> list[str]:
    return [name for name, sheet in _spec().items() if sheet.get("required") is True]


def heading(sheet: str, text: str) -> Heading | None:
    """The column that this heading means in this sheet, None where it means none."""
    known = _headings(sheet)
    wanted = plain(text)
    if wanted in known:
        return Heading(known[wanted], said=text)
    unit = _UNIT.search(wanted)
    column = known.get(wanted[: unit.start()]) if unit else None
    if unit is None or column is None or column.kind != "money":
        return None
    return Heading(column, Decimal(UNITS[unit.group(1)]), text)


@cache
def _headings(sheet: str) -> dict[str, Column]:
    return {
        plain(word): column for column in columns(sheet).values() for word in (column.name, *column.headings)
    }


def plain(text: str) -> str:
    """A heading without what people write differently: width, case, spaces, underscores, asterisks."""
    return re.sub(r"[\s_*\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).lower()
