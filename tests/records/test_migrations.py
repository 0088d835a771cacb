"""Every step runs on both databases, keeps what is there, and ends where the code is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from records import audit, migrate, tables
from records.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
async def empty(empty_database_url: str) -> AsyncIterator[Database]:
    opened = Database(empty_database_url)
    yield opened
    await opened.close()


async def put_rows_of_the_first_step(database: Database) -> None:
    """Rows as the first step's tables take them: no ORM, no later column."""
    staff = {"staff_code": "AM1", "name": "测试", "role": "account_manager", "preferences": {}}
    borrower = {"borrower_code": "B1", "name": "示例<b>", "account_manager": "AM1"}
    async with database.begin() as tx:
        await tx.execute(sa.insert(tables.staff).values(**staff))
        await tx.execute(sa.insert(tables.borrowers).values(**borrower))
        statement = (
            "INSERT INTO reports (author, borrower_code, state, reported_on, received_at, notes, read_by, text) "
            "VALUES ('AM1', 'B1', 'confirmed', :on, :at, '[]', '{}', '欠薪')"
        )
        await tx.execute(
            sa.text(statement).bindparams(
                sa.bindparam("on", type_=sa.Date), sa.bindparam("at", type_=tables.Utc())
            ),
            {"on": date(2026, 3, 1), "at": NOW},
        )


async def one(database: Database, query: Any) -> Any:
    async with database.read() as tx:
        return (await tx.execute(query)).one()


async def test_an_empty_database_gets_the_tables_of_the_code(empty: Database) -> None:
    assert await migrate.revision(empty) is None
    await migrate.upgrade(empty)
    assert await migrate.revision(empty) == migrate.newest()
    assert await migrate.differences(empty) == []


async def test_upgrading_twice_changes_nothing(empty: Database) -> None:
    await migrate.upgrade(empty)
    async with empty.begin() as tx:
        await audit.record(tx, NOW, "system", "started")
    await migrate.upgrade(empty)
    async with empty.read() as tx:
        assert (await audit.verify(tx)).count == 1


async def test_rows_of_the_first_step_are_still_there_after_the_last(empty: Database) -> None:
    await migrate.upgrade(empty, "0001")
    await put_rows_of_the_first_step(empty)
    await migrate.upgrade(empty)
    row = await one(empty, sa.select(tables.reports))
    assert (row.text, row.received_at, row.borrower_code) == ("欠薪", NOW, "B1")
    assert row.mends == []
    assert (await one(empty, sa.select(tables.borrowers))).name == "示例<b>"


async def test_steps_go_back_and_forth_with_rows_in_the_tables(empty: Database) -> None:
    await migrate.upgrade(empty, "0001")
    await put_rows_of_the_first_step(empty)
    await migrate.upgrade(empty)
    await migrate.downgrade(empty, "0001")
    assert await migrate.revision(empty) == "0001"
    await migrate.upgrade(empty)
    assert (await one(empty, sa.select(tables.reports))).text == "欠薪"
    assert await migrate.differences(empty) == []


async def test_a_column_that_the_code_lacks_is_found(empty: Database) -> None:
    await migrate.upgrade(empty)
    async with empty.begin() as tx:
        await tx.execute(sa.text("ALTER TABLE staff ADD COLUMN shoe_size INTEGER"))
    found = await migrate.differences(empty)
    assert "shoe_size" in str(found)


async def test_foreign_keys_hold_again_after_an_upgrade(empty: Database) -> None:
    await migrate.upgrade(empty)
    with pytest.raises(sa.exc.IntegrityError):
        async with empty.begin() as tx:
            row = {"borrower_code": "B1", "name": "x", "account_manager": "NOBODY"}
            await tx.execute(sa.insert(tables.borrowers).values(**row))


async def test_a_stamped_database_is_left_as_it_is(database: Database) -> None:
    await migrate.stamp(database)
    await migrate.upgrade(database)
    assert await migrate.revision(database) == migrate.newest()
    assert await migrate.differences(database) == []
