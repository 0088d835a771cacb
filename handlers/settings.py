"""/settings and plain wishes: when the digest comes, in which language, and today's route."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from handlers import route
from handlers.context import Context
from handlers.incoming import clean
from handlers.taps import Tap, tap
from prompts.catalog import say
from prompts.message import Message
from records import audit
from reminders.choices import DIGESTS, choose_digest, settings_message
from reminders.hours import hours
from reminders.wishes import wish
from reports.deciding import Refused


async def on_settings(_: Update, context: Context) -> None:
    await context.say(settings_message(context.staff, context.services.policies.reminders))


@tap
async def on_digest(_: Update, context: Context, tapped: Tap) -> None:
    if tapped.text(0) not in DIGESTS:
        raise Refused("unknown")
    await context.toast(await _choose(context, tapped.text(0)))


async def try_wish(update: Update, context: Context) -> bool:
    """Do what the sentence wishes for; False where it is something else."""
    message = update.effective_message
    today = hours(context.staff, context.services.policies.reminders).today(context.now)
    found = wish(clean(message.text if message else ""), today)
    if found is None:
        return False
    if found.what == "route" and found.day:
        await route.show(context, found.day)
    else:
        await context.say(Message(await _choose(context, found.when)))
    return True


async def _choose(context: Context, when: str) -> str:
    policy, who = context.services.policies.reminders, context.staff
    chosen = await choose_digest(context.tx, who, when, now=context.now, policy=policy)
    await audit.record(context.tx, context.now, who.staff_code, "digest.chosen", "", {"when": when})
    await context.say(settings_message(chosen, policy))
    return say(f"digests.chosen.{when}", context.lang)


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CommandHandler("settings", on_settings, filters=filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(on_digest, pattern="^digest(:|$)"))
