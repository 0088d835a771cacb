"""What a borrower is owed, from what is known of it: kinds, days, and why that day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta, tzinfo
from functools import cached_property
from typing import Any

from records.model import Case, Loan, Visit
from records.planning import Known
from reminders import workdays
from reminders.policy import Policy

TRIPS = ("first_check", "visit", "special", "maturity")


@dataclass(frozen=True, slots=True)
class Item:
    """`why` is JSON: {"code": …, …}; code is first_check, since_visit, since_book, drawdown, midway, promise,

    maturity or red_flag.
    """

    kind: str
    due_on: date
    key: str
    why: Mapping[str, Any] = field(default_factory=dict)
    loan_no: str | None = None


@dataclass(frozen=True)
class Subject:
    """One borrower on one day, in the calendar of its branch. `first_import` stands in for a loan's own day."""

    known: Known
    today: date
    country: str
    policy: Policy
    first_import: date | None = None
    zone: tzinfo = UTC

    @property
    def code(self) -> str:
        return self.known.borrower.borrower_code

    @cached_property
    def loans(self) -> tuple[Loan, ...]:
        """Those with money out: not repaid, not gone from the book."""
        return tuple(
            loan for loan in self.known.loans if loan.active and not (loan.drawn > 0 >= loan.balance)
        )

    def named(self, loan: Loan) -> date:
        return (self.known.named or {}).get(loan.loan_no) or self.first_import or self._first_planned

    @cached_property
    def _first_planned(self) -> date:
        days = (visit.created_at.astimezone(self.zone).date() for visit in self.known.visits)
        return min(days, default=self.today)

    def open(self, kind: str) -> Visit | None:
        return next(
            (v for v in self.known.visits if v.kind == kind and v.state in ("planned", "reminded")), None
        )

    def closed(self, *kinds: str) -> Iterable[Visit]:
        return (v for v in self.known.visits if v.kind in kinds and v.state in ("done", "cancelled"))

    @cached_property
    def last_visit(self) -> date | None:
        """The last trip made, or agreed not to be needed."""
        standing = self.known.standing
        days = [standing.last_visit_on] if standing and standing.last_visit_on else []
        days += [day for visit in self.closed(*TRIPS) if (day := settled_on(visit))]
        return max(days, default=None)

    @cached_property
    def last_contact(self) -> date | None:
        standing = self.known.standing
        days = [standing.last_contact_on] if standing and standing.last_contact_on else []
        days += [day for visit in self.closed("callback") if (day := settled_on(visit))]
        return max([*days, *([self.last_visit] if self.last_visit else [])], default=None)

    @property
    def every(self) -> int:
        return self.interval[0]

    @cached_property
    def interval(self) -> tuple[int, str]:
        """Days between two visits, and by which rule of the policy."""
        return self.policy.interval(
            self.code,
            self.known.borrower.risk_class,
            {loan.product for loan in self.loans},
            float(max((loan.amount for loan in self.loans), default=0)),
            uncovered=max(map(_uncovered, self.loans), default=0.0),
            building=bool(self.building),
        )

    @cached_property
    def building(self) -> tuple[Loan, ...]:
        """Loans whose money builds something that isn't finished yet."""
        standing, rules = self.known.standing, self.policy.construction
        if standing and (standing.status == "completed" or (standing.percent or 0) >= 100):
            return ()
        return tuple(
            loan
            for loan in self.loans
            if loan.product in rules.products or set(loan.purposes) & set(rules.purposes)
        )

    def serial_key(self, kind: str) -> str:
        """Unique among all items of the kind this borrower ever had."""
        return f"{kind}:{self.code}:{sum(1 for _ in self.closed(kind)) + 1}"


def _uncovered(loan: Loan) -> float:
    """The balance as a share of the collateral's value; infinite for an unsecured loan."""
    return float(loan.balance / loan.collateral_value) if loan.collateral_value else float("inf")


def settled_on(visit: Visit) -> date | None:
    """The day from which the next one counts; an item the plan itself took back settles nothing."""
    if visit.state == "done":
        return visit.done_on or visit.due_on
    return visit.due_on if visit.why.get("cancelled") == "not_needed" else None


def wanted(subject: Subject) -> list[Item]:
    """At most one item a kind."""
    if not subject.known.borrower.active or not subject.loans:
        return []
    trips = [*first_check(subject), *special(subject), *maturity(subject)]
    return [*trips, *cycle(subject, trips)]


# --- first check --------------------------------------------------------------------------------


def first_check(subject: Subject) -> list[Item]:
    days = subject.policy.first_check.after_days
    owed = [(loan.disbursed_on + timedelta(days), loan) for loan in unchecked(subject) if loan.disbursed_on]
    trip = _one_trip(subject, owed)
    if not trip:
        return []
    due_on, loan = trip[0]
    why = {
        "code": "first_check",
        "disbursed_on": str(loan.disbursed_on),
        "days": days,
        "loans": [one.loan_no for _, one in trip],
    }
    return [Item("first_check", due_on, f"first_check:{loan.loan_no}", why, loan.loan_no)]


