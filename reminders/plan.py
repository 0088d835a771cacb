"""The plan brought in line with what is owed: new items, moved ones, those no longer needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from records import planning, visits
from records.database import Database, Tx
from records.model import Borrower, Visit
from records.planning import Known
from reminders import workdays
from reminders.hours import Hours, hours
from reminders.policy import Policy
from reminders.wanted import Item, Subject, wanted

PAGE = 500
Progress = Callable[[int], object]
KINDS = ("first_check", "visit", "callback", "special", "maturity")


@dataclass(frozen=True, slots=True)
class Change:
    """What re-planning would do with one item: `what` is new, moved or dropped."""

    what: str
    borrower: Borrower
    kind: str
    values: dict[str, Any]
    visit: Visit | None = None
    branch: str = ""

    @property
    def borrower_code(self) -> str:
        return self.borrower.borrower_code

    @property
    def due_on(self) -> date | None:
        """The day that it would have; None where it would be dropped."""
        day: date | None = self.values.get("due_on")
        return day


async def replan(tx: Tx, *, now: datetime, policy: Policy, borrower_codes: Sequence[str]) -> int:
    """Plan what these are owed, and return how many items changed; a second run changes none."""
    page = await planning.page(tx, "", len(borrower_codes), borrower_codes)
    changes = await _compare_all(tx, page, now, policy)
    await _apply(tx, changes, policy)
    return len(changes)


async def replan_all(
    database: Database, *, now: datetime, policy: Policy, progress: Progress | None = None
) -> int:
    """Plan the whole book, a transaction a page, so that nobody else waits for long; how many items changed.

    Killed half-way it is simply run again. `progress` is told how many borrowers each page had.
    """
    after, count = "", 0
    while True:
        async with database.begin() as tx:
            page = await planning.page(tx, after, PAGE)
            changes = await _compare_all(tx, page, now, policy)
            await _apply(tx, changes, policy)
        if not page:
            return count
        after, count = page[-1].borrower.borrower_code, count + len(changes)
        if progress:
            progress(len(page))


async def differences(
    database: Database, *, now: datetime, policies: Sequence[Policy]
) -> AsyncIterator[list[list[Change]]]:
    """What `replan_all` would change under each policy, a page at a time, with nothing changed."""
    after = ""
    while True:
        async with database.read() as tx:
            page = await planning.page(tx, after, PAGE)
            found = [await _compare_all(tx, page, now, policy) for policy in policies]
        if not page:
            return
        yield found
        after = page[-1].borrower.borrower_code


async def _compare_all(tx: Tx, page: list[Known], now: datetime, policy: Policy) -> list[Change]:
    crew = await planning.staff_of(tx, {known.borrower.account_manager for known in page})
    clocks = {code: hours(person, policy) for code, person in crew.items()}
    first_import = await planning.first_import(tx)
    return [
        replace(change, branch=crew[known.borrower.account_manager].branch)
        for known in page
        for change in compare(known, clocks, now, policy, first_import)
    ]


def compare(
    known: Known,
    clocks: dict[str, Hours],
    now: datetime,
    policy: Policy,
    first_import: date | None,
) -> list[Change]:
    """How one borrower's open items differ from what it is owed."""
    owner = known.borrower.account_manager
    clock = clocks.get(owner) or hours(None, policy)
    subject = Subject(known, clock.today(now), clock.country, policy, first_import, clock.zone)
    items = {item.kind: item for item in wanted(subject)}
    found = [_kind(subject, kind, items.get(kind), clock, now) for kind in KINDS]
    return [change for change in found if change]


def _kind(subject: Subject, kind: str, item: Item | None, clock: Hours, now: datetime) -> Change | None:
    planned = subject.open(kind)
    if item is None:
        return _drop(planned, subject) if planned and not _promised(planned, subject) else None
    if planned is None:
        return _new(subject, _not_in_the_past(subject, item, None), clock, now)
    return _moved(subject, planned, _not_in_the_past(subject, item, planned), clock, now)


