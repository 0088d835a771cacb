"""/policy and /calendar: the rules of the plan in words, and the plan in one's own calendar."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from handlers.context import Context
from handlers.taps import Tap, tap
from prompts.catalog import say
from prompts.message import Message
from records import feeds, policies
from reminders import feed
from reminders.telling import policy_words

NEW = filters.UpdateType.MESSAGE


async def on_policy(_: Update, context: Context) -> None:
    policy = context.services.policies.reminders
    since = await policies.since(context.tx, policy.version)
    await context.say(Message(policy_words(policy, context.lang, since.date() if since else None)))


async def on_calendar(_: Update, context: Context) -> None:
    if not context.services.door:
        await context.say(feed.no_door(context.lang))
        return
    mine = await feeds.of_staff(context.tx, context.staff.staff_code)
    await context.say(feed.state(mine, context.lang))


@tap
async def on_renew(_: Update, context: Context, _tapped: Tap) -> None:
    if not context.services.door:
        await context.say(feed.no_door(context.lang))
        return
    token = await feeds.renew(context.tx, context.staff.staff_code, context.now)
    text = feed.address(f"{context.services.door}/calendar/{token}.ics", context.lang)
    context.unit.after.append(lambda: _show(context, text))
    await context.toast()


async def _show(context: Context, text: str) -> None:
    """Past the outbox, whose rows are kept: nothing but the hash may stay with us."""
    await context.bot.send_message(
        context.unit.chat_id, text, parse_mode=ParseMode.HTML, disable_web_page_preview=True
    )


@tap
async def on_stop(_: Update, context: Context, _tapped: Tap) -> None:
    me = context.staff.staff_code
    await feeds.revoke(context.tx, me, me, context.now)
    await context.say(Message(say("calendar.stopped", context.lang)))


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CommandHandler("policy", on_policy, filters=NEW))
    application.add_handler(CommandHandler("calendar", on_calendar, filters=NEW))
    application.add_handler(CallbackQueryHandler(on_renew, pattern="^calendar_renew$"))
    application.add_handler(CallbackQueryHandler(on_stop, pattern="^calendar_stop$"))
