"""What a confirmed report does to the plan: what it closes, what it agrees on, what comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Protocol

from records import people, planning, visits
from records.database import Tx
from records.model import Report, Visit
from reminders import workdays
from reminders.hours import Hours, hours
from reminders.plan import remind_at, replan
from reminders.policy import Policy

CALLING = re.compile("电话|回电|致电|打给|微信|联系一下|\\b(?:call|ring|phone|text|message)", re.IGNORECASE)
FAR_APART = 14  # days before its day that an agreed trip may be made early where nothing else is known


class Stated(Protocol):
    """A fact as `facts.model.Fact` gives it."""

    @property
    def field(self) -> str: ...
    @property
    def value(self) -> Any: ...
    @property
    def evidence(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """`closed` is what the report was owed for, `next` the earliest item now; `all_closed` has the others too.

    `agreed` is False where the report named a day later than the policy bears: the plan's day holds then.
    """

    closed: Visit | None = None
    next: Visit | None = None
    all_closed: tuple[Visit, ...] = ()
    agreed: bool | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How the contact went, on the day it took place."""

    on: date
    channel: str | None
    outcome: str | None
    says: bool = True

    @property
    def made(self) -> bool:
        """Somebody was there or spoke: told, or shown by what the report says of the borrower."""
        if self.outcome:
            return self.outcome != "unreachable"
        return self.channel is not None or self.says

    @property
    def called(self) -> bool:
        return self.channel in ("phone", "message")


async def report_confirmed(
    tx: Tx,
    report: Report,
    facts: Sequence[Stated],
    changes: Sequence[Any],  # noqa: ARG001
    *,
    now: datetime,
    policy: Policy,
) -> Outcome:
    """Close what this report serves, plan anew, and keep the day it agrees on.

    `changes` (the flags it raised) are read from the cases themselves, which are written by now. A try that
    reached nobody is counted, and leaves the item open for the next slot.
    """
    if report.borrower_code is None:
        return Outcome()
    owed = await visits.open_of(tx, report.borrower_code)
    contact = contact_of(report, facts, owed)
    clock = await _clock(tx, report.borrower_code, policy)
    if contact.outcome == "unreachable":
        tried = await _tried(tx, report, contact, owed, clock, now)
        closed: list[Visit] = []
    else:
        served = [one for one in owed if contact.made and serves(contact, one, report, clock.zone)]
        tried, closed = None, [await _close(tx, one, contact.on) for one in served]
    await replan(tx, now=now, policy=policy, borrower_codes=[report.borrower_code])
    agreed = await _agree(tx, report, facts, contact, tried, clock, now)
    left = await visits.open_of(tx, report.borrower_code)
    return Outcome(_foremost(closed, report), left[0] if left else None, tuple(closed), agreed)


def contact_of(report: Report, facts: Sequence[Stated], owed: Sequence[Visit] = ()) -> Contact:
    """As stated; a report given for a callback that doesn't say how was a call."""
    told = {fact.field: fact.value for fact in facts}
    on = report.visited_on or _day(told.get("contact.on")) or report.reported_on
    calls = any(one.id == report.visit_id and one.kind == "callback" for one in owed)
    says = any(not name.startswith(("contact.", "next_contact")) for name in told)
    channel = told.get("contact.channel") or ("phone" if calls else None)
    return Contact(on, channel, told.get("contact.outcome"), says)


def serves(contact: Contact, item: Visit, report: Report | None = None, zone: tzinfo = UTC) -> bool:
    """A call never stands for a visit; a visit stands for all that is due about then."""
    if contact.called and item.kind != "callback":
        return False
    if report is not None and report.visit_id == item.id:
        return True
    if item.kind == "first_check":
        since = _day(item.why.get("disbursed_on"))
        return since is None or contact.on > since
    if item.kind == "special":
        return contact.on >= item.created_at.astimezone(zone).date()
    if since := _day(item.why.get("drawn_on") or item.why.get("promised")):
        return contact.on >= since
    return contact.on >= item.due_on - timedelta(_early(item))


def _early(item: Visit) -> int:
    """Days before its day from which a contact counts for the item: half of its interval."""
    return int(item.why.get("days", FAR_APART)) // 2


