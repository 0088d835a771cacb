"""Updates on their way to the bot: kept until an offset or a webhook's 2xx confirms them."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from sandbox.errors import conflict

Json = dict[str, Any]
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
ELSEWHERE = (
    "terminated by other getUpdates request; make sure that only one bot instance is running",
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    "terminated by setWebhook request",
)


class Updates:
    """`on_add` is told of each new update (the webhook's way in)."""

    def __init__(self, first_id: int | None = None) -> None:
        self.pending: deque[Json] = deque()
        self.allowed: list[str] = []
        self.webhook_set = False
        self.on_add: Callable[[Json], None] | None = None
        self._next = first_id or max(1, int(time.time()) - 1_700_000_000) * 10
        self._poller: asyncio.Future[None] | None = None

    def add(self, kind: str, body: Json) -> Json | None:
        """None when the bot didn't allow this kind."""
        if kind not in self.allowed if self.allowed else kind in UNASKED:
            return None
        return self.add_raw({kind: body})

    def add_raw(self, update: Json) -> Json:
        """Queue a whole update; its update_id is given here unless it brings one."""
        whole = {"update_id": self._next, **update}
        self._next = max(self._next, whole["update_id"]) + 1
        self.pending.append(whole)
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        if self.on_add is not None:
            self.on_add(whole)
        return whole

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """One getUpdates: confirm below `offset`, wait so many `seconds` for something new."""
        if self.webhook_set:
            raise conflict(ELSEWHERE[1])
        self._end_poller(ELSEWHERE[0])
        self._confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(seconds)
        return [self.pending[i] for i in range(min(limit, len(self.pending)))]

    @property
    def awaited(self) -> bool:
        """Whether a long poll is waiting now."""
        return self._poller is not None

    def take_over(self) -> None:
        """A webhook is being set: whoever polls is sent away."""
        self._end_poller(ELSEWHERE[2])

    @property
    def next_id(self) -> int:
        return self._next

    def restore(self, pending: list[Json], next_id: int) -> None:
        """What was unconfirmed in an earlier run; new ids stay above those of then."""
        self.pending.extend(pending)
        self._next = max(self._next, next_id)

    def forget(self) -> None:
        self.pending.clear()

    def close(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _end_poller(self, words: str) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(conflict(words))

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()

    async def _wait(self, seconds: float) -> None:
        poller = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None
