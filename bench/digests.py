"""The morning digest for 1,000 managers: made, and sent within the sender's own limit."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.common import FIRST_CHAT, apart, peak_mb, table
from bot.service import Service
from bot.settings import Settings
from records import tables
from sandbox.people import Person
from sandbox.server import Sandbox

MORNING = datetime(2026, 3, 3, 0, 31, tzinfo=UTC)  # a Tuesday, 08:31 in Shanghai
PEOPLE, EACH = 1_000, 5
LIMIT = 29.5


def main() -> None:
    made, sent, count, memory = apart(measure)
    ideal = count / LIMIT
    rows = [
        ["made and queued", made, count / made, made / ideal],
        ["sent", sent, count / sent, sent / ideal],
        ["yardstick: the limit itself", ideal, LIMIT, 1.0],
    ]
    table(
        f"Morning digests of {count:,} managers ({memory:.0f} MB)", ["", "s", "a second", "÷ the limit"], rows
    )


def measure() -> tuple[float, float, int, float]:
    return asyncio.run(_measure())


async def _measure() -> tuple[float, float, int, float]:
    with tempfile.TemporaryDirectory() as folder:
        people = [Person(FIRST_CHAT + n, f"主管{n}", language_code="zh") for n in range(PEOPLE)]
        async with Sandbox(people=people) as phone:
            settings = Settings(
                _env_file=None,
                data=Path(folder),
                telegram_token=phone.token,
                telegram_api=phone.url,
                speech="off",
                send_per_second=LIMIT,
                log_level="error",
            )
            service = Service(settings, clock=lambda: MORNING)
            await service.start()
            await fill(service)
            escalate = next(job for job in service.jobs if job.name == "escalate")
            begun = time.perf_counter()
            await escalate.run(MORNING)
            made = time.perf_counter() - begun
            begun = time.perf_counter()
            await service.sender.drain()
            sent, count = time.perf_counter() - begun, phone.said_count
            await service.stop()
    return made, sent, count, peak_mb()


async def fill(service: Service) -> None:
    """Each manager has one account manager with some borrowers: one due today, one late."""
    async with service.database.begin() as tx:
        await tx.execute(sa.insert(tables.staff), [_manager(n) for n in range(PEOPLE)])
        await tx.execute(sa.insert(tables.staff), [_under(n) for n in range(PEOPLE)])
        numbers = range(PEOPLE * EACH)
        await tx.execute(sa.insert(tables.borrowers), [_borrower(n) for n in numbers])
        await tx.execute(sa.insert(tables.visits), [_visit(n) for n in numbers])


def _manager(n: int) -> dict[str, Any]:
    chat = {"chat_id": FIRST_CHAT + n, "joined_at": MORNING, "preferences": {}}
    return {"staff_code": f"M{n}", "name": f"主管{n}", "role": "manager", **chat}


def _under(n: int) -> dict[str, Any]:
    person = {"name": f"客户经理{n}", "role": "account_manager", "preferences": {}}
    return {"staff_code": f"AM{n}", "reports_to": f"M{n}", **person}


def _borrower(n: int) -> dict[str, Any]:
    return {"borrower_code": f"B{n}", "name": f"企业{n}", "account_manager": f"AM{n // EACH}"}


def _visit(n: int) -> dict[str, Any]:
    due_on = date(2026, 3, 3) - timedelta(days=(0, 4, -9, -20, -33)[n % EACH])
    why = {"code": "since_visit", "since": "2025-12-01", "risk_class": "normal", "days": 90}
    times = {"due_on": due_on, "created_at": MORNING - timedelta(days=30)}
    owner = {"borrower_code": f"B{n}", "staff_code": f"AM{n // EACH}"}
    return {"kind": "visit", "state": "planned", "why": why, **times, **owner}


if __name__ == "__main__":
    main()
