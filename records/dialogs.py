"""What the bot waits for in a chat: one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_for
from records.prepared import Prepared
from records.tables import dialogs
from records.types import Utc

WAITING = Prepared(
    sa.select(dialogs.c.waiting).where(
        dialogs.c.chat_id == sa.bindparam("chat"), dialogs.c.updated_at >= sa.bindparam("since", type_=Utc())
    )
)
EVER = datetime(1970, 1, 1, tzinfo=UTC)


async def wait(tx: Tx, chat_id: int, waiting: Mapping[str, Any], now: datetime) -> None:
    """The chat's next message answers `waiting`, {"kind": …, …}; it replaces what was waited for."""
    values = {"waiting": dict(waiting), "updated_at": now}
    insert = insert_for(tx, dialogs).values(chat_id=chat_id, **values)
    await tx.execute(insert.on_conflict_do_update(index_elements=[dialogs.c.chat_id], set_=values))


async def waiting(tx: Tx, chat_id: int, since: datetime | None = None) -> dict[str, Any] | None:
    """What is waited for; with `since` nothing that was asked before then."""
    found: dict[str, Any] | None = await WAITING.scalar(tx, chat=chat_id, since=since or EVER)
    return found


async def clear(tx: Tx, chat_id: int) -> None:
    await tx.execute(sa.delete(dialogs).where(dialogs.c.chat_id == chat_id))
