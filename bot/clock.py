"""The clock: a few jobs that look at what is due. Rows are the truth; these only wake us."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()


class Trigger(Protocol):
    """What APScheduler's triggers do: the next time to fire after `previous`, from `now` on."""

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """`run(now)` does what is due at that moment, and nothing twice; how often it is called changes nothing."""

    name: str
    trigger: Trigger
    run: Callable[[datetime], Awaitable[None]]


LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def every(**interval: int) -> Any:
    """Counted from long ago, so that it fires on a clock that stands before today too."""
    return IntervalTrigger(**interval, start_date=LONG_AGO)


def daily(at: str, zone: str) -> Any:
    """Each day at HH:MM of a zone."""
    hour, minute = at.split(":")
    return CronTrigger(hour=int(hour), minute=int(minute), timezone=zone)


class Clock:
    """APScheduler with its memory store; late jobs run late rather than never, and once."""

    def __init__(self, jobs: Sequence[Job], now: Callable[[], datetime]) -> None:
        self.scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        for job in jobs:
            self.scheduler.add_job(_careful(job, now), job.trigger, id=job.name, next_run_time=now())

    def start(self) -> None:
        self.scheduler.start()

    def stop(self) -> None:
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)


def _careful(job: Job, now: Callable[[], datetime]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await job.run(now())
        except Exception as error:
            log.error("job failed; it runs again at its next time", job=job.name, exc_info=error)

    return run
