"""A card left lying, opened again from a list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler

from handlers.context import Context
from handlers.taps import Tap, tap
from reports import deciding
from reports.reading import current
from reports.showing import show


@tap
async def on_card(_: Update, context: Context, tapped: Tap) -> None:
    """Below the list, where its buttons are at hand."""
    report = await deciding.own(context.tx, tapped.number(0), context.staff)
    card = await show(context.tx, context.staff, await current(context.tx, report))
    await context.say(replace(card, edits=None))


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CallbackQueryHandler(on_card, pattern="^card(:|$)"))
