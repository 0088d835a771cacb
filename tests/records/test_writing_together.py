"""Small writes that go with the next transaction, and savepoints within one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from records import dialogs
from records.database import Database, Tx, savepoint

NOW = datetime(2026, 3, 4, tzinfo=UTC)


async def waits(database: Database, chat_id: int) -> bool:
    async with database.read() as tx:
        return await dialogs.waiting(tx, chat_id) is not None


async def write_one(tx: Tx) -> None:
    await dialogs.wait(tx, 1, {"kind": "one"}, NOW)


async def test_a_small_write_is_committed_with_the_next_transaction(database: Database) -> None:
    async def other() -> None:
        async with database.begin() as tx:
            await dialogs.wait(tx, 2, {"kind": "two"}, NOW)

    moments: list[bool] = []
    small = asyncio.create_task(
        database.soon(write_one, patience=30, committed=lambda: moments.append(small.done()))
    )
    await asyncio.sleep(0)
    if database.is_sqlite:
        await other()
    await small
    assert moments == [False]
    assert await waits(database, 1)


async def test_a_small_write_alone_does_not_wait_for_company_for_ever(database: Database) -> None:
    await database.soon(write_one, patience=0.001)
    assert await waits(database, 1)


async def test_a_transaction_that_fails_leaves_the_small_write_for_the_next(database: Database) -> None:
    small = asyncio.create_task(database.soon(write_one, patience=0.05))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError):
        async with database.begin() as tx:
            await dialogs.wait(tx, 2, {"kind": "two"}, NOW)
            raise RuntimeError
    await small
    assert await waits(database, 1)
    assert not await waits(database, 2)


async def test_a_small_write_that_fails_takes_nobody_down(database: Database) -> None:
    async def bad(tx: Tx) -> None:
        await dialogs.wait(tx, 3, {"kind": "three"}, NOW)
        raise ValueError("bad")

    written = await asyncio.gather(
        database.soon(bad, patience=0.01), database.soon(write_one, patience=0.01), return_exceptions=True
    )
    assert isinstance(written[0], ValueError)
    assert written[1] is None
    assert await waits(database, 1)
    assert not await waits(database, 3)


async def test_a_savepoint_undoes_what_failed_inside_it_alone(database: Database) -> None:
    async with database.begin() as tx:
        await dialogs.wait(tx, 1, {"kind": "stays"}, NOW)
        with pytest.raises(RuntimeError):
            async with savepoint(tx):
                await dialogs.wait(tx, 1, {"kind": "goes"}, NOW)
                raise RuntimeError
        async with savepoint(tx):
            await dialogs.wait(tx, 2, {"kind": "stays too"}, NOW)
    async with database.read() as tx:
        assert await dialogs.waiting(tx, 1) == {"kind": "stays"}
        assert await dialogs.waiting(tx, 2) == {"kind": "stays too"}