def unchecked(subject: Subject) -> list[Loan]:
    """Loans nobody has looked at since the money went out; those from long before the book came in are left."""
    backlog = timedelta(subject.policy.first_check.backlog_days)
    seen, done = subject.last_visit, _loans_of(subject.closed("first_check"))
    return [
        loan
        for loan in subject.loans
        if loan.disbursed_on
        and loan.loan_no not in done
        and not (seen and seen > loan.disbursed_on)
        and subject.named(loan) - loan.disbursed_on <= backlog
    ]


def _one_trip(subject: Subject, owed: list[tuple[date, Loan]]) -> list[tuple[date, Loan]]:
    """The earliest with all that are due by then or within the merging days, the earliest first."""
    if not owed:
        return []
    owed = sorted(owed, key=lambda pair: (pair[0], pair[1].loan_no))
    until = max(owed[0][0], subject.today) + timedelta(subject.policy.merge.days)
    return [pair for pair in owed if pair[0] <= until]


def _loans_of(visits: Iterable[Visit]) -> set[str]:
    """The loans that these trips served; trips the plan took back served none."""
    settled = [visit for visit in visits if settled_on(visit)]
    named = {loan_no for visit in settled for loan_no in visit.why.get("loans", ())}
    return named | {visit.loan_no for visit in settled if visit.loan_no}


# --- maturity -----------------------------------------------------------------------------------


def maturity(subject: Subject) -> list[Item]:
    trip = _one_trip(subject, [(_before_maturity(subject, loan), loan) for loan in _maturing(subject)])
    if not trip:
        return []
    due_on, loan = trip[0]
    why = {
        "code": "maturity",
        "matures_on": str(loan.matures_on),
        "days": subject.policy.maturity.before_days,
        "loans": [one.loan_no for _, one in trip],
    }
    return [Item("maturity", due_on, f"maturity:{loan.loan_no}:{loan.matures_on}", why, loan.loan_no)]


def _maturing(subject: Subject) -> Iterable[Loan]:
    """Loans to mature whose visit is still owed; one that has matured keeps the visit it was owed."""
    planned = subject.open("maturity")
    kept = _named_in(planned)
    done = {(loan_no, visit.why.get("matures_on")) for visit in subject.closed("maturity") if settled_on(visit)
            for loan_no in _named_in(visit)}  # fmt: skip
    early = timedelta(subject.policy.maturity.early_days)
    for loan in subject.loans:
        if loan.matures_on is None or (loan.matures_on < subject.today and loan.loan_no not in kept):
            continue
        seen = subject.last_visit and subject.last_visit >= _before_maturity(subject, loan) - early
        if not seen and not any(
            loan_no == loan.loan_no and str(loan.matures_on) == day for loan_no, day in done
        ):
            yield loan


def _named_in(visit: Visit | None) -> set[str]:
    return {*visit.why.get("loans", ()), *([visit.loan_no] if visit.loan_no else ())} if visit else set()


def _before_maturity(subject: Subject, loan: Loan) -> date:
    """The policy's day; for a loan named or lent later than that, as soon as it can be done."""
    assert loan.matures_on is not None
    due_on = loan.matures_on - timedelta(subject.policy.maturity.before_days)
    named = subject.named(loan)
    if due_on <= named:
        due_on = workdays.add(named, subject.policy.special.working_days, subject.country)
    if loan.disbursed_on:
        due_on = max(due_on, loan.disbursed_on + timedelta(subject.policy.first_check.after_days))
    return due_on


# --- special ------------------------------------------------------------------------------------


def special(subject: Subject) -> list[Item]:
    planned = subject.open("special")
    urgent = urgent_cases(subject.known.cases, subject.policy)
    visited = {case_id for visit in subject.closed("special") for case_id in visit.why.get("cases", ())}
    mine = [case for case in urgent if case.id not in visited]
    if not mine:
        return []
    first = min(mine, key=lambda case: case.opened_at)
    due_on = planned.due_on if planned else _soon(subject, first)
    flag = planned.why.get("flag", first.code) if planned else first.code
    days = subject.policy.special.working_days
    why = {"code": "red_flag", "flag": flag, "days": days, "cases": sorted(case.id for case in mine)}
    return [Item("special", due_on, subject.serial_key("special"), why, _loan_of(first))]


def _soon(subject: Subject, case: Case) -> date:
    """Counted from the day of the flag; from today where it became urgent only later."""
    days, country = subject.policy.special.working_days, subject.country
    due_on = workdays.add(case.opened_at.astimezone(subject.zone).date(), days, country)
    return due_on if due_on >= subject.today else workdays.add(subject.today, days, country)


def urgent_cases(cases: Iterable[Case], policy: Policy) -> list[Case]:
    """The open flags that the borrower must be visited for."""
    also, never = policy.special.also, policy.special.never
    return [
        case
        for case in cases
        if case.state != "closed" and case.audience == "all" and case.code not in never
        and (case.severity == "red" or (case.code in also and case.severity == "orange"))
    ]  # fmt: skip


