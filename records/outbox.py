"""Messages on their way out: written with the work that says them, sent afterwards, at least once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_or_ignore
from records.model import as_model
from records.tables import outgoing


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call of the Bot API that waits: `method` with `payload`, and a file's bytes in `blob`."""

    id: int
    chat_id: int
    method: str
    payload: Mapping[str, Any]
    attempts: int
    created_at: datetime
    staff_code: str | None = None
    blob: bytes | None = None
    about: str | None = None
    edits: str | None = None
    message_id: int | None = None
    owner: str | None = None
    state: str = "new"
    sent_at: datetime | None = None


async def add(tx: Tx, **values: Any) -> bool:
    """Queue a message; False if its `key` was used before."""
    result = await tx.execute(insert_or_ignore(tx, outgoing).values(state="new", attempts=0, **values))
    return bool(result.rowcount)


async def claim(
    tx: Tx, chat_ids: Sequence[int], owner: str, now: datetime, lease: timedelta, limit: int
) -> list[Outgoing]:
    """Take the oldest waiting message of each free chat; `chat_ids` are busy in this sender already."""
    older = outgoing.alias()
    free = sa.or_(outgoing.c.lease_until.is_(None), outgoing.c.lease_until < now)
    ready = sa.or_(outgoing.c.not_before.is_(None), outgoing.c.not_before <= now)
    first = ~sa.exists().where(
        older.c.chat_id == outgoing.c.chat_id, older.c.state == "new", older.c.id < outgoing.c.id
    )
    query = (
        sa.select(outgoing.c.id)
        .where(outgoing.c.state == "new", free, ready, first)
        .order_by(outgoing.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if chat_ids:
        query = query.where(outgoing.c.chat_id.not_in(chat_ids))
    ids = (await tx.execute(query)).scalars().all()
    if not ids:
        return []
    taken = (
        sa.update(outgoing)
        .where(outgoing.c.id.in_(ids))
        .values(lease_until=now + lease, owner=owner, attempts=outgoing.c.attempts + 1)
        .returning(outgoing)
    )
    rows = [as_model(Outgoing, row) for row in await tx.execute(taken)]
    return sorted(rows, key=lambda row: row.id)


async def settle(tx: Tx, row: Outgoing, **values: Any) -> None:
    """Write what became of a row, if we still hold it."""
    mine = (outgoing.c.id == row.id, outgoing.c.owner == row.owner, outgoing.c.state == "new")
    await tx.execute(sa.update(outgoing).where(*mine).values(lease_until=None, **values))


async def sent_about(tx: Tx, chat_id: int, about: str) -> Outgoing | None:
    """The newest message of this chat with this subject that has reached Telegram."""
    query = (
        sa.select(outgoing)
        .where(outgoing.c.chat_id == chat_id, outgoing.c.about == about, outgoing.c.message_id.is_not(None))
        .order_by(outgoing.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return as_model(Outgoing, row) if row else None


async def about_message(tx: Tx, chat_id: int, message_id: int) -> str | None:
    """What the bot's message `message_id` was about: the subject of a reply or a tap."""
    query = sa.select(outgoing.c.about).where(
        outgoing.c.chat_id == chat_id, outgoing.c.message_id == message_id, outgoing.c.about.is_not(None)
    )
    return (await tx.execute(query.order_by(outgoing.c.id.desc()).limit(1))).scalar()


async def waiting(tx: Tx) -> int:
    query = sa.select(sa.func.count()).select_from(outgoing).where(outgoing.c.state == "new")
    return int((await tx.execute(query)).scalar_one())
