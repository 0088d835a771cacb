"""Telegram's sending limits, for those who want to meet them: 30 a second in all, about one a second per chat."""

import time
from collections import deque

from sandbox.faults import too_many

ALL_PER_SECOND = 30
CHAT_BURST = 3
CHAT_WINDOW = 3.0


class Limits:
    """A chat may take a short burst of CHAT_BURST, but no more than that in CHAT_WINDOW seconds."""

    def __init__(self) -> None:
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}

    def check(self, method: str, chat_id: int | None) -> None:
        """Count one sending; raises ApiError 429 when it is too many."""
        if (
            chat_id is None
            or not method.startswith(("send", "copy", "forward"))
            or method == "sendchataction"
        ):
            return
        now = time.monotonic()
        chat = self._chats.setdefault(chat_id, deque())
        for kept, window, most in ((self._all, 1.0, ALL_PER_SECOND), (chat, CHAT_WINDOW, CHAT_BURST)):
            while kept and kept[0] <= now - window:
                kept.popleft()
            if len(kept) >= most:
                raise too_many(kept[0] + window - now + 0.5)
        self._all.append(now)
        chat.append(now)
