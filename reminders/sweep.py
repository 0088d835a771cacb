"""The sweep: whoever has something due is told, once, in the hours in which they may be."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from prompts.catalog import say
from prompts.message import Message
from records import delegations, planning, visits
from records.database import Tx
from records.model import Borrower, Staff, Visit
from reminders import pack as packs
from reminders import wording
from reminders.evening import Tally, tally, tally_words
from reminders.hours import Hours, hours
from reminders.policy import Policy


@dataclass(frozen=True)
class Crew:
    """Who owns what is due, and who stands in for them today."""

    people: dict[str, Staff]
    stand_ins: dict[str, str]
    policy: Policy

    def clock(self, staff_code: str) -> Hours:
        return hours(self.people.get(staff_code), self.policy)

    def receiver(self, visit: Visit) -> Staff | None:
        """Who is told: the owner or their deputy; None while neither can be."""
        person = self.people.get(self.stand_ins.get(visit.staff_code, visit.staff_code))
        return person if person and person.chat_id and person.active else None


async def due(tx: Tx, *, now: datetime, policy: Policy, limit: int = 200) -> list[Message]:
    """The reminders to send now for about `limit` items; empty when nothing is left.

    Everything due of one person is one message, however long the service was away. Each item told of is
    marked and set to the person's next digest; where it is night for somebody, to the morning after.
    """
    while batch := await _batch(tx, now, limit):
        crew = await _crew(tx, batch, now, policy)
        await visits.change_many(tx, [_mark(visit, crew, now) for visit in batch])
        messages = await _messages(tx, _told(batch, crew, now), crew, now)
        if messages:
            return messages
    return []


async def next_due_at(tx: Tx) -> datetime | None:
    """When the sweep has work again."""
    return await visits.next_due_at(tx)


async def _batch(tx: Tx, now: datetime, limit: int) -> list[Visit]:
    """The longest due; where there are more than `limit`, with all the rest of the same people."""
    first = await visits.due(tx, now, limit)
    if len(first) < limit:
        return first
    return await visits.due_of(tx, now, {visit.staff_code for visit in first})


async def _crew(tx: Tx, batch: list[Visit], now: datetime, policy: Policy) -> Crew:
    owners = {visit.staff_code for visit in batch}
    stand_ins = await delegations.stand_ins(tx, now.date())
    everybody = owners | {stand_ins[code] for code in owners if code in stand_ins}
    return Crew(await planning.staff_of(tx, everybody), stand_ins, policy)


def _mark(visit: Visit, crew: Crew, now: datetime) -> dict[str, Any]:
    receiver = crew.receiver(visit)
    clock = crew.clock(receiver.staff_code if receiver else visit.staff_code)
    values = {"id": visit.id, "state": visit.state, "reminded_at": visit.reminded_at}
    values |= {"reminded_times": visit.reminded_times, "due_at": clock.next_digest(now)}
    if clock.quiet(now):
        return values | {"due_at": clock.awake(now)}
    if receiver is None or not _is_for(visit, clock, now):
        return values
    return values | {"state": "reminded", "reminded_at": now, "reminded_times": visit.reminded_times + 1}


def _is_for(visit: Visit, clock: Hours, now: datetime) -> bool:
    """On a day off nobody is reminded but of what a red flag calls for, or what they asked for that day."""
    if clock.works(now) or visit.kind == "special":
        return True
    asked = visit.state == "reminded" or (visit.due_at and not clock.is_digest(visit.due_at))
    return bool(asked and visit.due_at and clock.today(visit.due_at) == clock.today(now))


def _told(batch: list[Visit], crew: Crew, now: datetime) -> dict[str, list[Visit]]:
    told: dict[str, list[Visit]] = defaultdict(list)
    for visit in batch:
        receiver = crew.receiver(visit)
        if receiver is None:
            continue
        clock = crew.clock(receiver.staff_code)
        if not clock.quiet(now) and _is_for(visit, clock, now):
            told[receiver.staff_code].append(visit)
    return told


async def _messages(tx: Tx, told: dict[str, list[Visit]], crew: Crew, now: datetime) -> list[Message]:
    borrowers = await planning.borrowers_of(tx, {v.borrower_code for mine in told.values() for v in mine})
    eve = [crew.people[code] for code in told if is_eve(crew.clock(code), now)]
    tallies = await tally(tx, eve, now=now, policy=crew.policy)
    messages = []
    for staff_code, mine in told.items():
        mine = sorted(mine, key=lambda visit: (visit.due_on, visit.id))
        items = [(visit, borrowers[visit.borrower_code]) for visit in mine]
        message = await _digest(tx, crew, staff_code, items, now)
        before = _before(mine, crew.clock(staff_code), now, tallies.get(staff_code), crew.people[staff_code])
        messages.append(replace(message, text="\n".join((*before, message.text))))
    return messages


async def _digest(
    tx: Tx, crew: Crew, staff_code: str, items: list[tuple[Visit, Borrower]], now: datetime
) -> Message:
    """One item with its pack, several as a list."""
    clock, lang = crew.clock(staff_code), crew.people[staff_code].language
    today, key = clock.today(now), _key(staff_code, clock.today(now), [visit for visit, _ in items])
    if len(items) == 1:
        return wording.one(await packs.pack(tx, items[0][0], today), today, lang, to=staff_code, key=key)
    head = "digests.tomorrow" if is_eve(clock, now) else "reminders.list_head"
    return wording.several(items, today, lang, to=staff_code, key=key, head=head)


def is_eve(clock: Hours, now: datetime) -> bool:
    """Whether this is the digest of somebody who is told the evening before."""
    return clock.eve and now >= clock.at(clock.today(now), clock.policy.reminders.evening)


def _before(
    mine: list[Visit], clock: Hours, now: datetime, day: Tally | None, person: Staff
) -> Iterator[str]:
    """What stands above the list: that the service was away, and how the day went."""
    moments = [
        visit.due_at for visit in mine if visit.due_at and clock.today(visit.due_at) < clock.today(now)
    ]
    if moments:
        since = clock.today(min(moments))
        yield say("digests.missed", person.language, count=len(moments), since=since)
    if day and day.places:
        yield tally_words(day, person.language)


def _key(staff_code: str, today: date, mine: list[Visit]) -> str:
    """The same items, at the same turn, are never told twice."""
    turns = ",".join(f"{visit.id}.{visit.reminded_times}" for visit in mine)
    return f"due:{staff_code}:{today}:{hashlib.sha256(turns.encode()).hexdigest()[:16]}"
