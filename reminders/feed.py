"""One's plan as a calendar: the file of the moment, and the feed behind a private address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from prompts.catalog import say
from prompts.message import Button, Message
from records import feeds, scope, visits
from records.database import Tx
from records.model import Borrower, Feed, Staff, Visit
from reminders.hours import hours
from reminders.ics import calendar
from reminders.policy import Policy

AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Page:
    """An iCalendar file as it is served; the same bytes have the same `etag`."""

    body: bytes
    etag: str
    changed_at: datetime


async def plan_of(
    tx: Tx, person: Staff, today: date, ahead: timedelta = AHEAD
) -> list[tuple[Visit, Borrower]]:
    """What the person has to do or to look after, late items included, with borrowers in their sight."""
    crew = [one.staff_code for one in await scope.visible_staff(tx, person, today)]
    found = await visits.of_staff(tx, crew, today + ahead)
    visible = await scope.visible_borrowers(tx, person, today) if found else []
    known = {one.borrower_code: one for one in visible}
    return [(visit, known[visit.borrower_code]) for visit in found if visit.borrower_code in known]


async def page(tx: Tx, token_hash: str, *, now: datetime, policy: Policy) -> Page | None:
    """The calendar behind an address; None where it is unknown, taken back, or its owner gone."""
    found = await feeds.owner(tx, token_hash)
    if found is None:
        return None
    feed, person = found
    items = await plan_of(tx, person, hours(person, policy).today(now))
    digest = sha256(calendar(items, person.language, feed.created_at)).hexdigest()
    changed_at = await feeds.note(tx, feed, digest, now)
    body = calendar(items, person.language, changed_at, name=say("calendar.name", person.language))
    return Page(body, f'"{sha256(body).hexdigest()[:32]}"', changed_at)


# --- words --------------------------------------------------------------------------------------


def no_door(lang: str) -> Message:
    """The file still works; what an administrator must set for the address."""
    file = Button(say("reminders.button.ics", lang), "ics", ("0",))
    return Message(say("calendar.no_door", lang), ((file,),))


def state(feed: Feed | None, lang: str) -> Message:
    """Whether there is an address, and what can be done; the address itself is never shown again."""
    if feed is None:
        return Message(say("calendar.none", lang), ((_button("renew", lang),),))
    words = say(
        "calendar.there", lang, since=feed.created_at.date(), read=feed.read_at and feed.read_at.date()
    )
    return Message(words, ((_button("renew", lang), _button("stop", lang)),))


def address(url: str, lang: str) -> str:
    return say("calendar.address", lang, url=url)


def _button(name: str, lang: str) -> Button:
    return Button(say(f"calendar.{name}", lang), f"calendar_{name}", ())
