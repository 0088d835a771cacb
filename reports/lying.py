"""Cards left lying: asked for once the same evening and once the next morning, never in quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from prompts.catalog import say
from prompts.message import Message
from records import borrowers, people, reports
from records.database import Tx
from records.model import Report, Staff
from reports.reading import current
from reports.showing import show

EVENING = time(18, 0)
MORNING = time(9, 0)
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)


async def remind_cards(tx: Tx, now: datetime) -> list[Message]:
    """The reminders that are due now, each with the card below it; called again it says nothing twice."""
    messages: list[Message] = []
    for report in await reports.lying(tx):
        author = await people.by_code(tx, report.author)
        if author and author.active and author.blocked_at is None and is_due(report, author, now):
            messages += await _remind(tx, report, author, now)
    return messages


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


async def _remind(tx: Tx, report: Report, author: Staff, now: datetime) -> list[Message]:
    times = report.asked_times + 1
    asked = await reports.change(tx, report.id, asked_at=now, asked_times=times)
    borrower = await borrowers.get(tx, report.borrower_code) if report.borrower_code else None
    words = say(
        "reports.lying",
        author.language,
        name=borrower.called if borrower else "",
        day=report.visited_on or report.reported_on,
    )
    key = f"lying:{report.id}:{times}"
    card = await show(tx, author, await current(tx, asked))
    fresh = Message(card.text, card.buttons, to=card.to, about=card.about, key=f"{key}:card")
    return [Message(words, to=author.staff_code, key=key), fresh]
