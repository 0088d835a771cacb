"""The day of the visit, asked for where a report is forwarded or late and doesn't say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from facts.model import Fact
from prompts.catalog import say
from prompts.message import Button, Message
from records import reports, visits
from records.database import Tx
from records.model import Report, Staff
from reports import mends
from reports.mending import Mended
from reports.mends import Change
from reports.model import local_day
from reports.reading import current, read

TODAY = re.compile(
    r"今天|今日|今早|今晚|刚才|刚刚|刚[从去到跟和见]|\b(?:today|just now|this (?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
TRIPS = ("first_check", "visit", "special", "maturity")
OFFERED = 3  # the day of the report and those before it
BACK = 14  # days that the calendar goes back


async def ask(
    tx: Tx, author: Staff, report: Report, now: datetime, *, written_on: date | None = None
) -> Message | None:
    """The question with a button a day, once a report; None where nothing speaks of another day than today.

    `written_on` is the day of the message that was forwarded. Without an answer the report's own day counts.
    """
    if report.visited_on or TODAY.search(report.text) or report.state == "void":
        return None
    today = local_day(author, now)
    hint = written_on if written_on and written_on != today else await _set_out(tx, report, author)
    if hint is None and not await _is_late(tx, report, today):
        return None
    days = _offered(report.reported_on, today, hint)
    words = say("reports_went.ask", author.language, day=report.reported_on, forwarded=bool(written_on))
    rows = (
        tuple(_button(report, day, today, author.language) for day in days),
        (_more(report, author.language),),
    )
    return Message(words, rows, to=author.staff_code, key=f"went:{report.id}", about=f"report:{report.id}")


async def _set_out(tx: Tx, report: Report, author: Staff) -> date | None:
    """The earlier day on which the author said to be on the way to this visit."""
    visit = await visits.get(tx, report.visit_id) if report.visit_id else None
    moment = visit.why.get("on_way") if visit else None
    day = local_day(author, datetime.fromisoformat(moment)) if moment else None
    return day if day and day < report.reported_on else None


async def _is_late(tx: Tx, report: Report, today: date) -> bool:
    """The report answers a visit whose day has passed."""
    visit = await visits.get(tx, report.visit_id) if report.visit_id else None
    return visit is not None and visit.kind in TRIPS and visit.due_on < today


def _offered(reported_on: date, today: date, hint: date | None) -> Sequence[date]:
    days = [*([hint] if hint else []), reported_on, *(today - timedelta(n) for n in range(OFFERED))]
    return sorted({day for day in days if day <= today}, reverse=True)[: OFFERED + 1]


def calendar(report: Report, author: Staff, now: datetime) -> Message:
    """The days of the last two weeks."""
    today = local_day(author, now)
    days = [today - timedelta(n) for n in range(BACK)]
    buttons = [_button(report, day, today, author.language) for day in days]
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, BACK, 3))
    return Message(
        say("reports_went.which", author.language), rows, to=author.staff_code, about=f"report:{report.id}"
    )


def _button(report: Report, day: date, today: date, lang: str) -> Button:
    ago = (today - day).days
    words = say("reports_went.day", lang, day=day, ago=ago)
    return Button(words, "went", (str(report.id), day.isoformat()))


def _more(report: Report, lang: str) -> Button:
    return Button(say("reports_went.earlier", lang), "went", (str(report.id), "earlier"))


async def set_day(tx: Tx, report: Report, day: date, now: datetime) -> Mended:
    """The author's word for the day; it is kept like any other mend and can be undone."""
    facts = (await current(tx, report)).facts
    before = next((fact for fact in facts if fact.field == "contact.on"), None)
    change = Change(before, Fact("contact.on", day.isoformat(), None))
    kept = [*report.mends, mends.entry("", [change])]
    changed = await reports.change(tx, report.id, mends=kept)
    return Mended(await read(tx, changed, now), (change,))
