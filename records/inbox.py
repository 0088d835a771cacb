"""Updates as they came from Telegram: kept before they are confirmed, worked on once, in order per chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_or_ignore
from records.prepared import Prepared
from records.tables import updates

ACCEPT = Prepared(lambda dialect: insert_or_ignore(dialect, updates))
HEAD = Prepared(
    sa.select(updates)
    .where(updates.c.chat_id == sa.bindparam("chat"), sa.literal_column("state = 'new'"))
    .order_by(updates.c.update_id)
    .limit(1)
)
GET = Prepared(sa.select(updates).where(updates.c.update_id == sa.bindparam("_id")))
SET = Prepared(sa.update(updates).where(updates.c.update_id == sa.bindparam("_id")))
# Telegram's chat ids never are 0: the lane of updates that belong to no chat.
NO_CHAT = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """One raw update of the inbox; `attempts` counts failures so far."""

    update_id: int
    chat_id: int
    payload: Mapping[str, Any]
    attempts: int
    received_at: datetime
    state: str = "new"
    not_before: datetime | None = None
    error: str | None = None


async def accept(tx: Tx, batch: Sequence[Mapping[str, Any]], now: datetime) -> list[int]:
    """Keep raw updates; a repeated update_id is kept once. Returns the chats concerned, in order."""
    rows = [
        {"update_id": raw["update_id"], "chat_id": chat_of(raw), "payload": storable(raw), "received_at": now}
        for raw in batch
    ]
    await ACCEPT.run_each(tx, rows)
    return list(dict.fromkeys(int(row["chat_id"]) for row in rows))


def storable(value: Any) -> Any:
    """Without NUL characters, which PostgreSQL's JSON can't hold and nobody types."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, Mapping):
        return {storable(name): storable(inner) for name, inner in value.items()}
    return [storable(inner) for inner in value] if isinstance(value, list) else value


def chat_of(raw: Mapping[str, Any]) -> int:
    """The chat whose lane an update belongs to; 0 where it names none, or something that is no chat id."""
    for body in raw.values():
        if isinstance(body, Mapping):
            holder = body.get("message") if isinstance(body.get("message"), Mapping) else body
            for name, place in (("chat", holder), ("from", body)):
                chat = place.get(name) if isinstance(place, Mapping) else None
                number = chat.get("id") if isinstance(chat, Mapping) else None
                if isinstance(number, int) and abs(number) < 2**52:
                    return number
    return NO_CHAT


async def head(tx: Tx, chat_id: int) -> Kept | None:
    """The oldest open update of a chat, locked until the transaction ends.

    None where there is none, or another process works on this chat now.
    """
    if tx.dialect.name == "postgresql":
        locked = await tx.execute(sa.select(sa.func.pg_try_advisory_xact_lock(chat_id)))
        if not locked.scalar():
            return None
    return await HEAD.first(tx, Kept, chat=chat_id)


async def get(tx: Tx, update_id: int) -> Kept | None:
    """One update, whatever became of it; None where it was never kept or is forgotten."""
    return await GET.first(tx, Kept, _id=update_id)


async def done(tx: Tx, update_id: int, now: datetime) -> None:
    await SET.run(tx, _id=update_id, state="done", done_at=now, error=None)


async def failed(tx: Tx, update_id: int, error: str, not_before: datetime | None) -> None:
    """Put a failed update off until `not_before`, or give it up as dead when that is None."""
    state = "new" if not_before else "dead"
    await _set(
        tx, update_id, attempts=updates.c.attempts + 1, error=error[:2000], not_before=not_before, state=state
    )


async def open_chats(tx: Tx) -> list[int]:
    """Chats with open updates, the longest waiting first."""
    first = sa.func.min(updates.c.update_id)
    query = sa.select(updates.c.chat_id).where(updates.c.state == "new")
    return list((await tx.execute(query.group_by(updates.c.chat_id).order_by(first))).scalars())


async def replay(tx: Tx, update_id: int | None = None) -> int:
    """Open dead updates again (one, or all); returns how many."""
    query = sa.update(updates).where(updates.c.state == "dead")
    if update_id is not None:
        query = query.where(updates.c.update_id == update_id)
    return int((await tx.execute(query.values(state="new", attempts=0, not_before=None))).rowcount)


async def counts(tx: Tx) -> dict[str, int]:
    query = sa.select(updates.c.state, sa.func.count()).group_by(updates.c.state)
    return {str(row[0]): int(row[1]) for row in await tx.execute(query)}


async def forget_done(tx: Tx, before: datetime) -> int:
    """Drop updates that were done before this moment; what they said lives in the reports."""
    query = sa.delete(updates).where(updates.c.state == "done", updates.c.done_at < before)
    return int((await tx.execute(query)).rowcount)


async def _set(tx: Tx, update_id: int, **values: Any) -> None:
    await tx.execute(sa.update(updates).where(updates.c.update_id == update_id).values(**values))
