"""Long work on a report, by its own state: fetch what was sent, hear what was said, read, show the card.

Everything that is written goes through `records.reports.held`: a worker whose lease another has taken over
changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from prompts.catalog import say
from prompts.message import Message
from records import audit, media, people, reports
from records.database import Database, Tx
from records.model import Part, Report, Staff
from reports import subject
from reports.hearing import hear, heard_in
from reports.look import look
from reports.model import local_day
from reports.reading import is_waiting, read
from reports.showing import show
from reports.spoken import by_borrower
from transcripts.model import Hints, Progress, Segment, Transcript

ATTEMPTS = 5
PAUSE = timedelta(seconds=20)
MIMES = {"voice": "audio/ogg", "photo": "image/jpeg"}
Fetch = Callable[[str], Awaitable[bytes]]
Put = Callable[[Tx, Message, datetime], Awaitable[Any]]


class Lost(Exception):
    """Another worker has taken the report over."""


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
class Job:
    """One report in one worker's hands."""

    database: Database
    report_id: int
    owner: str
    attempt: int
    author: Staff
    fetch: Fetch
    transcriber: Any
    clock: Callable[[], datetime]
    put: Put

    @asynccontextmanager
    async def held(self) -> AsyncIterator[tuple[Tx, Report]]:
        async with self.database.begin() as tx:
            report = await reports.held(tx, self.report_id, self.owner, self.attempt)
            if report is None:
                raise Lost(self.report_id)
            yield tx, report

    async def tell(self, tx: Tx, words: str, key: str, edits: str | None = None, **values: Any) -> None:
        """Say it to the author, once for each key; in place of the message about `edits` if there is one."""
        text = say(words, self.author.language, **values)
        about = edits or f"report:{self.report_id}"
        message = Message(text, to=self.author.staff_code, key=key, about=about, edits=edits)
        await self.put(tx, message, self.clock())


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
        report = await reports.get(tx, report_id)
        author = await people.by_code(tx, report.author) if report else None
    if report is None or author is None or report.owner != owner:
        return
    job = Job(database, report_id, owner, report.attempts, author, fetch, transcriber, clock, put)
    try:
        await _carry(job)
    except Lost:
        return


async def _carry(job: Job) -> None:
    is_fetched = [await _fetched(job, part) for part in await _parts(job)]
    is_heard = [await _heard(job, part) for part in await _parts(job) if is_waiting(part) and part.sha256]
    if all(is_fetched) and all(is_heard):
        await _finish(job)
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
        await job.tell(tx, f"reports.file_{failure}", f"file:{part.id}", kind=part.kind)


# --- sound --------------------------------------------------------------------------------------


async def _heard(job: Job, part: Part) -> bool:
    """Whether nothing more is to be heard in the part."""
    async with job.database.read() as tx:
        content = await media.content(tx, part.sha256 or "") or b""
        report = await reports.get(tx, job.report_id)
        hints = await _hints(tx, job)
    before = (report.transcript if report else None) or {}
    done = tuple(Segment.from_json(one) for one in (before.get("partial") or {}).get(str(part.id), ()))
    outcome = await hear(job.transcriber, content, hints, done, lambda news: _progress(job, part, news))
    if outcome.again and job.attempt < ATTEMPTS:
        return False
    async with job.held() as (tx, held):
        await _write(tx, job, part, held, outcome.transcript, outcome.failure)
        if outcome.words:
            why = {"why": say(f"reports.why.{outcome.why}", job.author.language)} if outcome.why else {}
            edits = heard_in(part.report_id, part.message_id) if outcome.failure == "unheard" else None
            await job.tell(tx, f"reports.{outcome.words}", f"unheard:{part.id}:{outcome.words}", edits, **why)
    return True


async def _write(
    tx: Tx, job: Job, part: Part, report: Report, transcript: Transcript | None, failure: str | None
) -> None:
    """The transcript beside those of other parts; a caption stays before what was said."""
    kept = dict(report.transcript or {})
    partial = {key: value for key, value in (kept.get("partial") or {}).items() if key != str(part.id)}
    heard = {**(kept.get("parts") or {}), **({str(part.id): transcript.to_json()} if transcript else {})}
    text = transcript.text if transcript else ""
    await reports.change_part(tx, part.id, text=text, failure=failure)
    state = {"state": "transcribed"} if text and report.state in reports.OPEN else {}
    await reports.change(tx, report.id, transcript={"parts": heard, "partial": partial}, **state)
    if text:
        detail = {"part": part.id, "sha256": part.sha256, "engine": transcript.engine if transcript else ""}
        await audit.record(tx, job.clock(), report.author, "report.heard", f"report:{report.id}", detail)


async def _hints(tx: Tx, job: Job) -> Hints:
    """Names of the author's own book, those reported on last first."""
    day = local_day(job.author, job.clock())
    borrowers = (await subject.book(tx, job.author, day)).borrowers
    recent = [
        code for code in await reports.recent_borrowers(tx, job.author.staff_code, 20) if code in borrowers
    ]
    order = [*recent, *(code for code in borrowers if code not in recent)]
    names = [
        name for code in order for name in (borrowers[code].called, borrowers[code].contact_name) if name
    ]
    return Hints(names=tuple(dict.fromkeys(names)))


async def _progress(job: Job, part: Part, news: Progress) -> None:
    """Pieces heard so far are kept: a restart goes on after them."""
    if not news.segments:
        return
    async with job.held() as (tx, report):
        kept = dict(report.transcript or {})
        partial = {**(kept.get("partial") or {}), str(part.id): [one.to_json() for one in news.segments]}
        await reports.change(tx, report.id, transcript={**kept, "partial": partial})
        if news.total and news.total > LONG_SECONDS:
            await job.put(tx, _how_far(job, part, news), job.clock())


LONG_SECONDS = 60


def _how_far(job: Job, part: Part, news: Progress) -> Message:
    percent = round(100 * news.done / (news.total or 1))
    text = say("reports.how_far", job.author.language, percent=min(percent, 100))
    about = heard_in(part.report_id, part.message_id)
    return Message(text, to=job.author.staff_code, about=about, edits=about, silent=True)


# --- the end of it ------------------------------------------------------------------------------

HEARING = ("received", "transcribed")
FREE = {"owner": None, "lease_until": None, "error": None}


async def _finish(job: Job) -> None:
    async with job.held() as (tx, report):
        if report.state in HEARING:
            for one in await by_borrower(tx, job.author, report, job.clock()):
                done = await read(tx, one, job.clock())
                if done.report.text:
                    card = await show(tx, job.author, done)
                    await job.put(tx, replace(card, edits=None), job.clock())
        await reports.change(tx, report.id, attempts=0, not_before=None, **FREE)


async def _put_off(job: Job) -> None:
    async with job.held() as (tx, report):
        later = job.clock() + PAUSE * report.attempts
        await reports.change(tx, report.id, owner=None, lease_until=None, not_before=later)


async def reoffer(tx: Tx) -> int:
    """Voice messages kept because nothing could hear them are offered again; returns their number."""
    return await reports.forget_failures(tx, "unheard")
