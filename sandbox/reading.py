"""What people see on their phones, and what the server saw."""

import time
from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any

from sandbox.faults import Fault
from sandbox.files import File
from sandbox.model import Message, Said, see
from sandbox.world import Request, World


class Reading:
    world: World

    def messages(self, person_id: int) -> list[Message]:
        """The whole chat, oldest first."""
        return [see(one) for one in self.world.chat(person_id).messages.values()]

    def message(self, person_id: int, message_id: int) -> Message:
        return see(self.world.chat(person_id).messages[message_id])

    def said_since(self, n: int = 0, edits: bool = False) -> list[Said]:
        """The bot's messages over all chats with a number above `n`, in order; its edits too when asked."""
        numbered = enumerate(self.world.said[n:], n + 1)
        return [Said(k, to, see(raw), edit) for k, (to, raw, edit) in numbered if edits or not edit]

    @property
    def said_count(self) -> int:
        """The number that the newest thing said (or edited) by the bot bears."""
        return len(self.world.said)

    async def wait_for(
        self,
        person_id: int,
        predicate: Callable[[Message], Any] = bool,
        timeout: float = 30,  # noqa: ASYNC109
        after: int = 0,
    ) -> Message:
        """The newest of the bot's messages in this chat that satisfies `predicate`, now or soon; or TimeoutError.

        With `after` only those with a greater message id.
        """
        until = time.monotonic() + timeout
        told, seen = len(self.world.said), self.world.feed.n
        found = next((one for one in self._from_bot(person_id, after) if predicate(one)), None)
        while found is None:
            await self._patience(seen, until, f"the bot didn't say that to {person_id}")
            news, seen = self.world.said[told:], self.world.feed.n
            told += len(news)
            fresh = (
                see(raw) for to, raw, _ in reversed(news) if to == person_id and raw["message_id"] > after
            )
            found = next((one for one in fresh if predicate(one)), None)
        return found

    async def wait_until(self, condition: Callable[[], Any], timeout: float = 30) -> None:  # noqa: ASYNC109
        """Wait for anything about the sandbox's state, checked whenever something happens; or TimeoutError."""
        until = time.monotonic() + timeout
        while not condition():
            await self._patience(self.world.feed.n, until, "it didn't come about")

    async def _patience(self, seen: int, until: float, words: str) -> None:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError(words)
        await self.world.feed.changed(seen, min(left, 0.25))

    def _from_bot(self, person_id: int, after: int) -> Iterable[Message]:
        newest_first = reversed(self.world.chat(person_id).messages.values())
        newer = takewhile(lambda one: one["message_id"] > after, newest_first)
        return (see(one) for one in newer if one["from"]["is_bot"])

    def answers(self, person_id: int) -> list[str]:
        """What the bot answered to this person's taps, oldest first; empty strings included."""
        return [body["text"] for chat_id, body in self.world.answers if chat_id == person_id]

    def keyboard(self, person_id: int) -> list[list[str]]:
        """The reply keyboard's texts as they stand below the chat, or an empty list."""
        markup = self.world.chat(person_id).keyboard or {}
        return [[key["text"] for key in row] for row in markup.get("keyboard", [])]

    def file(self, file_id: str) -> File:
        """A file's name, mime and content; raises LookupError."""
        file = self.world.files.get(file_id)
        if file is None:
            raise LookupError(file_id)
        return file

    def requests(self, method: str | None = None, chat_id: int | None = None) -> list[Request]:
        """Bot API calls so far (the last 200,000), oldest first; getUpdates included."""
        wanted = method.lower() if method else None
        return [
            one
            for one in self.world.requests
            if wanted in (None, one.method) and chat_id in (None, one.chat_id)
        ]

    def inject(
        self,
        method: str = "*",
        times: int | None = 1,
        kind: str = "500",
        retry_after: float | None = None,
        seconds: float = 1.0,
        chat_id: int | None = None,
        probability: float = 1.0,
    ) -> None:
        """Trouble for the next `times` fitting calls (None: all). Kinds: 429, 500, delay, drop, drop_answer.

        `retry_after` (for 429) and `seconds` (for delay) are seconds; "*" fits every method.
        """
        pause = seconds if retry_after is None else retry_after
        self.world.faults.add(Fault(method, kind, times, pause, chat_id, probability))

    def clear_faults(self) -> None:
        self.world.faults.clear()
