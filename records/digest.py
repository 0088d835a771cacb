"""What a superior's digest counts: of a team, since a moment, up to a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa

from records.database import Tx
from records.model import Case, Promise, as_model
from records.tables import borrowers, cases, promises, visits


async def due_on(tx: Tx, staff_codes: Collection[str], day: date) -> dict[str, int]:
    """How many open items fall on a day, by person."""
    query = sa.select(visits.c.staff_code, sa.func.count()).where(
        visits.c.staff_code.in_(staff_codes),
        visits.c.state.in_(("planned", "reminded")),
        visits.c.due_on == day,
    )
    rows = await tx.execute(query.group_by(visits.c.staff_code).order_by(visits.c.staff_code))
    return {row[0]: row[1] for row in rows}


async def flags_since(tx: Tx, staff_codes: Collection[str], since: datetime) -> list[Case]:
    """Cases on the team's borrowers that were opened since and are still open; none for compliance alone."""
    query = sa.select(cases).join(borrowers, borrowers.c.borrower_code == cases.c.borrower_code)
    query = query.where(borrowers.c.account_manager.in_(staff_codes), cases.c.opened_at >= since)
    query = query.where(cases.c.audience == "all", cases.c.state != "closed", cases.c.severity != "blue")
    return [as_model(Case, row) for row in await tx.execute(query.order_by(cases.c.id))]


async def promises_past(tx: Tx, staff_codes: Collection[str], day: date) -> list[Promise]:
    """The team's promises that were due before a day and are neither kept nor settled."""
    query = sa.select(promises).join(borrowers, borrowers.c.borrower_code == promises.c.borrower_code)
    query = query.where(borrowers.c.account_manager.in_(staff_codes), promises.c.due_on < day)
    query = query.where(promises.c.state.in_(("open", "broken")))
    return [
        as_model(Promise, row) for row in await tx.execute(query.order_by(promises.c.due_on, promises.c.id))
    ]
