"""What was answered as a question and was meant as a report: nothing told is lost for a word of asking in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import telegram
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler

from handlers.context import Context
from handlers.incoming import incoming
from handlers.taps import Tap, tap
from portfolio import shape
from prompts.catalog import say
from prompts.message import Button, Message
from records import inbox, reports
from reports import intake


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CallbackQueryHandler(on_meant, pattern="^meant(:|$)"))


def offered(messages: Sequence[Message], text: str, update_id: int, lang: str) -> list[Message]:
    """An answer, with a button to take the words as a report where they tell as well as ask."""
    if not messages or not shape.may_tell(shape.fold(text)):
        return list(messages)
    button = Button(say("handlers.meant_as_report", lang), "meant", (str(update_id),))
    last = messages[-1]
    return [*messages[:-1], replace(last, buttons=(*last.buttons, (button,)))]


@tap
async def on_meant(_update: Update, context: Context, tapped: Tap) -> None:
    """Take the words of an earlier update as a report, as if they had come now."""
    kept = await inbox.get(context.tx, tapped.number(0))
    if kept is None or kept.chat_id != context.unit.chat_id:
        await context.toast(say("handlers.too_old", context.lang))
        return
    message = telegram.Message.de_json(dict(kept.payload["message"]), context.bot)
    said = incoming(message, context.now)
    if said is None or await reports.parts_of_message(context.tx, said.chat_id, said.message_id):
        await context.toast(say("handlers.is_report", context.lang))
        return
    taken = await intake.take_text(context.tx, context.staff, said, now=context.now)
    await context.say(*taken.messages)
