"""Whose names are likely to be said in a voice message: told to the engine beforehand, and used to mend what it heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from records import reports, visits
from records.database import Tx
from records.model import Borrower, Part, Report, Staff
from reports import subject
from reports.model import local_day
from transcripts.model import Hints

SOON = timedelta(days=3)
RECENT, NEAR = 20, 5


async def hints(tx: Tx, author: Staff, report: Report, now: datetime) -> Hints:
    """The report's own borrower, who was near, who is due, who was spoken of, then the rest of the author's book.

    Short names and contacts first; the full names, which few people say, come after all of them.
    """
    day = local_day(author, now)
    book = (await subject.book(tx, author, day)).borrowers
    due = [visit.borrower_code for visit in await visits.of_staff(tx, [author.staff_code], day + SOON)]
    spoken_of = await reports.recent_borrowers(tx, author.staff_code, RECENT)
    near = _near(book, await reports.parts_of(tx, report.id))
    codes = dict.fromkeys((report.borrower_code or "", *near, *due, *spoken_of, *book))
    order = [book[code] for code in codes if code in book]
    return Hints(names=tuple(dict.fromkeys((*_called(order), *(one.name for one in order)))))


def _called(order: list[Borrower]) -> Iterator[str]:
    for borrower in order:
        yield borrower.called
        if borrower.contact_name:
            yield borrower.contact_name


def _near(book: Mapping[str, Borrower], parts: list[Part]) -> list[str]:
    """Those nearest to a place that was sent with the report."""
    place = next((part for part in reversed(parts) if part.latitude is not None), None)
    if place is None:
        return []
    known = [one for one in book.values() if one.latitude is not None and one.longitude is not None]
    ranked = sorted(known, key=lambda one: _distance(one, place))
    return [one.borrower_code for one in ranked[:NEAR]]


def _distance(borrower: Borrower, place: Part) -> float:
    """Good enough to sort by: degrees, squared."""
    north = (borrower.latitude or 0.0) - (place.latitude or 0.0)
    east = (borrower.longitude or 0.0) - (place.longitude or 0.0)
    return north**2 + east**2
