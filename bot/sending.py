"""Messages out: one sender a token takes them from the outbox, evenly spaced, and never drops one for a passing fault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from aiolimiter import AsyncLimiter
from telegram import InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.wire import call
from handlers.saying import METHODS, put
from prompts.catalog import say
from prompts.message import Message
from records import outbox, people
from records.database import Database, Tx

log = structlog.get_logger()
FILES = {method: kind for kind, method in METHODS.items()}
LONGEST_PAUSE = 60.0
ROUND = 64


@dataclass(frozen=True, slots=True)
class Pace:
    """Telegram's limits; 0 sets none. Seconds are between two messages of one chat."""

    per_second: float = 29.5
    chat_seconds: float = 1.0
    group_seconds: float = 3.0

    def whole(self) -> AsyncLimiter | None:
        return AsyncLimiter(1, 1 / self.per_second) if self.per_second else None

    def chat(self, chat_id: int) -> AsyncLimiter | None:
        seconds = self.group_seconds if chat_id < 0 else self.chat_seconds
        return AsyncLimiter(1, seconds) if seconds else None


@dataclass(slots=True)
class Gate:
    """When a scope (a chat, or all) may speak again: after its pace and after a 429's pause."""

    limiter: AsyncLimiter | None
    opens_at: float = 0.0
    failures: int = 0

    async def pass_through(self) -> None:
        while self.is_paused:
            await asyncio.sleep(self.opens_at - _loop_time())
        if self.limiter is not None:
            await self.limiter.acquire()

    def pause(self, seconds: float) -> None:
        self.opens_at = max(self.opens_at, _loop_time() + seconds)

    @property
    def is_paused(self) -> bool:
        return self.opens_at > _loop_time()


