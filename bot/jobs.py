"""The jobs of the clock: what each looks at, and when."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from anomalies import assess
from anomalies.notices import nag, notices
from bot.clock import Job, daily, every
from prompts.message import Message
from records import inbox
from records.database import Database, Tx
from reminders import escalation, plan, sweep
from reports import lying

ZONE = "Asia/Shanghai"
KEEP_DONE = timedelta(days=30)

Say = Callable[[Callable[[Tx], Awaitable[Iterable[Message]]]], Awaitable[int]]


def jobs(database: Database, policies: Any, say: Say) -> list[Job]:
    """`say(make)` runs `make(tx)` and queues its messages in the same transaction; it returns their number."""

    async def remind(now: datetime) -> None:
        while await say(lambda tx: sweep.due(tx, now=now, policy=policies.reminders)):
            pass

    async def ask_for_cards(now: datetime) -> None:
        await say(lambda tx: lying.remind_cards(tx, now=now))

    async def escalate(now: datetime) -> None:
        await say(lambda tx: escalation.escalate(tx, now=now, policy=policies.reminders))

    async def climb(now: datetime) -> None:
        await say(lambda tx: nag(tx, now=now, policy=policies.anomalies))

    async def flag(now: datetime) -> None:
        async def make(tx: Tx) -> Iterable[Message]:
            changes = await assess.sweep(tx, now=now, policy=policies.anomalies)
            return await notices(tx, changes, now=now)

        await say(make)

    async def replan(now: datetime) -> None:
        await replan_all(database, policies.reminders, now)

    async def tidy(now: datetime) -> None:
        async with database.begin() as tx:
            await inbox.forget_done(tx, now - KEEP_DONE)

    return [
        Job("remind", every(minutes=1), remind),
        Job("cards", every(minutes=5), ask_for_cards),
        Job("replan", daily("05:00", ZONE), replan),
        Job("flag", daily("08:05", ZONE), flag),
        Job("escalate", every(minutes=10), escalate),
        Job("climb", every(minutes=10), climb),
        Job("tidy", daily("04:00", ZONE), tidy),
    ]


async def replan_all(database: Database, policy: Any, now: datetime) -> None:
    """Plan the whole book, a transaction a page, so that nobody waits for it."""
    after: str | None = ""
    while after is not None:
        async with database.begin() as tx:
            after = await plan.replan_page(tx, after, now=now, policy=policy)
