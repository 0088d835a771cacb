"""Signs that the borrower runs short of money."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from anomalies.model import Flag, Stated
from anomalies.situation import Situation
from anomalies.words import is_planned_stop
from records.model import Loan

Rule = Callable[[Situation], Flag | None]

ARREARS = ("supplier_arrears", "tax_arrears", "utility_arrears", "rent_arrears")
LEVELS = ("none", "mild", "severe")
_GROWTH = re.compile(
    r"订单(?:太|很|较|特别|非常)?(?:多|满|足|饱和|旺|充足)|订单排|订单(?:增|涨|翻)|接不过来|忙不过来|做不过来|产能(?:跟不上|不够|不足)|供不应求|"
    r"orders? (?:outrun|outpace|exceed|have outrun|up|are up|grew|growing|doubled)|more orders than|full order book|order book is full|"
    r"can't keep up|cannot keep up",
    re.I,
)


def wages(s: Situation) -> Flag | None:
    fact = s.signal("wage_arrears")
    if fact is None:
        return None
    days = fact.detail.get("days")
    again = s.last is not None and s.last.signal("wage_arrears") is not None
    red = again or (days is not None and days >= s.policy.cash.wages_red_from)
    return _stated("cash.wages", "red" if red else "orange", fact, days=days, again=again)


def halt(s: Situation) -> Flag | None:
    fact = s.signal("production_halt")
    if fact is None or is_planned_stop(s, fact):
        return None
    return _stated("cash.halt", "red", fact)


def overdue(s: Situation) -> Flag | None:
    """Stated without days in the book it is yellow; with them the book's days decide."""
    fact, worst = s.signal("loan_overdue"), _most_overdue(s)
    if fact is None and worst is None:
        return None
    days = worst.overdue_days if worst else None
    words = (fact.words,) if fact and fact.words else ()
    return Flag(
        "cash.overdue", _by_days(s, days or 0), {"days": days}, words, worst.loan_no if worst else None
    )


def overdue_stated(s: Situation) -> Flag | None:
    return overdue(s) if s.signal("loan_overdue") else None


def arrears(s: Situation) -> Flag | None:
    found = [fact for fact in (s.signal(code) for code in ARREARS) if fact is not None]
    if not found:
        return None
    details = {"signals": [fact.value for fact in found]}
    return Flag("cash.arrears", "orange", details, _words(*found))


def orders(s: Situation) -> Flag | None:
    """Of a size of 30 % or more, or of none stated in two reports running, it is orange."""
    fact, change = s.signal("orders_drop"), s.get("operations.orders_change_percent")
    drop = -float(change.value) if change is not None and change.value < 0 else None
    big = drop is not None and drop >= s.policy.cash.orders_orange_from
    if fact is None and not big:
        return None
    again = drop is None and _dropped_before_without_size(s)
    shown = [found for found in (fact, change) if found is not None]
    severity = "orange" if big or again else "yellow"
    return Flag("cash.orders", severity, {"drop": drop, "again": again}, _words(*shown))


def worsening(s: Situation) -> Flag | None:
    """The level rose above the last stated one. Tight because orders outrun capacity is growth, not decline."""
    now, before = s.get("cash_stress.level"), s.stated_before("cash_stress.level")
    if now is None or before is None:
        return None
    was = before[0].value
    if LEVELS.index(now.value) <= LEVELS.index(was) or (now.value == "mild" and _is_growing(s)):
        return None
    severity = "orange" if now.value == "severe" else "yellow"
    details = {"before": was, "now": now.value, "before_on": before[1].day}
    return Flag("cash.worsening", severity, details, _words(now))


def by_signal(code: str, severity: str, signal: str) -> Rule:
    """The rule of a signal that is a flag by itself."""

    def rule(s: Situation) -> Flag | None:
        fact = s.signal(signal)
        return _stated(code, severity, fact) if fact else None

    return rule


REPORT_RULES: Mapping[str, Rule] = {
    "cash.wages": wages,
    "cash.halt": halt,
    "cash.overdue": overdue_stated,
    "cash.frozen": by_signal("cash.frozen", "red", "account_frozen"),
    "cash.private_borrowing": by_signal("cash.private_borrowing", "red", "private_borrowing"),
    "cash.owner_missing": by_signal("cash.owner_missing", "red", "owner_missing"),
    "cash.lawsuit": by_signal("cash.lawsuit", "orange", "lawsuit"),
    "cash.arrears": arrears,
    "cash.receivables": by_signal("cash.receivables", "orange", "receivables_overdue"),
    "cash.orders": orders,
    "cash.inventory": by_signal("cash.inventory", "yellow", "inventory_buildup"),
    "cash.asset_sale": by_signal("cash.asset_sale", "orange", "asset_sale"),
    "cash.guarantor": by_signal("cash.guarantor", "orange", "guarantor_trouble"),
    "cash.worsening": worsening,
}


def overdue_in_book(s: Situation) -> Flag | None:
    """From the book alone; the trouble began when the oldest unpaid instalment fell due."""
    worst = _most_overdue(s)
    if worst is None:
        return None
    details = {"days": worst.overdue_days}
    return Flag(
        "cash.overdue", _by_days(s, worst.overdue_days), details, (), worst.loan_no, _unpaid_since(s, worst)
    )


BOOK_RULES: Mapping[str, Rule] = {"cash.overdue": overdue_in_book}


def _most_overdue(s: Situation) -> Loan | None:
    late = [loan for loan in s.loans if loan.overdue_days >= s.policy.cash.overdue_yellow_from]
    return max(late, key=lambda loan: loan.overdue_days, default=None)


def _unpaid_since(s: Situation, loan: Loan) -> Any:
    """The first day of the run of overdue days in the book's history up to now; None where it has none."""
    since = None
    for row in sorted((b for b in s.balances if b.loan_no == loan.loan_no), key=lambda b: b.as_of):
        since = (since or row.as_of) if row.overdue_days > 0 else None
    return since


def _by_days(s: Situation, days: int) -> str:
    if days >= s.policy.cash.overdue_red_from:
        return "red"
    return "orange" if days >= s.policy.cash.overdue_orange_from else "yellow"


def _dropped_before_without_size(s: Situation) -> bool:
    last = s.last
    return bool(last and last.signal("orders_drop") and last.get("operations.orders_change_percent") is None)


def _is_growing(s: Situation) -> bool:
    """No trouble of any kind named, and orders that rise or outrun the plant."""
    if s.told is None or s.told.all("cash_stress.signal"):
        return False
    change = s.value("operations.orders_change_percent")
    return bool(change is not None and change > 0) or bool(_GROWTH.search(s.told.report.text))


def _stated(code: str, severity: str, fact: Stated, **details: Any) -> Flag:
    return Flag(code, severity, details, _words(fact))


def _words(*facts: Stated) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.words for fact in facts if fact.words))
