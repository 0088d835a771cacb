"""A year of a lender's plan on a clock of its own: kills, outages, leave, summer time, make-up workdays.

`python -m tests.reminders.year 2000` plays it with 2,000 borrowers; the tests with fewer.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time as clocks
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from handlers.saying import put
from prompts.message import Message
from records import delegations, handovers, reports, standings, tables, visits
from records.database import Database, Tx
from records.model import Visit, as_model
from reminders import actions, after, escalation, plan, policy, sweep, workdays
from tests import databases
from tests.reminders.stage import add_borrower, add_loan, add_staff

START = date(2026, 1, 1)
PLACES = (
    ("Asia/Shanghai", "总行", "CN"),
    ("Asia/Urumqi", "边疆", "CN"),
    ("Europe/London", "London", "GB"),
    ("America/New_York", "New York", "US"),
)
CLASSES = ("normal",) * 7 + ("special_mention",) * 2 + ("substandard",)
SWEEPS = ((0, 31), (2, 31), (7, 31), (8, 31), (12, 31), (13, 31), (16, 5), (20, 40))
DIGESTS = ((0, 41), (2, 41), (8, 41), (13, 41))
ACTS = {"Asia/Shanghai": 5, "Asia/Urumqi": 6, "Europe/London": 11, "America/New_York": 17}
LOOK, REPLAN = (15, 50), (21, 0)
GRACE = (
    20  # days in which a tighter rule may bring a visit forward (its two working days, over a long holiday)
)


def rules() -> policy.Policy:
    shipped = policy.load()
    abroad = {branch: country for _, branch, country in PLACES if country != "CN"}
    return shipped.model_copy(update={"calendar": shipped.calendar.model_copy(update={"branches": abroad})})


class Killed(Exception):
    """The process ends here; nothing of the open transaction stays."""


@dataclass
class Year:
    """`play()` goes through the days; each property that doesn't hold ends it with what and when."""

    database: Database
    borrowers: int
    seed: int = 7
    days: int = 365
    policy: policy.Policy = field(default_factory=rules)
    keys: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    seen: dict[str, date] = field(default_factory=dict)
    tightened: dict[str, date] = field(default_factory=dict)
    put_off: set[int] = field(default_factory=set)
    told: dict[int, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.people = [f"AM{n}" for n in range(max(len(PLACES), self.borrowers // 40))]
        self.places = {code: PLACES[n % len(PLACES)] for n, code in enumerate(self.people)}
        self.places |= {f"M{n}": place for n, place in enumerate(PLACES)}
        self.zones = {code: ZoneInfo(place[0]) for code, place in self.places.items()}
        self.lazy = {self.people[-1]}
        self.outages = {START + timedelta(n) for first in (66, 86, 272) for n in range(first, first + 3)}

    async def play(self) -> None:
        await self._found()
        for n in range(self.days):
            day = START + timedelta(n)
            if day not in self.outages:
                await self._day(day)

    # --- the world ------------------------------------------------------------------------------

    async def _found(self) -> None:
        async with self.database.begin() as tx:
            for n, (zone, branch, _) in enumerate(PLACES):
                await add_staff(tx, f"M{n}", "manager", timezone=zone, branch=branch, chat_id=9_000 + n)
            for n, code in enumerate(self.people):
                zone, branch, _ = self.places[code]
                above = {"reports_to": f"M{n % len(PLACES)}", "chat_id": 10_000 + n}
                await add_staff(tx, code, timezone=zone, branch=branch, **above)
            for n in range(self.borrowers):
                await self._lend(tx, n)

    async def _lend(self, tx: Tx, n: int) -> None:
        """Old loans and new ones, some that build, some that mature within the year."""
        code, start = f"B{n:05}", START - timedelta(self.chance.randrange(-40, 600))
        owner, class_ = self.people[n % len(self.people)], self.chance.choice(CLASSES)
        await add_borrower(tx, code, owner, risk_class=class_)
        product = self.chance.choice(("working_capital", "working_capital", "fixed_asset", "project_finance"))
        ends = {"matures_on": START + timedelta(self.chance.randrange(100, 1500)), "product": product}
        await add_loan(tx, f"L{n}", code, start, max(start, START), **ends)
        self.seen[code] = max(start, START)

    async def _world(self, tx: Tx, day: date) -> None:
        """What the book and the rules bring: classes, drawdowns, red flags, leave, a hand-over."""
        for _ in range(max(1, self.borrowers // 200)):
            code = f"B{self.chance.randrange(self.borrowers):05}"
            what = self.chance.randrange(4)
            if what == 0:
                change = sa.update(tables.borrowers).where(tables.borrowers.c.borrower_code == code)
                await tx.execute(change.values(risk_class=self.chance.choice(CLASSES)))
            elif what == 1:
                loan = sa.update(tables.loans).where(tables.loans.c.borrower_code == code)
                await tx.execute(loan.values(drawn_on=day, drawn_more=Decimal(100_000)))
            elif what == 2:
                await self._flag(tx, code, day)
            self.tightened[code] = day
        if day.day == 10:
            away, deputy = self.chance.sample(self.people, 2)
            await delegations.add(tx, away, deputy, day, day + timedelta(6), at(day, 0))
        if day == START + timedelta(180):
            await self._hand_over(tx, day)

    async def _flag(self, tx: Tx, code: str, day: date) -> None:
        table = tables.cases
        known = sa.select(table.c.id).where(table.c.borrower_code == code, table.c.state != "closed")
        if (await tx.execute(known)).first() is None:
            values = {"borrower_code": code, "code": "cash.halt", "severity": "red", "state": "open"}
            await tx.execute(
                sa.insert(table).values(opened_at=at(day, 21), last_seen_at=at(day, 21), **values)
            )

    async def _hand_over(self, tx: Tx, day: date) -> None:
        giver, taker = self.people[0], self.people[len(PLACES) % len(self.people)]
        codes = [one.borrower_code for one in await handovers.owned(tx, giver)]
        made = await handovers.propose(tx, giver, taker, codes, "M0", at(day, 1), whole=True)
        load = await handovers.load_of(tx, codes, giver, day)
        await handovers.carry_out(tx, made, "M0", at(day, 1), load)

    # --- a day ----------------------------------------------------------------------------------

    async def _day(self, day: date) -> None:
        work: list[tuple[datetime, Any, Any]] = [(at(day, *clock), self._sweep, None) for clock in SWEEPS]
        work += [(at(day, *clock), self._escalate, None) for clock in DIGESTS]
        work += [(at(day, hour), self._act, zone) for zone, hour in ACTS.items()]
        work += [(at(day, *LOOK), self._look, day), (at(day, *REPLAN), self._replan, day)]
        for now, do, what in sorted(work, key=lambda one: one[0]):
            await do(now, what)

    async def _replan(self, now: datetime, day: date) -> None:
        """Now and then killed between two pages, and run again when the process is back."""
        async with self.database.begin() as tx:
            await self._world(tx, day)
        kill = self.chance.random() < 0.1
        try:
            await plan.replan_all(self.database, now=now, policy=self.policy, progress=die if kill else None)
        except Killed:
            self.counts["kills"] += 1
            await plan.replan_all(self.database, now=now, policy=self.policy)

    async def _sweep(self, now: datetime, _: Any) -> None:
        heard: list[Message] = []
        while messages := await self._said(now, sweep.due):
            heard += messages
        if heard:
            await self._once_a_day(now)
        told = Counter(message.to for message in heard)
        assert not told or max(told.values()) == 1, f"{now}: several reminders at once: {told.most_common(3)}"

    async def _escalate(self, now: datetime, _: Any) -> None:
        await self._said(now, escalation.escalate)

    async def _said(self, now: datetime, make: Any) -> list[Message]:
        """What one transaction says; now and then the process is killed before it commits."""
        while True:
            try:
                async with self.database.begin() as tx:
                    found: list[Message] = await make(tx, now=now, policy=self.policy)
                    messages = [message for message in found if await put(tx, message, now)]
                    if messages and self.chance.random() < 0.05:
                        raise Killed
            except Killed:
                self.counts["kills"] += 1
                continue
            for message in messages:
                self._hear(message, now)
            return messages

    def _hear(self, message: Message, now: datetime) -> None:
        """Nothing in anybody's quiet hours, and nothing twice on one day but what was put off for an hour."""
        local = now.astimezone(self.zones[message.to])
        assert time(8) <= local.time() < time(21), f"{message.to} was told at {local}"
        key = f"{message.to} {local.date()} {message.text}"
        self.keys[key] += 1
        assert self.keys[key] == 1 or self.put_off, f"{now}: said twice: {message}"
        self.counts["messages"] += 1

    # --- people ---------------------------------------------------------------------------------

    async def _act(self, now: datetime, zone: str) -> None:
        """On their working days people do most of what is due; one of them does nothing for two months."""
        day = now.astimezone(ZoneInfo(zone)).date()
        country = next(country for place, _, country in PLACES if place == zone)
        if not workdays.is_working(day, country):
            return
        idle = START + timedelta(120) <= day < START + timedelta(180)
        mine = [
            code for code in self.people if self.places[code][0] == zone and not (idle and code in self.lazy)
        ]
        async with self.database.begin() as tx:
            for item in await visits.of_staff(tx, mine, day):
                if self.chance.random() < 0.6:
                    await self._do(tx, item, day, now)

    async def _do(self, tx: Tx, item: Visit, day: date, now: datetime) -> None:
        known = await visits.get(tx, item.id)
        if known is None or known.state not in visits.OPEN:
            return
        what = self.chance.choice(("done",) * 7 + ("tried", "later", "moved"))
        if what == "tried":
            await actions.unreachable(tx, item.id, item.staff_code, now=now, policy=self.policy)
        elif what == "later":
            await actions.later(tx, item.id, "hour", now=now, policy=self.policy)
            self.put_off.add(item.id)
        elif what == "moved" and known.moved_times == 0:
            await actions.move(tx, item.id, None, item.staff_code, now=now, policy=self.policy)
        elif what == "done":
            await self._report(tx, item, day, now)

    async def _report(self, tx: Tx, item: Visit, day: date, now: datetime) -> None:
        code, channel = item.borrower_code, "phone" if item.kind == "callback" else "visit"
        who = {"author": item.staff_code, "borrower_code": code, "visit_id": item.id}
        days = {"reported_on": day, "received_at": now, "confirmed_at": now}
        report = await reports.create(tx, state="confirmed", **who, **days)
        known = {"last_contact_on": day} | ({"last_visit_on": day} if channel == "visit" else {})
        await standings.put(tx, code, updated_at=now, facts={}, **known)
        if item.kind == "special":
            await tx.execute(
                sa.update(tables.cases).where(tables.cases.c.borrower_code == code).values(state="closed")
            )
        facts = [Said("contact.channel", channel), Said("contact.outcome", "reached")]
        await after.report_confirmed(tx, report, facts, (), now=now, policy=self.policy)
        self.counts["reports"] += 1
        if channel == "visit":
            self.seen[code] = day

    # --- what must hold -------------------------------------------------------------------------

    async def _look(self, now: datetime, day: date) -> None:
        async with self.database.read() as tx:
            rows = await tx.execute(sa.select(tables.visits).where(tables.visits.c.state.in_(visits.OPEN)))
            items = [as_model(Visit, row) for row in rows]
            lent = {row.borrower_code: row for row in await tx.execute(_lent())}
        self._nothing_missed(items, day, now)
        self._late_is_told(items, day)
        self._seen_or_owed(items, lent, day)
        if day.weekday() == 0:
            self.put_off.clear()

    async def _once_a_day(self, now: datetime) -> None:
        """No item is told of twice on one day of whoever is told, unless it was put off for an hour."""
        table = tables.visits.c
        query = sa.select(table.id, table.staff_code).where(table.reminded_at == now)
        async with self.database.read() as tx:
            rows, deputies = (await tx.execute(query)).all(), await delegations.stand_ins(tx, now.date())
        for item_id, owner in rows:
            today = now.astimezone(self.zones[deputies.get(owner, owner)]).date()
            again = self.told.get(item_id) == today and item_id not in self.put_off
            assert not again, f"{now}: item {item_id} of {owner} was told of twice"
            self.told[item_id] = today

    def _nothing_missed(self, items: list[Visit], day: date, now: datetime) -> None:
        """On a working day, whatever is due has been told of, to its owner or the deputy."""
        for item in items:
            new = now - item.created_at < timedelta(days=1) or not self._works(item.staff_code, day)
            if item.due_on <= day and not new and day > START + timedelta(1):
                assert item.reminded_at or (item.due_at and item.due_at > now), (
                    f"{day}: {item} was never told of"
                )

    def _late_is_told(self, items: list[Visit], day: date) -> None:
        """Late items have climbed to the manager, in the digest and then at once."""
        for item in items:
            late = (day - item.due_on).days
            if late < 3 or not self._works(item.staff_code, day) or self._late_only_now(item, day):
                continue
            assert item.escalated >= (2 if late >= 10 else 1), f"{day}: {item} is {late} days late, untold"

    def _late_only_now(self, item: Visit, day: date) -> bool:
        """What is late by its true day may have come into the plan last night."""
        return (day - item.created_at.date()).days <= 1 or day == START + timedelta(1)

    def _seen_or_owed(self, items: list[Visit], lent: dict[str, Any], day: date) -> None:
        """Every borrower was seen within the policy's days, or a trip is open and its day has come."""
        trips = defaultdict(list)
        for item in items:
            if item.kind != "callback":
                trips[item.borrower_code].append(item)
        for code, row in lent.items():
            every, _ = self.policy.interval(
                code,
                row.risk_class,
                {row.product},
                float(row.amount),
                building=row.product == "project_finance",
            )
            late = (day - self.seen[code]).days - every
            if late > 0 and not self._is_fresh(code, day):
                assert any(self._owed(one, day) for one in trips[code]), (
                    f"{day}: {code} is {late} days over {every}, not owed: {trips[code]}"
                )

    def _owed(self, item: Visit, day: date) -> bool:
        """Also by a trip for something else a few days later, or on the day that somebody moved it to."""
        ahead = (item.due_on - day).days
        chosen = item.moved_times or item.why.get("tries")
        together = item.kind != "visit" and ahead <= self.policy.merge.days
        return ahead <= 0 or together or bool(chosen and ahead <= GRACE)

    def _is_fresh(self, code: str, day: date) -> bool:
        return (day - self.tightened.get(code, date.min)).days <= GRACE

    def _works(self, staff_code: str, day: date) -> bool:
        return workdays.is_working(day, self.places[staff_code][2])


@dataclass(frozen=True)
class Said:
    field: str
    value: Any
    evidence: Any = None


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def die(_: int) -> None:
    raise Killed


def _lent() -> Any:
    b, loan = tables.borrowers.c, tables.loans.c
    columns = (b.borrower_code, b.risk_class, loan.product, loan.amount)
    return (
        sa.select(*columns).join(tables.loans, loan.borrower_code == b.borrower_code).where(loan.balance > 0)
    )


async def play(borrowers: int, seed: int = 7, days: int = 365) -> Year:
    with tempfile.TemporaryDirectory() as folder:
        url = databases.sqlite_url(Path(folder) / "year.sqlite3")
        await databases.create_schema(url)
        database = Database(url, durable=False)
        year = Year(database, borrowers, seed, days)
        try:
            await year.play()
        finally:
            await database.close()
    return year


if __name__ == "__main__":
    begun = clocks.perf_counter()
    done = asyncio.run(play(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
    print(
        f"{done.borrowers} borrowers, {done.days} days, {clocks.perf_counter() - begun:.0f} s: {dict(done.counts)}"
    )
