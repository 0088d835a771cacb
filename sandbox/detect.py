"""Entities that Telegram finds by itself in plain text: commands, addresses, mentions, tags."""

import re
from typing import Any

from sandbox.utf16 import width

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"'，。！？、；）】]+)"
    r"|(?P<email>(?<![\w.])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
    r"|(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])\#(?=\w*[^\W\d])\w{1,256})",
)
_SIGNS = frozenset("/@#")
_CLOSED = frozenset({"code", "pre", "text_link"})


def detect(text: str, taken: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """`taken` are entities that the sender gave; nothing found may lie inside code or links of theirs."""
    given = taken or []
    if _SIGNS.isdisjoint(text):
        return given
    closed = [(one["offset"], one["offset"] + one["length"]) for one in given if one["type"] in _CLOSED]
    found = []
    for match in _FOUND.finditer(text):
        start = width(text[: match.start()])
        span = {"offset": start, "length": width(match.group()), "type": str(match.lastgroup)}
        if not any(low <= start < high for low, high in closed):
            found.append(span)
    return sorted(given + found, key=lambda one: (one["offset"], -one["length"])) if found else given
