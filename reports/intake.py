"""A message becomes part of a report: of the one that is open, or of a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from prompts.catalog import say
from prompts.message import Message
from records import reports, visits
from records.database import Tx
from records.model import Report, Staff
from reports import subject
from reports.hearing import heard_in
from reports.model import TOGETHER, Incoming, Subject, local_day
from reports.reading import Read, begin, read, read_words
from reports.showing import show

SMALL_TALK = 12
"""A text up to this long with no fact and no borrower is answered with a hint, not with an empty card."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What a message hangs on: the report replied to or asked to add to, the borrower or visit it is for."""

    report_id: int | None = None
    borrower_code: str | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message: the reports that it belongs to, and what to say."""

    report_ids: tuple[int, ...]
    messages: tuple[Message, ...]


async def take_text(
    tx: Tx, author: Staff, said: Incoming, *, now: datetime, thread: Thread | None = None
) -> Taken:
    """A typed report: read at once, and answered with its card, or one for each borrower it speaks of."""
    hung = thread or Thread()
    book = await subject.book(tx, author, local_day(author, now))
    taken = [await _take_piece(tx, author, said, about, hung, now) for about in book.subjects(said.text)]
    return Taken(tuple(i for t in taken for i in t.report_ids), tuple(m for t in taken for m in t.messages))


async def _take_piece(
    tx: Tx, author: Staff, said: Incoming, about: Subject, thread: Thread, now: datetime
) -> Taken:
    report = await _home(tx, author, about, thread, now)
    if report is None:
        begun = await _begun(tx, author, said, about, thread)
        done = await begin(tx, begun, said.part(0, about.text), now)
        if _is_small_talk(done):
            return await _small_talk(tx, author, done)
        messages = []
    else:
        if not await reports.add_part(tx, said.part(report.id, about.text)):
            return Taken((report.id,), ())
        done = await read(tx, report, now)
        is_new = bool(read_words(about.text, done.report.reported_on).facts)
        messages = [_added(done, author, is_new)]
    card = await show(tx, author, done, candidates=about.candidates)
    return Taken((done.report.id,), (*messages, card))


async def _small_talk(tx: Tx, author: Staff, done: Read) -> Taken:
    await reports.change(tx, done.report.id, state="void", failure="small_talk")
    words = "reports.small_talk" if author.role == "account_manager" else "handlers.not_understood"
    return Taken((done.report.id,), (Message(say(words, author.language), to=author.staff_code),))


async def take_file(
    tx: Tx, author: Staff, said: Incoming, *, now: datetime, thread: Thread | None = None
) -> Taken:
    """A voice message, picture, file or place: kept at once, worked on later."""
    book = await subject.book(tx, author, local_day(author, now))
    about = book.subject(said.text) if said.text else Subject()
    hung = thread or Thread()
    open_one = await _home(tx, author, about, hung, now)
    is_new = open_one is None
    report = open_one or await reports.create(tx, **await _begun(tx, author, said, about, hung))
    if not await _keep(tx, said, report):
        return Taken((report.id,), ())
    done = await read(tx, report, now)
    if said.failure:
        return await _unusable(tx, author, said, done)
    messages = [_kept(done, said, author)] if said.kind == "voice" or not is_new else []
    if said.kind != "voice":
        messages.append(await show(tx, author, done, candidates=about.candidates))
    return Taken((report.id,), tuple(messages))


async def _keep(tx: Tx, said: Incoming, report: Report) -> bool:
    """A voice message's caption is a part of its own, under a number that no message has: its words are no sound."""
    if said.kind == "voice" and said.text:
        caption = replace(said, kind="text", message_id=-said.message_id, file_id=None, failure=None)
        await reports.add_part(tx, caption.part(report.id))
        return await reports.add_part(tx, said.part(report.id, ""))
    return await reports.add_part(tx, said.part(report.id))


async def _unusable(tx: Tx, author: Staff, said: Incoming, done: Read) -> Taken:
    """Noted and said; a report that has nothing else is none."""
    if len(done.parts) == 1 and not done.report.text:
        await reports.change(tx, done.report.id, state="void", failure=said.failure)
    words = say(f"reports.file_{said.failure}", author.language, kind=said.kind)
    return Taken((done.report.id,), (Message(words, to=author.staff_code, reply_to=said.message_id),))


