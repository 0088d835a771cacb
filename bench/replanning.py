"""Planning 100,000 borrowers anew, page by page, beside writing a row a borrower; and a preview of a policy."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.common import apart, peak_mb, table
from records import migrate, tables
from records.database import Database
from reminders import plan, policy
from reminders.preview import preview

NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
MANAGERS, PAGE = 500, 500
SIZES = (10_000, 100_000)


def main() -> None:
    rows: list[list[Any]] = []
    for count in SIZES:
        figures, memory = apart(measure, count)
        yard = figures["a row a borrower"]
        rows += [[f"{count:,}, {name}", s, 1e6 * s / count, memory, s / yard] for name, s in figures.items()]
    table("Planning a book anew", ["borrowers", "s", "µs each", "peak MB", "÷ writing a row"], rows)


def measure(count: int) -> tuple[dict[str, float], float]:
    return asyncio.run(_measure(count)), peak_mb()


async def _measure(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite3'}")
        await migrate.upgrade(database)
        await fill(database, count)
        rules = policy.load()
        sooner = rules.model_copy(update={"visit": rules.visit.model_copy(update={"normal": 60})})
        found = {"a row a borrower": await timed(rows_alone(database, count))}
        found["first plan"] = await timed(plan.replan_all(database, now=NOW, policy=rules))
        found["nothing to change"] = await timed(plan.replan_all(database, now=NOW, policy=rules))
        look = preview(database, now=NOW, policy=sooner, current=rules)
        found["preview of a policy"] = await timed(look)
        await database.close()
    return found


async def timed(work: Any) -> float:
    begun = time.perf_counter()
    await work
    return time.perf_counter() - begun


async def fill(database: Database, count: int) -> None:
    day = date(2026, 3, 4)
    staff = [
        {
            "staff_code": f"AM{n}",
            "name": f"客户经理{n}",
            "role": "account_manager",
            "branch": f"支行{n % 20}",
            "preferences": {},
        }
        for n in range(MANAGERS)
    ]
    async with database.begin() as tx:
        await tx.execute(sa.insert(tables.staff), staff)
    for start in range(0, count, 20_000):
        numbers = range(start, min(start + 20_000, count))
        async with database.begin() as tx:
            await tx.execute(sa.insert(tables.borrowers), [_borrower(n) for n in numbers])
            await tx.execute(sa.insert(tables.loans), [_loan(n, day) for n in numbers])
            await tx.execute(sa.insert(tables.balances), [_balance(n, day) for n in numbers])


async def rows_alone(database: Database, count: int) -> None:
    """The yardstick: as many visits written, in as many transactions, with nothing thought about."""
    for start in range(0, count, PAGE):
        async with database.begin() as tx:
            await tx.execute(
                sa.insert(tables.visits), [_visit(n) for n in range(start, min(start + PAGE, count))]
            )
    async with database.begin() as tx:
        await tx.execute(sa.delete(tables.visits))


def _borrower(n: int) -> dict[str, Any]:
    classes = ("normal",) * 8 + ("special_mention", "substandard")
    code = {"borrower_code": f"B{n:06}", "name": f"企业{n}", "account_manager": f"AM{n % MANAGERS}"}
    return code | {"risk_class": classes[n % len(classes)]}


def _loan(n: int, day: date) -> dict[str, Any]:
    start = day - timedelta(days=n % 700)
    values = {"amount": 1_000_000, "drawn": 1_000_000, "balance": 900_000, "purposes": ["raw_materials"]}
    product = ("working_capital", "fixed_asset", "project_finance")[n % 3]
    days = {"disbursed_on": start, "matures_on": start + timedelta(days=365 + n % 900)}
    return {"loan_no": f"L{n}", "borrower_code": f"B{n:06}", "product": product, **values, **days}


def _balance(n: int, day: date) -> dict[str, Any]:
    named = day - timedelta(days=min(n % 700, 200))
    return {"loan_no": f"L{n}", "as_of": named, "balance": 900_000, "drawn": 1_000_000}


def _visit(n: int) -> dict[str, Any]:
    return {
        "borrower_code": f"B{n:06}", "kind": "visit", "due_on": date(2026, 4, 1), "due_at": NOW,
        "staff_code": f"AM{n % MANAGERS}", "state": "planned", "created_at": NOW, "plan_key": f"visit:B{n}:1",
        "why": {"code": "since_visit", "since": "2025-12-01", "risk_class": "normal", "days": 90},
    }  # fmt: skip


if __name__ == "__main__":
    main()
