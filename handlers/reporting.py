"""What people write, say and show: an answer to what was asked, a mend, a question, or a report."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import telegram
from telegram import Update

from facts.subject import names_of
from handlers import asking, cases, listening, managing, requesting, route, visits, went
from handlers.context import Context
from handlers.incoming import clean, incoming
from prompts.catalog import say
from prompts.message import Message
from records import cases as cases_kept
from records import dialogs, outbox, reports
from reports import deciding, intake, retelling, subject
from reports.intake import Thread
from reports.model import Incoming, local_day
from reports.reading import read_words

PLAINLY_A_REPORT = 2
"""A text with this many facts is no question."""
ANSWER_LENGTH = 40
VISIT_REPORT = ("report", "report_visit")
VISIT_TALK = ("visit", "later", "move", "tried", "off_why")  # subjects that are a planned visit
FORGET = timedelta(hours=12)
WAITING: dict[str, Callable[[Update, Context, dict[str, Any]], Awaitable[None]]] = {
    **visits.WAITING,
    **cases.WAITING,
    **listening.WAITING,
}
"""What other rooms' questions wait for, by the dialog's kind."""


async def on_text(update: Update, context: Context) -> None:
    message = update.effective_message
    said = incoming(message, context.now) if message else None
    if message is None or said is None:
        return
    if await _known(context, said) or await _answers(update, context, said):
        return
    thread = await thread_of(message, context)
    if await listening.try_correct(message, context, said, thread, asked=True):
        return
    if await managing.try_mend(context, said, thread):
        return
    if await listening.try_correct(message, context, said, thread):
        return
    if not await _is_question(update, context, said, thread):
        await went.ask(context, message, await _report(context, said, thread))


async def on_file(update: Update, context: Context) -> None:
    """Voice, photo, document or place."""
    message = update.effective_message
    said = incoming(message, context.now) if message else None
    if message is None or said is None or await _known(context, said) or await route.begin_at(context, said):
        return
    thread, answer = await thread_of(message, context), None
    if said.kind == "voice":
        thread, answer = await listening.awaited(message, context, thread)
    context.unit.has_work = True
    taken = await intake.take_file(context.tx, context.staff, said, now=context.now, thread=thread)
    if answer and taken.report_ids:
        await retelling.note_answer(context.tx, taken.report_ids[0], said, answer)
    await context.say(*taken.messages)
    await went.ask(context, message, taken.report_ids)
    if said.kind == "voice" and said.failure is None:
        context.unit.after.append(lambda: _typing(context, said.chat_id))


async def on_edited(update: Update, context: Context) -> None:
    message = update.edited_message
    words = clean(message.text or message.caption) if message else ""
    if message is None or not words or words.startswith("/"):
        return
    taken = await intake.edit_text(
        context.tx, context.staff, message.chat_id, message.message_id, words, now=context.now
    )
    if taken is None and message.text:
        await on_text(update, context)
    elif taken:
        await context.say(*taken.messages)


async def on_other(update: Update, context: Context) -> None:
    """Stickers, polls, videos and the like: what is taken is said, nothing is kept."""
    message = update.effective_message
    key = f"other:{message.chat_id}:{message.media_group_id}" if message and message.media_group_id else None
    await context.say(Message(say("handlers.not_taken", context.lang), key=key))


async def thread_of(message: telegram.Message, context: Context) -> Thread:
    """What the message hangs on: what it replies to, else what the bot waits for in this chat."""
    if message.reply_to_message:
        hung = await _replied(message.chat_id, message.reply_to_message.message_id, context)
        if hung:
            return hung
    waiting = await dialogs.waiting(context.tx, message.chat_id, context.now - FORGET) or {}
    if waiting.get("kind") == "add":
        await dialogs.clear(context.tx, message.chat_id)
        return Thread(report_id=waiting.get("report_id"))
    if waiting.get("kind") in VISIT_REPORT:
        return Thread(visit_id=waiting.get("visit_id"))
    return Thread()


async def _replied(chat_id: int, message_id: int, context: Context) -> Thread | None:
    about = await outbox.about_message(context.tx, chat_id, message_id)
    kind, number, *_ = *(about or "").split(":"), ""
    if kind in ("card", "report", "mend") and number.isdigit():
        return await _thread_to(int(number), context)
    if kind in VISIT_TALK and number.isdigit():
        return Thread(visit_id=int(number))
    if kind == "case" and number.isdigit():
        case = await cases_kept.get(context.tx, int(number))
        return Thread(borrower_code=case.borrower_code) if case else None
    parts = await reports.parts_of_message(context.tx, chat_id, message_id)
    return await _thread_to(parts[0].report_id, context) if parts else None


async def _thread_to(report_id: int, context: Context) -> Thread | None:
    """An open report takes the words; a confirmed one lends its borrower to a new report."""
    report = await reports.get(context.tx, report_id)
    if report is None or report.author != context.staff.staff_code:
        return None
    if report.state in reports.OPEN:
        return Thread(report_id=report.id, borrower_code=report.borrower_code)
    return Thread(borrower_code=report.borrower_code)


async def _known(context: Context, said: Incoming) -> bool:
    """An update that comes a second time has had its effect."""
    return bool(await reports.parts_of_message(context.tx, said.chat_id, said.message_id))


async def _answers(update: Update, context: Context, said: Incoming) -> bool:
    waiting = await dialogs.waiting(context.tx, said.chat_id, context.now - FORGET)
    if waiting and await managing.try_answer(context, said, waiting):
        return True
    kind = (waiting or {}).get("kind", "")
    if (
        waiting
        and kind in WAITING
        and not (kind in visits.WAITING and await _is_plainly_a_report(context, said))
    ):
        await WAITING[kind](update, context, waiting)
        return True
    return len(said.text) <= ANSWER_LENGTH and await _names_borrower(context, said)


async def _names_borrower(context: Context, said: Incoming) -> bool:
    """A bare name or code answers the question whose the newest report is."""
    since = context.now - FORGET
    opened = await reports.open_of(context.tx, context.staff.staff_code, since=since)
    asking = next((report for report in opened if report.borrower_code is None), None)
    if asking is None or read_words(said.text, asking.reported_on).facts:
        return False
    book = await subject.book(context.tx, context.staff, local_day(context.staff, context.now))
    about = book.subject(said.text)
    if about.borrower is None:
        return False
    code = about.borrower.borrower_code
    done = await deciding.choose(context.tx, asking.id, code, context.staff, context.now)
    await context.say(*await managing.chosen(context, done))
    return True


async def _is_question(update: Update, context: Context, said: Incoming, thread: Thread) -> bool:
    if thread.report_id is not None:
        return False
    if await _is_plainly_a_report(context, said) and not said.text.rstrip().endswith(("?", "\uff1f")):
        return False
    return await requesting.try_request(update, context) or await asking.try_answer(update, context)


async def _is_plainly_a_report(context: Context, said: Incoming) -> bool:
    """Read with the firm's names as the report will be, so that the words are read once."""
    about = (await subject.book(context.tx, context.staff, local_day(context.staff, context.now))).subject(
        said.text
    )
    names = names_of(about.borrower.name, about.borrower.short_name) if about.borrower else ()
    facts = read_words(said.text, local_day(context.staff, said.sent_at), names).facts
    said_of = {
        fact.field.partition(".")[0] for fact in facts
    }  # 谁拖欠工资 is a level and a signal, and one thing
    return len(said_of) >= PLAINLY_A_REPORT


async def _report(context: Context, said: Incoming, thread: Thread) -> Sequence[int]:
    taken = await intake.take_text(context.tx, context.staff, said, now=context.now, thread=thread)
    await context.say(*taken.messages)
    await _visit_begun(context, said, thread, taken.report_ids)
    return taken.report_ids


async def _visit_begun(context: Context, said: Incoming, thread: Thread, report_ids: Any) -> None:
    """The report that a visit's button asked for has begun: what follows finds it open."""
    for report_id in report_ids if thread.visit_id else ():
        report = await reports.get(context.tx, report_id)
        if report and report.visit_id == thread.visit_id:
            await dialogs.clear(context.tx, said.chat_id)


async def _typing(context: Context, chat_id: int) -> None:
    await context.bot.send_chat_action(chat_id, "typing")
