"""Who is who: staff by chat or code, and the chain above them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from records.database import Tx
from records.model import Staff, as_model
from records.prepared import Prepared
from records.tables import staff

BY_CHAT = Prepared(sa.select(staff).where(staff.c.chat_id == sa.bindparam("chat_id"), staff.c.active))
BY_CODE = Prepared(sa.select(staff).where(staff.c.staff_code == sa.bindparam("code")))


async def by_chat(tx: Tx, chat_id: int) -> Staff | None:
    return await BY_CHAT.kept_first(tx, Staff, chat_id=chat_id)


async def by_code(tx: Tx, staff_code: str) -> Staff | None:
    return await BY_CODE.kept_first(tx, Staff, code=staff_code)


async def everybody(tx: Tx, *roles: str) -> list[Staff]:
    """All active staff, or those of the roles named, by code."""
    query = sa.select(staff).where(staff.c.active).order_by(staff.c.staff_code)
    if roles:
        query = query.where(staff.c.role.in_(roles))
    return [as_model(Staff, row) for row in await tx.execute(query)]


async def chain_above(tx: Tx, staff_code: str) -> list[Staff]:
    """Those whom this person reports to, the nearest first; a loop in the book ends the walk."""
    chain: list[Staff] = []
    seen = {staff_code}
    person = await by_code(tx, staff_code)
    while person and person.reports_to and person.reports_to not in seen:
        seen.add(person.reports_to)
        person = await by_code(tx, person.reports_to)
        if person and person.active:
            chain.append(person)
    return chain


async def change(tx: Tx, staff_code: str, **values: Any) -> None:
    await tx.execute(sa.update(staff).where(staff.c.staff_code == staff_code).values(**values))


async def blocked(tx: Tx, chat_id: int, now: datetime) -> Staff | None:
    """Mark the person of this chat as having blocked the bot; None if it is known already or nobody's."""
    query = sa.update(staff).where(staff.c.chat_id == chat_id, staff.c.blocked_at.is_(None))
    row = (await tx.execute(query.values(blocked_at=now).returning(staff))).first()
    return as_model(Staff, row) if row else None
