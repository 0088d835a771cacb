"""Updates in: each batch is kept in the database before Telegram is told that we have it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.wire import call
from records import inbox
from records.database import Database

log = structlog.get_logger()
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
LONGEST_PAUSE = 30.0


class Receiver:
    """Long polling by hand: PTB's own would confirm updates that only memory holds.

    The offset is never stored: after a crash Telegram gives again what was not confirmed,
    and `update_id` keeps it from being kept twice.
    """

    def __init__(
        self,
        bot: ExtBot[Any],
        database: Database,
        offer: Callable[[Iterable[int]], None],
        timeout: float = 25,
        take: Callable[[list[dict[str, Any]]], Awaitable[None]] | None = None,
    ) -> None:
        """`take` keeps a batch and sees to it; without it a batch is kept and its chats are offered."""
        self.bot = bot
        self.database = database
        self.offer = offer
        self.timeout = timeout
        self.take = take or self.keep
        self.offset = 0

    async def run(self) -> None:
        """Fetch for ever; Telegram's errors are waited out, ever longer up to half a minute."""
        pause = 1.0
        while True:
            try:
                await self.fetch(self.timeout)
                pause = 1.0
            except InvalidToken:
                raise
            except TelegramError as error:
                wait = _retry_after(error) or pause
                log.warning(
                    "getUpdates failed", error=str(error), wait=wait, conflict=isinstance(error, Conflict)
                )
                await asyncio.sleep(wait)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception as error:
                log.error("batch not kept; Telegram will give it again", wait=pause, exc_info=error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def fetch(self, seconds: float = 0) -> int:
        """One getUpdates; returns how many updates it brought."""
        fields = {"offset": self.offset, "timeout": int(seconds), "limit": 100, "allowed_updates": ALLOWED}
        batch: list[dict[str, Any]] = await call(self.bot, "getUpdates", fields, seconds + 10)
        if batch:
            await self.take(batch)
            self.offset = max(raw["update_id"] for raw in batch) + 1
        return len(batch)

    async def keep(self, batch: list[dict[str, Any]]) -> None:
        async with self.database.begin() as tx:
            chats = await inbox.accept(tx, batch, datetime.now(UTC))
        self.offer(chats)


def _retry_after(error: TelegramError) -> float | None:
    if not isinstance(error, RetryAfter):
        return None
    wait = error.retry_after
    return wait if isinstance(wait, (int, float)) else wait.total_seconds()
