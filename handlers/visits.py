"""/today and /visits, and the buttons under what is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import date, timedelta
from functools import wraps
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from anomalies import assess
from anomalies.notices import notices
from handlers import asking
from handlers.context import Context
from handlers.saying import put
from prompts.catalog import label, say
from prompts.message import Attachment, Button, Message
from records import audit, borrowers, dialogs, people, planning, scope
from records.model import Borrower, Visit
from reminders import actions, feed, menus, plan, wording
from reminders import pack as packs
from reminders.hours import Hours, hours, wait_until
from reminders.ics import calendar

AHEAD = timedelta(days=30)

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
Tap = Callable[[Context, Visit, Borrower, str], Awaitable[None]]


# --- lists --------------------------------------------------------------------------------------


async def today(_: Update, context: Context) -> None:
    """What is due today or late, the latest first."""
    await _list(context, timedelta(0), "today_head", "none_today")


async def coming(_: Update, context: Context) -> None:
    await _list(context, AHEAD, "visits_head", "none_open")


async def further(update: Update, context: Context) -> None:
    """The next page of a list, as the plan is now."""
    days, at, *_ = (*_args(update, context), "0")
    head, nothing = ("visits_head", "none_open") if int(days) else ("today_head", "none_today")
    await _list(context, timedelta(int(days)), head, nothing, int(at))
    await context.toast()


async def _list(context: Context, ahead: timedelta, head: str, nothing: str, at: int = 0) -> None:
    items = await _items(context, ahead)
    if not items[at:]:
        await context.say(Message(say(f"reminders.{nothing}", context.lang)))
        return
    message = await _page(context, items, ahead, f"reminders.{head}", at)
    keep = Button(say("reminders.button.ics", context.lang), "ics", ("0",))
    way = Button(say("route.button", context.lang), "route", ("0",))
    own = not ahead and context.staff.role == "account_manager"
    last = (_more(context, ahead, len(items), at), (way, keep) if own else (keep,))
    await context.say(replace(message, buttons=(*message.buttons, *(row for row in last if row))))


async def _page(
    context: Context, items: list[tuple[Visit, Borrower]], ahead: timedelta, head: str, at: int
) -> Message:
    """What one has to do today has its buttons in the list; what comes later, and a team's, is opened by number."""
    today, me = my_hours(context).today(context.now), context.staff.staff_code
    others = {visit.staff_code for visit, _ in items} - {me}
    if not ahead and not others and len(items) <= wording.LISTED:
        return wording.several(items, today, context.lang, head=head)
    whose = {code: one.name for code, one in (await planning.staff_of(context.tx, others)).items()}
    return wording.listed(items, today, context.lang, head, at=at, whose=whose)


def _more(context: Context, ahead: timedelta, count: int, at: int) -> tuple[Button, ...]:
    then = at + wording.LISTED
    if count <= then:
        return ()
    args = (str(ahead.days), str(then))
    return (Button(say("reminders.button.further", context.lang, count=count - then), "further", args),)


async def _items(context: Context, ahead: timedelta) -> list[tuple[Visit, Borrower]]:
    return await feed.plan_of(context.tx, context.staff, my_hours(context).today(context.now), ahead)


async def ics(update: Update, context: Context) -> None:
    """The plan of the coming year as a file for one's calendar."""
    _args(update, context)
    content = calendar(await _items(context, feed.AHEAD), context.lang, context.now)
    file = Attachment("document", content, "huifang.ics")
    await context.say(Message(say("reminders.ics", context.lang), attachment=file))
    await context.toast()


# --- taps ---------------------------------------------------------------------------------------


def tap(handler: Tap) -> Handler:
    """A tap on an item that the person may see, answered whatever comes of it."""

    @wraps(handler)
    async def run(update: Update, context: Context) -> None:
        try:
            visit_id, *more = _args(update, context)
            visit = await actions.open_item(context.tx, int(visit_id))
            borrower = await _mine(context, visit)
            await handler(context, visit, borrower, more[0] if more else "")
            await context.toast()
        except actions.Refused as refused:
            await context.toast(say(f"reminders.{refused.code}", context.lang, day=refused.day), alert=True)

    return run


def _args(update: Update, context: Context) -> list[str]:
    query = update.callback_query
    assert query is not None
    context.callback_query_id = query.id
    return str(query.data).split(":")[1:]


async def _mine(context: Context, visit: Visit) -> Borrower:
    day = my_hours(context).today(context.now)
    borrower = await borrowers.get(context.tx, visit.borrower_code)
    if borrower is None or not await scope.can_see(context.tx, context.staff, visit.borrower_code, day):
        raise actions.Refused("not_yours")
    return borrower


