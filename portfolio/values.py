"""A stated value as words, and as a plain number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from prompts import catalog

LABELS = {
    "cash_stress.level": "level",
    "cash_stress.signal": "signal",
    "progress.status": "status",
    "collateral.status": "collateral",
    "contact.outcome": "outcome",
    "contact.channel": "channel",
}
MONEY = (
    "unused_funds.amount", "collateral.value", "repayment.promise_amount", "repayment.paid_amount",
    "balance", "amount", "drawn",
)  # fmt: skip
PERCENT = ("progress.percent", "operations.capacity_percent")
CHANGES = ("operations.orders_change_percent", "operations.revenue_change_percent")
DAYS = ("next_contact", "repayment.promise_date", "contact.on", "matures_on")
NUMBERS = {
    "progress.percent": "percent",
    "progress.delay_days": "delay_days",
    "operations.capacity_percent": "capacity_percent",
    "operations.headcount": "headcount",
    "operations.orders_change_percent": "orders_change_percent",
    "operations.revenue_change_percent": "revenue_change_percent",
    "unused_funds.amount": "unused_amount",
    "collateral.value": "collateral_value",
    "repayment.promise_amount": "promise_amount",
    "repayment.paid_amount": "paid_amount",
}


def words(field: str, value: Any, lang: str) -> str:
    """Plain text, not marked up; templates escape it."""
    if isinstance(value, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(words(field, one, lang) for one in value)
    if field == "fund_usage":
        return _use(value, lang)
    if field in LABELS:
        return catalog.label(LABELS[field], str(value), lang)
    if field in MONEY:
        return catalog.money(value, lang)
    if field in PERCENT:
        return f"{catalog.number(value)}%"
    if field in CHANGES:
        return f"{'+' if value > 0 else ''}{catalog.number(value)}%"
    if field in DAYS:
        return catalog.day_words(as_day(value), lang)
    if field in ("progress.delay_days", "operations.headcount"):
        return catalog.say(f"portfolio.unit.{field.split('.')[1]}", lang, count=value)
    return str(value)


def _use(value: Mapping[str, Any], lang: str) -> str:
    purpose = catalog.label("purpose", str(value.get("purpose")), lang)
    amount = value.get("amount")
    return purpose if amount is None else f"{purpose} {catalog.money(amount, lang)}"


def as_day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])


def plain(value: Any) -> Any:
    """A number as JSON has it: whole ones without a fraction."""
    if isinstance(value, Decimal | float):
        number = round(float(value), 2)
        return int(number) if number == int(number) else number
    return value


def gap_points(plan: float | None, percent: float | None) -> float | None:
    return None if plan is None or percent is None else round(plan - percent, 1)


def joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
