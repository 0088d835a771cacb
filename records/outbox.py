"""Messages on their way out: written with the work that says them, sent afterwards, at least once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_or_ignore
from records.model import as_model
from records.prepared import Prepared
from records.tables import outgoing

ADD = Prepared(lambda dialect: insert_or_ignore(dialect, outgoing).returning(outgoing.c.id))
WAITING: sa.ColumnElement[bool] = sa.literal_column(
    "state = 'new'"
)  # as in the index: with a type it is "= 1"
HEADS = Prepared(
    sa.select(sa.func.min(outgoing.c.id).label("id"), outgoing.c.chat_id, sa.func.count().label("waiting"))
    .where(WAITING)
    .group_by(outgoing.c.chat_id)
)
GET_WAITING = Prepared(sa.select(outgoing).where(outgoing.c.id == sa.bindparam("_id"), WAITING))
SENT_ABOUT = Prepared(
    sa.select(outgoing.c.message_id)
    .where(
        outgoing.c.chat_id == sa.bindparam("chat"),
        outgoing.c.about == sa.bindparam("about"),
        outgoing.c.message_id.is_not(None),
    )
    .order_by(outgoing.c.id.desc())
    .limit(1)
)
SETTLE = Prepared(sa.update(outgoing).where(outgoing.c.id == sa.bindparam("_id")))


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
    state: str = "new"
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A chat's oldest waiting message, and how many of its messages wait."""

    id: int
    chat_id: int
    waiting: int


async def add(tx: Tx, **values: Any) -> bool:
    """Queue a message; False if its `key` was used before."""
    return await ADD.scalar(tx, state="new", attempts=0, **values) is not None


async def heads(tx: Tx) -> list[Head]:
    """The chats that have something to be told, the longest waiting first."""
    return sorted(await HEADS.all(tx, Head), key=lambda head: head.id)


async def next_of(tx: Tx, found: Iterable[Head]) -> list[tuple[Outgoing, int | None]]:
    """The message of each head, with the earlier one that it changes: its `message_id`, None where there is none."""
    rows = [row for head in found for row in await GET_WAITING.all(tx, Outgoing, _id=head.id)]
    return [(row, await _earlier(tx, row)) for row in rows]


async def _earlier(tx: Tx, row: Outgoing) -> int | None:
    if row.edits is None or row.blob is not None:
        return None
    found: int | None = await SENT_ABOUT.scalar(tx, chat=row.chat_id, about=row.edits)
    return found


async def settle(tx: Tx, outgoing_id: int, **values: Any) -> None:
    """Write what became of a message."""
    await SETTLE.run(tx, _id=outgoing_id, **values)


async def hold(tx: Tx, chat_id: int) -> None:
    """Put aside what waits for a chat that can't be reached."""
    waits = (outgoing.c.chat_id == chat_id, outgoing.c.state == "new")
    await tx.execute(sa.update(outgoing).where(*waits).values(state="held"))


async def release(tx: Tx, chat_id: int) -> int:
    """Let go what was held for a chat that can be reached again; returns how many."""
    held = (outgoing.c.chat_id == chat_id, outgoing.c.state == "held")
    return int((await tx.execute(sa.update(outgoing).where(*held).values(state="new"))).rowcount)


async def put_off(tx: Tx, **values: Any) -> bool:
    """Keep something to be said at `not_before`, which its room makes a message of then; False for a known key."""
    return await ADD.scalar(tx, state="later", method="later", attempts=0, **values) is not None


async def put_off_until(tx: Tx, now: datetime) -> list[Outgoing]:
    """What was put off until now or earlier, the oldest first; other clocks skip it."""
    query = sa.select(outgoing).where(outgoing.c.state == "later", outgoing.c.not_before <= now)
    query = query.order_by(outgoing.c.id).with_for_update(skip_locked=True)
    return [as_model(Outgoing, row) for row in await tx.execute(query)]


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
