"""All that the plan of a borrower rests on, read for many borrowers at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

from records.database import Tx
from records.model import Borrower, Case, Loan, Promise, Staff, Standing, Visit, as_model
from records.tables import balances, borrowers, cases, imports, loans, promises, staff, standings, visits

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """A borrower with everything planned so far. `named` has the day on which the book first named a loan,

    `promises` the open ones that have a day.
    """

    borrower: Borrower
    loans: tuple[Loan, ...] = ()
    visits: tuple[Visit, ...] = ()
    standing: Standing | None = None
    cases: tuple[Case, ...] = ()
    named: dict[str, date] | None = None
    promises: tuple[Promise, ...] = ()


async def page(tx: Tx, after: str, limit: int, codes: Sequence[str] | None = None) -> list[Known]:
    """The next borrowers by code, active or not; only those of `codes` where given."""
    query = sa.select(borrowers).where(borrowers.c.borrower_code > after)
    if codes is not None:
        query = query.where(borrowers.c.borrower_code.in_(codes))
    query = query.order_by(borrowers.c.borrower_code).limit(limit)
    people = [as_model(Borrower, row) for row in await tx.execute(query)]
    return await _known(tx, people) if people else []


async def _known(tx: Tx, people: list[Borrower]) -> list[Known]:
    codes = [borrower.borrower_code for borrower in people]
    lent = _by_code(await _rows(tx, Loan, loans, loans.c.borrower_code.in_(codes), loans.c.active))
    planned = _by_code(await _rows(tx, Visit, visits, visits.c.borrower_code.in_(codes)))
    stand = _by_code(await _rows(tx, Standing, standings, standings.c.borrower_code.in_(codes)))
    open_cases = (cases.c.borrower_code.in_(codes), cases.c.state != "closed", cases.c.audience == "all")
    flagged = _by_code(await _rows(tx, Case, cases, *open_cases))
    waiting = (
        promises.c.borrower_code.in_(codes),
        promises.c.state == "open",
        promises.c.due_on.is_not(None),
    )
    promised = _by_code(await _rows(tx, Promise, promises, *waiting))
    named = await _named(tx, codes)
    return [
        Known(
            borrower,
            tuple(lent[borrower.borrower_code]),
            tuple(planned[borrower.borrower_code]),
            next(iter(stand[borrower.borrower_code]), None),
            tuple(flagged[borrower.borrower_code]),
            named,
            tuple(promised[borrower.borrower_code]),
        )
        for borrower in people
    ]


async def _named(tx: Tx, codes: list[str]) -> dict[str, date]:
    """The day of the first import that brought each loan: one look into the index a loan, however many came."""
    first = sa.select(sa.func.min(balances.c.as_of)).where(balances.c.loan_no == loans.c.loan_no)
    query = sa.select(loans.c.loan_no, first.scalar_subquery()).where(loans.c.borrower_code.in_(codes))
    return {row[0]: row[1] for row in await tx.execute(query) if row[1]}


async def first_import(tx: Tx) -> date | None:
    moment = (await tx.execute(sa.select(sa.func.min(imports.c.at)))).scalar()
    return moment.date() if moment else None


async def _rows(tx: Tx, kind: type[T], table: sa.Table, *conditions: Any) -> list[T]:
    rows = await tx.execute(sa.select(table).where(*conditions).order_by(*table.primary_key.columns))
    return [as_model(kind, row) for row in rows]


def _by_code(rows: Iterable[Any]) -> dict[str, list[Any]]:
    sorted_out: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        sorted_out[row.borrower_code].append(row)
    return sorted_out


async def borrowers_of(tx: Tx, codes: Iterable[str]) -> dict[str, Borrower]:
    rows = await _rows(tx, Borrower, borrowers, borrowers.c.borrower_code.in_(set(codes)))
    return {row.borrower_code: row for row in rows}


async def staff_of(tx: Tx, codes: Iterable[str]) -> dict[str, Staff]:
    """Staff by code, those who left included."""
    rows = await _rows(tx, Staff, staff, staff.c.staff_code.in_(set(codes)))
    return {row.staff_code: row for row in rows}
