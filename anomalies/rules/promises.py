"""Promises to pay, statements that are owed, ratios."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from anomalies.model import Flag
from anomalies.situation import Situation
from records.model import Promise, Statement

Rule = Callable[[Situation], Flag | None]


def broken(s: Situation) -> Flag | None:
    """A promised day that has passed with no payment in the book or in a report, or that people call not kept."""
    unpaid = [promise for promise in s.promises if _is_broken(s, promise)]
    if not unpaid:
        return None
    oldest = min(unpaid, key=lambda promise: (promise.due_on or s.today, promise.id))
    amount = None if oldest.amount is None else float(oldest.amount)
    assert oldest.due_on is not None
    days = (s.today - oldest.due_on).days
    details = {"due_on": oldest.due_on, "amount": amount, "days": days, "what": oldest.kind}
    words = (oldest.words,) if oldest.words else ()
    latest = max(promise.due_on for promise in unpaid if promise.due_on)
    severity = "yellow" if all(promise.kind == "papers" for promise in unpaid) else "orange"
    return Flag("promise.broken", severity, details, words, None, latest)


def is_paid(s: Situation, promise: Promise) -> bool:
    """The book's balance fell after the promise was made, or a later report says that money came.

    Of papers and work the book says nothing: people say whether they came.
    """
    return promise.kind == "pay" and (_balance_fell(s, promise) or _said_paid(s, promise))


def statement_late(s: Situation) -> Flag | None:
    late = [statement for statement in s.statements if _is_late(s, statement)]
    if not late:
        return None
    oldest = min(late, key=lambda statement: statement.due_on or s.today)
    assert oldest.due_on is not None
    details = {
        "period_end": oldest.period_end,
        "due_on": oldest.due_on,
        "days": (s.today - oldest.due_on).days,
    }
    since = max(statement.due_on for statement in late if statement.due_on)
    return Flag(
        "statement.late", "yellow", details, (), None, since + timedelta(s.policy.statement.late_from)
    )


def ratio_line(s: Situation) -> Flag | None:
    """The newest statement is over a line, or a ratio got worse in each of the last periods."""
    came = sorted((st for st in s.statements if _has_come(s, st)), key=lambda st: st.period_end)
    findings = [found for name in RATIOS for found in _findings(s, came, name)]
    if not findings:
        return None
    ratios = [name for name, _, _ in findings]
    details = {
        "over": [{"ratio": n, "value": v} for n, v, why in findings if why == "over"],
        "worse": [{"ratio": n, "value": v} for n, v, why in findings if why == "worse"],
        "ratios": list(dict.fromkeys(ratios)),
        "periods": s.policy.ratio.worsening_periods,
        "period_end": came[-1].period_end,
    }
    return Flag("ratio.line", "orange", details, (), None, came[-1].received_on or came[-1].period_end)


RATIOS = ("current_ratio", "debt_ratio", "interest_cover")
BOOK_RULES: Mapping[str, Rule] = {
    "promise.broken": broken,
    "statement.late": statement_late,
    "ratio.line": ratio_line,
}


def _is_broken(s: Situation, promise: Promise) -> bool:
    if promise.due_on is None or promise.state not in ("open", "broken"):
        return False
    days = (s.today - promise.due_on).days
    said_so = promise.state == "broken" and days >= 0
    return (said_so or days >= s.policy.promise.broken_from) and not is_paid(s, promise)


def _balance_fell(s: Situation, promise: Promise) -> bool:
    for loan in s.loans:
        rows = sorted((b for b in s.balances if b.loan_no == loan.loan_no), key=lambda b: b.as_of)
        known = [row for row in rows if row.as_of <= promise.made_on][-1:]
        later = [row for row in rows if row.as_of > promise.made_on]
        if any(after.balance < before.balance for before, after in pairwise(known + later)):
            return True
    return False


def _said_paid(s: Situation, promise: Promise) -> bool:
    told = [*s.before, s.told] if s.told else s.before
    later = (
        t for t in told if t and t.report.id != promise.report_id and t.report.reported_on >= promise.made_on
    )
    return any((t.value("repayment.paid_amount") or 0) > 0 for t in later)


def _is_late(s: Situation, statement: Statement) -> bool:
    if statement.due_on is None or (statement.received_on is not None and statement.received_on <= s.today):
        return False
    days = (s.today - statement.due_on).days
    return s.policy.statement.late_from <= days <= s.policy.statement.look_back


def _has_come(s: Situation, statement: Statement) -> bool:
    figures = any(getattr(statement, name) is not None for name in RATIOS)
    return figures and (statement.received_on or statement.period_end) <= s.today


def _findings(s: Situation, came: Sequence[Statement], name: str) -> list[tuple[str, float, str]]:
    values = [getattr(statement, name) for statement in came]
    if not values or values[-1] is None:
        return []
    found = [(name, values[-1], "over")] if _is_over(s, name, values[-1]) else []
    if _worsens(name, values, s.policy.ratio.worsening_periods):
        found.append((name, values[-1], "worse"))
    return found


def _is_over(s: Situation, name: str, value: float) -> bool:
    line = s.policy.ratio
    if name == "debt_ratio":
        return value > line.debt_over
    return value < (line.current_under if name == "current_ratio" else line.cover_under)


def _worsens(name: str, values: Sequence[float | None], periods: int) -> bool:
    run = values[-(periods + 1) :]
    if len(run) <= periods:
        return False
    up_is_worse = name == "debt_ratio"
    return all(
        before is not None and after is not None and (after > before if up_is_worse else after < before)
        for before, after in pairwise(run)
    )
