"""Mending an open card by talking or tapping, adding to it, taking a mend back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update

from handlers.context import Context
from handlers.taps import Tap, tap
from prompts.catalog import label, say
from prompts.message import Message
from records import dialogs, reports
from records.model import Report
from reports import deciding, mending, subject
from reports.deciding import Refused
from reports.intake import Thread
from reports.mending import Mended, Unclear
from reports.model import TOGETHER, Incoming, local_day
from reports.reading import Read
from reports.showing import show


@tap
async def on_mend(_update: Update, context: Context, tapped: Tap) -> None:
    report = await deciding.own(context.tx, tapped.number(0), context.staff, tapped.number(1))
    await _wait(context, report, kind="mend")
    await context.say(await mending.offer(context.tx, context.staff, report))


@tap
async def on_fact(_update: Update, context: Context, tapped: Tap) -> None:
    """The fact that is wrong; or the one that was meant, where the new value was said before."""
    report = await deciding.own(context.tx, tapped.number(0), context.staff, tapped.number(1))
    position = tapped.number(2)
    waiting = await dialogs.waiting(context.tx, context.unit.chat_id) or {}
    if waiting.get("kind") == "which" and waiting.get("version") == report.version:
        mended = await mending.mend_fact(context.tx, report, position, str(waiting["words"]), context.now)
        if mended is not None:
            await _say_mended(context, mended)
            return
    message = await mending.offer_fact(context.tx, context.staff, report, position)
    await _wait(context, report, kind="fact", position=position)
    await context.say(message)


async def _wait(context: Context, report: Report, **waiting: Any) -> None:
    values = {**waiting, "report_id": report.id, "version": report.version}
    await dialogs.wait(context.tx, context.unit.chat_id, values, context.now)


async def _say_mended(context: Context, mended: Mended) -> None:
    await dialogs.clear(context.tx, context.unit.chat_id)
    await context.say(*await mending.shown(context.tx, context.staff, mended))


@tap
async def on_strike(_update: Update, context: Context, tapped: Tap) -> None:
    report = await deciding.own(context.tx, tapped.number(0), context.staff, tapped.number(1))
    mended = await mending.strike(context.tx, report, tapped.number(2), context.now)
    await _say_mended(context, mended)


@tap
async def on_take(_update: Update, context: Context, tapped: Tap) -> None:
    """What a model read otherwise is right."""
    report = await deciding.own(context.tx, tapped.number(0), context.staff, tapped.number(1))
    mended = await mending.take(context.tx, report, tapped.number(2), context.now)
    await _say_mended(context, mended)


@tap
async def on_undo(_update: Update, context: Context, tapped: Tap) -> None:
    report = await deciding.own(context.tx, tapped.number(0), context.staff, tapped.number(1))
    done = await mending.undo(context.tx, report, context.now)
    if done is None:
        await context.toast(say("reports.nothing_to_undo", context.lang))
        return
    await context.toast()
    told = Message(say("reports.undone", context.lang), about=f"mend:{report.id}", edits=f"mend:{report.id}")
    await context.say(told, await show(context.tx, context.staff, done))


@tap
async def on_add(_update: Update, context: Context, tapped: Tap) -> None:
    report = await deciding.own(context.tx, tapped.number(0), context.staff, tapped.number(1))
    await _wait(context, report, kind="add")
    about = f"report:{report.id}"
    await context.say(Message(say("reports.add_now", context.lang), about=about))


async def try_answer(context: Context, said: Incoming, waiting: Mapping[str, Any]) -> bool:
    """Whether the words answer what a tap on mend or on a fact asked for."""
    if waiting.get("kind") not in ("fact", "mend", "which"):
        return False
    report = await reports.hold(context.tx, int(waiting.get("report_id", 0)))
    if report is None or report.state not in reports.OPEN:
        await dialogs.clear(context.tx, said.chat_id)
        return False
    if waiting["kind"] == "fact" and waiting.get("version") == report.version:
        return await _new_value(context, said, report, int(waiting["position"]))
    return await _mended(context, said, report)


async def _new_value(context: Context, said: Incoming, report: Report, position: int) -> bool:
    try:
        fact = await mending.fact_at(context.tx, report, position)
    except Refused:
        return False
    mended = await mending.mend_fact(context.tx, report, position, said.text, context.now)
    if mended is None:
        name = label("field", fact.field, context.lang)
        await context.say(Message(say("reports.not_understood", context.lang, name=name)))
        return True
    await _say_mended(context, mended)
    return True


async def try_mend(context: Context, said: Incoming, thread: Thread) -> bool:
    """Whether the words mend the card replied to, else the newest open one."""
    report = await _open_card(context, thread)
    if report is None or await _is_of_another(context, said, report):
        return False
    return await _mended(context, said, report)


async def _mended(context: Context, said: Incoming, report: Report) -> bool:
    mended = await mending.mend(context.tx, report, said.text, context.now)
    if mended is None:
        return False
    if isinstance(mended, Unclear):
        await _wait(context, report, kind="which", words=said.text)
        await context.say(await mending.offer(context.tx, context.staff, report, mended.positions))
        return True
    await _say_mended(context, mended)
    return True


async def _is_of_another(context: Context, said: Incoming, report: Report) -> bool:
    """Words that name another borrower are no mend of this card."""
    book = await subject.book(context.tx, context.staff, local_day(context.staff, context.now))
    return not book.subject(said.text).may_be(report.borrower_code)


async def _open_card(context: Context, thread: Thread) -> Report | None:
    if thread.report_id is not None:
        report = await reports.hold(context.tx, thread.report_id)
        return report if report and report.state in reports.OPEN else None
    since = context.now - TOGETHER
    opened = await reports.open_of(context.tx, context.staff.staff_code, since, limit=1)
    return await reports.hold(context.tx, opened[0].id) if opened else None


async def chosen(context: Context, done: Read) -> list[Message]:
    """The card, now with its borrower."""
    return [await show(context.tx, context.staff, done)]