@tap
async def show(context: Context, visit: Visit, _borrower: Borrower, _: str) -> None:
    day = my_hours(context).today(context.now)
    await context.say(wording.one(await packs.pack(context.tx, visit, day), day, context.lang))


@tap
async def report(context: Context, visit: Visit, borrower: Borrower, _: str) -> None:
    """The next thing said in this chat is the report on this visit."""
    await dialogs.wait(context.tx, context.unit.chat_id, _waiting("report", visit), context.now)
    text = say("reminders.report_now", context.lang, name=borrower.called)
    await context.say(Message(text, about=f"visit:{visit.id}"))


@tap
async def later(context: Context, visit: Visit, borrower: Borrower, _: str) -> None:
    done = await actions.later(context.tx, visit.id, "hour", now=context.now, policy=policy(context))
    await context.say(menus.later(done, borrower, my_hours(context), context.lang))


@tap
async def later_to(context: Context, visit: Visit, borrower: Borrower, when: str) -> None:
    if when == "pick":
        day = my_hours(context).today(context.now)
        await context.say(menus.later_days(visit, borrower, day, context.lang))
        return
    done = await actions.later(context.tx, visit.id, when, now=context.now, policy=policy(context))
    await context.say(menus.later_chosen(done, borrower, my_hours(context), context.lang))


@tap
async def move(context: Context, visit: Visit, borrower: Borrower, _: str) -> None:
    await move_item(context, visit, borrower, None)


@tap
async def move_to(context: Context, visit: Visit, borrower: Borrower, day: str) -> None:
    await move_item(context, visit, borrower, actions.a_day(day), tapped=True)


async def move_item(
    context: Context, visit: Visit, borrower: Borrower, day: date | None, *, tapped: bool = False
) -> None:
    """To `day`, or to the next working day; a day that was tapped takes the place of the calendar."""
    who, now = context.staff.staff_code, context.now
    done = await actions.move(context.tx, visit.id, day, who, now=now, policy=policy(context))
    detail = {"from": str(visit.due_on), "to": str(done.due_on)}
    await audit.record(context.tx, now, who, "visit.moved", f"visit:{visit.id}", detail)
    if tapped:
        await context.say(menus.moved_chosen(done, borrower, context.lang))
        return
    day_now = my_hours(context).today(now)
    latest = actions.latest_day(done, day_now, policy(context))
    await context.say(menus.moved(done, borrower, day_now, latest, context.lang))


@tap
async def unreachable(context: Context, visit: Visit, borrower: Borrower, _: str) -> None:
    """One tap counts the try; three days of them raise a flag."""
    who = context.staff.staff_code
    done = await actions.unreachable(context.tx, visit.id, who, now=context.now, policy=policy(context))
    await context.say(menus.tried(done, borrower, context.lang))
    await _assess(context, visit.borrower_code)


async def tried(update: Update, context: Context) -> None:
    """Why nobody was reached, for a try that is counted already."""
    attempt_id, *more = _args(update, context)
    reason, who = more[0] if more else "", context.staff.staff_code
    try:
        attempt = await actions.say_reason(context.tx, int(attempt_id), reason, who)
    except actions.Refused as refused:
        await context.toast(say(f"reminders.{refused.code}", context.lang, day=refused.day), alert=True)
        return
    borrower = await borrowers.get(context.tx, attempt.borrower_code)
    name = borrower.called if borrower else ""
    await context.say(menus.tried_why(attempt.visit_id or 0, name, reason, context.lang))
    await _assess(context, attempt.borrower_code)
    await context.toast()


async def _assess(context: Context, borrower_code: str) -> None:
    """Flags on contact, whoever must know of them, and the visit that they call for."""
    rules = context.services.policies.anomalies
    changes = await assess.assess_contact(context.tx, borrower_code, now=context.now, policy=rules)
    wait = wait_until(policy(context), context.now, context.staff.staff_code)
    for message in await notices(context.tx, changes, now=context.now, wait_until=wait):
        await put(context.tx, message, context.now)
    if changes:
        code = [borrower_code]
        await plan.replan(context.tx, now=context.now, policy=policy(context), borrower_codes=code)


@tap
async def on_way(context: Context, visit: Visit, borrower: Borrower, _: str) -> None:
    await actions.on_way(context.tx, visit.id, now=context.now, policy=policy(context))
    values = {"name": borrower.called, "address": borrower.address, "phone": borrower.contact_phone}
    await context.say(Message(say("reminders.on_way", context.lang, **values), about=f"visit:{visit.id}"))


# --- not needed ---------------------------------------------------------------------------------


