"""What the bot waits for in a chat: one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_for
from records.tables import dialogs


async def wait(tx: Tx, chat_id: int, waiting: Mapping[str, Any], now: datetime) -> None:
    """The chat's next message answers `waiting`, {"kind": …, …}; it replaces what was waited for."""
    values = {"waiting": dict(waiting), "updated_at": now}
    insert = insert_for(tx, dialogs).values(chat_id=chat_id, **values)
    await tx.execute(insert.on_conflict_do_update(index_elements=[dialogs.c.chat_id], set_=values))


async def waiting(tx: Tx, chat_id: int, since: datetime | None = None) -> dict[str, Any] | None:
    """What is waited for; with `since` nothing that was asked before then."""
    query = sa.select(dialogs.c.waiting).where(dialogs.c.chat_id == chat_id)
    if since is not None:
        query = query.where(dialogs.c.updated_at >= since)
    found: dict[str, Any] | None = (await tx.execute(query)).scalar()
    return found


async def clear(tx: Tx, chat_id: int) -> None:
    await tx.execute(sa.delete(dialogs).where(dialogs.c.chat_id == chat_id))
