"""What the benchmarks share: a book of any size, a bot in a process of its own, percentiles and a table."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import psutil
import sqlalchemy as sa

from records import migrate, tables
from records.database import Database
from sandbox.server import Sandbox

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
FIRST_CHAT = 10_000


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table; the first column to the left, figures to the right."""
    cells = [list(map(str, head)), *[[_cell(value) for value in row] for row in rows]]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    print(f"\n{title}")
    for row in cells:
        first, *rest = (
            word.ljust(width) if n == 0 else word.rjust(width)
            for n, (word, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *rest]))


def _cell(value: Any) -> str:
    return (
        f"{value:.3g}"
        if isinstance(value, float) and abs(value) < 100
        else f"{value:.0f}"
        if isinstance(value, float)
        else str(value)
    )


def apart(measure: Callable[..., T], *args: Any) -> T:
    """Measured in a process of its own, so that each has its own peak of memory."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, args)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def staff_rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "staff_code": f"AM{n}",
            "name": f"客户经理{n}",
            "role": "account_manager",
            "chat_id": FIRST_CHAT + n,
            "preferences": {},
        }
        for n in range(count)
    ]


def borrower_rows(managers: int, each: int) -> list[dict[str, Any]]:
    """Names of three characters apart from each other, so that none is taken for another."""
    rows = []
    for n in range(managers * each):
        name = "".join(chr(0x4E00 + 7 * (37 * n + 911 * k) % 6000) for k in range(3))
        rows.append(
            {
                "borrower_code": f"B{n}",
                "name": f"{name}机械有限公司",
                "short_name": f"{name}机械",
                "account_manager": f"AM{n // each}",
            }
        )
    return rows


def loan_rows(borrowers: Sequence[dict[str, Any]], disbursed_on: date) -> list[dict[str, Any]]:
    return [
        {
            "loan_no": f"L-{row['borrower_code']}",
            "borrower_code": row["borrower_code"],
            "product": "fixed_asset",
            "amount": 5_000_000,
            "drawn": 5_000_000,
            "balance": 5_000_000,
            "purposes": ["equipment", "raw_materials"],
            "disbursed_on": disbursed_on,
            "matures_on": disbursed_on + timedelta(days=720),
        }
        for row in borrowers
    ]


async def fill(url: str, managers: int, each: int) -> list[dict[str, Any]]:
    """A database with this many account managers and borrowers; returns the borrowers."""
    database = Database(url, durable=False)
    await migrate.upgrade(database)
    borrowers = borrower_rows(managers, each)
    async with database.begin() as tx:
        await tx.execute(sa.insert(tables.staff), staff_rows(managers))
        await tx.execute(sa.insert(tables.borrowers), borrowers)
        await tx.execute(
            sa.insert(tables.loans), loan_rows(borrowers, datetime.now(UTC).date() - timedelta(days=5))
        )
    await database.close()
    return borrowers


class Bot:
    """A bot in its own process, on the sandbox's Bot API."""

    def __init__(self, phone: Sandbox, *command: str, **environment: str) -> None:
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={
                **os.environ,
                "HUIFANG_TELEGRAM_TOKEN": phone.token,
                "HUIFANG_TELEGRAM_API": phone.url,
                **environment,
            },
            stdout=subprocess.DEVNULL,
        )

    def memory_mb(self) -> float:
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1024**2

    async def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(self.process.wait, 20)


def unlimited(folder: Path, url: str) -> dict[str, str]:
    """Settings of a bot that may send as fast as it can."""
    return {
        "HUIFANG_DATA": str(folder),
        "HUIFANG_DATABASE_URL": url,
        "HUIFANG_SEND_PER_SECOND": "0",
        "HUIFANG_SEND_PER_CHAT_SECONDS": "0",
        "HUIFANG_SPEECH": "off",
    }
