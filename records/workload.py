"""Who carries how much: borrowers, what is due, what is late, red flags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from records.database import Tx
from records.tables import borrowers, cases, visits

OPEN_VISIT = visits.c.state.in_(("planned", "reminded"))


@dataclass(frozen=True, slots=True)
class Carried:
    """One person's part. `due` are open items up to the end of the time asked for, `late` ones included."""

    staff_code: str
    borrowers: int = 0
    due: int = 0
    late: int = 0
    red: int = 0


@dataclass(frozen=True, slots=True)
class Movable:
    """A borrower that could go to somebody else: nothing late, nothing flagged. `items` are due by then."""

    borrower_code: str
    called: str
    staff_code: str
    items: int
    latitude: float | None = None
    longitude: float | None = None


async def carried(tx: Tx, staff_codes: Sequence[str], today: date, until: date) -> list[Carried]:
    """In the order of `staff_codes`, those with nothing included."""
    mine = borrowers.c.account_manager.in_(staff_codes)
    kept = await _by(tx, borrowers.c.account_manager, borrowers, mine, borrowers.c.active)
    owed = (visits.c.staff_code.in_(staff_codes), OPEN_VISIT)
    due = await _by(tx, visits.c.staff_code, visits, *owed, visits.c.due_on <= until)
    late = await _by(tx, visits.c.staff_code, visits, *owed, visits.c.due_on < today)
    red = await _red(tx, mine)
    return [Carried(code, kept[code], due[code], late[code], red[code]) for code in staff_codes]


async def movable(tx: Tx, staff_codes: Sequence[str], today: date, until: date) -> list[Movable]:
    """Borrowers of these people with items due by then, and with no trouble; the most items first."""
    items = (
        sa.select(
            visits.c.borrower_code,
            sa.func.count().label("due"),
            sa.func.min(visits.c.due_on).label("first"),
        )
        .where(visits.c.staff_code.in_(staff_codes), OPEN_VISIT, visits.c.due_on <= until)
        .group_by(visits.c.borrower_code)
        .subquery()
    )
    flagged = sa.select(cases.c.borrower_code).where(cases.c.state != "closed", cases.c.audience == "all")
    query = (
        sa.select(borrowers, items.c.due)
        .join(items, items.c.borrower_code == borrowers.c.borrower_code)
        .where(borrowers.c.account_manager.in_(staff_codes), borrowers.c.active, items.c.first >= today)
        .where(borrowers.c.borrower_code.not_in(flagged), borrowers.c.risk_class == "normal")
        .order_by(items.c.due.desc(), borrowers.c.borrower_code)
    )
    return [
        Movable(
            row.borrower_code,
            row.short_name or row.name,
            row.account_manager,
            row.due,
            row.latitude,
            row.longitude,
        )
        for row in await tx.execute(query)
    ]


async def centres(tx: Tx, staff_codes: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Where each person's borrowers lie on average (latitude, longitude), of those whose place is known."""
    middle = (sa.func.avg(borrowers.c.latitude), sa.func.avg(borrowers.c.longitude))
    query = sa.select(borrowers.c.account_manager, *middle).where(
        borrowers.c.account_manager.in_(staff_codes), borrowers.c.active, borrowers.c.latitude.is_not(None)
    )
    rows = await tx.execute(query.group_by(borrowers.c.account_manager))
    return {
        row[0]: (float(row[1]), float(row[2])) for row in rows if row[1] is not None and row[2] is not None
    }


async def _by(tx: Tx, owner: sa.Column[Any], table: sa.Table, *conditions: Any) -> dict[str, int]:
    query = sa.select(owner, sa.func.count()).select_from(table).where(*conditions).group_by(owner)
    return defaultdict(int, {row[0]: row[1] for row in await tx.execute(query)})


async def _red(tx: Tx, mine: sa.ColumnElement[bool]) -> dict[str, int]:
    """Borrowers with a red flag that everybody may know of."""
    owner = borrowers.c.account_manager
    query = (
        sa.select(owner, sa.func.count(sa.distinct(cases.c.borrower_code)))
        .join(cases, cases.c.borrower_code == borrowers.c.borrower_code)
        .where(mine, borrowers.c.active, cases.c.state != "closed")
        .where(cases.c.severity == "red", cases.c.audience == "all")
        .group_by(owner)
    )
    return defaultdict(int, {row[0]: row[1] for row in await tx.execute(query)})
