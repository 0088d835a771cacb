"""The web door's calendars: one behind each private address, asked for by phones again and again."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from email.utils import format_datetime, parsedate_to_datetime
from math import ceil

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from records.feeds import hashed
from reminders.feed import Page

PER_HOUR, AT_ONCE = 60, 20
UNKNOWN_PER_HOUR, UNKNOWN_AT_ONCE = 3600, 60
KEPT = 10_000
FRESH_SECONDS = 900
LONGEST_TOKEN = 100

Read = Callable[[str], Awaitable[Page | None]]


class Brake:
    """A bucket a key, filled evenly: `at_once` calls, then `per_hour`. Keys long unused are forgotten."""

    def __init__(self, per_hour: float, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._size, self._clock = per_hour / 3600, at_once, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """0 lets the call pass and counts it; else in how many seconds the next one may come."""
        now = self._clock()
        left, at = self._left.pop(key, (float(self._size), now))
        left = min(self._size, left + (now - at) * self._rate)
        passes = left >= 1
        self._left[key] = (left - 1 if passes else left, now)
        if len(self._left) > KEPT:
            self._left.popitem(last=False)
        return 0 if passes else ceil((1 - left) / self._rate)


class Calendars:
    """`read(hash)` is the calendar of an address. Guessing slows down guessing, not those who know theirs."""

    def __init__(self, read: Read, clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._known = Brake(PER_HOUR, AT_ONCE, clock)
        self._unknown = Brake(UNKNOWN_PER_HOUR, UNKNOWN_AT_ONCE, clock)
        self._good: OrderedDict[str, None] = OrderedDict()

    def route(self) -> Route:
        return Route("/calendar/{token}.ics", self.serve)

    async def serve(self, request: Request) -> Response:
        token = request.path_params["token"]
        key = hashed(token)
        wait = self._known.wait(key) if key in self._good else self._unknown.wait("")
        if wait:
            return PlainTextResponse("too often", 429, {"Retry-After": str(wait)})
        page = await self._read(key) if len(token) <= LONGEST_TOKEN else None
        self._remember(key, page is not None)
        if page is None:
            return PlainTextResponse("no such calendar", 404, {"Cache-Control": "no-store"})
        headers = _headers(page)
        if _has_it(request, page):
            return Response(status_code=304, headers=headers)
        return Response(page.body, headers=headers, media_type="text/calendar")

    def _remember(self, key: str, good: bool) -> None:
        self._good.pop(key, None)
        if good:
            self._good[key] = None
        if len(self._good) > KEPT:
            self._good.popitem(last=False)


def _headers(page: Page) -> dict[str, str]:
    return {
        "ETag": page.etag,
        "Last-Modified": format_datetime(page.changed_at, usegmt=True),
        "Cache-Control": f"private, max-age={FRESH_SECONDS}",
        "Content-Disposition": 'inline; filename="huifang.ics"',
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }


def _has_it(request: Request, page: Page) -> bool:
    """By RFC 9110: the entity tags where any are sent, else the date."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        sent = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return "*" in sent or page.etag in sent
    try:
        since = parsedate_to_datetime(request.headers["if-modified-since"])
        return page.changed_at <= since
    except (KeyError, TypeError, ValueError):
        return False
