"""Long work on a report, by its own state: fetch what was sent, hear what was said, read, show the card.

Everything that is written goes through `records.reports.held`: a worker whose lease another has taken over
changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from prompts.catalog import say
from prompts.message import Message
from records import audit, media, reports
from records.database import Database, Tx
from records.model import Part, Report
from reports import likely, said_again
from reports.hearing import UNHEARD, Heard, Told, clock_words, hear, heard_in
from reports.holding import Holding, Lost, Put, claimed
from reports.look import look
from reports.reading import is_waiting, read
from reports.showing import show
from reports.spoken import by_borrower
from transcripts.model import Hints, Progress, Segment, Transcript

ATTEMPTS = 5
PAUSE = timedelta(seconds=20)
MIMES = {"voice": "audio/ogg", "photo": "image/jpeg"}
Fetch = Callable[[str], Awaitable[bytes]]


class Hearer(Protocol):
    """What is used of `transcripts.transcriber.Transcriber`."""

    async def transcribe(
        self,
        sound: bytes,
        hints: Hints | None = None,
        *,
        done: tuple[Segment, ...] = (),
        progress: Callable[[Progress], Awaitable[None]] | None = None,
    ) -> Transcript: ...


claim = reports.claim


@dataclass(frozen=True, slots=True)
class Job(Holding):
    """One report, and what fetches and hears its parts."""

    fetch: Fetch
    transcriber: Any

    async def tell(
        self, tx: Tx, words: str, key: str, part: Part, edits: str | None = None, **values: Any
    ) -> bool:
        """Say it to the author, once for each key, as an answer to their message; in place of that about `edits`.

        False where it was said before.
        """
        text = say(words, self.author.language, **values)
        about = edits or f"report:{self.report_id}"
        reply_to = part.message_id
        message = Message(
            text, to=self.author.staff_code, key=key, about=about, edits=edits, reply_to=reply_to
        )
        return bool(await self.put(tx, message, self.clock()))


async def do(
    database: Database,
    report_id: int,
    owner: str,
    *,
    fetch: Fetch,
    transcriber: Any,
    clock: Callable[[], datetime],
    put: Put,
) -> None:
    """Carry a claimed report on as far as it goes; what fails for now is left for a later claim."""
    async with database.read() as tx:
        found = await claimed(tx, report_id, owner)
    if found is None:
        return
    report, author = found
    job = Job(database, report_id, owner, report.attempts, author, clock, put, fetch, transcriber)
    try:
        await _carry(job)
    except Lost:
        return


async def _carry(job: Job) -> None:
    is_fetched = [await _fetched(job, part) for part in await _parts(job)]
    heard = [await _heard(job, part) for part in await _parts(job) if is_waiting(part) and part.sha256]
    if all(is_fetched) and "later" not in heard:
        await _finish(job, is_news=not heard or "news" in heard)
    else:
        await _put_off(job)


async def _parts(job: Job) -> list[Part]:
    async with job.database.read() as tx:
        return await reports.parts_of(tx, job.report_id)


# --- bytes --------------------------------------------------------------------------------------


async def _fetched(job: Job, part: Part) -> bool:
    """Whether nothing more is to be fetched for the part."""
    if part.file_id is None or part.sha256 or part.failure:
        return True
    try:
        content = await job.fetch(part.file_id)
    except Exception:
        if job.attempt < ATTEMPTS:
            return False
        await _give_up(job, part, "gone")
        return True
    if not content:
        await _give_up(job, part, "empty")
        return True
    await _store(job, part, content)
    return True


async def _store(job: Job, part: Part, content: bytes) -> None:
    appearance = await asyncio.to_thread(look, content) if part.kind in ("photo", "document") else None
    mime = MIMES.get(part.kind, "application/octet-stream")
    async with job.held() as (tx, _):
        values = {"mime": mime, "filename": part.filename, "look": appearance, "stored_at": job.clock()}
        digest = await media.keep(tx, content, **values)
        await reports.change_part(tx, part.id, sha256=digest)


async def _give_up(job: Job, part: Part, failure: str) -> None:
    async with job.held() as (tx, _):
        await reports.change_part(tx, part.id, failure=failure)
        await job.tell(tx, f"reports.file_{failure}", f"file:{part.id}", part, kind=part.kind)


# --- sound --------------------------------------------------------------------------------------


async def _heard(job: Job, part: Part) -> str:
    """What came of it: later, news, or the same as when it was tried before."""
    async with job.database.read() as tx:
        content = await media.content(tx, part.sha256 or "") or b""
        report = await reports.get(tx, job.report_id)
        hints = await likely.hints(tx, job.author, report, job.clock()) if report else Hints()
    partial = ((report.transcript if report else None) or {}).get("partial") or {}
    done = tuple(Segment.from_json(one) for one in partial.get(str(part.id), ()))
    told = Told()
    outcome = await _careful(
        job, hear(job.transcriber, content, hints, done, lambda news: _progress(job, part, news, told))
    )
    if outcome.again and job.attempt < ATTEMPTS:
        return "later"
    async with job.held() as (tx, held):
        await _write(tx, job, part, held, outcome.transcript, outcome.failure)
        return "news" if await _say(tx, job, part, outcome, told) else "same"


async def _careful(job: Job, hearing: Awaitable[Heard]) -> Heard:
    """A sound that breaks the engine is given up after some attempts; it is tried anew when its lease runs out."""
    try:
        return await hearing
    except Lost:
        raise
    except Exception:
        if job.attempt < ATTEMPTS:
            raise
        return Heard(failure="faulty", words="transcripts.faulty")


async def _say(tx: Tx, job: Job, part: Part, outcome: Heard, told: Told) -> bool:
    """Tell the author what came of it; False where they were told so before."""
    about = heard_in(part.report_id, part.message_id)
    if not outcome.words:
        if told.stage and outcome.transcript:
            text = say("transcripts.done", job.author.language, at=clock_words(outcome.transcript.seconds))
            await job.put(tx, _in_place(job, about, text), job.clock())
        return True
    edits = about if outcome.failure == UNHEARD else None
    key = f"unheard:{part.id}:{outcome.words}"
    return await job.tell(tx, outcome.words, key, part, edits, **outcome.values)


async def _write(
    tx: Tx, job: Job, part: Part, report: Report, transcript: Transcript | None, failure: str | None
) -> None:
    """The transcript beside those of other parts; a caption stays before what was said."""
    kept = dict(report.transcript or {})
    if failure != UNHEARD:
        kept["partial"] = {
            key: one for key, one in (kept.get("partial") or {}).items() if key != str(part.id)
        }
    if transcript:
        kept["parts"] = {**(kept.get("parts") or {}), str(part.id): transcript.to_json()}
    text = transcript.text if transcript else ""
    if text:
        kept["fresh"] = [*kept.get("fresh", ()), part.id]
    await reports.change_part(tx, part.id, text=text, failure=failure)
    state = {"state": "transcribed"} if text and report.state in reports.OPEN else {}
    await reports.change(tx, report.id, transcript=kept, **state)
    if text:
        detail = {"part": part.id, "sha256": part.sha256, "engine": transcript.engine if transcript else ""}
        await audit.record(tx, job.clock(), report.author, "report.heard", f"report:{report.id}", detail)


async def _progress(job: Job, part: Part, news: Progress, told: Told) -> None:
    """Pieces heard so far are kept: a restart goes on after them."""
    words = told.news(news)
    if not news.segments and not words:
        return
    async with job.held() as (tx, report):
        if news.segments:
            kept = dict(report.transcript or {})
            pieces = [one.to_json() for one in news.segments]
            kept["partial"] = {**(kept.get("partial") or {}), str(part.id): pieces}
            await reports.change(tx, report.id, transcript=kept)
        if words:
            about = heard_in(part.report_id, part.message_id)
            text = say(words[0], job.author.language, **words[1])
            await job.put(tx, _in_place(job, about, text), job.clock())


def _in_place(job: Job, about: str, text: str) -> Message:
    return Message(text, to=job.author.staff_code, about=about, edits=about, silent=True)


# --- the end of it ------------------------------------------------------------------------------

HEARING = ("received", "transcribed")
FREE = {"owner": None, "lease_until": None, "error": None}


async def _finish(job: Job, *, is_news: bool = True) -> None:
    async with job.held() as (tx, report):
        if report.state in HEARING and is_news:
            await _show(tx, job, report)
        elif report.state in HEARING:
            await reports.change(tx, report.id, state="read")
        await reports.change(tx, report.id, attempts=0, not_before=None, **FREE)


async def _show(tx: Tx, job: Job, report: Report) -> None:
    """The card of each borrower that was spoken of, answering the recording, and what was mended by saying so."""
    report, told = await said_again.take(tx, job.author, report, job.clock())
    voice = next((p for p in reversed(await reports.parts_of(tx, report.id)) if p.kind == "voice"), None)
    for one in await by_borrower(tx, job.author, report, job.clock()):
        done = await read(tx, one, job.clock())
        if done.report.text:
            card = await show(tx, job.author, done)
            reply_to = voice.message_id if voice else None
            await job.put(tx, replace(card, edits=None, reply_to=reply_to), job.clock())
        for tell in told if one.id == report.id else ():
            for message in await tell(done):
                await job.put(tx, message, job.clock())


async def _put_off(job: Job) -> None:
    async with job.held() as (tx, report):
        later = job.clock() + PAUSE * report.attempts
        await reports.change(tx, report.id, owner=None, lease_until=None, not_before=later)


async def reoffer(tx: Tx) -> int:
    """Voice messages kept because nothing could hear them are offered again; returns their number."""
    return await reports.forget_failures(tx, UNHEARD)
