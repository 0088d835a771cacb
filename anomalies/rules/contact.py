"""Whether the borrower can be reached and lets us in; whether we came when we should."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from anomalies.model import Flag, Told
from anomalies.situation import Situation
from records.model import Visit

Rule = Callable[[Situation], Flag | None]


def unreachable(s: Situation) -> Flag | None:
    """Failed attempts on different days since somebody was last reached; louder when the loan is overdue too."""
    days = _failed_days(s)
    if len(days) < s.policy.contact.attempts:
        return None
    overdue = any(loan.overdue_days >= s.policy.cash.overdue_yellow_from for loan in s.loans)
    overdue = overdue or s.signal("loan_overdue") is not None
    details = {"days": len(days), "first_on": days[0], "overdue": overdue}
    outcome = s.get("contact.outcome")
    words = (outcome.words,) if outcome and outcome.words else ()
    return Flag("contact.unreachable", "red" if overdue else "orange", details, words, None, days[-1])


def unreachable_told(s: Situation) -> Flag | None:
    return unreachable(s) if s.value("contact.outcome") == "unreachable" else None


def refused_told(s: Situation) -> Flag | None:
    fact = s.get("contact.outcome")
    if fact is None or fact.value != "refused":
        return None
    return Flag("contact.refused", "orange", {"on": s.day}, (fact.words,) if fact.words else ())


def refused_tapped(s: Situation) -> Flag | None:
    """A refusal that was tapped on a reminder, not told in a report."""
    tries = [attempt for attempt in s.attempts if attempt.reason == "refused" and attempt.report_id is None]
    last = max(tries, key=lambda attempt: attempt.at, default=None)
    if last is None or any(told.day > last.on_day and _reached(told) for told in s.before):
        return None
    return Flag("contact.refused", "orange", {"on": last.on_day}, (), None, last.on_day)


def schedule_missed(s: Situation) -> Flag | None:
    """The visit that is latest against its severity: a first check counts from the day it was due first.

    A call that asks for a promise is none: what comes of it has a flag of its own.
    """
    owed = (visit for visit in s.visits if visit.why.get("code") != "promise")
    found = [flag for flag in (_missed(s, visit) for visit in owed) if flag]
    return max(found, key=lambda flag: (_LOUDNESS[flag.severity], flag.details["days"]), default=None)


REPORT_RULES: Mapping[str, Rule] = {"contact.unreachable": unreachable_told, "contact.refused": refused_told}
CONTACT_RULES: Mapping[str, Rule] = {"contact.unreachable": unreachable, "contact.refused": refused_tapped}
BOOK_RULES: Mapping[str, Rule] = {"contact.unreachable": unreachable, "schedule.missed": schedule_missed}

_LOUDNESS = {"yellow": 1, "orange": 2, "red": 3}


def first_due(s: Situation, visit: Visit) -> date:
    """When the visit was owed; a first check by the rule's own count from disbursement, however often moved."""
    if visit.kind != "first_check":
        return visit.due_on
    loan = next((loan for loan in s.loans if loan.loan_no == visit.loan_no), None)
    if loan and loan.disbursed_on and (s.today - loan.disbursed_on).days <= s.policy.use.unproved_until:
        return loan.disbursed_on + timedelta(days=s.policy.schedule.first_check_after)
    return visit.first_due_on or visit.due_on


def _missed(s: Situation, visit: Visit) -> Flag | None:
    due, policy = first_due(s, visit), s.policy.schedule
    late = (s.today - due).days
    if visit.state not in ("planned", "reminded") or late < policy.yellow_from:
        return None
    red = visit.kind == "first_check" and late >= policy.first_check_red_from
    severity = "red" if red else "orange" if late >= policy.orange_from else "yellow"
    details = {"kind": visit.kind, "due_on": due, "days": late, "staff": visit.staff_code}
    return Flag("schedule.missed", severity, details, (), visit.loan_no, due)


def _failed_days(s: Situation) -> list[date]:
    reports = [s.told, *s.before] if s.told else list(s.before)
    reached = max((told.day for told in reports if told and _reached(told)), default=date.min)
    days = {attempt.on_day for attempt in s.attempts if attempt.reason != "refused"}
    days |= {told.day for told in reports if told and told.value("contact.outcome") == "unreachable"}
    oldest = s.today - timedelta(days=s.policy.contact.look_back)
    return sorted(day for day in days if reached < day <= s.today and day >= oldest)


def _reached(told: Told) -> bool:
    return bool(told.value("contact.outcome") == "reached")