async def _close(tx: Tx, item: Visit, on: date) -> Visit:
    return await visits.change(tx, item.id, state="done", done_on=on, due_at=None)


def _foremost(closed: list[Visit], report: Report) -> Visit | None:
    mine = [visit for visit in closed if visit.id == report.visit_id]
    return next(iter(mine or closed), None)


# --- a try that reached nobody ------------------------------------------------------------------


async def _tried(
    tx: Tx, report: Report, contact: Contact, owed: list[Visit], clock: Hours, now: datetime
) -> Visit | None:
    """Count it, on the item that it was made for, and give that a next slot."""
    item = next((one for one in owed if one.id == report.visit_id), None)
    item = item or next((one for one in owed if one.due_on <= contact.on), None)
    await visits.add_attempt(
        tx,
        borrower_code=report.borrower_code,
        visit_id=item.id if item else None,
        staff_code=report.author,
        at=now,
        on_day=contact.on,
        channel=contact.channel or "phone",
        reason="nobody_there" if contact.channel == "visit" else "no_answer",
        report_id=report.id,
    )
    return await retry(tx, item, clock, now) if item else None


async def retry(tx: Tx, item: Visit, clock: Hours, now: datetime) -> Visit:
    """The next slot: late counts from there, since somebody did try."""
    slot = workdays.add(clock.today(now), clock.policy.retry.working_days, clock.country)
    due_on = max(item.due_on, slot)
    why = {**item.why, "tries": int(item.why.get("tries", 0)) + 1}
    return await visits.change(
        tx, item.id, due_on=due_on, due_at=max(clock.told_of(slot), clock.awake(now)), why=why
    )


# --- the day agreed on --------------------------------------------------------------------------


async def _agree(
    tx: Tx,
    report: Report,
    facts: Sequence[Stated],
    contact: Contact,
    tried: Visit | None,
    clock: Hours,
    now: datetime,
) -> bool | None:
    """Put the report's own next day in place of the planned one; None where it names none."""
    fact = next((one for one in facts if one.field == "next_contact"), None)
    day = _day(fact.value) if fact else None
    if fact is None or day is None or day <= contact.on or report.borrower_code is None:
        return None
    words = fact.evidence.text if fact.evidence else ""
    kind = tried.kind if tried else "callback" if CALLING.search(words) else "visit"
    planned = await _open(tx, report.borrower_code, kind)
    if planned and day > planned.due_on + timedelta(clock.policy.agreed.over_days):
        return False
    await _set_day(tx, report, contact, kind, day, planned, clock, now)
    await replan(tx, now=now, policy=clock.policy, borrower_codes=[report.borrower_code])
    return True


async def _set_day(
    tx: Tx,
    report: Report,
    contact: Contact,
    kind: str,
    day: date,
    planned: Visit | None,
    clock: Hours,
    now: datetime,
) -> None:
    known = (await planning.page(tx, "", 1, [str(report.borrower_code)]))[0]
    why = {
        **(planned.why if planned else {}),
        "code": "agreed",
        "said_on": str(contact.on),
        "days": (day - contact.on).days,
        "report_id": report.id,
        "risk_class": known.borrower.risk_class,
    }
    values = {"due_on": day, "due_at": remind_at(kind, day, clock, now), "why": why}
    if planned:
        await visits.change(tx, planned.id, **values)
        return
    serial = sum(1 for one in known.visits if one.kind == kind and one.state in ("done", "cancelled")) + 1
    owner = {"staff_code": known.borrower.account_manager, "borrower_code": report.borrower_code}
    key = f"{kind}:{report.borrower_code}:{serial}"
    await visits.add(
        tx, kind=kind, state="planned", created_at=now, plan_key=key, first_due_on=day, **owner, **values
    )


async def _open(tx: Tx, borrower_code: str, kind: str) -> Visit | None:
    return next((one for one in await visits.open_of(tx, borrower_code) if one.kind == kind), None)


async def _clock(tx: Tx, borrower_code: str, policy: Policy) -> Hours:
    known = await planning.page(tx, "", 1, [borrower_code])
    owner = await people.by_code(tx, known[0].borrower.account_manager) if known else None
    return hours(owner, policy)


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
