"""The shape that a model's reading of a report must have: each fact with the words that it quotes."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, Self, get_args

from pydantic import BaseModel, model_validator

from facts.model import Evidence, Fact, Value
from facts.page import number

Field = Literal[
    "contact.channel", "contact.outcome", "contact.person", "contact.on", "fund_usage", "unused_funds.amount",
    "progress.percent", "progress.status", "progress.delay_days", "cash_stress.level", "cash_stress.signal",
    "collateral.status", "collateral.value", "repayment.promise_date", "repayment.promise_amount",
    "repayment.paid_amount", "operations.headcount", "operations.capacity_percent",
    "operations.orders_change_percent", "operations.revenue_change_percent", "next_contact",
]  # fmt: skip
Purpose = Literal[
    "equipment", "raw_materials", "construction", "wages", "rent_utilities", "working_capital", "tax",
    "debt_repayment", "related_party", "real_estate", "securities", "private_lending", "personal",
    "cash_withdrawal", "other",
]  # fmt: skip
FIELDS: tuple[str, ...] = get_args(Field)
CODES: dict[str, tuple[str, ...]] = {
    "contact.channel": ("visit", "phone", "message"),
    "contact.outcome": ("reached", "unreachable", "refused"),
    "progress.status": ("not_started", "on_schedule", "ahead", "delayed", "suspended", "completed"),
    "cash_stress.level": ("none", "mild", "severe"),
    "cash_stress.signal": (
        "wage_arrears", "supplier_arrears", "tax_arrears", "utility_arrears", "rent_arrears", "receivables_overdue",
        "inventory_buildup", "orders_drop", "production_halt", "private_borrowing", "loan_overdue", "account_frozen",
        "lawsuit", "owner_missing", "asset_sale", "guarantor_trouble",
    ),
    "collateral.status": ("intact", "damaged", "missing", "transferred", "seized"),
}  # fmt: skip
DAYS = ("contact.on", "repayment.promise_date", "next_contact")
SHARES = ("progress.percent", "operations.capacity_percent")
LONGEST = 200


class Stated(BaseModel):
    """`value` is a number in base units, a code, an ISO date or a name; of fund_usage the amount, null if unsaid."""

    field: Field
    value: float | str | None
    purpose: Purpose | None
    quote: str

    @model_validator(mode="after")
    def _fits(self) -> Self:
        problem = _problem(self)
        if problem:
            raise ValueError(f"{self.field}: {problem}")
        return self

    def fact(self, evidence: Evidence | None) -> Fact:
        """As a fact on these words; nothing is known of its doubt yet."""
        return Fact(self.field, self._value(), evidence)

    def _value(self) -> Value:
        if self.field == "fund_usage":
            return {"amount": _number(self.value), "purpose": self.purpose}
        if self.field in CODES or self.field in DAYS or self.field == "contact.person":
            return str(self.value)
        return _number(self.value) or 0


class Said(BaseModel):
    """A whole reading; no facts is a reading too."""

    facts: list[Stated]


def _problem(stated: Stated) -> str | None:
    name, value = stated.field, stated.value
    if name in CODES:
        return None if value in CODES[name] else f"value must be one of {', '.join(CODES[name])}"
    if name in DAYS:
        return None if _is_day(value) else "value must be a date YYYY-MM-DD"
    if name == "contact.person":
        return None if isinstance(value, str) and 0 < len(value) <= LONGEST else "value must be a name"
    if name == "fund_usage" and stated.purpose is None:
        return "purpose must be given"
    return None if name == "fund_usage" and value is None else _no_number(name, value)


def _no_number(name: str, value: float | str | None) -> str | None:
    figure = _number(value)
    if figure is None or abs(figure) > 1e13:
        return "value must be a plain number"
    if name in SHARES and not 0 <= figure <= 100:
        return "value must lie between 0 and 100"
    return "value must not be negative" if figure < 0 and not name.endswith("change_percent") else None


def _number(value: float | str | None) -> int | float | None:
    """A number, also where it came as text: "65", "65%", "3,200,000"."""
    if isinstance(value, str):
        if not re.fullmatch(r"-?[\d,]+(?:\.\d+)?%?", value.strip(), re.A):
            return None
        value = float(value.strip().rstrip("%").replace(",", ""))
    return None if value is None or value != value or abs(value) == float("inf") else number(value)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False
