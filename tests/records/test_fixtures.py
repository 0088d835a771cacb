"""The test databases themselves: whole, fresh, and with the small book in them."""

from __future__ import annotations

import sqlalchemy as sa

from records import people, tables
from records.database import Database
from tests.small_book import SmallBook


async def test_the_small_book_is_there_on_both_databases(book: SmallBook) -> None:
    async with book.database.read() as tx:
        chain = await people.chain_above(tx, "AM1")
        loans = (await tx.execute(sa.select(sa.func.count()).select_from(tables.loans))).scalar_one()
    assert [person.staff_code for person in chain] == ["M1", "M2"]
    assert loans == 6


async def test_a_database_is_empty_when_a_test_begins(database: Database, dialect: str) -> None:
    async with database.begin() as tx:
        rows = (await tx.execute(sa.select(tables.staff))).all()
        assert tx.dialect.name == dialect
    assert rows == []


async def test_a_person_is_found_by_the_chat(book: SmallBook) -> None:
    async with book.database.read() as tx:
        person = await people.by_chat(tx, book.chat("R1"))
    assert person is not None and person.role == "risk"
