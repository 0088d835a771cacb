"""Which day the visit was: the question after a late or forwarded report, and its buttons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import telegram
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler

from handlers.context import Context
from handlers.taps import Tap, tap
from records import reports
from reports import deciding, mending, went
from reports.deciding import Refused
from reports.model import local_day


async def ask(context: Context, message: telegram.Message, report_ids: Iterable[int]) -> None:
    """Ask where it is called for; never twice for one report."""
    origin = message.forward_origin
    written_on = local_day(context.staff, origin.date) if origin else None
    for report_id in report_ids:
        report = await reports.get(context.tx, report_id)
        if report is None:
            continue
        asked = await went.ask(context.tx, context.staff, report, context.now, written_on=written_on)
        if asked is not None:
            await context.say(asked)


@tap
async def on_went(_: Update, context: Context, tapped: Tap) -> None:
    report = await deciding.own(context.tx, tapped.number(0), context.staff)
    if tapped.text(1) == "earlier":
        await context.say(went.calendar(report, context.staff, context.now))
        return
    day = _day(tapped.text(1))
    if day > local_day(context.staff, context.now):
        raise Refused("unknown")
    mended = await went.set_day(context.tx, report, day, context.now)
    await context.say(*await mending.shown(context.tx, context.staff, mended))


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Refused("unknown") from None


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CallbackQueryHandler(on_went, pattern="^went(:|$)"))
