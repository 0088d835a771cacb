"""Financial statements that borrowers owe: those the book names, and those that its calendar goes on to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from records.conditions import Filter, conditions
from records.database import Tx
from records.model import Staff
from records.scope import clause
from records.tables import balances, borrowers, loans, staff, statements

LOOK_BACK = timedelta(days=400)  # what is longer owed isn't asked for any more
QUARTER_DAYS, HALF_DAYS = 30, 60  # from the end of the period, where the book names no day
QUARTERLY_FROM = 3  # so many periods within `LOOK_BACK` show that a borrower reports by quarter

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Paper:
    """A statement that hasn't come: of a period's end, due on a day; `called` and `owner` as people say them."""

    borrower_code: str
    called: str
    owner: str
    owner_name: str
    period_end: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A borrower's periods in the book: the last one's end and due day, how many lately, and since when we know it."""

    borrower_code: str
    last: date | None
    last_due: date | None
    lately: int
    named: date | None

    @property
    def months(self) -> int:
        return 3 if self.lately >= QUARTERLY_FROM else 6

    def due_on(self, period_end: date) -> date:
        if self.last and self.last_due:
            return period_end + (self.last_due - self.last)
        return period_end + timedelta(QUARTER_DAYS if self.months == 3 else HALF_DAYS)


async def owed(tx: Tx, on: date, within: Condition, *, ahead: int = 0) -> list[Paper]:
    """What borrowers of a condition owe on a day or `ahead` days on, the longest due first.

    A period in the book is owed until it has its day of receipt. After the last one the calendar goes on: by
    quarter where the book's periods do, else by half-year. A borrower without any is asked for the half-years
    that end after its loan was first named, provided that the book keeps statements at all.
    """
    until = on + timedelta(ahead)
    who = {row.borrower_code: row for row in await tx.execute(_people(within))}
    if not who or not await _are_kept(tx):
        return []
    found = [
        *await _named(tx, on, until, within),
        *[
            (r.borrower_code, end, due)
            for r in await _rhythms(tx, on, within)
            for end, due in _next(r, on, until)
        ],
    ]
    papers = [
        Paper(code, row.called, row.account_manager, row.owner_name, end, due)
        for code, end, due in found
        if (row := who.get(code))
    ]
    return sorted(papers, key=lambda one: (one.due_on, one.borrower_code))


def visible_to(viewer: Staff, on: date, wanted: Filter) -> Condition:
    """The viewer's scope on a day, limited by what the book says."""
    return sa.and_(clause(viewer, on), *conditions(viewer, wanted, on))


def of_borrower(code: str) -> Condition:
    return borrowers.c.borrower_code == code


def of_owners(codes: Collection[str]) -> Condition:
    return borrowers.c.account_manager.in_(codes)


def periods(after: date, months: int) -> Iterator[date]:
    """The ends of the quarters or half-years of the calendar after a day."""
    year, month = after.year, after.month - (after.month - 1) % months + months - 1
    while True:
        end = _month_end(year, month)
        if end > after:
            yield end
        month += months
        if month > 12:
            year, month = year + 1, month - 12


def _month_end(year: int, month: int) -> date:
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - timedelta(1)


def _next(rhythm: Rhythm, on: date, until: date) -> Iterator[tuple[date, date]]:
    """The periods after the last one of the book that have ended and are due by `until`."""
    since = rhythm.last or rhythm.named
    for end in periods(max(since, on - LOOK_BACK), rhythm.months) if since else ():
        due = rhythm.due_on(end)
        if end >= on or due > until:
            return
        yield end, due


def _people(within: Condition) -> sa.Select[Any]:

    called = sa.case((borrowers.c.short_name != "", borrowers.c.short_name), else_=borrowers.c.name)
    query = sa.select(
        borrowers.c.borrower_code, called.label("called"), borrowers.c.account_manager,
        staff.c.name.label("owner_name"),
    )  # fmt: skip
    query = query.join(staff, staff.c.staff_code == borrowers.c.account_manager)
    lent = sa.exists().where(loans.c.borrower_code == borrowers.c.borrower_code, loans.c.active)
    return query.where(borrowers.c.active, within, lent)


async def _are_kept(tx: Tx) -> bool:
    return (await tx.execute(sa.select(statements.c.id).limit(1))).first() is not None


async def _named(tx: Tx, on: date, until: date, within: Condition) -> list[tuple[str, date, date]]:
    query = sa.select(statements.c.borrower_code, statements.c.period_end, statements.c.due_on)
    query = query.join(borrowers, borrowers.c.borrower_code == statements.c.borrower_code).where(within)
    query = query.where(statements.c.received_on.is_(None), statements.c.due_on <= until)
    rows = await tx.execute(query.where(statements.c.due_on > on - LOOK_BACK))
    return [(row.borrower_code, row.period_end, row.due_on) for row in rows]


async def _rhythms(tx: Tx, on: date, within: Condition) -> list[Rhythm]:
    """Of borrowers with periods in the book, then of those without."""
    lately = sa.func.count().filter(statements.c.period_end > on - LOOK_BACK).label("lately")
    last = sa.func.max(statements.c.period_end).label("last")
    last_due = sa.func.max(statements.c.due_on).label("last_due")
    query = sa.select(statements.c.borrower_code, last, last_due, lately)
    query = query.join(borrowers, borrowers.c.borrower_code == statements.c.borrower_code).where(within)
    rows = await tx.execute(query.group_by(statements.c.borrower_code))
    found = [Rhythm(row.borrower_code, row.last, row.last_due, int(row.lately), None) for row in rows]
    return found + [Rhythm(code, None, None, 0, named) for code, named in await _first_named(tx, within)]


async def _first_named(tx: Tx, within: Condition) -> list[tuple[str, date]]:
    """Borrowers without a statement, and the day on which the book first named a loan of theirs."""
    mine = sa.select(sa.func.min(balances.c.as_of)).join(loans, loans.c.loan_no == balances.c.loan_no)
    mine = mine.where(loans.c.borrower_code == borrowers.c.borrower_code).correlate(borrowers)
    has_any = sa.exists().where(statements.c.borrower_code == borrowers.c.borrower_code)
    query = sa.select(borrowers.c.borrower_code, mine.scalar_subquery().label("named"))
    rows = await tx.execute(query.where(borrowers.c.active, within, ~has_any))
    return [(row.borrower_code, row.named) for row in rows if row.named]
