"""The jobs of the clock: what each looks at, and when."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from anomalies import assess
from anomalies.notices import nag, notices, put_off_till_now
from bot.clock import Job, daily, every
from portfolio import charts
from prompts.message import Attachment, Message
from records import inbox
from records.database import Database, Tx
from records.model import Staff
from reminders import escalation, evening, friday, plan, sweep
from reminders.hours import hours, wait_until
from reports import lying, work

ZONE = "Asia/Shanghai"
KEEP_DONE = timedelta(days=30)

CHARTED = 30  # people in a week's chart
Draw = Callable[[charts.Week, str], Awaitable[bytes | None]]
Say = Callable[[Callable[[Tx], Awaitable[Iterable[Message]]]], Awaitable[int]]


def jobs(database: Database, policies: Any, say: Say, draw: Draw) -> list[Job]:
    """`say(make)` runs `make(tx)` and queues its messages in the same transaction; it returns their number."""
    watch = Watch(database, policies, say, draw)
    return [
        Job("remind", every(minutes=1), watch.remind),
        Job("cards", every(minutes=5), watch.ask_for_cards),
        Job("replan", daily("05:00", ZONE), watch.replan),
        Job("flag", daily("08:05", ZONE), watch.flag),
        Job("escalate", every(minutes=10), watch.escalate),
        Job("wrap_up", every(minutes=10), watch.wrap_up),
        Job("sum_up", every(minutes=10), watch.sum_up),
        Job("climb", every(minutes=10), watch.climb),
        Job("tell_later", every(minutes=10), watch.tell_later),
        Job("reoffer", every(minutes=10), watch.reoffer),
        Job("tidy", daily("04:00", ZONE), watch.tidy),
    ]


@dataclass(frozen=True, slots=True)
class Watch:
    """Each method does what is due at `now`, and nothing twice."""

    database: Database
    policies: Any
    say: Say
    draw: Draw

    async def remind(self, now: datetime) -> None:
        while await self.say(lambda tx: sweep.due(tx, now=now, policy=self.policies.reminders)):
            pass

    async def ask_for_cards(self, now: datetime) -> None:
        await self.say(lambda tx: lying.remind_cards(tx, now, self._works))

    def _works(self, person: Staff, moment: datetime) -> bool:
        return hours(person, self.policies.reminders).works(moment)

    async def escalate(self, now: datetime) -> None:
        await self.say(lambda tx: escalation.escalate(tx, now=now, policy=self.policies.reminders))

    async def wrap_up(self, now: datetime) -> None:
        await self.say(lambda tx: evening.wrap_up(tx, now=now, policy=self.policies.reminders))

    async def sum_up(self, now: datetime) -> None:
        """The week's digests, each with its chart, which is drawn while no transaction is open."""
        async with self.database.read() as tx:
            found = await friday.weeklies(tx, now=now, policy=self.policies.reminders)
        for weekly in found:
            await self.say(saying([*await self._chart(weekly), weekly.message]))

    async def _chart(self, weekly: friday.Weekly) -> list[Message]:
        """The picture; without one where none can be drawn or nobody looks."""
        rows = weekly.rows[:CHARTED]
        week = charts.Week(
            tuple(row.name for row in rows),
            tuple(row.done for row in rows),
            tuple(row.late for row in rows),
            tuple(row.coming for row in rows),
        )
        picture = await self.draw(week, weekly.lang)
        if picture is None:
            return []
        key = f"{weekly.message.key}:chart"
        file = Attachment("photo", picture, "week.png")
        return [Message(weekly.caption, to=weekly.message.to, key=key, attachment=file)]

    async def climb(self, now: datetime) -> None:
        wait = wait_until(self.policies.reminders, now)
        await self.say(lambda tx: nag(tx, now=now, policy=self.policies.anomalies, wait_until=wait))

    async def tell_later(self, now: datetime) -> None:
        wait = wait_until(self.policies.reminders, now)
        await self.say(lambda tx: put_off_till_now(tx, now=now, wait_until=wait))

    async def flag(self, now: datetime) -> None:
        async def make(tx: Tx) -> Iterable[Message]:
            changes = await assess.sweep(tx, now=now, policy=self.policies.anomalies)
            return await notices(tx, changes, now=now, wait_until=wait_until(self.policies.reminders, now))

        await self.say(make)

    async def replan(self, now: datetime) -> None:
        await plan.replan_all(self.database, now=now, policy=self.policies.reminders)

    async def reoffer(self, _now: datetime) -> None:
        async with self.database.begin() as tx:
            await work.reoffer(tx)

    async def tidy(self, now: datetime) -> None:
        async with self.database.begin() as tx:
            await inbox.forget_done(tx, now - KEEP_DONE)


def saying(messages: Iterable[Message]) -> Callable[[Tx], Awaitable[Iterable[Message]]]:
    async def make(_tx: Tx) -> Iterable[Message]:
        return messages

    return make
