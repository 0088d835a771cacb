"""A voice message that was heard for a report with words already: a mend of the card, a correction, or more to add."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from prompts.message import Message
from records import dialogs, reports
from records.database import Tx
from records.model import Part, Report, Staff
from reports import mending, retelling, subject
from reports.mending import Mended, Unclear
from reports.model import local_day
from reports.reading import Read, current
from reports.sound import CORRECTION, READ

Tell = Callable[[Read], Awaitable[list[Message]]]
"""What to say once the report is read anew."""


async def take(tx: Tx, author: Staff, report: Report, now: datetime) -> tuple[Report, list[Tell]]:
    """Use what was newly heard; the report as it is then."""
    kept = dict(report.transcript or {})
    fresh, answers = kept.pop("fresh", ()), kept.get("answers") or {}
    report = await reports.change(tx, report.id, transcript=kept)
    told: list[Tell] = []
    for part in await reports.parts_of(tx, report.id):
        if part.id in fresh and part.text:
            tell = await _take(tx, author, report, part, answers.get(str(part.id)) or {}, now)
            told += [tell] if tell else []
    return (await reports.get(tx, report.id)) or report, told


async def _take(
    tx: Tx, author: Staff, report: Report, part: Part, answer: Mapping[str, Any], now: datetime
) -> Tell | None:
    if not await _has_words_before(tx, report, part) or await _is_of_another(tx, author, report, part, now):
        return None
    await reports.change_part(tx, part.id, kind=CORRECTION)
    tell = await _used(tx, author, report, part, answer, now)
    if tell is None:
        await reports.change_part(tx, part.id, kind=part.kind)
    return tell


async def _used(
    tx: Tx, author: Staff, report: Report, part: Part, answer: Mapping[str, Any], now: datetime
) -> Tell | None:
    """As other words for what was heard, or as a mend; one who mends says so or was asked to."""
    is_mending = retelling.is_mending(part.text)
    found = None if is_mending else await _correction(tx, report, part, answer)
    if found:
        await retelling.apply(tx, report, found, part, now)
        return lambda done: _say_corrected(found, author, done)
    if not (is_mending or answer):
        return None
    mended = await _mended(tx, report, part.text, answer, now)
    if isinstance(mended, Mended):
        return lambda done: _say_mended(tx, author, mended, done)
    if isinstance(mended, Unclear):
        return lambda done: _ask_which(tx, author, mended, part, done, now)
    return None


async def _mended(
    tx: Tx, report: Report, words: str, answer: Mapping[str, Any], now: datetime
) -> Mended | Unclear | None:
    if answer.get("kind") == "fact":
        facts = (await current(tx, report)).facts
        wanted = (answer.get("field"), answer.get("value"))
        place = next((n for n, fact in enumerate(facts) if (fact.field, fact.value) == wanted), None)
        mended = await mending.mend_fact(tx, report, place, words, now) if place is not None else None
        if mended:
            return mended
    return await mending.mend(tx, report, words, now)


async def _correction(
    tx: Tx, report: Report, part: Part, answer: Mapping[str, Any]
) -> retelling.Correction | None:
    others = [one for one in await reports.parts_of(tx, report.id) if one.id != part.id]
    if answer.get("kind") == "retype":
        return retelling.instead(others, part.text, int(answer["part"]))
    if answer.get("kind") == "recording":
        return retelling.find(others, part.text, alike=retelling.REPLIED)
    if answer:
        return None
    return retelling.find_whole(others, part.text)


async def _has_words_before(tx: Tx, report: Report, part: Part) -> bool:
    parts = await reports.parts_of(tx, report.id)
    return any(one.text and one.kind in READ and one.id != part.id for one in parts)


async def _is_of_another(tx: Tx, author: Staff, report: Report, part: Part, now: datetime) -> bool:
    book = await subject.book(tx, author, local_day(author, now))
    return not book.subject(part.text).may_be(report.borrower_code)


async def _say_mended(tx: Tx, author: Staff, mended: Mended, done: Read) -> list[Message]:
    return (await mending.shown(tx, author, replace(mended, read=done)))[1:]


async def _ask_which(
    tx: Tx, author: Staff, unclear: Unclear, part: Part, done: Read, now: datetime
) -> list[Message]:
    waiting = {
        "kind": "which",
        "words": part.text,
        "report_id": done.report.id,
        "version": done.report.version,
    }
    await dialogs.wait(tx, part.chat_id, waiting, now)
    return [await mending.offer(tx, author, done.report, unclear.positions)]


async def _say_corrected(found: retelling.Correction, author: Staff, done: Read) -> list[Message]:
    return [retelling.told_of(found, author, done.report.id)]
