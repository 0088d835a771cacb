"""One sweep with 1,000 visits due among 1k, 100k and 1M loans, beside APScheduler's SQLAlchemyJobStore."""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_RUNNING

from bench.common import apart, peak_mb, percentile, staff_rows, table
from handlers.saying import put
from records import migrate, tables
from records.database import Database
from reminders import policy, sweep

NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
MANAGERS = 100
DUE = 1000
BATCH = 20_000
IDLE = 50


def main() -> None:
    rows: list[list[Any]] = []
    idle: list[list[Any]] = []
    first = nothing_first = 0.0
    for loans in (1_000, 100_000, 1_000_000):
        seconds, messages, memory, empty, bare = apart(ours, loans)
        first, nothing_first = first or seconds, nothing_first or empty
        rows.append([f"huifang, {loans:,} loans", seconds * 1000, messages, memory, seconds / first])
        idle.append([f"huifang, {loans:,} loans", empty * 1000, empty / bare, empty / nothing_first])
    for jobs in (1_000, 10_000):
        seconds, fired, memory, empty, bare = apart(theirs, jobs)
        rows.append([f"SQLAlchemyJobStore, {jobs:,} jobs", seconds * 1000, fired, memory, seconds / first])
        idle.append([f"SQLAlchemyJobStore, {jobs:,} jobs", empty * 1000, empty / bare, empty / nothing_first])
    table(f"A sweep with {DUE:,} due", ["", "ms", "said", "peak MB", "÷ huifang 1k"], rows)
    table("A sweep with nothing due", ["", "ms", "÷ empty transaction", "÷ huifang 1k"], idle)


Figures = tuple[float, int, float, float, float]


def ours(loans: int) -> Figures:
    """Seconds, messages, peak MB; seconds with nothing due and of an empty transaction, the median of IDLE."""
    return asyncio.run(_ours(loans))


async def _ours(loans: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/bench.sqlite3")
        await migrate.upgrade(database)
        async with database.begin() as tx:
            await tx.execute(sa.insert(tables.staff), staff_rows(MANAGERS))
        for start in range(0, loans, BATCH):
            async with database.begin() as tx:
                await _book(tx, range(start, min(start + BATCH, loans)), loans)
        async with database.begin() as tx:
            await tx.execute(sa.text("ANALYZE"))
        gc.collect()
        begun = time.perf_counter()
        said = await _sweep(database)
        seconds, memory = time.perf_counter() - begun, peak_mb()
        empty = await _median(lambda: _sweep(database))
        bare = await _median(lambda: _empty(database))
        await database.close()
    return seconds, said, memory, empty, bare


async def _median(work: Callable[[], Awaitable[Any]]) -> float:
    taken = []
    for _ in range(IDLE):
        begun = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - begun)
    return percentile(taken, 0.5)


async def _empty(database: Database) -> None:
    async with database.begin() as tx:
        await tx.execute(sa.text("SELECT 1"))


async def _sweep(database: Database) -> int:
    said, rules = 0, policy.load()
    while True:
        async with database.begin() as tx:
            messages = await sweep.due(tx, now=NOW, policy=rules)
            for message in messages:
                await put(tx, message, NOW)
        if not messages:
            return said
        said += len(messages)


async def _book(tx: Any, numbers: range, loans: int) -> None:
    day = date(2026, 3, 4)
    borrowers = [
        {"borrower_code": f"B{n}", "name": f"企业{n}", "account_manager": f"AM{n % MANAGERS}"}
        for n in numbers
    ]
    await tx.execute(sa.insert(tables.borrowers), borrowers)
    await tx.execute(sa.insert(tables.loans), [_loan(n, day) for n in numbers])
    step = max(1, loans // DUE)
    await tx.execute(sa.insert(tables.visits), [_visit(n, day, step) for n in numbers])


def _loan(n: int, day: date) -> dict[str, Any]:
    return {
        "loan_no": f"L{n}",
        "borrower_code": f"B{n}",
        "product": "working_capital",
        "amount": 1_000_000,
        "drawn": 1_000_000,
        "balance": 1_000_000,
        "purposes": ["raw_materials"],
        "disbursed_on": day - timedelta(days=200),
    }


def _visit(n: int, day: date, step: int) -> dict[str, Any]:
    due_on = day + timedelta(days=1 + n % 80) if n % step else day
    return {
        "borrower_code": f"B{n}",
        "loan_no": f"L{n}",
        "kind": "visit",
        "due_on": due_on,
        "due_at": datetime(due_on.year, due_on.month, due_on.day, 0, 30, tzinfo=UTC),
        "staff_code": f"AM{n // step % MANAGERS}",
        "state": "planned",
        "why": {"code": "since_visit", "since": "2025-12-01", "risk_class": "normal", "days": 90},
        "created_at": NOW - timedelta(days=30),
    }


def theirs(jobs: int) -> Figures:
    """A job a loan in SQLAlchemyJobStore: the time of the wake-up in which 1,000 are due."""
    with tempfile.TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.sqlite3")
        scheduler = BackgroundScheduler(
            jobstores={"default": store}, timezone="UTC", job_defaults={"misfire_grace_time": None}
        )
        scheduler.start(paused=True)
        now = datetime.now(UTC)
        step = max(1, jobs // DUE)
        for n in range(jobs):
            at = now if n % step == 0 else now + timedelta(days=1 + n % 80)
            scheduler.add_job(nothing, "interval", days=90, next_run_time=at, id=str(n))
        scheduler.state = STATE_RUNNING
        begun = time.perf_counter()
        scheduler._process_jobs()
        seconds = time.perf_counter() - begun
        taken = []
        for _ in range(IDLE):
            begun = time.perf_counter()
            scheduler._process_jobs()
            taken.append(time.perf_counter() - begun)
        scheduler.shutdown(wait=True)
        bare = asyncio.run(_bare(folder))
    return seconds, DUE, peak_mb(), percentile(taken, 0.5), bare


async def _bare(folder: str) -> float:
    database = Database(f"sqlite+aiosqlite:///{folder}/bare.sqlite3")
    bare = await _median(lambda: _empty(database))
    await database.close()
    return bare


def nothing() -> None:
    return


if __name__ == "__main__":
    main()