@tap
async def not_needed(context: Context, visit: Visit, borrower: Borrower, _: str) -> None:
    """The superior is asked at once; the reason may follow."""
    await dialogs.wait(context.tx, context.unit.chat_id, _waiting("off_why", visit), context.now)
    if await _ask_off(context, visit, borrower, ""):
        await context.say(menus.off_asked(visit, borrower, context.lang))


@tap
async def off_why(context: Context, visit: Visit, borrower: Borrower, reason: str) -> None:
    await dialogs.clear(context.tx, context.unit.chat_id)
    await _tell_reason(context, visit, borrower, reason)


async def off_why_words(update: Update, context: Context, waiting: dict[str, Any]) -> None:
    """The reason, in the person's own words."""
    message = update.effective_message
    await dialogs.clear(context.tx, context.unit.chat_id)
    if await asking.try_answer(update, context):
        return
    try:
        visit = await actions.open_item(context.tx, int(waiting["visit_id"]))
        await _tell_reason(context, visit, await _mine(context, visit), (message and message.text) or "")
    except actions.Refused as refused:
        await context.say(Message(say(f"reminders.{refused.code}", context.lang, day=refused.day)))


async def _tell_reason(context: Context, visit: Visit, borrower: Borrower, reason: str) -> None:
    if await _ask_off(context, visit, borrower, reason[:200]):
        await context.say(menus.off_noted(visit, borrower, reason[:200], context.lang))


async def _ask_off(context: Context, visit: Visit, borrower: Borrower, reason: str) -> bool:
    manager = await actions.superior_of(context.tx, visit)
    if manager is None:
        await context.say(Message(say("reminders.off_nobody", context.lang)))
        return False
    who, now = context.staff, context.now
    asked = await actions.ask_off(context.tx, visit.id, who.staff_code, reason, now=now)
    await put(context.tx, menus.off_manager(asked, borrower, who, manager, now=now), now)
    return True


@tap
async def off_agree(context: Context, visit: Visit, borrower: Borrower, _: str) -> None:
    await _decide(context, visit, borrower, True)


@tap
async def off_refuse(context: Context, visit: Visit, borrower: Borrower, _: str) -> None:
    await _decide(context, visit, borrower, False)


async def _decide(context: Context, visit: Visit, borrower: Borrower, agreed: bool) -> None:
    asked = await people.by_code(context.tx, str(visit.why.get("off", {}).get("by", visit.staff_code)))
    above = await people.chain_above(context.tx, visit.staff_code)
    who, now = context.staff.staff_code, context.now
    if who not in {one.staff_code for one in above}:
        raise actions.Refused("not_yours")
    await actions.decide_off(context.tx, visit.id, who, agreed, now=now, policy=policy(context))
    await audit.record(
        context.tx, now, who, "visit.let_go" if agreed else "visit.kept", f"visit:{visit.id}", {}
    )
    if asked is None:
        return
    kind = label("visit_kind", visit.kind, asked.language)
    answer = say(
        f"reminders.{'off_agreed' if agreed else 'off_refused'}",
        asked.language,
        name=borrower.called,
        kind=kind,
    )
    await put(context.tx, Message(answer, to=asked.staff_code), now)
    await context.say(menus.off_decided(visit, borrower, agreed, asked, context.lang))


async def pick(update: Update, context: Context) -> None:
    """A tap beside the days of a calendar."""
    _args(update, context)
    await context.toast(say("reminders.pick_hint", context.lang))


# --- joined to the rest -------------------------------------------------------------------------


def policy(context: Context) -> Any:
    return context.services.policies.reminders


def my_hours(context: Context) -> Hours:
    return hours(context.staff, policy(context))


def _waiting(kind: str, visit: Visit) -> dict[str, Any]:
    return {"kind": kind, "visit_id": visit.id, "borrower_code": visit.borrower_code}


TAPS: dict[str, Handler] = {
    "visit": show,
    "report": report,
    "later": later,
    "later_to": later_to,
    "move": move,
    "move_to": move_to,
    "unreachable": unreachable,
    "tried": tried,
    "on_way": on_way,
    "not_needed": not_needed,
    "off_why": off_why,
    "off_agree": off_agree,
    "off_refuse": off_refuse,
    "pick": pick,
    "ics": ics,
    "further": further,
}
WAITING: dict[str, Callable[[Update, Context, dict[str, Any]], Awaitable[None]]] = {"off_why": off_why_words}


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CommandHandler("today", today))
    application.add_handler(CommandHandler("visits", coming))
    for name, handler in TAPS.items():
        application.add_handler(CallbackQueryHandler(handler, pattern=rf"^{name}:\d{{1,15}}(:|$)"))
