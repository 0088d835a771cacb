"""The route of a day as a message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from prompts.catalog import label, say
from prompts.message import Button, Message
from reminders.places import map_links
from reminders.route import ROAD, SPEED, Route, Stop
from reminders.wording import ICONS

ROW = 4


def route_message(way: Route, day: date, lang: str) -> Message:
    """The list with map links, what was left out of it, and a button for setting out to each."""
    lines = [_head(way, day, lang), *_stops(way, lang), *_rest(way, lang)]
    return Message("\n".join(lines), _buttons(way.stops, lang), about=f"route:{day}")


def _head(way: Route, day: date, lang: str) -> str:
    if not way.stops:
        return say("route.nowhere", lang, day=day)
    hours, minutes = divmod(way.minutes, 60)
    return say(
        "route.head", lang,
        day=day, count=len(way.stops), km=round(way.km), hours=hours, minutes=minutes, factor=ROAD, speed=int(SPEED),
    )  # fmt: skip


def _stops(way: Route, lang: str) -> list[str]:
    lines = []
    for number, stop in enumerate(way.stops, 1):
        if number > 1 or way.start:
            lines.append(say("route.leg", lang, km=stop.km, minutes=stop.minutes))
        lines.append(_line(stop, number, lang))
    return lines


def _line(stop: Stop, number: int | None, lang: str) -> str:
    kinds = [label("visit_kind", visit.kind, lang) for visit in stop.visits]
    return say(
        "route.stop",
        lang,
        number=number,
        icon=ICONS.get(stop.visits[0].kind, "•"),
        name=stop.borrower.called,
        kinds=list(dict.fromkeys(kinds)),
        address=stop.borrower.address,
        links=[(say(f"route.map.{name}", lang), url) for name, url in map_links(stop.borrower)],
    )


def _rest(way: Route, lang: str) -> list[str]:
    lines = []
    if way.apart:
        lines.append(say("route.apart", lang, count=len(way.apart)))
        lines += [_line(stop, None, lang) for stop in way.apart]
    if way.left:
        lines.append(say("route.left", lang, count=way.left))
    if way.calls:
        lines.append(say("route.calls", lang, count=way.calls))
    if way.stops and not way.start:
        lines.append(say("route.from_here", lang))
    return lines


def _buttons(stops: Sequence[Stop], lang: str) -> tuple[tuple[Button, ...], ...]:
    each = [
        Button(say("route.go", lang, number=number), "on_way", (str(stop.visits[0].id),))
        for number, stop in enumerate(stops, 1)
    ]
    return tuple(tuple(each[at : at + ROW]) for at in range(0, len(each), ROW))
