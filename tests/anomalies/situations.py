"""Situations to try a rule on: a plain fictional borrower, changed where a test says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from anomalies.model import Stated, Told
from anomalies.policy import load
from anomalies.situation import Situation
from records.model import Borrower, Loan, Part, Report

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
POLICY = load()
BORROWER = Borrower("B001", "示例市华兴机械有限公司", "AM1", "华兴机械", latitude=30.2741, longitude=120.1551)


def loan(product: str = "working_capital", *purposes: str, **more: Any) -> Loan:
    values: dict[str, Any] = {
        "loan_no": "L001",
        "borrower_code": "B001",
        "product": product,
        "amount": Decimal(10_000_000),
        "drawn": Decimal(10_000_000),
        "balance": Decimal(10_000_000),
        "purposes": list(purposes or ("raw_materials",)),
        "disbursed_on": date(2026, 1, 1),
        "matures_on": date(2027, 1, 1),
    }
    return Loan(**{**values, **more})


def fact(field: str, value: Any, words: str = "", **detail: Any) -> Stated:
    return Stated(field, value, words or "原话", -1, detail)


def use(purpose: str, amount: float | None = None, words: str = "") -> Stated:
    return fact("fund_usage", {"amount": amount, "purpose": purpose}, words)


def signal(code: str, words: str = "", **detail: Any) -> Stated:
    return fact("cash_stress.signal", code, words, **detail)


def told(*facts: Stated, text: str = "", on: date = TODAY, number: int = 100, **more: Any) -> Told:
    parts: tuple[Part, ...] = tuple(more.pop("parts", ()))
    report = Report(number, "AM1", "confirmed", on, NOON, borrower_code="B001", text=text, **more)
    return Told(report, facts, parts)


def situation(*facts: Stated, text: str = "", **more: Any) -> Situation:
    """A report on TODAY with these facts; `loans`, `before` and the rest as the test gives them."""
    report = {
        name: more.pop(name) for name in ("parts", "notes", "loan_no", "on", "visited_on") if name in more
    }
    base = Situation(
        borrower=BORROWER, today=TODAY, policy=POLICY, loans=(loan(),), told=told(*facts, text=text, **report)
    )
    return replace(base, **more)


def book(**more: Any) -> Situation:
    """No report: what a sweep sees."""
    return replace(Situation(borrower=BORROWER, today=TODAY, policy=POLICY, loans=(loan(),)), **more)


def earlier(*facts: Stated, on: date = date(2026, 2, 1), number: int = 50, **more: Any) -> Told:
    return told(*facts, on=on, number=number, **more)