def _promised(planned: Visit, subject: Subject) -> bool:
    """A day that was agreed with the borrower is kept as long as there is a loan."""
    return planned.why.get("code") == "agreed" and bool(subject.loans)


def _drop(planned: Visit, subject: Subject) -> Change:
    """Taken back by the plan, which may want the same again: the key is given free."""
    values = {"state": "cancelled", "why": {**planned.why, "cancelled": "replanned"}, "plan_key": None}
    return Change("dropped", subject.known.borrower, planned.kind, values, planned)


def _new(subject: Subject, item: Item, clock: Hours, now: datetime) -> Change:
    values = {
        "borrower_code": subject.code,
        "loan_no": item.loan_no,
        "kind": item.kind,
        "due_on": item.due_on,
        "first_due_on": item.due_on,
        "due_at": remind_at(item.kind, item.due_on, clock, now),
        "staff_code": subject.known.borrower.account_manager,
        "state": "planned",
        "why": dict(item.why),
        "created_at": now,
        "plan_key": item.key,
    }
    return Change("new", subject.known.borrower, item.kind, values)


def _moved(subject: Subject, planned: Visit, item: Item, clock: Hours, now: datetime) -> Change | None:
    """The day follows the plan unless people settled it; who goes follows the book."""
    owner = subject.known.borrower.account_manager
    due_on, why, loan_no = planned.due_on, dict(planned.why), planned.loan_no
    if not _settled(planned, item):
        due_on, why, loan_no = item.due_on, dict(item.why), item.loan_no
    elif planned.kind == "special":
        why["cases"] = item.why["cases"]
    values = {"due_on": due_on, "why": why, "staff_code": owner, "loan_no": loan_no}
    if values == {name: getattr(planned, name) for name in values}:
        return None
    values["due_at"] = planned.due_at
    if due_on != planned.due_on or owner != planned.staff_code:
        values |= {"due_at": remind_at(item.kind, due_on, clock, now)}
    values["first_due_on"] = item.due_on if due_on != planned.due_on else planned.first_due_on
    return Change("moved", subject.known.borrower, item.kind, values, planned)


def _settled(planned: Visit, item: Item) -> bool:
    """Somebody chose the day: agreed, moved, or tried in vain. A worse class may still bring it forward."""
    if planned.kind == "special":
        return True
    if not (planned.moved_times or planned.why.get("code") == "agreed" or planned.why.get("tries")):
        return False
    same_class = item.why.get("risk_class") in (None, planned.why.get("risk_class"))
    return same_class or item.due_on >= planned.due_on


def _not_in_the_past(subject: Subject, item: Item, planned: Visit | None) -> Item:
    """A shorter interval (a worse class, a new policy) doesn't make anybody late: there are some days to go."""
    if item.kind not in ("visit", "callback") or item.due_on >= subject.today:
        return item
    if planned and planned.due_on <= item.due_on:
        return item
    soon = workdays.add(subject.today, subject.policy.special.working_days, subject.country)
    return replace(item, due_on=min(soon, planned.due_on) if planned else soon)


def remind_at(kind: str, due_on: date, clock: Hours, now: datetime) -> datetime:
    """The first reminder. Where its time has passed: at once, on a day off with the next digest."""
    first = clock.remind_at(kind, due_on)
    if first >= now:
        return first
    soon = clock.awake(now)
    return soon if kind == "special" or clock.works(soon) else clock.next_digest(now)


async def _apply(tx: Tx, changes: list[Change], policy: Policy) -> None:
    """Each item keeps by which version of the policy its day was set."""
    by = {"policy_version": policy.version}
    await visits.add_many(tx, [change.values | by for change in changes if change.what == "new"])
    for what in ("moved", "dropped"):
        rows = [{"id": c.visit.id, **c.values, **by} for c in changes if c.what == what and c.visit]
        await visits.change_many(tx, rows)
