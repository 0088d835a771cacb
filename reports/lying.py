"""Cards left lying: asked for once the same evening and once the next morning, never in quiet hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from prompts.catalog import say
from prompts.message import Button, Message
from records import borrowers, people, reports
from records.database import Tx
from records.model import Report, Staff
from reports.reading import current
from reports.showing import show
from reports.standing import day_of

EVENING = time(18, 0)
MORNING = time(9, 0)
SHOWN = 12  # cards in one list
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)


Works = Callable[[Staff, datetime], bool]


async def remind_cards(tx: Tx, now: datetime, works: Works = lambda _who, _when: True) -> list[Message]:
    """The reminders that are due now; called again it says nothing twice.

    One card comes with its reminder; several of one author are a list with a button for each. `works` says
    whether a moment is on a working day: who was asked in vain the same evening is asked again on one.
    """
    due: dict[str, list[Report]] = defaultdict(list)
    authors: dict[str, Staff] = {}
    for report in await reports.lying(tx):
        author = authors.get(report.author) or await people.by_code(tx, report.author)
        if author is None or not author.active or author.blocked_at is not None:
            continue
        authors[report.author] = author
        if is_due(report, author, now) and (not report.asked_times or works(author, now)):
            due[report.author].append(await _asked(tx, report, now))
    return [one for code, mine in due.items() for one in await _remind(tx, authors[code], mine)]


def is_due(report: Report, author: Staff, now: datetime) -> bool:
    zone = ZoneInfo(author.timezone)
    local = now.astimezone(zone)
    if local.time() >= QUIET_FROM or local.time() < QUIET_UNTIL:
        return False
    return local >= _next_ask(report, zone)


def _next_ask(report: Report, zone: ZoneInfo) -> datetime:
    """18:00 of the day it came (the next morning for one that came later), then the morning after that."""
    came = report.received_at.astimezone(zone)
    morning = datetime.combine(came.date() + timedelta(days=1), MORNING, zone)
    if report.asked_times == 0:
        evening = datetime.combine(came.date(), EVENING, zone)
        return evening if came < evening - timedelta(minutes=30) else morning
    asked = (report.asked_at or report.received_at).astimezone(zone)
    return max(morning, datetime.combine(asked.date() + timedelta(days=1), MORNING, zone))


async def _asked(tx: Tx, report: Report, now: datetime) -> Report:
    return await reports.change(tx, report.id, asked_at=now, asked_times=report.asked_times + 1)


async def _remind(tx: Tx, author: Staff, mine: list[Report]) -> list[Message]:
    names = [await _name(tx, report) for report in mine]
    if len(mine) > 1:
        return [_several(author, mine, names)]
    (report,) = mine
    words = say("reports.lying", author.language, name=names[0], day=day_of(report))
    key = f"lying:{report.id}:{report.asked_times}"
    card = await show(tx, author, await current(tx, report))
    fresh = Message(card.text, card.buttons, to=card.to, about=card.about, key=f"{key}:card")
    return [Message(words, to=author.staff_code, key=key), fresh]


def _several(author: Staff, mine: list[Report], names: list[str]) -> Message:
    text = say("digests.lying", author.language, count=len(mine))
    words = [
        say("digests.lying_one", author.language, name=name, day=day_of(report))
        for report, name in zip(mine, names, strict=True)
    ]
    rows = [(Button(label, "card", (str(report.id),)),) for report, label in zip(mine, words, strict=True)]
    turns = "-".join(f"{report.id}.{report.asked_times}" for report in mine[:SHOWN])
    return Message(text, tuple(rows[:SHOWN]), to=author.staff_code, key=f"lying:{turns}"[:160])


async def _name(tx: Tx, report: Report) -> str:
    borrower = await borrowers.get(tx, report.borrower_code) if report.borrower_code else None
    return borrower.called if borrower else ""