async def _home(tx: Tx, author: Staff, about: Subject, thread: Thread, now: datetime) -> Report | None:
    """The open report that the message belongs to, with the borrower that it names; None where a new one begins."""
    found = await _open_home(tx, author, about, thread, now)
    if found and found.borrower_code is None and about.borrower:
        return await reports.change(tx, found.id, borrower_code=about.borrower.borrower_code)
    return found


async def _open_home(tx: Tx, author: Staff, about: Subject, thread: Thread, now: datetime) -> Report | None:
    """The thread's report first, then the newest of the last hours that the words don't speak against."""
    code = about.borrower.borrower_code if about.borrower else None
    opened = await reports.open_of(tx, author.staff_code, now - TOGETHER, borrower_code=code)
    if thread.report_id is not None:
        wanted = await reports.get(tx, thread.report_id)
        if wanted and wanted.state in reports.OPEN and _fits(wanted, about):
            return wanted
    if thread.visit_id is not None:
        opened = [report for report in opened if report.visit_id == thread.visit_id]
    elif thread.borrower_code is not None:
        opened = [report for report in opened if report.borrower_code == thread.borrower_code]
    return next((report for report in opened if _fits(report, about)), None)


def _fits(report: Report, about: Subject) -> bool:
    """A report without a borrower takes words that name one only while it has no words of its own."""
    if report.borrower_code is None:
        return not report.text or not (about.borrower or about.candidates or about.is_stranger)
    return about.may_be(report.borrower_code)


async def _begun(tx: Tx, author: Staff, said: Incoming, about: Subject, thread: Thread) -> dict[str, Any]:
    """The fields of a new report before anything is read."""
    code, visit_id = await _borrower_of(tx, about, thread)
    return {
        "author": author.staff_code,
        "borrower_code": code,
        "visit_id": visit_id,
        "loan_no": await _loan_of(tx, visit_id),
        "state": "received",
        "reported_on": local_day(author, said.sent_at),
        "received_at": said.sent_at,
        "lang": author.language,
    }


async def _borrower_of(tx: Tx, about: Subject, thread: Thread) -> tuple[str | None, int | None]:
    """The borrower that the words name, else that of the visit or thread; the visit only where it is theirs."""
    visit = await visits.get(tx, thread.visit_id) if thread.visit_id else None
    hung = visit.borrower_code if visit else thread.borrower_code
    if about.borrower:
        code = about.borrower.borrower_code
        return code, visit.id if visit and visit.borrower_code == code else None
    if about.candidates and not about.may_be(hung):
        return None, None
    guessed = about.guess.borrower_code if about.guess else None
    return hung or guessed, visit.id if visit else None


async def _loan_of(tx: Tx, visit_id: int | None) -> str | None:
    visit = await visits.get(tx, visit_id) if visit_id else None
    return visit.loan_no if visit else None


def _is_small_talk(done: Read) -> bool:
    no_home = done.report.borrower_code is None and done.report.visit_id is None
    return no_home and not done.facts and len(done.report.text.strip()) <= SMALL_TALK


def _added(done: Read, author: Staff, is_new: bool) -> Message:
    return Message(
        say("reports.added" if is_new else "reports.added_nothing", author.language),
        to=author.staff_code,
        about=f"report:{done.report.id}",
    )


def _kept(done: Read, said: Incoming, author: Staff) -> Message:
    """Said once for an album."""
    report_id = done.report.id
    about = heard_in(report_id, said.message_id) if said.kind == "voice" else f"report:{report_id}"
    return Message(
        say(f"reports.kept.{said.kind}", author.language),
        to=author.staff_code,
        key=f"kept:{said.chat_id}:{said.album}:{report_id}" if said.album else None,
        about=about,
        reply_to=said.message_id,
    )


async def edit_text(
    tx: Tx, author: Staff, chat_id: int, message_id: int, text: str, *, now: datetime
) -> Taken | None:
    """The author changed a message: an open report is read anew; None where no report holds the message."""
    parts = await reports.parts_of_message(tx, chat_id, message_id)
    if not parts:
        return None
    held = await reports.hold(tx, parts[0].report_id)
    if held is None or held.state == "void":
        return None
    if len(parts) > 1 or held.state not in reports.OPEN:
        words = say("reports.edit_too_late", author.language)
        return Taken((held.id,), (Message(words, to=author.staff_code),))
    if parts[0].text == text or parts[0].kind == "voice":
        return Taken((held.id,), ())
    await reports.change_part(tx, parts[0].id, text=text)
    done = await read(tx, held, now)
    return Taken((held.id,), (await show(tx, author, done),))
