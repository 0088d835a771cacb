"""Questions in the chat: /borrower, /ask and plain words; the buttons that lead further."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from handlers import mistaken
from handlers.context import Context
from handlers.incoming import clean
from handlers.pictures import draw_later
from handlers.taps import Tap, tap
from portfolio import charts, sources
from portfolio.answers import Answer, answer, respond
from portfolio.asking import local_day
from portfolio.questions import Question
from prompts.catalog import say
from prompts.message import Message
from records import owed

NEW = filters.UpdateType.MESSAGE
LINES = 10


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CommandHandler("borrower", on_borrower, filters=NEW))
    application.add_handler(CommandHandler("ask", on_ask, filters=NEW))
    for action, handle in TAPS.items():
        application.add_handler(CallbackQueryHandler(handle, pattern=f"^{action}(:|$)"))


async def try_answer(update: Update, context: Context) -> bool:
    """Answer the message if it is a question; False leaves it to whoever takes reports."""
    message = update.effective_message
    found = await _answer(context, clean(message.text if message else ""))
    if found is None:
        return False
    await context.say(*mistaken.offered(found.messages, found.question.text, update.update_id, context.lang))
    return True


async def on_borrower(update: Update, context: Context) -> None:
    """`/borrower NAME`: how it stands."""
    name = _words_after(update)
    if not name:
        await context.say(Message(say("portfolio.borrower_what", context.lang)))
        return
    found = await _answer(context, name, lang=context.lang)
    if found is None or found.question.intent not in ("status", "which"):
        found = await _respond(context, Question("not_found", name, context.lang, unknown=name))
    await context.say(*found.messages)


async def on_ask(update: Update, context: Context) -> None:
    """`/ask …`: answered even where the words alone would be taken for a report."""
    text = _words_after(update)
    if not text:
        await context.say(Message(say("portfolio.ask_what", context.lang)))
        return
    found = await _answer(context, text)
    found = found or await _respond(context, Question("none", text, context.lang))
    await context.say(*found.messages)


@tap
async def on_source(_: Update, context: Context, tapped: Tap) -> None:
    """The report that an answer rests on."""
    shown = await sources.show(context.tx, context.staff, tapped.number(0), context.now)
    await context.say(shown or Message(say("portfolio.no_report", context.lang)))


@tap
async def on_more(_: Update, context: Context, tapped: Tap) -> None:
    """The next lines of an earlier answer, as the records are now."""
    text = await owed.question(context.tx, context.staff.staff_code, tapped.number(0))
    found = await _answer(context, text, tapped.number(1)) if text else None
    await context.say(*(found.messages if found else (Message(say("portfolio.none", context.lang)),)))


@tap
async def on_chosen(_: Update, context: Context, tapped: Tap) -> None:
    """One of the borrowers that a name may have meant."""
    code = tapped.text(0)
    found = await _respond(context, Question("status", code, context.lang, borrowers=(code,)))
    await context.say(*found.messages)


@tap
async def on_chart(_: Update, context: Context, tapped: Tap) -> None:
    """A borrower's course as a picture; drawn when the transaction is over, since it takes a while."""
    on = local_day(context.staff, context.now)
    course = await charts.course(context.tx, context.staff, on, tapped.text(0))
    if course is None:
        await context.say(Message(say("portfolio.no_chart", context.lang)))
        return
    await draw_later(context, course, say("portfolio.chart", context.lang, name=course.name))


@tap
async def on_heat(_: Update, context: Context, _tapped: Tap) -> None:
    """The book in scope as a heat map."""
    found = await charts.heat(context.tx, context.staff, local_day(context.staff, context.now))
    if found is None:
        await context.say(Message(say("portfolio.no_chart", context.lang)))
        return
    await draw_later(context, found, say("portfolio.heat_caption", context.lang))


TAPS: Mapping[str, Any] = {
    "source": on_source,
    "more": on_more,
    "borrower": on_chosen,
    "chart": on_chart,
    "heat": on_heat,
}


async def _answer(context: Context, text: str, offset: int = 0, lang: str = "") -> Answer | None:
    put = {"now": context.now, "limit": LINES, "offset": offset, "lang": lang}
    return await answer(context.tx, text, context.staff, **put)


async def _respond(context: Context, question: Question) -> Answer:
    return await respond(context.tx, question, context.staff, now=context.now, limit=LINES)


def _words_after(update: Update) -> str:
    message = update.effective_message
    _, _, words = clean(message.text if message else "").partition(" ")
    return words.strip()
