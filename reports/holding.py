"""A claimed report in one worker's hands: what is written while it is held, and that nothing is once it isn't."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prompts.message import Message
from records import people, reports
from records.database import Database, Tx
from records.model import Report, Staff

Put = Callable[[Tx, Message, datetime], Awaitable[Any]]


class Lost(Exception):
    """Another worker has taken the report over."""


@dataclass(frozen=True, slots=True)
class Holding:
    """`owner` works on the report of `author`, for the `attempt`-th time; `put` queues what is said."""

    database: Database
    report_id: int
    owner: str
    attempt: int
    author: Staff
    clock: Callable[[], datetime]
    put: Put

    @asynccontextmanager
    async def held(self) -> AsyncIterator[tuple[Tx, Report]]:
        """A transaction that writes, with the report locked. Raises Lost."""
        async with self.database.begin() as tx:
            report = await reports.held(tx, self.report_id, self.owner, self.attempt)
            if report is None:
                raise Lost(self.report_id)
            yield tx, report


async def claimed(tx: Tx, report_id: int, owner: str) -> tuple[Report, Staff] | None:
    """The report and its author, while `owner` still holds it; None otherwise."""
    report = await reports.get(tx, report_id)
    author = await people.by_code(tx, report.author) if report else None
    return (report, author) if report and author and report.owner == owner else None
