"""The card with all that it takes: borrower, loans, what was known before, who else it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prompts.message import Message
from records import borrowers, reports, scope, standings
from records.database import Tx
from records.model import Borrower, Report, Staff
from reports.card import card, listening
from reports.missing import missing
from reports.model import local_day
from reports.offering import with_offers
from reports.reading import Read

OFFERED = 6


async def show(tx: Tx, author: Staff, done: Read, *, candidates: Sequence[Borrower] = ()) -> Message:
    """The report's card as it now is; without a borrower it asks whose it is."""
    report = done.report
    if report.borrower_code is None:
        offered = list(candidates) or await _likely(tx, author, done)
        asked = card(report, None, done.facts, done.parts, author.language, candidates=offered)
        return with_offers(asked, report, done.facts, author.language)
    borrower = await borrowers.get(tx, report.borrower_code)
    loans = await borrowers.loans_of(tx, report.borrower_code)
    known = await standings.get(tx, report.borrower_code)
    questions = missing(done.facts, known, loans)
    shown = card(report, borrower, done.facts, done.parts, author.language, questions=questions)
    return with_offers(shown, report, done.facts, author.language)


def settled(confirmed: Report, borrower: Borrower, done: Read, lang: str) -> Message:
    """The card of a confirmed report: nothing is asked any more; what was said can still be heard."""
    shown = card(confirmed, borrower, done.facts, done.parts, lang)
    return replace(shown, buttons=listening(confirmed, done.parts, lang))


async def _likely(tx: Tx, author: Staff, done: Read) -> list[Borrower]:
    """Nobody is named: those nearest to a place that was sent, then those spoken of last, then those due."""
    visible = await scope.visible_borrowers(tx, author, local_day(author, done.report.received_at))
    recent = await reports.recent_borrowers(tx, author.staff_code, OFFERED)
    place = next((part for part in done.parts if part.latitude is not None), None)

    def rank(borrower: Borrower) -> tuple[float, int]:
        near = _distance(borrower, place.latitude, place.longitude) if place else 0.0
        late = recent.index(borrower.borrower_code) if borrower.borrower_code in recent else len(recent)
        return near, late

    return sorted(visible, key=rank)[:OFFERED]


def _distance(borrower: Borrower, latitude: float | None, longitude: float | None) -> float:
    """Good enough to sort by: degrees, squared."""
    if None in (borrower.latitude, borrower.longitude, latitude, longitude):
        return float("inf")
    return (borrower.latitude - latitude) ** 2 + (borrower.longitude - longitude) ** 2  # type: ignore[operator]