class Sender:
    """Sends each chat's messages in order; chats wait for each other only at the common gate."""

    def __init__(
        self,
        bot: ExtBot[Any],
        database: Database,
        pace: Pace,
        clock: Callable[[], datetime],
        *,
        width: int = 16,
        poll: float = 1.0,
        patience: float = 0.02,
    ) -> None:
        """Results wait up to `patience` seconds for a transaction to be written with."""
        self.bot = bot
        self.database = database
        self.pace = pace
        self.clock = clock
        self.poll = poll
        self.patience = patience
        self._all = Gate(pace.whole())
        self._gates: dict[int, Gate] = {}
        self._turns = asyncio.Semaphore(width)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._more: set[int] = set()
        self._results: list[tuple[outbox.Outgoing, dict[str, Any]]] = []
        self._writing = asyncio.Lock()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.turn()
            except Exception as error:
                log.error("sender failed; trying again", exc_info=error)
            await self._rest()

    async def drain(self) -> None:
        """Send until nothing waits; pauses of 429s are waited out."""
        self.patience = 0.0
        while True:
            await self.turn()
            if self._busy:
                await asyncio.wait(list(self._busy.values()), return_when=asyncio.FIRST_COMPLETED)
            elif not await self._waiting():
                return

    async def turn(self) -> None:
        """Start the next message of every free chat; a chat is busy until its last result is written."""
        if self._results and not self._writing.locked():
            await self._write_results()
        busy = frozenset(self._busy)  # one that gets free while we look may still wait in our answer
        async with self.database.glance() as tx:
            heads = await outbox.heads(tx)
            free = [head for head in heads if head.chat_id not in busy]
            rows = await outbox.next_of(tx, free[:ROUND])
        self._more = {head.chat_id for head in heads if head.waiting > 1}
        if free[ROUND:]:
            self._wake.set()
        for row, earlier in rows:
            self._busy[row.chat_id] = asyncio.create_task(self._send_in_turn(row, earlier))

    async def stop(self) -> None:
        for task in list(self._busy.values()):
            task.cancel()
        await asyncio.gather(*self._busy.values(), return_exceptions=True)
        await self._write_results()

    async def _rest(self) -> None:
        try:
            # unlike wait_for, this never loses a cancellation
            async with asyncio.timeout(self.poll):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _waiting(self) -> bool:
        await self._write_results()
        async with self.database.glance() as tx:
            return any(head.chat_id not in self._busy for head in await outbox.heads(tx))

    async def _send_in_turn(self, row: outbox.Outgoing, earlier: int | None) -> None:
        gate = self._gate(row.chat_id)
        try:
            await gate.pass_through()
            await self._all.pass_through()
            async with self._turns:
                result = await self._try(row, earlier, gate)
        except Exception as error:
            log.error("sending failed", outgoing_id=row.id, exc_info=error)
            result = None
            gate.pause(self._backoff(gate))
        if result is None:
            self._free([row])
            self._wake.set()
            return
        self._results.append((row, result))
        try:
            await self._write_results()
        except Exception as error:
            log.error("results not written; trying again", outgoing_id=row.id, exc_info=error)

    def _free(self, rows: Iterable[outbox.Outgoing]) -> None:
        """Chats whose message went out may be told the next; who had no other is looked at when there is one."""
        for row in rows:
            self._busy.pop(row.chat_id, None)
            if row.chat_id in self._more:
                self._wake.set()

    def _gate(self, chat_id: int) -> Gate:
        if chat_id not in self._gates:
            self._gates[chat_id] = Gate(self.pace.chat(chat_id))
        return self._gates[chat_id]

    async def _try(self, row: outbox.Outgoing, earlier: int | None, gate: Gate) -> dict[str, Any] | None:
        """Send one message; what to write of it, or None to try again after the gate's pause."""
        try:
            message_id = await self._deliver(row, earlier)
        except RetryAfter as error:
            self._pause(gate, error)
            return None
        except Forbidden as error:
            return {"state": "held", "error": error.message}
        except BadRequest as error:
            return {"state": "dead", "error": error.message}
        except (TimedOut, NetworkError) as error:
            wait = self._backoff(gate)
            log.warning("Telegram not reached", error=str(error), wait=wait)
            gate.pause(wait)
            return None
        except TelegramError as error:
            return {"state": "dead", "error": error.message}
        gate.failures = 0
        return {"state": "sent", "message_id": message_id, "sent_at": self.clock()}

    def _pause(self, gate: Gate, error: RetryAfter) -> None:
        """A 429 names no scope: the first pauses its chat, another chat's beside it pauses all."""
        wait = error.retry_after
        seconds = float(wait) if isinstance(wait, (int, float)) else wait.total_seconds()
        others = any(other.is_paused for other in self._gates.values() if other is not gate)
        (self._all if others else gate).pause(seconds)
        gate.pause(seconds)
        log.warning("told to wait", seconds=seconds, everywhere=others)

    def _backoff(self, gate: Gate) -> float:
        gate.failures += 1
        return float(min(0.5 * 2 ** min(gate.failures, 10), LONGEST_PAUSE))

    async def _deliver(self, row: outbox.Outgoing, earlier: int | None) -> int | None:
        if earlier is not None and await self._edit(row, earlier):
            return earlier
        try:
            answer = await self._call(row.method, arguments(row))
        except BadRequest as error:
            if "parse entities" not in error.message:
                raise
            answer = await self._call(row.method, _plain(arguments(row)))
        return _message_id(answer)

    async def _edit(self, row: outbox.Outgoing, earlier: int) -> bool:
        """Change the earlier message in place; False where that can't be done and a new one is due."""
        try:
            await self._call("editMessageText", {**row.payload, "message_id": earlier})
        except BadRequest as error:
            if "not modified" not in error.message:
                log.info("edit refused; sending anew", error=error.message)
                return False
        return True

    async def _call(self, method: str, payload: Mapping[str, Any]) -> Any:
        """The raw call; one with a file in lower case, since PTB warns at names of its own methods."""
        if FILES.get(method) in payload:
            return await self.bot.do_api_request(method.lower(), api_kwargs=dict(payload))
        return await call(self.bot, method, payload)

    async def _write_results(self) -> None:
        """Write what became of messages, all that are at hand by then in one transaction; their chats are free then."""
        async with self._writing:
            if self._results:
                await self._write_all()

    async def _write_all(self) -> None:
        taken: list[tuple[outbox.Outgoing, dict[str, Any]]] = []

        async def write(tx: Tx) -> None:
            taken[:], self._results = self._results, []
            for row, values in taken:
                await self._write(tx, row, values)

        try:
            await self.database.soon(
                write, patience=self.patience, committed=lambda: self._free(row for row, _ in taken)
            )
            if any(values["state"] != "sent" for _, values in taken):
                self._wake.set()  # somebody else may have been told of it
        except BaseException:
            self._results[:0] = taken
            raise

    async def _write(self, tx: Any, row: outbox.Outgoing, values: dict[str, Any]) -> None:
        await outbox.settle(tx, row.id, **values)
        if values["state"] == "dead":
            log.error("message given up", outgoing_id=row.id, error=values["error"])
        elif values["state"] == "held":
            await self._blocked(tx, row)

    async def _blocked(self, tx: Any, row: outbox.Outgoing) -> None:
        """Hold what waits for a person who blocked the bot, and tell their manager once."""
        await outbox.hold(tx, row.chat_id)
        now = self.clock()
        person = await people.blocked(tx, row.chat_id, now)
        if person is None or person.reports_to is None:
            return
        manager = await people.by_code(tx, person.reports_to)
        if manager is not None:
            text = say("bot.dead_chat", manager.language, name=person.name)
            key = f"blocked:{person.staff_code}:{now:%Y-%m-%dT%H}"
            await put(tx, Message(text, to=manager.staff_code, key=key), now)


def arguments(row: outbox.Outgoing) -> dict[str, Any]:
    """The parameters of the Bot API call, the file's bytes among them."""
    payload = dict(row.payload)
    filename = payload.pop("filename", None)
    if row.blob is not None:
        payload[FILES[row.method]] = InputFile(row.blob, filename=filename)
    return payload


def _plain(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != "parse_mode"}


def _message_id(answer: Any) -> int | None:
    return answer.get("message_id") if isinstance(answer, Mapping) else None


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
