"""The sweep: whoever has something due is told, once, in the hours in which they may be."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from prompts.message import Message
from records import delegations, planning, visits
from records.database import Tx
from records.model import Staff, Visit
from reminders import pack as packs
from reminders import wording
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
    marked and set to the next working morning; where it is night for somebody, to the morning after.
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
    values |= {"reminded_times": visit.reminded_times, "due_at": clock.next_morning(now)}
    if clock.quiet(now):
        return values | {"due_at": clock.awake(now)}
    if receiver is None:
        return values
    return values | {"state": "reminded", "reminded_at": now, "reminded_times": visit.reminded_times + 1}


def _told(batch: list[Visit], crew: Crew, now: datetime) -> dict[str, list[Visit]]:
    told: dict[str, list[Visit]] = defaultdict(list)
    for visit in batch:
        receiver = crew.receiver(visit)
        if receiver and not crew.clock(receiver.staff_code).quiet(now):
            told[receiver.staff_code].append(visit)
    return told


async def _messages(tx: Tx, told: dict[str, list[Visit]], crew: Crew, now: datetime) -> list[Message]:
    borrowers = await planning.borrowers_of(tx, {v.borrower_code for mine in told.values() for v in mine})
    messages = []
    for staff_code, mine in told.items():
        person, today = crew.people[staff_code], crew.clock(staff_code).today(now)
        mine = sorted(mine, key=lambda visit: (visit.due_on, visit.id))
        key = _key(staff_code, today, mine)
        if len(mine) == 1:
            pack = await packs.pack(tx, mine[0], today)
            messages.append(wording.one(pack, today, person.language, to=staff_code, key=key))
        else:
            items = [(visit, borrowers[visit.borrower_code]) for visit in mine]
            messages.append(wording.several(items, today, person.language, to=staff_code, key=key))
    return messages


def _key(staff_code: str, today: date, mine: list[Visit]) -> str:
    """The same items, at the same turn, are never told twice."""
    turns = ",".join(f"{visit.id}.{visit.reminded_times}" for visit in mine)
    return f"due:{staff_code}:{today}:{hashlib.sha256(turns.encode()).hexdigest()[:16]}"
