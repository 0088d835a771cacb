"""/help and /language, and what is said to a text that nobody understood."""

from __future__ import annotations

from telegram import Update

from handlers.context import Context
from handlers.taps import Tap, tap
from prompts.catalog import LANGUAGES, label, language, say
from prompts.message import Button, Message
from records import people
from reports.deciding import Refused


async def on_help(_update: Update, context: Context) -> None:
    await context.say(Message(say("handlers.help", context.lang, role=context.staff.role)))


async def on_language(update: Update, context: Context) -> None:
    """`/language en` changes it; without a language there is a button for each."""
    words = (update.effective_message.text or "").split() if update.effective_message else []
    if len(words) > 1:
        await _speak(context, language(words[1]))
        return
    buttons = tuple(Button(label("language", lang, lang), "language", (lang,)) for lang in LANGUAGES)
    await context.say(Message(say("handlers.which_language", context.lang), (buttons,)))


@tap
async def on_language_tap(_update: Update, context: Context, tapped: Tap) -> None:
    if tapped.text(0) not in LANGUAGES:
        raise Refused("unknown")
    await _speak(context, tapped.text(0))


async def on_unknown_command(_update: Update, context: Context) -> None:
    await context.say(Message(say("handlers.unknown_command", context.lang)))


async def _speak(context: Context, lang: str) -> None:
    await people.change(context.tx, context.staff.staff_code, language=lang)
    await context.say(Message(say("handlers.language_changed", lang)))
