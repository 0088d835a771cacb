"""What was heard, corrected by its author in writing or by saying it again. Original, correction and sound are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prompts.catalog import say
from prompts.message import Message
from records import audit, reports
from records.database import Tx
from records.model import Part, Report, Staff
from reports.model import Incoming
from reports.reading import read
from reports.showing import show
from reports.sound import CORRECTION
from reports.spoken import by_borrower
from transcripts.alignment import corrected, difference

REPLIED, UNASKED = 0.6, 0.8
"""How alike a sentence said again is to the one it corrects: hung on the recording, or by itself for the whole."""
LONG_ENOUGH = 20
SHOWN = 300
_MENDING = re.compile(
    r"\W*(?:不对|不是|错了|说错|讲错|更正|纠正|改成|改为|应该是|no\b|not\b|wrong|actually|correction|change\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Correction:
    """`part`'s text becomes `after`."""

    part: Part
    after: str


def is_mending(words: str) -> bool:
    """Whether the words begin as one who mends: 不对, 应该是, "no, ..."."""
    return _MENDING.match(words) is not None


def find(parts: Sequence[Part], words: str, *, target: int | None = None, alike: float) -> Correction | None:
    """The heard part of which these are other words, the last first; with `target` only that."""
    for part in _heard(parts, target):
        after = corrected(part.text, words, alike)
        if after:
            return Correction(part, after)
    return None


def find_whole(parts: Sequence[Part], words: str) -> Correction | None:
    """Words that nobody asked for correct a recording only where they are nearly all of it."""
    if len(words) < LONG_ENOUGH:
        return None
    found = find(parts, words, alike=UNASKED)
    return found if found and found.after == words.strip() else None


def instead(parts: Sequence[Part], words: str, target: int) -> Correction | None:
    """Words that were asked for and resemble nothing: in place of all that was heard, unless they are too few."""
    found = find(parts, words, target=target, alike=REPLIED)
    part = next(_heard(parts, target), None)
    if found or part is None or 2 * len(words) < len(part.text) or words.strip() == part.text:
        return found
    return Correction(part, words.strip())


def _heard(parts: Sequence[Part], target: int | None) -> Iterator[Part]:
    for part in reversed(parts):
        if part.kind == "voice" and part.text and target in (None, part.id):
            yield part


async def apply(tx: Tx, report: Report, found: Correction, by: Part, now: datetime) -> Report:
    """Change the words; what was there before, who changed it and both sounds' hashes are kept."""
    await reports.change_part(tx, found.part.id, text=found.after)
    before, after = difference(found.part.text, found.after)
    entry = {"part": found.part.id, "by": by.id, "before": found.part.text, "at": now.isoformat()}
    kept = dict(report.transcript or {})
    kept["corrections"] = [*kept.get("corrections", ()), entry]
    detail = {"part": found.part.id, "by": by.id, "sha256": found.part.sha256, "by_sha256": by.sha256}
    detail |= {"before": before, "after": after}
    await audit.record(tx, now, report.author, "report.corrected", f"report:{report.id}", detail)
    return await reports.change(tx, report.id, transcript=kept)


async def typed(
    tx: Tx, author: Staff, report: Report, found: Correction, said: Incoming, now: datetime
) -> list[Message]:
    """Correct what was heard by a text: the cards as they are then, and what changed."""
    await reports.add_part(tx, said.part(report.id, said.text, kind=CORRECTION))
    by = next(p for p in await reports.parts_of(tx, report.id) if p.message_id == said.message_id)
    changed = await apply(tx, report, found, by, now)
    told = []
    for one in await by_borrower(tx, author, changed, now):
        told.append(await show(tx, author, await read(tx, one, now)))
    return [*told, told_of(found, author, report.id)]


def told_of(found: Correction, author: Staff, report_id: int) -> Message:
    changed = difference(found.part.text, found.after)
    before, after = (words if len(words) <= SHOWN else f"{words[:SHOWN]}…" for words in changed)
    text = say("transcripts.corrected", author.language, before=before, after=after)
    return Message(text, to=author.staff_code, about=f"report:{report_id}")


async def note_answer(tx: Tx, report_id: int, said: Incoming, answer: Mapping[str, Any]) -> None:
    """Keep what a voice message answers until it is heard: {"kind": retype, fact or reply, …}."""
    report = await reports.hold(tx, report_id)
    part = next((p for p in await reports.parts_of(tx, report_id) if p.message_id == said.message_id), None)
    if report is None or part is None:
        return
    kept = dict(report.transcript or {})
    kept["answers"] = {**kept.get("answers", {}), str(part.id): dict(answer)}
    await reports.change(tx, report_id, transcript=kept)
