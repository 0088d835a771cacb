"""A spoken report says whose it is only once it was heard; it may speak of several borrowers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from records import reports
from records.database import Tx
from records.model import Part, Report, Staff
from reports import subject
from reports.model import Subject, local_day
from reports.sound import READ, transcripts_of


async def by_borrower(tx: Tx, author: Staff, report: Report, now: datetime) -> list[Report]:
    """The report with its borrower, and where one voice message spoke of others a new report for each."""
    parts = await reports.parts_of(tx, report.id)
    book = await subject.book(tx, author, local_day(author, now))
    worded = [part for part in parts if part.text and part.kind in READ]
    pieces = book.subjects("\n".join(part.text for part in worded))
    if len(pieces) == 1 or len(worded) > 1:
        return [await _named(tx, report, book.subject("\n".join(part.text for part in worded)))]
    return await _shared(tx, report, worded[0], pieces)


async def _named(tx: Tx, report: Report, about: Subject) -> Report:
    """A visit's report may turn out to be another borrower's; one that joined an open report stays with it."""
    found = about.borrower or (about.guess if report.borrower_code is None else None)
    is_other = found is not None and report.borrower_code not in (None, found.borrower_code)
    if found is None or (is_other and report.visit_id is None):
        return report
    unbound = {"visit_id": None, "loan_no": None} if is_other else {}
    return await reports.change(tx, report.id, borrower_code=found.borrower_code, **unbound)


async def _shared(tx: Tx, report: Report, part: Part, pieces: Sequence[Subject]) -> list[Report]:
    """Each borrower's report has its own words of the one recording."""
    own = next((piece for piece in pieces if _is(piece, report.borrower_code)), pieces[0])
    await reports.change_part(tx, part.id, text=own.text)
    first = await reports.change(tx, report.id, borrower_code=_code(own) or report.borrower_code)
    others = [await _begun(tx, report, part, piece) for piece in pieces if piece is not own]
    return [first, *others]


async def _begun(tx: Tx, report: Report, part: Part, piece: Subject) -> Report:
    made = await reports.create(
        tx,
        author=report.author,
        borrower_code=_code(piece),
        state="transcribed",
        reported_on=report.reported_on,
        received_at=report.received_at,
        lang=report.lang,
    )
    await reports.add_part(tx, replace(part, report_id=made.id, text=piece.text))
    heard = transcripts_of(report).get(part.id)
    if heard is None:
        return made
    own = await reports.parts_of(tx, made.id)
    return await reports.change(tx, made.id, transcript={"parts": {str(own[0].id): heard}})


def _is(piece: Subject, borrower_code: str | None) -> bool:
    return borrower_code is not None and _code(piece) == borrower_code


def _code(piece: Subject) -> str | None:
    return piece.borrower.borrower_code if piece.borrower else None
