"""A number of a text and what it counts."""

from __future__ import annotations

from dataclasses import dataclass

AMOUNT, PERCENT, DURATION, COUNT, NUMBER, DATE = "amount", "percent", "duration", "count", "number", "date"


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in yuan, percent points, days or people; `bare` money has neither unit nor currency."""

    kind: str
    start: int
    end: int
    value: float
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    bare: bool = False
