"""One's plan as an iCalendar file, for the calendar on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from prompts.catalog import label
from records.model import Borrower, Visit

MAKER = "-//Huifang//visits//EN"


def calendar(items: Sequence[tuple[Visit, Borrower]], lang: str, now: datetime, *, name: str = "") -> bytes:
    """RFC 5545; an event a day-long item, whose UID stays the same when it moves. `name` is that of a feed."""
    from icalendar import Calendar  # a large library that few files need

    book = Calendar()
    book.add("prodid", MAKER)
    book.add("version", "2.0")
    if name:
        book.add("x-wr-calname", name)
        book.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for visit, borrower in items:
        book.add_component(_event(visit, borrower, lang, now))
    return bytes(book.to_ical())


def _event(visit: Visit, borrower: Borrower, lang: str, now: datetime) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"visit-{visit.id}@huifang")
    event.add("dtstamp", now)
    event.add("dtstart", visit.due_on)
    event.add("dtend", visit.due_on + timedelta(days=1))
    event.add("summary", f"{borrower.called} {label('visit_kind', visit.kind, lang)}")
    event.add("sequence", visit.moved_times)
    if borrower.address:
        event.add("location", borrower.address)
    if borrower.latitude is not None and borrower.longitude is not None:
        event.add("geo", (borrower.latitude, borrower.longitude))
    return event
