"""The audit chain: what was written can't be changed, cut out or cut off unseen."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from records import audit
from records.database import Database
from records.tables import audit as table

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


async def write(database: Database, number: int, **detail: Any) -> None:
    async with database.begin() as tx:
        await audit.record(
            tx, NOW + timedelta(seconds=number), "AM1", "report.confirmed", f"report:{number}", detail
        )


async def verdict(database: Database, head: str | None = None) -> audit.Verdict:
    async with database.read() as tx:
        return await audit.verify(tx, head)


async def test_an_empty_chain_is_sound(database: Database) -> None:
    assert await verdict(database) == audit.Verdict(True, 0, audit.START)


async def test_a_chain_as_it_was_written_is_sound(database: Database) -> None:
    for number in range(5):
        await write(database, number, amount=Decimal("1.10"), on=date(2026, 3, 2), words="工资<b>欠</b>了")
    found = await verdict(database)
    assert found.ok and found.count == 5


@pytest.mark.parametrize(
    "detail",
    [
        {"big": 1e16, "small": 1e-9, "whole": 3.0, "zero": -0.0, "huge": 10**30},
        {"nul": "a\x00b", "half": "\ud800", "nan": float("nan"), "nested": [{"a": (1, 2)}, None, True]},
        {"emoji": "😀" * 50, "": "empty key", "deep": {"z": 1, "a": {"b": []}}},
    ],
)
async def test_odd_details_come_back_as_they_were_hashed(database: Database, detail: dict[str, Any]) -> None:
    await write(database, 1, odd=detail)
    assert (await verdict(database)).ok


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "M1"},
        {"action": "x"},
        {"subject": "x"},
        {"detail": {"n": 2}},
        {"at": NOW - timedelta(days=1)},
    ],
)
async def test_a_changed_entry_is_found(database: Database, change: dict[str, Any]) -> None:
    for number in range(4):
        await write(database, number, n=number)
    async with database.begin() as tx:
        await tx.execute(sa.update(table).where(table.c.id == 2).values(**change))
    found = await verdict(database)
    assert (found.ok, found.broken_id, found.why, found.count) == (False, 2, "changed", 1)


async def test_an_entry_cut_out_is_found(database: Database) -> None:
    for number in range(4):
        await write(database, number)
    async with database.begin() as tx:
        await tx.execute(sa.delete(table).where(table.c.id == 2))
    found = await verdict(database)
    assert (found.ok, found.broken_id, found.why) == (False, 3, "missing")


async def test_an_end_cut_off_is_found_by_an_earlier_head(database: Database) -> None:
    for number in range(3):
        await write(database, number)
    head = (await verdict(database)).head
    async with database.begin() as tx:
        await tx.execute(sa.delete(table).where(table.c.id == 3))
    assert (await verdict(database)).ok
    assert (await verdict(database, head)).why == "head"


async def test_a_rolled_back_entry_leaves_the_chain_whole(database: Database) -> None:
    await write(database, 1)
    with pytest.raises(RuntimeError):
        async with database.begin() as tx:
            await audit.record(tx, NOW, "AM1", "x", "", {})
            raise RuntimeError
    await write(database, 2)
    found = await verdict(database)
    assert found.ok and found.count == 2


async def test_many_writers_at_once_make_one_chain(database: Database) -> None:
    await asyncio.gather(*(write(database, number) for number in range(40)))
    found = await verdict(database)
    assert found.ok and found.count == 40


async def test_entries_of_one_subject_are_found_newest_first(database: Database) -> None:
    for number in (1, 2, 1):
        await write(database, number)
    async with database.read() as tx:
        found = await audit.entries(tx, subject="report:1")
    assert [entry.id for entry in found] == [3, 1]


async def test_an_overlong_subject_is_cut_and_the_chain_sound(database: Database) -> None:
    async with database.begin() as tx:
        await audit.record(tx, NOW, "AM1", "ask", "长" * 300)
    assert (await verdict(database)).ok
