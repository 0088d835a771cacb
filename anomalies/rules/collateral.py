"""Whether the security is there, and worth enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from anomalies.contract import loan_of, newest
from anomalies.model import Flag
from anomalies.situation import Situation
from records.model import Loan

Rule = Callable[[Situation], Flag | None]
IN_TROUBLE = ("damaged", "missing", "transferred", "seized")


def status(s: Situation) -> Flag | None:
    fact = s.get("collateral.status")
    if fact is None or fact.value not in IN_TROUBLE:
        return None
    loan = _secured(s)
    return Flag(
        "collateral.status", "red", {"status": fact.value}, (fact.words,), loan.loan_no if loan else None
    )


def cover_stated(s: Situation) -> Flag | None:
    """By the value that the report tells: against the balance, and against the book."""
    fact, loan = s.get("collateral.value"), _secured(s)
    if fact is None or loan is None:
        return None
    value = float(fact.value)
    booked = float(loan.collateral_value) if loan.collateral_value else None
    drop = round(1 - value / booked, 6) if booked else 0.0
    if not _is_over(s, loan, value) and drop < s.policy.collateral.value_drop_from:
        return None
    return _flag(s, loan, value, drop, (fact.words,))


def cover_in_book(s: Situation) -> Flag | None:
    over = [
        loan for loan in s.loans if loan.collateral_value and _is_over(s, loan, float(loan.collateral_value))
    ]
    if not over:
        return None
    loan = max(over, key=lambda found: float(found.balance) / float(found.collateral_value or 1))
    return _flag(s, loan, float(loan.collateral_value or 0), 0.0, (), _over_since(s, loan))


REPORT_RULES: Mapping[str, Rule] = {"collateral.status": status, "collateral.cover": cover_stated}
BOOK_RULES: Mapping[str, Rule] = {"collateral.cover": cover_in_book}


def _rate(s: Situation, loan: Loan) -> float:
    return loan.approved_ltv or s.policy.collateral.approved_ltv


def _is_over(s: Situation, loan: Loan, value: float) -> bool:
    return float(loan.balance) > value * _rate(s, loan) + 0.005


def _secured(s: Situation) -> Loan | None:
    """The loan that the report speaks of, or the newest with collateral where that one has none."""
    loan = loan_of(s)
    if loan and (loan.collateral_value or loan.collateral):
        return loan
    return newest([found for found in s.loans if found.collateral_value or found.collateral]) or loan


def _over_since(s: Situation, loan: Loan) -> date | None:
    since = None
    value = float(loan.collateral_value or 0)
    for row in sorted((b for b in s.balances if b.loan_no == loan.loan_no), key=lambda b: b.as_of):
        over = float(row.balance) > value * _rate(s, loan) + 0.005
        since = (since or row.as_of) if over else None
    return since


def _flag(
    s: Situation, loan: Loan, value: float, drop: float, words: tuple[str, ...], since: date | None = None
) -> Flag:
    fell = drop >= s.policy.collateral.value_drop_from
    details = {
        "ltv": round(float(loan.balance) / value * 100, 1) if value else None,
        "rate": round(_rate(s, loan) * 100, 1),
        "over": _is_over(s, loan, value),
        "value": value,
        "drop": round(drop * 100, 1) if fell else None,
    }
    return Flag("collateral.cover", "orange", details, words, loan.loan_no, since)
