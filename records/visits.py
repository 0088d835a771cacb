"""What is owed to borrowers: planned visits and callbacks, tries that reached nobody, promises."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_or_ignore
from records.model import Attempt, Promise, Visit, as_model
from records.tables import attempts, outgoing, promises, visits

OPEN = ("planned", "reminded")
# Written out, not bound: SQLite uses a partial index only where the query names its condition.
IS_OPEN = sa.text("visits.state IN ('planned', 'reminded')")


async def get(tx: Tx, visit_id: int) -> Visit | None:
    row = (await tx.execute(sa.select(visits).where(visits.c.id == visit_id))).first()
    return as_model(Visit, row) if row else None


async def add(tx: Tx, **values: Any) -> Visit | None:
    """Plan an item; None where its `plan_key` was used before."""
    row = (await tx.execute(insert_or_ignore(tx, visits).values(**values).returning(visits))).first()
    return as_model(Visit, row) if row else None


async def add_many(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Plan items of the same columns; those whose `plan_key` was used before are left out."""
    if rows:
        await tx.execute(insert_or_ignore(tx, visits), rows)


async def change(tx: Tx, visit_id: int, **values: Any) -> Visit:
    query = sa.update(visits).where(visits.c.id == visit_id).values(**values).returning(visits)
    return as_model(Visit, (await tx.execute(query)).one())


async def change_many(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Each row has `id` and the same other columns."""
    if not rows:
        return
    names = [name for name in rows[0] if name != "id"]
    query = sa.update(visits).where(visits.c.id == sa.bindparam("of_id"))
    query = query.values({name: sa.bindparam(f"to_{name}", type_=visits.c[name].type) for name in names})
    await tx.execute(query, [{"of_id": row["id"]} | {f"to_{n}": row[n] for n in names} for row in rows])


async def open_of(tx: Tx, borrower_code: str) -> list[Visit]:
    """What is still owed to the borrower, the earliest first."""
    return await _visits(tx, visits.c.borrower_code == borrower_code, visits.c.state.in_(OPEN))


async def of_borrower(tx: Tx, borrower_code: str) -> list[Visit]:
    return await _visits(tx, visits.c.borrower_code == borrower_code)


async def of_staff(tx: Tx, staff_codes: Collection[str], until: date) -> list[Visit]:
    """Open items of these people up to a day, late ones included."""
    mine = visits.c.staff_code.in_(staff_codes)
    return await _visits(tx, mine, visits.c.state.in_(OPEN), visits.c.due_on <= until)


async def late(tx: Tx, until: date, *, escalated_below: int = 99) -> list[Visit]:
    """Open items whose day is `until` or earlier and that were passed on fewer times."""
    return await _visits(tx, IS_OPEN, visits.c.due_on <= until, visits.c.escalated < escalated_below)


async def due(tx: Tx, now: datetime, limit: int) -> list[Visit]:
    """Items whose reminder is due, those of a moment together by person; other sweeps skip them."""
    query = sa.select(visits).where(IS_OPEN, visits.c.due_at <= now)
    query = query.order_by(visits.c.due_at, visits.c.staff_code, visits.c.id).limit(limit)
    return [as_model(Visit, row) for row in await tx.execute(query.with_for_update(skip_locked=True))]


async def due_of(tx: Tx, now: datetime, staff_codes: Collection[str]) -> list[Visit]:
    """Everything due of these people. The index of due times is used: not that of people, nor that of days."""
    person = sa.func.coalesce(visits.c.staff_code, "")
    query = sa.select(visits).where(IS_OPEN, visits.c.due_at <= now, person.in_(staff_codes))
    query = query.order_by(visits.c.due_at, visits.c.id).with_for_update(skip_locked=True)
    return [as_model(Visit, row) for row in await tx.execute(query)]


async def next_due_at(tx: Tx) -> datetime | None:
    query = sa.select(visits.c.due_at).where(IS_OPEN, visits.c.due_at.is_not(None))
    moment: datetime | None = (await tx.execute(query.order_by(visits.c.due_at).limit(1))).scalar()
    return moment


async def was_said(tx: Tx, key: str) -> bool:
    """A message of this key has been written."""
    return (await tx.execute(sa.select(outgoing.c.id).where(outgoing.c.key == key))).first() is not None


async def _visits(tx: Tx, *conditions: Any) -> list[Visit]:
    query = sa.select(visits).where(*conditions).order_by(visits.c.due_on, visits.c.id)
    return [as_model(Visit, row) for row in await tx.execute(query)]


# --- tries that reached nobody ------------------------------------------------------------------


async def add_attempt(tx: Tx, **values: Any) -> Attempt:
    """Count a try. One report counts once; so do all taps on one item in one day."""
    known = await _same_attempt(tx, values)
    if known is not None:
        return known
    row = (await tx.execute(sa.insert(attempts).values(**values).returning(attempts))).one()
    return as_model(Attempt, row)


async def get_attempt(tx: Tx, attempt_id: int) -> Attempt | None:
    row = (await tx.execute(sa.select(attempts).where(attempts.c.id == attempt_id))).first()
    return as_model(Attempt, row) if row else None


async def change_attempt(tx: Tx, attempt_id: int, **values: Any) -> None:
    await tx.execute(sa.update(attempts).where(attempts.c.id == attempt_id).values(**values))


async def attempts_of(tx: Tx, borrower_code: str, since: date | None = None) -> list[Attempt]:
    """The tries on a borrower, the oldest first."""
    query = sa.select(attempts).where(attempts.c.borrower_code == borrower_code)
    if since is not None:
        query = query.where(attempts.c.on_day >= since)
    return [as_model(Attempt, row) for row in await tx.execute(query.order_by(attempts.c.at, attempts.c.id))]


async def _same_attempt(tx: Tx, values: dict[str, Any]) -> Attempt | None:
    if values.get("report_id") is not None:
        same = attempts.c.report_id == values["report_id"]
    else:
        same = sa.and_(
            attempts.c.report_id.is_(None),
            attempts.c.visit_id == values.get("visit_id"),
            attempts.c.on_day == values["on_day"],
        )
    row = (await tx.execute(sa.select(attempts).where(same).limit(1))).first()
    return as_model(Attempt, row) if row else None


# --- promises -----------------------------------------------------------------------------------


async def add_promise(tx: Tx, **values: Any) -> Promise:
    row = (await tx.execute(sa.insert(promises).values(**values).returning(promises))).one()
    return as_model(Promise, row)


async def get_promise(tx: Tx, promise_id: int) -> Promise | None:
    row = (await tx.execute(sa.select(promises).where(promises.c.id == promise_id))).first()
    return as_model(Promise, row) if row else None


async def change_promise(tx: Tx, promise_id: int, **values: Any) -> None:
    await tx.execute(sa.update(promises).where(promises.c.id == promise_id).values(**values))


async def promises_of(tx: Tx, borrower_code: str, *states: str) -> list[Promise]:
    """The borrower's promises, the soonest due first; without `states` the open ones."""
    query = sa.select(promises).where(
        promises.c.borrower_code == borrower_code, promises.c.state.in_(states or ("open",))
    )
    query = query.order_by(promises.c.due_on.is_(None), promises.c.due_on, promises.c.id)
    return [as_model(Promise, row) for row in await tx.execute(query)]


async def promises_due(tx: Tx, until: date) -> list[Promise]:
    """Open promises whose day has come."""
    query = sa.select(promises).where(promises.c.state == "open", promises.c.due_on <= until)
    return [
        as_model(Promise, row) for row in await tx.execute(query.order_by(promises.c.due_on, promises.c.id))
    ]
