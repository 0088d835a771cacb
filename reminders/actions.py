"""What people do with an item of the plan: put it off, move it, try in vain, set out, let it go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from records import people, visits
from records.database import Tx
from records.model import Attempt, Staff, Visit
from reminders import workdays
from reminders.after import retry
from reminders.hours import Hours, hours
from reminders.plan import replan
from reminders.policy import Policy

REASONS = ("no_answer", "off", "refused", "wrong_number", "nobody_there")
EXCUSES = ("seen_lately", "repaid", "twice", "other")
LATER = ("hour", "evening", "tomorrow")


class Refused(Exception):
    """It can't be done; `code` is gone, closed, past, too_late, not_yours or reason; `day` the latest that is allowed."""

    def __init__(self, code: str, day: date | None = None) -> None:
        self.code, self.day = code, day
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Tried:
    """A counted try: `days` on which the borrower was tried in vain since anybody last reached them."""

    visit: Visit
    attempt: Attempt
    days: int


async def open_item(tx: Tx, visit_id: int) -> Visit:
    """Raises Refused where the item is gone or no longer open."""
    item = await visits.get(tx, visit_id)
    if item is None:
        raise Refused("gone")
    if item.state not in visits.OPEN:
        raise Refused("closed", item.done_on)
    return item


async def later(tx: Tx, visit_id: int, when: str, *, now: datetime, policy: Policy) -> Visit:
    """Remind again in an hour, this evening or tomorrow (`when` of LATER), or on an ISO day in the morning."""
    item = await open_item(tx, visit_id)
    clock = await clock_of(tx, item, policy)
    return await visits.change(tx, item.id, due_at=_moment(when, clock, now))


def _moment(when: str, clock: Hours, now: datetime) -> datetime:
    if when == "hour":
        return clock.awake(now + timedelta(hours=1))
    if when == "evening":
        return clock.evening(now)
    if when == "tomorrow":
        return clock.morning(clock.today(now) + timedelta(days=1))
    day = a_day(when)
    if day <= clock.today(now):
        raise Refused("past")
    return clock.morning(day)


def a_day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Refused("past") from None


async def at(tx: Tx, visit_id: int, moment: datetime, *, policy: Policy) -> Visit:
    """Remind at a moment, or in the morning after it where that is a quiet hour."""
    item = await open_item(tx, visit_id)
    clock = await clock_of(tx, item, policy)
    return await visits.change(tx, item.id, due_at=clock.awake(moment))


async def move(tx: Tx, visit_id: int, day: date | None, by: str, *, now: datetime, policy: Policy) -> Visit:
    """Move the item to `day`, or without one to the next working day that it isn't on already."""
    item = await open_item(tx, visit_id)
    clock = await clock_of(tx, item, policy)
    today = clock.today(now)
    day = day or workdays.add(max(today, item.due_on), 1, clock.country)
    latest = latest_day(item, today, policy)
    if day < today:
        raise Refused("past")
    if day > latest:
        raise Refused("too_late", latest)
    why = {**item.why, "moved_by": by, "moved_from": str(item.due_on)}
    values = {"due_on": day, "due_at": _told_again(item.kind, day, clock, now), "why": why}
    return await visits.change(tx, item.id, moved_times=item.moved_times + 1, **values)


def _told_again(kind: str, day: date, clock: Hours, now: datetime) -> datetime:
    """Who has just moved an item isn't told of it at once."""
    times = (clock.remind_at(kind, day), clock.told_of(day), clock.evening(now))
    return next(moment for moment in times if moment > now)


def latest_day(item: Visit, today: date, policy: Policy) -> date:
    """People may move an item so many days past its first day; a late one at least over the next days."""
    first = item.first_due_on or item.due_on
    soon = today + timedelta(policy.merge.days)
    return max(first + timedelta(policy.move.over_days), soon)


async def unreachable(
    tx: Tx, visit_id: int, by: str, *, now: datetime, policy: Policy, reason: str = "no_answer"
) -> Tried:
    """Count a try at once and give the item its next slot; a second tap on the same day counts no more."""
    item = await open_item(tx, visit_id)
    clock = await clock_of(tx, item, policy)
    today = clock.today(now)
    before = await visits.attempts_of(tx, item.borrower_code)
    attempt = await visits.add_attempt(
        tx,
        borrower_code=item.borrower_code,
        visit_id=item.id,
        staff_code=by,
        at=now,
        on_day=today,
        channel="phone" if item.kind == "callback" else "visit",
        reason=reason,
    )
    if attempt.id not in {one.id for one in before}:
        item = await retry(tx, item, clock, now)
    return Tried(item, attempt, await days_tried(tx, item.borrower_code))


async def say_reason(tx: Tx, attempt_id: int, reason: str, by: str) -> Attempt:
    """Why nobody was reached, told after the try was counted, by the one who tried."""
    attempt = await visits.get_attempt(tx, attempt_id)
    if attempt is None or attempt.staff_code != by:
        raise Refused("gone" if attempt is None else "not_yours")
    if reason not in REASONS:
        raise Refused("reason")
    channel = "visit" if reason == "nobody_there" else "phone"
    channel = attempt.channel if reason == "refused" else channel
    await visits.change_attempt(tx, attempt_id, reason=reason, channel=channel)
    return attempt


async def days_tried(tx: Tx, borrower_code: str) -> int:
    done = [one.done_on for one in await visits.of_borrower(tx, borrower_code) if one.done_on]
    since = max(done, default=date.min)
    return len({one.on_day for one in await visits.attempts_of(tx, borrower_code) if one.on_day > since})


async def on_way(tx: Tx, visit_id: int, *, now: datetime, policy: Policy) -> Visit:
    """Somebody sets out: the report is asked for in the evening, with the rest of the day's."""
    item = await open_item(tx, visit_id)
    clock = await clock_of(tx, item, policy)
    why = {**item.why, "on_way": now.astimezone(UTC).isoformat()}
    return await visits.change(tx, item.id, due_at=clock.next_digest(now), why=why)


async def ask_off(tx: Tx, visit_id: int, by: str, reason: str, *, now: datetime) -> Visit:
    """Somebody says that it isn't needed (`reason` of EXCUSES, or own words): a superior is to agree."""
    item = await open_item(tx, visit_id)
    why = {**item.why, "off": {"by": by, "reason": reason, "at": now.isoformat()}}
    return await visits.change(tx, item.id, why=why)


async def decide_off(tx: Tx, visit_id: int, by: str, agreed: bool, *, now: datetime, policy: Policy) -> Visit:
    """The superior's word: the item is let go and the round counts on from its day, or it stays."""
    item = await open_item(tx, visit_id)
    why = {key: value for key, value in item.why.items() if key != "off"}
    if not agreed:
        return await visits.change(tx, item.id, why=why)
    why |= {"cancelled": "not_needed", "agreed_by": by, "off": item.why.get("off")}
    item = await visits.change(tx, item.id, state="cancelled", due_at=None, why=why)
    await replan(tx, now=now, policy=policy, borrower_codes=[item.borrower_code])
    return item


async def clock_of(tx: Tx, item: Visit, policy: Policy) -> Hours:
    return hours(await people.by_code(tx, item.staff_code), policy)


async def superior_of(tx: Tx, item: Visit) -> Staff | None:
    """Who agrees that an item isn't needed: the nearest one above with a chat."""
    return next((one for one in await people.chain_above(tx, item.staff_code) if one.chat_id), None)
