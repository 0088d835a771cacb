"""Who stands in for whom while somebody is away."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from records.database import Tx
from records.model import Delegation, as_model
from records.tables import delegations


async def add(
    tx: Tx, from_staff: str, to_staff: str, starts_on: date, ends_on: date, now: datetime
) -> Delegation:
    values = {"from_staff": from_staff, "to_staff": to_staff, "starts_on": starts_on, "ends_on": ends_on}
    query = sa.insert(delegations).values(created_at=now, **values).returning(delegations)
    return as_model(Delegation, (await tx.execute(query)).one())


async def revoke(tx: Tx, delegation_id: int, now: datetime) -> None:
    open_one = (delegations.c.id == delegation_id, delegations.c.revoked_at.is_(None))
    await tx.execute(sa.update(delegations).where(*open_one).values(revoked_at=now))


async def active(tx: Tx, on: date) -> list[Delegation]:
    """Those in force on a day, the newest last, so that the latest word wins."""
    query = sa.select(delegations).where(
        delegations.c.starts_on <= on, delegations.c.ends_on >= on, delegations.c.revoked_at.is_(None)
    )
    return [as_model(Delegation, row) for row in await tx.execute(query.order_by(delegations.c.id))]


async def of_staff(tx: Tx, staff_code: str, since: date) -> list[Delegation]:
    """A person's own and those in which they stand in, not over on `since`."""
    either = sa.or_(delegations.c.from_staff == staff_code, delegations.c.to_staff == staff_code)
    query = sa.select(delegations).where(
        either, delegations.c.ends_on >= since, delegations.c.revoked_at.is_(None)
    )
    return [as_model(Delegation, row) for row in await tx.execute(query.order_by(delegations.c.starts_on))]


async def stand_ins(tx: Tx, on: date) -> dict[str, str]:
    """Each person away on a day and who acts for them, along the chain where a deputy is away too."""
    direct = {one.from_staff: one.to_staff for one in await active(tx, on)}
    return {code: _end(code, direct) for code in direct}


def _end(code: str, direct: dict[str, str]) -> str:
    """A ring of deputies ends with the first of them."""
    seen = {code}
    at = direct[code]
    while at in direct and direct[at] not in seen:
        seen.add(at)
        at = direct[at]
    return at
