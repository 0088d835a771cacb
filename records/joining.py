"""One-time links by which people join, and the chats that they join from."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

import sqlalchemy as sa

from records import audit, people
from records.database import Tx
from records.model import Staff, as_model
from records.tables import invites, staff

DAYS = 7


class InviteRefused(Exception):
    """`code` is unknown, expired, used, inactive or chat_taken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def create_invite(tx: Tx, staff_code: str, now: datetime, days: int = DAYS) -> str:
    """A code for `/start CODE`, shown once: only its hash is kept. Raises InviteRefused("unknown")."""
    if await people.by_code(tx, staff_code) is None:
        raise InviteRefused("unknown")
    code = token_urlsafe(16)
    row = {"code_hash": _hash(code), "staff_code": staff_code, "created_at": now}
    await tx.execute(sa.insert(invites).values(**row, expires_at=now + timedelta(days=days)))
    await audit.record(tx, now, "system", "invite.created", f"staff:{staff_code}", {"days": days})
    return code


async def join(tx: Tx, code: str, chat_id: int, now: datetime) -> tuple[Staff, int | None]:
    """Bind the invited person to this chat; also the chat that they had before, if another.

    Raises InviteRefused. The same link from the same chat once more is no error.
    """
    invited = await _invited(tx, code, chat_id, now)
    person = await people.by_code(tx, invited)
    if person is None or not person.active:
        raise InviteRefused("inactive")
    holder = (await tx.execute(sa.select(staff.c.staff_code).where(staff.c.chat_id == chat_id))).scalar()
    if holder not in (None, person.staff_code):
        raise InviteRefused("chat_taken")
    used = sa.update(invites).where(invites.c.code_hash == _hash(code))
    await tx.execute(used.values(used_at=now, used_chat_id=chat_id))
    await people.change(tx, person.staff_code, chat_id=chat_id, joined_at=now, blocked_at=None)
    await audit.record(tx, now, person.staff_code, "staff.joined", f"staff:{person.staff_code}", {})
    before = person.chat_id if person.chat_id != chat_id else None
    joined = await people.by_code(tx, person.staff_code)
    assert joined is not None
    return joined, before


async def unblocked(tx: Tx, chat_id: int) -> Staff | None:
    """The person is there again; None if they never were away."""
    query = sa.update(staff).where(staff.c.chat_id == chat_id, staff.c.blocked_at.is_not(None))
    row = (await tx.execute(query.values(blocked_at=None).returning(staff))).first()
    return as_model(Staff, row) if row else None


async def _invited(tx: Tx, code: str, chat_id: int, now: datetime) -> str:
    query = sa.select(invites).where(invites.c.code_hash == _hash(code)).with_for_update()
    invite = (await tx.execute(query)).first()
    if invite is None:
        raise InviteRefused("unknown")
    if invite.used_at is not None and invite.used_chat_id != chat_id:
        raise InviteRefused("used")
    if invite.used_at is None and invite.expires_at <= now:
        raise InviteRefused("expired")
    return str(invite.staff_code)


def _hash(code: str) -> str:
    return sha256(code.encode("utf-8", "replace")).hexdigest()
