"""The route of the day: by button, by /route, by words, and anew from a location."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from handlers.context import Context
from handlers.pictures import draw_later
from portfolio.charts import Way
from prompts.catalog import say
from records import borrowers, delegations, dialogs, visits
from records.model import Borrower, Visit
from reminders.hours import hours
from reminders.route import Point, Route, route
from reminders.route_words import route_message
from reports.model import Incoming

FRESH = timedelta(minutes=15)
ASKED = "route_from"


async def on_route(update: Update, context: Context) -> None:
    """The button under /today, and the command."""
    if update.callback_query:
        context.callback_query_id = update.callback_query.id
    await show(context, _today(context))


async def show(context: Context, day: date, start: Point | None = None) -> None:
    """The list at once and the picture when it is drawn; a location sent then is where it starts."""
    way = route(await _items(context, day), start)
    await context.say(route_message(way, day, context.lang))
    if way.stops:
        if len(way.stops) > 1 or way.start:
            await draw_later(context, _picture(way), say("route.caption", context.lang, day=day))
        else:
            await context.toast()
        if start is None:
            await _wait_for_place(context, day)
    else:
        await context.toast()


async def begin_at(context: Context, said: Incoming) -> bool:
    """Whether a location answers the route just shown; it does so once."""
    if said.kind != "location" or said.latitude is None or said.longitude is None:
        return False
    waiting = await dialogs.waiting(context.tx, said.chat_id, context.now - FRESH) or {}
    if waiting.get("kind") != ASKED:
        return False
    await dialogs.clear(context.tx, said.chat_id)
    await show(context, date.fromisoformat(waiting["day"]), (said.latitude, said.longitude))
    return True


async def _wait_for_place(context: Context, day: date) -> None:
    """Unless something else is waited for, as the report on a visit."""
    chat_id = context.unit.chat_id
    waiting = await dialogs.waiting(context.tx, chat_id, context.now - timedelta(hours=12))
    if not waiting or waiting.get("kind") == ASKED:
        await dialogs.wait(context.tx, chat_id, {"kind": ASKED, "day": str(day)}, context.now)


async def _items(context: Context, day: date) -> list[tuple[Visit, Borrower]]:
    """What the person owes by that day, their own and that of those they stand in for; no team's."""
    me = context.staff.staff_code
    stand_ins = await delegations.stand_ins(context.tx, _today(context))
    mine = [me, *(owner for owner, deputy in stand_ins.items() if deputy == me)]
    found = await visits.of_staff(context.tx, mine, day)
    known = {one.borrower_code: await borrowers.get(context.tx, one.borrower_code) for one in found}
    return [(one, borrower) for one in found if (borrower := known[one.borrower_code])]


def _picture(way: Route) -> Way:
    names = tuple(stop.borrower.called for stop in way.stops)
    return Way(names, tuple(stop.point for stop in way.stops), way.start)


def _today(context: Context) -> date:
    return hours(context.staff, context.services.policies.reminders).today(context.now)


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CommandHandler("route", on_route, filters=filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(on_route, pattern="^route(:|$)"))
