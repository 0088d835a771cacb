"""Updates pushed to the bot: per chat in order, chats side by side, again with growing pauses until a 2xx."""

import asyncio
import re
from collections import deque
from typing import Any

import httpx

from sandbox.errors import bad
from sandbox.world import World

Json = dict[str, Any]
LONGEST_PAUSE = 60.0
_PLACES = ("message", "edited_message", "my_chat_member")


class Webhook:
    def __init__(self, world: World, url: str, secret: str, connections: int) -> None:
        self._world = world
        self._url = url
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        self._connections = connections
        self._free = asyncio.Semaphore(connections)
        self._client = httpx.AsyncClient(timeout=60, trust_env=False)
        self._lanes: dict[int, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._error: Json = {}

    def info(self) -> Json:
        return {"url": self._url, "max_connections": self._connections, **self._error}

    def add(self, update: Json) -> None:
        lane = _lane(update)
        if lane in self._lanes:
            self._lanes[lane].append(update)
            return
        self._lanes[lane] = deque([update])
        task = asyncio.create_task(self._run(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _run(self, lane: int) -> None:
        queue = self._lanes[lane]
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
        del self._lanes[lane]

    async def _deliver(self, update: Json) -> None:
        pause = self._world.webhook_pause
        while not await self._post(update):
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        if update in self._world.updates.pending:
            self._world.updates.pending.remove(update)

    async def _post(self, update: Json) -> bool:
        try:
            async with self._free:
                answer = await self._client.post(self._url, json=update, headers=self._headers)
        except httpx.HTTPError as error:
            return self._failed(f"Connection failed: {type(error).__name__}")
        if answer.is_success:
            return True
        return self._failed(f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")

    def _failed(self, words: str) -> bool:
        self._error = {"last_error_date": self._world.now(), "last_error_message": words}
        return False


def _lane(update: Json) -> int:
    for place in _PLACES:
        if place in update:
            return int(update[place]["chat"]["id"])
    return int(update.get("callback_query", {}).get("from", {}).get("id", 0))


def set_hook(world: World, url: str, secret: str, connections: int) -> bool:
    """Set, replace or (with an empty url) remove the webhook; what is pending goes the new way."""
    if url and not url.startswith(("http://", "https://")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    if world.hook is not None:
        world.hook.stop()
    world.hook, world.updates.on_add, world.updates.webhook_set = None, None, bool(url)
    if url:
        world.updates.take_over()
        hook = Webhook(world, url, secret, connections if 1 <= connections <= 100 else 40)
        world.hook, world.updates.on_add = hook, hook.add
        for update in list(world.updates.pending):
            hook.add(update)
    return True
