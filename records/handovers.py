"""Borrowers handed from one person to another: what would go along, and the going itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from records import audit
from records.database import Tx
from records.model import Borrower, Handover, Visit, as_model
from records.tables import borrowers, cases, delegations, handovers, promises, reports, visits

OPEN_VISIT = visits.c.state.in_(("planned", "reminded"))
OPEN_CARD = reports.c.state.in_(("received", "transcribed", "read"))


@dataclass(frozen=True, slots=True)
class Load:
    """What goes along with some borrowers; `cards` are the giver's own reports that nobody confirmed yet."""

    borrowers: int = 0
    visits: int = 0
    late: int = 0
    promises: int = 0
    cases: int = 0
    red: int = 0
    cards: int = 0


async def propose(
    tx: Tx,
    from_staff: str,
    to_staff: str | None,
    codes: Sequence[str],
    by: str,
    now: datetime,
    *,
    whole: bool,
) -> Handover:
    values = {"from_staff": from_staff, "to_staff": to_staff, "borrower_codes": sorted(codes)}
    query = sa.insert(handovers).values(asked_by=by, asked_at=now, whole=whole, **values)
    return as_model(Handover, (await tx.execute(query.returning(handovers))).one())


async def get(tx: Tx, handover_id: int) -> Handover | None:
    row = (await tx.execute(sa.select(handovers).where(handovers.c.id == handover_id))).first()
    return as_model(Handover, row) if row else None


async def change(tx: Tx, handover_id: int, **values: Any) -> Handover:
    query = sa.update(handovers).where(handovers.c.id == handover_id).values(**values).returning(handovers)
    return as_model(Handover, (await tx.execute(query)).one())


async def owned(tx: Tx, staff_code: str) -> list[Borrower]:
    """All borrowers that a person has in the book, by code."""
    query = sa.select(borrowers).where(borrowers.c.account_manager == staff_code, borrowers.c.active)
    return [as_model(Borrower, row) for row in await tx.execute(query.order_by(borrowers.c.borrower_code))]


async def load_of(tx: Tx, codes: Sequence[str], giver: str, today: date) -> Load:
    mine = (visits.c.borrower_code.in_(codes), OPEN_VISIT)
    open_case = (cases.c.borrower_code.in_(codes), cases.c.state != "closed", cases.c.audience == "all")
    waiting = (promises.c.borrower_code.in_(codes), promises.c.state == "open")
    return Load(
        borrowers=len(codes),
        visits=await _count(tx, visits, *mine),
        late=await _count(tx, visits, *mine, visits.c.due_on < today),
        promises=await _count(tx, promises, *waiting),
        cases=await _count(tx, cases, *open_case),
        red=await _count(tx, cases, *open_case, cases.c.severity == "red"),
        cards=await _count(
            tx, reports, reports.c.author == giver, OPEN_CARD, reports.c.borrower_code.in_(codes)
        ),
    )


async def carry_out(tx: Tx, handover: Handover, by: str, now: datetime, load: Load) -> list[Visit]:
    """Give the borrowers and all that is open of them to the receiver; returns the visits that went along.

    The book that still names the giver doesn't take them back. All in the caller's transaction.
    """
    codes = list(handover.borrower_codes)
    giver, taker = handover.from_staff, handover.to_staff
    await tx.execute(
        sa.update(borrowers)
        .where(borrowers.c.borrower_code.in_(codes))
        .values(account_manager=taker, handed_from=sa.func.coalesce(borrowers.c.handed_from, giver))
    )
    query = sa.update(visits).where(visits.c.borrower_code.in_(codes), OPEN_VISIT).values(staff_code=taker)
    moved = [as_model(Visit, row) for row in await tx.execute(query.returning(visits))]
    if handover.whole:
        await _end_leave(tx, giver, now)
    await change(tx, handover.id, done_at=now)
    detail = {"from": giver, "to": taker, "borrowers": codes, "visits": load.visits}
    detail |= {"promises": load.promises, "cases": load.cases, "whole": handover.whole}
    await audit.record(tx, now, by, "borrowers.handed_over", f"staff:{giver}", detail)
    return moved


async def _end_leave(tx: Tx, staff_code: str, now: datetime) -> None:
    """Who has nothing any more needs no deputy, and is none."""
    either = sa.or_(delegations.c.from_staff == staff_code, delegations.c.to_staff == staff_code)
    query = sa.update(delegations).where(either, delegations.c.revoked_at.is_(None))
    await tx.execute(query.values(revoked_at=now))


async def _count(tx: Tx, table: sa.Table, *conditions: Any) -> int:
    return int(await tx.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions)) or 0)
