"""What happened, in order, for whoever watches: the page's event stream and `wait_for`."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """`kind`: message, edit, delete, action, answer, keyboard, commands, block or read."""

    n: int
    kind: str
    chat_id: int
    body: dict[str, Any]


class Feed:
    """Keeps the last `keep` events; a watcher who fell further behind must load everything anew."""

    def __init__(self, keep: int = 5000) -> None:
        self.n = 0
        self.closed = False
        self._events: deque[Event] = deque(maxlen=keep)
        self._waiters: set[asyncio.Future[None]] = set()

    def add(self, kind: str, chat_id: int, body: dict[str, Any]) -> None:
        self.n += 1
        self._events.append(Event(self.n, kind, chat_id, body))
        self._wake()

    def since(self, n: int) -> list[Event] | None:
        """Events after `n`; None when they are no longer all here (or `n` is of another run)."""
        missing = self.n - n
        if missing < 0 or missing > len(self._events):
            return None
        return list(self._events)[len(self._events) - missing :]

    async def changed(self, since: int, seconds: float) -> bool:
        """Wait until something newer than `since` is there; False after so many `seconds` or at the end."""
        if self.n > since or self.closed:
            return not self.closed
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return not self.closed

    def close(self) -> None:
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()
