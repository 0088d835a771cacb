"""Rows that are kept as made are never older than the database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from records import migrate, people, tables
from records.database import Database, Tx, savepoint

Shared = tuple[Database, Database]


@pytest.fixture
async def shared(tmp_path: Path) -> AsyncIterator[Shared]:
    """Two processes' databases on one file, with one person in it."""
    url = f"sqlite+aiosqlite:///{tmp_path}/kept.sqlite3"
    one, other = Database(url), Database(url)
    await migrate.upgrade(one)
    async with one.begin() as tx:
        row = {"staff_code": "AM1", "name": "甲", "role": "account_manager", "chat_id": 7, "preferences": {}}
        await tx.execute(sa.insert(tables.staff), row)
    yield one, other
    await one.close()
    await other.close()


async def name_of(tx: Tx) -> str:
    person = await people.by_chat(tx, 7)
    assert person is not None
    return person.name


async def test_what_did_not_change_is_the_same_object(shared: Shared) -> None:
    one, _ = shared
    async with one.begin() as tx:
        first = await people.by_chat(tx, 7)
    async with one.begin() as tx:
        assert await people.by_chat(tx, 7) is first


async def test_a_change_of_the_same_transaction_is_seen(shared: Shared) -> None:
    one, _ = shared
    async with one.begin() as tx:
        assert await name_of(tx) == "甲"
        await people.change(tx, "AM1", name="乙")
        assert await name_of(tx) == "乙"


async def test_a_change_by_another_process_is_seen(shared: Shared) -> None:
    one, other = shared
    async with one.begin() as tx:
        assert await name_of(tx) == "甲"
    async with other.begin() as tx:
        await people.change(tx, "AM1", name="乙")
    async with one.begin() as tx:
        assert await name_of(tx) == "乙"


async def test_what_a_savepoint_took_back_is_gone(shared: Shared) -> None:
    one, _ = shared
    async with one.begin() as tx:
        with pytest.raises(RuntimeError):
            async with savepoint(tx):
                await people.change(tx, "AM1", name="乙")
                assert await name_of(tx) == "乙"
                raise RuntimeError
        assert await name_of(tx) == "甲"


async def test_what_a_failed_transaction_changed_is_gone(shared: Shared) -> None:
    one, _ = shared
    with pytest.raises(RuntimeError):
        async with one.begin() as tx:
            await people.change(tx, "AM1", name="乙")
            assert await name_of(tx) == "乙"
            raise RuntimeError
    async with one.begin() as tx:
        assert await name_of(tx) == "甲"


async def test_a_reader_sees_what_was_written_beside_it(shared: Shared) -> None:
    one, _ = shared
    async with one.read() as tx:
        assert await name_of(tx) == "甲"
    async with one.begin() as tx:
        await people.change(tx, "AM1", name="乙")
    async with one.read() as tx:
        assert await name_of(tx) == "乙"
