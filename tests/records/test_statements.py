"""Which statements borrowers owe, by the book and by the calendar that goes on from it."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
import sqlalchemy as sa

from records import people, scope, statements, tables
from records.conditions import Filter
from records.database import Tx
from tests.small_book import SmallBook

Q1, HALF, Q3, YEAR = date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)


async def hold(tx: Tx, code: str, *periods: tuple[date, date | None, date | None]) -> None:
    for end, due, received in periods:
        values = {"borrower_code": code, "period_end": end, "due_on": due, "received_on": received}
        await tx.execute(sa.insert(tables.statements).values(values))


async def named(tx: Tx, loan_no: str, on: date) -> None:
    values = {"loan_no": loan_no, "as_of": on, "balance": 1, "drawn": 1}
    await tx.execute(sa.insert(tables.balances).values(values))


async def owed(tx: Tx, on: date, code: str, ahead: int = 0) -> list[tuple[date, date]]:
    found = await statements.owed(tx, on, statements.of_borrower(code), ahead=ahead)
    return [(one.period_end, one.due_on) for one in found]


@pytest.mark.parametrize(
    ("after", "months", "ends"),
    [
        (
            date(2025, 12, 31),
            3,
            [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)],
        ),
        (date(2026, 3, 2), 3, [date(2026, 3, 31), date(2026, 6, 30)]),
        (date(2025, 12, 31), 6, [date(2026, 6, 30), date(2026, 12, 31), date(2027, 6, 30)]),
        (date(2026, 11, 15), 6, [date(2026, 12, 31), date(2027, 6, 30)]),
        (date(2026, 12, 30), 3, [date(2026, 12, 31), date(2027, 3, 31)]),
    ],
)
def test_periods_end_with_quarters_and_half_years(after: date, months: int, ends: list[date]) -> None:
    assert list(islice(statements.periods(after, months), len(ends))) == ends


async def test_a_period_of_the_book_is_owed_until_it_has_its_day_of_receipt(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await hold(tx, "B001", (YEAR, date(2026, 2, 28), None))
        assert await owed(tx, date(2026, 2, 27), "B001") == []
        assert await owed(tx, date(2026, 2, 27), "B001", ahead=3) == [(YEAR, date(2026, 2, 28))]
        assert await owed(tx, book.today, "B001") == [(YEAR, date(2026, 2, 28))]
        await tx.execute(sa.update(tables.statements).values(received_on=book.today))
        assert await owed(tx, book.today, "B001") == []


async def test_the_calendar_goes_on_by_quarter_with_the_books_own_days_to_hand_in(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        rows = [(end, None, end) for end in (Q1, HALF, Q3)]
        await hold(tx, "B001", *rows, (YEAR, date(2026, 1, 20), YEAR))
        assert await owed(tx, date(2026, 4, 19), "B001") == []
        assert await owed(tx, date(2026, 4, 20), "B001") == [(date(2026, 3, 31), date(2026, 4, 20))]


async def test_fewer_periods_are_half_years(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await hold(tx, "B001", (HALF, None, HALF))
        assert await owed(tx, book.today, "B001") == [(YEAR, date(2026, 3, 1))]


async def test_a_borrower_without_any_is_asked_for_the_half_years_after_its_loan_was_named(
    book: SmallBook,
) -> None:
    async with book.database.begin() as tx:
        await named(tx, "L001", date(2026, 2, 16))
        assert await owed(tx, book.today, "B001") == await owed(tx, date(2026, 8, 28), "B001") == []
        assert await owed(tx, date(2026, 8, 29), "B001") == [(date(2026, 6, 30), date(2026, 8, 29))]


async def test_a_book_that_keeps_no_statements_asks_for_none(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await tx.execute(sa.delete(tables.statements))
        await named(tx, "L001", date(2024, 2, 16))
        assert await owed(tx, book.today, "B001") == []


async def test_what_is_long_forgotten_isnt_asked_for(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await hold(tx, "B001", (date(2023, 12, 31), date(2024, 1, 30), None))
        ends = [end for end, _ in await owed(tx, book.today, "B001")]
    assert ends == [HALF, YEAR]


async def test_nobody_sees_another_teams_statements_and_the_longest_late_comes_first(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await hold(tx, "B004", (YEAR, date(2026, 2, 10), None))
        await hold(tx, "B001", (YEAR, date(2026, 1, 10), None))
        seen = {}
        for code in ("AM1", "AM2", "M1", "R1"):
            person = await people.by_code(tx, code)
            assert person is not None
            within = statements.visible_to(person, book.today, Filter())
            seen[code] = [one.borrower_code for one in await statements.owed(tx, book.today, within)]
        narrow = statements.visible_to(person, book.today, Filter(staff="AM2"))
        assert [one.called for one in await statements.owed(tx, book.today, narrow)] == ["云溪水泥"]
        assert await scope.can_see(tx, person, "B001", book.today)
    assert seen == {"AM1": ["B001"], "AM2": ["B004"], "M1": ["B001", "B004"], "R1": ["B001", "B004"]}
