"""Long work: reports that wait to be fetched, transcribed and read, by lease, in any number of processes."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import structlog

from records import reports
from records.database import Database, Tx
from reports import work

log = structlog.get_logger()
LEASE = timedelta(seconds=30)
"""A killed worker's reports are taken over after so long; a living one prolongs its lease while it works."""
BEAT_SECONDS = 10.0
FAULT_PAUSE = timedelta(minutes=2)
Claim = Callable[[Tx, str, datetime, timedelta, int], Awaitable[list[int]]]


def owner_name() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{token_hex(4)}"


class Worker:
    """`do(report_id, owner)` carries one report to its next state; a lease that runs out is taken by another."""

    def __init__(
        self,
        database: Database,
        do: Callable[[int, str], Awaitable[None]],
        *,
        width: int = 1,
        poll: float = 2.0,
        spoken: Callable[[], None] = lambda: None,
        claim: Claim = work.claim,
    ) -> None:
        self.database = database
        self.do = do
        self.width = width
        self.poll = poll
        self.spoken = spoken
        self.claim = claim
        self.owner = owner_name()
        self._wake = asyncio.Event()
        self._busy: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.turn()
            except Exception as error:
                log.error("worker failed; trying again", exc_info=error)
            try:
                async with asyncio.timeout(self.poll):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def drain(self) -> None:
        """Work until nothing waits."""
        while await self.turn() or self._busy:
            if self._busy:
                await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)

    async def turn(self) -> int:
        """Claim what is free and start on it; returns how many reports were claimed."""
        free = self.width - len(self._busy)
        if free <= 0:
            return 0
        async with self.database.begin() as tx:
            claimed = await self.claim(tx, self.owner, datetime.now(UTC), LEASE, free)
        for report_id in claimed:
            task = asyncio.create_task(self._one(report_id))
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)
        return len(claimed)

    async def stop(self) -> None:
        for task in self._busy:
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    async def _one(self, report_id: int) -> None:
        heart = asyncio.create_task(self._beat(report_id))
        try:
            await self.do(report_id, self.owner)
        except Exception as error:
            log.error("report not worked on; tried again in a while", report_id=report_id, exc_info=error)
            await self._hold(report_id, FAULT_PAUSE)
        finally:
            heart.cancel()
        self.spoken()
        self._wake.set()

    async def _beat(self, report_id: int) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await self._hold(report_id, LEASE)

    async def _hold(self, report_id: int, lease: timedelta) -> None:
        """Keep the report for that long from now, if it is still ours."""
        try:
            async with self.database.begin() as tx:
                await reports.prolong(tx, report_id, self.owner, datetime.now(UTC) + lease)
        except Exception as error:
            log.warning("lease not prolonged", report_id=report_id, error=str(error))
