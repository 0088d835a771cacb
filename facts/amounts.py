"""Amounts of money in a text, with the range and the doubt that the words carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facts import dates as _dates
from facts.quantities import AMOUNT, PERCENT, Quantity, quantities
from facts.script import Script, script


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan (or the currency's base unit) at `start:end` of the text; `bare` has neither unit nor currency."""

    start: int
    end: int
    value: float
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Percentage:
    """Percent points at `start:end` of the text."""

    start: int
    end: int
    value: float
    low: float | None = None
    high: float | None = None
    approximate: bool = False


def amounts(text: str, lang: str | None = None) -> list[Amount]:
    """Every amount, in order. What has no sure value (几十万) is left out."""
    page = script(text, lang)
    return [
        Amount(*_span(page, q), q.value, q.low, q.high, q.approximate, q.bare) for q in _all(page, AMOUNT)
    ]


def percentages(text: str, lang: str | None = None) -> list[Percentage]:
    page = script(text, lang)
    return [Percentage(*_span(page, q), q.value, q.low, q.high, q.approximate) for q in _all(page, PERCENT)]


def _all(page: Script, kind: str) -> list[Quantity]:
    days = _dates.scan(page.text, date(2000, 1, 1), page.lang)
    taken = [(d.start, d.end) for d in days]
    return [q for q in quantities(page.text, page.lang, taken) if q.kind == kind]


def _span(page: Script, q: Quantity) -> tuple[int, int]:
    said = page.evidence(q.start, q.end)
    return said.start, said.end
