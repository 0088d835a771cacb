"""Lanes: updates of one chat one after the other, chats beside each other, each update one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application

from handlers.saying import put
from handlers.unit import Unit, current_unit
from prompts.catalog import say
from prompts.message import Message
from records import inbox, people
from records.database import Database, Tx, savepoint

log = structlog.get_logger()
ATTEMPTS = 6
FIRST_PAUSE = 1.0
After = Callable[[], Awaitable[None]]


class Lanes:
    """`offer(chats)` says that these chats have open updates; at most `width` are worked on at once."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        database: Database,
        clock: Callable[[], datetime],
        *,
        width: int = 16,
        spoken: Callable[[], None] = lambda: None,
        work: Callable[[], None] = lambda: None,
    ) -> None:
        """`spoken` is called when messages may wait to be sent, `work` when files wait for the worker."""
        self.application = application
        self.database = database
        self.clock = clock
        self.spoken = spoken
        self.work = work
        self._width = width
        self._turns = asyncio.Semaphore(width)
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._after: dict[int, list[After]] = {}

    async def take(self, batch: Sequence[Mapping[str, Any]]) -> None:
        """Keep a batch of updates and work on it.

        Where one transaction writes at a time anyway (SQLite), the oldest update of each free chat is worked on in
        the very transaction that keeps the batch, each undone by itself when it fails: one commit for all.
        """
        done: list[tuple[inbox.Kept, Unit]] = []
        async with self.database.begin() as tx:
            chats = await inbox.accept(tx, batch, datetime.now(UTC))
            if self.database.is_sqlite:
                free = [chat_id for chat_id in chats if chat_id not in self._lanes]
                done = [one for chat_id in free[: self._width] if (one := await self._oldest(tx, chat_id))]
        for _, unit in done:
            self._finished(unit)
        single = {kept.update_id for kept, unit in done if not unit.after}
        self.offer(dict.fromkeys(inbox.chat_of(raw) for raw in batch if not _is_alone(raw, batch, single)))

    def offer(self, chats: Iterable[int]) -> None:
        for chat_id in chats:
            if chat_id in self._lanes:
                self._again.add(chat_id)
            else:
                self._lanes[chat_id] = asyncio.create_task(self._lane(chat_id))

    async def resume(self) -> None:
        """Offer what an earlier run left open."""
        async with self.database.read() as tx:
            chats = await inbox.open_chats(tx)
        self.offer(chats)

    async def drain(self) -> None:
        """Wait until no lane has work."""
        while self._lanes:
            await asyncio.wait(list(self._lanes.values()))

    async def stop(self) -> None:
        lanes = list(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    async def _lane(self, chat_id: int) -> None:
        try:
            while True:
                await _afterwards(self._after.pop(chat_id, []))
                self._again.discard(chat_id)
                async with self._turns:
                    wait = await self._next(chat_id)
                if wait is None and chat_id not in self._again:
                    return
                if wait:
                    await asyncio.sleep(wait)
        except Exception as error:
            log.error("lane stopped; the sweep will offer it again", chat_id=chat_id, exc_info=error)
        finally:
            del self._lanes[chat_id]

    async def _oldest(self, tx: Tx, chat_id: int) -> tuple[inbox.Kept, Unit] | None:
        """Work on the head of a chat inside a larger transaction; None where it waits or has failed."""
        kept = await inbox.head(tx, chat_id)
        if kept is None or _seconds_until(kept.not_before) > 0:
            return None
        unit = Unit(tx, self.clock(), chat_id)
        try:
            async with savepoint(tx):
                await self._handle(kept, unit)
        except Exception as error:
            await self._note_failure(tx, kept, error)
            return None
        return kept, unit

    def _finished(self, unit: Unit) -> None:
        self.spoken()
        if unit.has_work:
            self.work()
        if unit.after:
            self._after.setdefault(unit.chat_id, []).extend(unit.after)

    async def _next(self, chat_id: int) -> float | None:
        """Work on the head of a chat; returns seconds to wait before the next, None where nothing is open."""
        kept: inbox.Kept | None = None
        try:
            async with self.database.begin() as tx:
                kept = await inbox.head(tx, chat_id)
                if kept is None:
                    return None
                wait = _seconds_until(kept.not_before)
                if wait > 0:
                    return wait
                unit = Unit(tx, self.clock(), chat_id)
                await self._handle(kept, unit)
        except Exception as error:
            if kept is None:
                raise
            return await self._failed(kept, error)
        self._finished(unit)
        return 0.0

    async def _handle(self, kept: inbox.Kept, unit: Unit) -> None:
        update = parse(kept, self.application)
        if update is None:
            await inbox.failed(unit.tx, kept.update_id, "not of Telegram's shape", None)
            return
        unit.staff = await people.by_chat(unit.tx, kept.chat_id)
        token = current_unit.set(unit)
        try:
            await self.application.process_update(update)
        finally:
            current_unit.reset(token)
        if unit.error is not None:
            raise unit.error
        await inbox.done(unit.tx, kept.update_id, datetime.now(UTC))

    async def _failed(self, kept: inbox.Kept, error: Exception) -> float:
        async with self.database.begin() as tx:
            pause = await self._note_failure(tx, kept, error)
        self.spoken()
        return pause

    async def _note_failure(self, tx: Tx, kept: inbox.Kept, error: Exception) -> float:
        last = kept.attempts + 1 >= ATTEMPTS
        pause = FIRST_PAUSE * 2**kept.attempts
        log.error("update failed", update_id=kept.update_id, attempt=kept.attempts + 1, exc_info=error)
        until = None if last else datetime.now(UTC) + timedelta(seconds=pause)
        await inbox.failed(tx, kept.update_id, f"{type(error).__name__}: {error}", until)
        if last:
            await self._tell(tx, kept)
        return 0.0 if last else pause

    async def _tell(self, tx: Any, kept: inbox.Kept) -> None:
        person = await people.by_chat(tx, kept.chat_id)
        if person is not None:
            text = say("bot.failed", person.language, reference=kept.update_id)
            message = Message(text, key=f"failed:{kept.update_id}")
            await put(tx, message, self.clock(), chat_id=kept.chat_id)


def parse(kept: inbox.Kept, application: Application[Any, Any, Any, Any, Any, Any]) -> Update | None:
    """The update as PTB's own; None for one that isn't of Telegram's shape, which is left in the inbox."""
    try:
        return Update.de_json(dict(kept.payload), application.bot)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        log.warning("update not understood", update_id=kept.update_id, error=repr(error))
        return None


async def note_error(_update: object, context: Any) -> None:
    """PTB swallows what handlers raise; this hands it back to the lane."""
    current_unit.get().error = context.error


def _is_alone(raw: Mapping[str, Any], batch: Sequence[Mapping[str, Any]], done: set[int]) -> bool:
    """Whether this update was worked on and its chat has no other in the batch."""
    chat_id = inbox.chat_of(raw)
    return raw["update_id"] in done and sum(inbox.chat_of(other) == chat_id for other in batch) == 1


async def _afterwards(calls: list[After]) -> None:
    for call in calls:
        try:
            await call()
        except TelegramError as error:
            log.info("answer to a tap failed", error=str(error))


def _seconds_until(moment: datetime | None) -> float:
    return 0.0 if moment is None else (moment - datetime.now(UTC)).total_seconds()
