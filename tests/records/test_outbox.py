"""What waits to be told: once for each key."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from records import outbox
from records.database import Database

WAITS: dict[str, Any] = {
    "chat_id": 1,
    "method": "sendMessage",
    "payload": {},
    "key": "card:1",
    "created_at": datetime(2026, 3, 4, tzinfo=UTC),
}


async def test_a_message_of_a_known_key_is_refused(database: Database) -> None:
    async with database.begin() as tx:
        assert await outbox.add(tx, **WAITS)
        assert not await outbox.add(tx, **WAITS)
    async with database.begin() as tx:
        assert not await outbox.add(tx, **WAITS)
        assert await outbox.waiting(tx) == 1


async def test_messages_without_a_key_all_wait(database: Database) -> None:
    async with database.begin() as tx:
        assert await outbox.add(tx, **WAITS | {"key": None})
        assert await outbox.add(tx, **WAITS | {"key": None})
        assert await outbox.waiting(tx) == 2