def _loan_of(case: Case) -> str | None:
    loan_no = case.details.get("loan_no")
    return str(loan_no) if loan_no else None


# --- the round of visits and callbacks ----------------------------------------------------------


def cycle(subject: Subject, trips: list[Item]) -> list[Item]:
    start = _start(subject)
    round_ = [_visit(subject, *start)] if start else []
    due_on = round_[0].due_on if round_ else date.max
    if round_ and not subject.open("visit") and _served_by(trips, due_on, subject):
        round_ = []
    calls = _promise(subject, [*trips, *round_])
    calls += _callback(subject, start[0], due_on) if start else []
    return round_ + sorted(calls, key=lambda one: one.due_on)[:1]


def _visit(subject: Subject, since: date, code: str) -> Item:
    """The regular one, or an earlier one for money drawn since."""
    days, by = subject.interval
    class_ = subject.known.borrower.risk_class
    why = {"code": code, "since": str(since), "days": days, "risk_class": class_}
    if by != "class":
        why["by"] = by
    item = Item("visit", since + timedelta(days), subject.serial_key("visit"), why)
    drawn = _drawdown(subject)
    return drawn if drawn and drawn.due_on < item.due_on else item


def _drawdown(subject: Subject) -> Item | None:
    """The first drawdown that nobody has looked at since; the first money of a loan has its first check."""
    days = subject.policy.construction.drawdown_days
    fresh = [
        (loan.drawn_on, loan)
        for loan in subject.building
        if loan.drawn_on and not (subject.last_visit and subject.last_visit >= loan.drawn_on)
    ]
    if not days or not fresh:
        return None
    drawn_on, loan = min(fresh, key=lambda one: one[0])
    planned = subject.open("visit")
    if planned and planned.why.get("code") == "drawdown":  # a second drawdown doesn't put the first one's off
        drawn_on = min(drawn_on, date.fromisoformat(planned.why["drawn_on"]))
    why = {
        "code": "drawdown",
        "drawn_on": str(drawn_on),
        "amount": str(loan.drawn_more or 0),
        "days": days,
        "risk_class": subject.known.borrower.risk_class,
    }
    return Item("visit", drawn_on + timedelta(days), subject.serial_key("visit"), why, loan.loan_no)


def _promise(subject: Subject, trips: list[Item]) -> list[Item]:
    """A call on the day of the earliest promise, unless a trip shortly after asks for it."""
    rules = subject.policy.promise
    until = timedelta(rules.within_days)
    for promise in sorted(subject.known.promises, key=lambda one: (one.due_on or date.max, one.id)):
        day = promise.due_on
        if not rules.call or day is None or _asked_for(subject, day):
            continue
        if any(day <= trip.due_on <= day + until for trip in trips):
            continue
        why = {"code": "promise", "promised": str(day), "what": promise.kind, "promise_id": promise.id}
        if promise.amount is not None:
            why["amount"] = str(promise.amount)
        return [Item("callback", day, subject.serial_key("callback"), why)]
    return []


def _asked_for(subject: Subject, day: date) -> bool:
    """Somebody spoke with the borrower since that day, or let the call go; what is left of it is a flag's."""
    return subject.last_contact is not None and subject.last_contact >= day


def _start(subject: Subject) -> tuple[date, str] | None:
    """The day from which the next visit counts; None while the first check comes first."""
    if subject.last_visit:
        return subject.last_visit, "since_visit"
    fresh = {loan.loan_no for loan in unchecked(subject)}
    old = [loan for loan in subject.loans if loan.loan_no not in fresh and _is_out(loan)]
    if not old:
        return None
    return min(subject.named(loan) for loan in old), "since_book"


def _is_out(loan: Loan) -> bool:
    return loan.disbursed_on is not None or loan.drawn > 0


def _served_by(trips: list[Item], due_on: date, subject: Subject) -> bool:
    """Another trip close before that day sees the borrower anyway, and the round starts anew from it."""
    earliest = due_on - timedelta(subject.every // 2)
    latest = due_on + timedelta(subject.policy.merge.days)
    return any(earliest <= trip.due_on <= latest for trip in trips)


def _callback(subject: Subject, since: date, due_on: date) -> list[Item]:
    half = int(subject.every * subject.policy.callback.share)
    day = since + timedelta(half)
    planned = subject.open("visit")
    until = min(due_on, planned.due_on) if planned else due_on
    spoken = subject.last_contact is not None and subject.last_contact > since
    lately = spoken and subject.last_contact and subject.last_contact >= since + timedelta(half // 2)
    if half == 0 or day >= until or lately or _called(subject, since):
        return []
    why = {"code": "midway", "since": str(since), "next": str(until), "days": half}
    return [Item("callback", day, subject.serial_key("callback"), why)]


def _called(subject: Subject, since: date) -> bool:
    """The callback of this round was made, or agreed not to be needed; a call for a promise is none."""
    calls = (visit for visit in subject.closed("callback") if visit.why.get("code") != "promise")
    return any((day := settled_on(visit)) and day > since for visit in calls)
