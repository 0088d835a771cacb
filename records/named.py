"""Names that a person may ask by, found in the database where a book is too large to read whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from records.database import Tx
from records.model import Staff
from records.scope import clause
from records.tables import borrowers

WHOLE = 3000
SOME = 300
NAMES = (borrowers.c.borrower_code, borrowers.c.name, borrowers.c.short_name)


async def borrower_names(
    tx: Tx, viewer: Staff, on: date, text: str, parts: Sequence[str]
) -> list[tuple[str, str, str]]:
    """(code, name, short name) of borrowers in scope: all of a small book, else those whose name stands in
    `text` or has one of the `parts` in it."""
    query = sa.select(*NAMES).where(clause(viewer, on))
    query = query.order_by(borrowers.c.borrower_code)
    rows = (await tx.execute(query.limit(WHOLE + 1))).all()
    if len(rows) > WHOLE:
        rows = (await tx.execute(query.where(_may_be(tx, text, parts)).limit(SOME))).all()
    return [(row[0], row[1], row[2]) for row in rows]


async def industries(tx: Tx, viewer: Staff, on: date) -> list[str]:
    query = sa.select(borrowers.c.industry).where(clause(viewer, on), borrowers.c.industry != "").distinct()
    return list((await tx.execute(query)).scalars())


async def places(tx: Tx, viewer: Staff, on: date, parts: Sequence[str]) -> list[str]:
    """Which of the `parts` is where some borrower in scope has its address (town or county, not the street)."""
    town = sa.func.substr(borrowers.c.address, 1, 12)
    found = []
    for part in parts[:6]:
        query = sa.select(borrowers.c.borrower_code).where(
            clause(viewer, on), town.contains(part, autoescape=True)
        )
        if (await tx.execute(query.limit(1))).first() is not None:
            found.append(part)
    return found


def _may_be(tx: Tx, text: str, parts: Sequence[str]) -> sa.ColumnElement[bool]:
    words = sa.literal(text)
    place: Any = sa.func.strpos if tx.dialect.name == "postgresql" else sa.func.instr
    inside = [sa.and_(column != "", place(words, column) > 0) for column in NAMES]
    partly = [column.icontains(part, autoescape=True) for part in parts[:6] for column in NAMES[1:]]
    return sa.or_(*inside, *partly)
