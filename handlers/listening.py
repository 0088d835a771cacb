"""Hearing a recording again, and correcting what was heard: in writing, or by saying it again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import telegram
from telegram import Update

from handlers.context import Context
from handlers.incoming import incoming
from handlers.taps import Tap, tap
from prompts.catalog import say
from prompts.message import Message
from records import dialogs, reports
from records.model import Report
from reports import deciding, mending, replaying, retelling, subject
from reports.deciding import Refused
from reports.intake import Thread
from reports.model import TOGETHER, Incoming, local_day

FORGET = timedelta(hours=12)
Answer = dict[str, Any]


@tap
async def on_listen(_update: Update, context: Context, tapped: Tap) -> None:
    report = await reports.get(context.tx, tapped.number(0))
    if report is None or report.author != context.staff.staff_code:
        raise Refused("unknown" if report is None else "not_yours")
    await context.say(*await replaying.recordings(context.tx, context.staff, report))


@tap
async def on_retype(_update: Update, context: Context, tapped: Tap) -> None:
    report = await deciding.own(context.tx, tapped.number(0), context.staff)
    parts = await reports.parts_of(context.tx, report.id)
    part = next((part for part in reversed(parts) if part.kind == "voice" and part.text), None)
    if part is None:
        raise Refused("hearing")
    waiting = {"kind": "retype", "report_id": report.id, "part": part.id}
    await dialogs.wait(context.tx, context.unit.chat_id, waiting, context.now)
    await context.say(replaying.words_to_correct(context.staff, report, part))


async def on_words(update: Update, context: Context, waiting: Answer) -> None:
    """The text that a tap asked for: a mend, or other words for what was heard."""
    message = update.effective_message
    said = incoming(message, context.now) if message else None
    report = await reports.hold(context.tx, int(waiting["report_id"]))
    if said is None or report is None or report.state not in reports.OPEN:
        await dialogs.clear(context.tx, context.unit.chat_id)
        return
    parts = await reports.parts_of(context.tx, report.id)
    found = retelling.instead(parts, said.text, int(waiting["part"]))
    if found is None:
        await _mend_instead(context, report, said)
        return
    await dialogs.clear(context.tx, context.unit.chat_id)
    await context.say(*await retelling.typed(context.tx, context.staff, report, found, said, context.now))


async def _mend_instead(context: Context, report: Report, said: Incoming) -> None:
    mended = await mending.mend(context.tx, report, said.text, context.now)
    if not isinstance(mended, mending.Mended):
        await context.say(Message(say("transcripts.retype_which", context.lang)))
        return
    await dialogs.clear(context.tx, context.unit.chat_id)
    await context.say(*await mending.shown(context.tx, context.staff, mended))


WAITING: dict[str, Callable[[Update, Context, Answer], Awaitable[None]]] = {"retype": on_words}


async def try_correct(
    message: telegram.Message, context: Context, said: Incoming, thread: Thread, *, asked: bool = False
) -> bool:
    """Whether the text is other words for what was heard: a sentence of it in a reply, else nearly all of it.

    With `asked` only a reply to the recording itself is looked at, and none that begins as a mend does.
    """
    if asked and (not on_recording(message) or retelling.is_mending(said.text)):
        return False
    report = await _open_report(context, thread)
    if report is None or not report.transcript or await _is_of_another(context, said, report):
        return False
    parts = await reports.parts_of(context.tx, report.id)
    hung = message.reply_to_message is not None and thread.report_id is not None
    found = (
        retelling.find(parts, said.text, alike=retelling.REPLIED)
        if hung
        else retelling.find_whole(parts, said.text)
    )
    if found is None:
        return False
    await context.say(*await retelling.typed(context.tx, context.staff, report, found, said, context.now))
    return True


def on_recording(message: telegram.Message) -> bool:
    """Whether it is a reply to a voice message."""
    replied = message.reply_to_message
    return bool(replied and (replied.voice or replied.audio))


async def awaited(
    message: telegram.Message, context: Context, thread: Thread
) -> tuple[Thread, Answer | None]:
    """For a voice message: the report that it answers, and what it answers there."""
    waiting = await dialogs.waiting(context.tx, message.chat_id, context.now - FORGET) or {}
    kind, report_id = waiting.get("kind"), waiting.get("report_id")
    if kind in ("retype", "fact", "mend", "which") and report_id is not None:
        await dialogs.clear(context.tx, message.chat_id)
        return Thread(report_id=int(report_id)), await _answer(context, waiting)
    if message.reply_to_message and thread.report_id is not None:
        return thread, {"kind": "recording" if on_recording(message) else "mend"}
    return thread, None


async def _answer(context: Context, waiting: Answer) -> Answer | None:
    if waiting["kind"] == "retype":
        return {"kind": "retype", "part": waiting["part"]}
    report = await reports.get(context.tx, int(waiting["report_id"]))
    if waiting["kind"] != "fact" or report is None or waiting.get("version") != report.version:
        return {"kind": "mend"}
    fact = await mending.fact_at(context.tx, report, int(waiting["position"]))
    return {"kind": "fact", "field": fact.field, "value": fact.value}


async def _open_report(context: Context, thread: Thread) -> Report | None:
    if thread.report_id is None:
        since = context.now - TOGETHER
        opened = await reports.open_of(context.tx, context.staff.staff_code, since, limit=1)
        return await reports.hold(context.tx, opened[0].id) if opened else None
    report = await reports.hold(context.tx, thread.report_id)
    return report if report and report.state in reports.OPEN else None


async def _is_of_another(context: Context, said: Incoming, report: Report) -> bool:
    book = await subject.book(context.tx, context.staff, local_day(context.staff, context.now))
    return not book.subject(said.text).may_be(report.borrower_code)
