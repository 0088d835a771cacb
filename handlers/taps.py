"""A tap on a button: its arguments, and a short answer where it can't have its effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import wraps
from typing import Any

from telegram import Update

from handlers.context import Context
from prompts.catalog import say
from reports.deciding import Refused


@dataclass(frozen=True, slots=True)
class Tap:
    """`action:arg:arg` as it came back from Telegram, which anybody may have forged."""

    action: str
    args: tuple[str, ...]

    def text(self, index: int) -> str:
        if index >= len(self.args):
            raise Refused("unknown")
        return self.args[index]

    def number(self, index: int) -> int:
        """A whole number that a key may be. Raises Refused("unknown")."""
        words = self.text(index)
        if not (words.isascii() and words.isdigit() and len(words) <= 15):
            raise Refused("unknown")
        return int(words)


Handle = Callable[[Update, Context, Tap], Awaitable[None]]


def tap(handle: Handle) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Make a handler of taps: they are always answered, a refused one with its reason."""

    @wraps(handle)
    async def handler(update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None:
            return
        context.callback_query_id = query.id
        before = len(context.unit.after)
        action, *args = (query.data or "").split(":")
        try:
            await handle(update, context, Tap(action, tuple(args)))
        except Refused as refused:
            await context.toast(say(f"reports.refused.{refused.code}", context.lang))
        if len(context.unit.after) == before:
            await context.toast()

    return handler
