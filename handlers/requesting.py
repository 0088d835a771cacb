"""Plain sentences about the plan: move a visit, remind me at three, stand in for me."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from telegram import Update

from handlers import handing, settings
from handlers import visits as talk
from handlers.context import Context
from handlers.saying import put
from prompts.catalog import say
from prompts.message import Message
from records import audit, delegations, people, scope, visits
from records.model import Borrower, Delegation, Staff, Visit
from reminders import actions, menus
from reminders.requests import Request, understand


async def try_request(update: Update, context: Context) -> bool:
    """Do what the sentence asks; False where it asks for nothing of the plan."""
    text = update.effective_message.text if update.effective_message else None
    if not text:
        return False
    if await settings.try_wish(update, context):
        return True
    today = talk.my_hours(context).today(context.now)
    known = await scope.visible_borrowers(context.tx, context.staff, today)
    crew = await people.everybody(context.tx, "account_manager", "manager")
    request = understand(text, _names(known, crew), today)
    if request is None or (request.what == "back" and not await _away(context)):
        return False
    try:
        await _do(context, request, known, crew)
    except actions.Refused as refused:
        await context.say(Message(say(f"reminders.{refused.code}", context.lang, day=refused.day)))
    return True


def _names(known: Sequence[Borrower], crew: Sequence[Staff]) -> dict[str, str]:
    names = {person.name: f"staff:{person.staff_code}" for person in crew}
    for borrower in known:
        names |= {name: borrower.borrower_code for name in (borrower.name, borrower.short_name) if name}
    return names


async def _do(context: Context, request: Request, known: Sequence[Borrower], crew: Sequence[Staff]) -> None:
    if request.what in WHOLE:
        await WHOLE[request.what](context, request)
        return
    if request.what == "leave":
        await _leave(context, request, crew)
        return
    named = [one for one in known if one.borrower_code in request.subjects]
    if len(named) != 1:
        words = menus.names(named, context.lang)
        key = "reminders.which" if named else "reminders.unknown_request"
        await context.say(Message(say(key, context.lang, **({"names": words} if named else {}))))
        return
    item = await _item(context, named[0], request.kind)
    if request.what == "move":
        await talk.move_item(context, item, named[0], request.day)
    else:
        await _remind(context, item, named[0], request)


async def _item(context: Context, borrower: Borrower, kind: str | None) -> Visit:
    owed = await visits.open_of(context.tx, borrower.borrower_code)
    if not owed:
        raise actions.Refused("gone")
    return next((one for one in owed if one.kind == kind), owed[0])


async def _remind(context: Context, item: Visit, borrower: Borrower, request: Request) -> None:
    clock = talk.my_hours(context)
    assert request.day is not None
    moment = clock.at(request.day, request.clock or clock.policy.reminders.morning)
    if moment <= context.now:
        raise actions.Refused("past")
    done = await actions.at(context.tx, item.id, moment, policy=clock.policy)
    await context.say(menus.later_chosen(done, borrower, clock, context.lang))


async def _leave(context: Context, request: Request, crew: Sequence[Staff]) -> None:
    """A colleague stands in: is told, sees the borrowers, and gets the reminders for the time."""
    tx, now = context.tx, context.now
    away, deputy = _who(context, request, crew)
    if away is None or deputy is None or request.day is None or request.until is None:
        await context.say(Message(say("reminders.leave_who", context.lang)))
        return
    start, end = request.day, request.until
    leave = await delegations.add(tx, away.staff_code, deputy.staff_code, start, end, now)
    detail = {"to": deputy.staff_code, "from_day": str(start), "until": str(end)}
    who = context.staff.staff_code
    await audit.record(tx, now, who, "leave.set", f"delegation:{leave.id}", detail)
    words = {"start": start, "end": end}
    mine = away == context.staff
    key = "reminders.leave_set" if mine else "reminders.leave_set_for"
    values = {"deputy": deputy.name} if mine else {"deputy": deputy.name, "who": away.name}
    await context.say(Message(say(key, context.lang, **values, **words)))
    for person, said in ((deputy, "leave_deputy"), (away, "leave_yours")):
        if person != context.staff:
            names = {"who": away.name} if said == "leave_deputy" else {"deputy": deputy.name}
            told = say(f"reminders.{said}", person.language, **names, **words)
            await put(tx, Message(told, to=person.staff_code), now)


def _who(context: Context, request: Request, crew: Sequence[Staff]) -> tuple[Staff | None, Staff | None]:
    """Who is away and who stands in; a manager may say it of somebody in the team."""
    known = {one.staff_code: one for one in crew}
    if request.giver and context.staff.role == "manager":
        away = known.get(request.giver)
        under = away is not None and away.reports_to == context.staff.staff_code
        return (away, known.get(str(request.taker))) if under else (None, None)
    named = [one for one in crew if f"staff:{one.staff_code}" in request.subjects and one != context.staff]
    return context.staff, named[0] if len(named) == 1 else None


async def _away(context: Context) -> list[Delegation]:
    """The speaker's own leave, now or to come."""
    me = context.staff.staff_code
    today = talk.my_hours(context).today(context.now)
    return [one for one in await delegations.of_staff(context.tx, me, today) if one.from_staff == me]


async def _back(context: Context, _: Request) -> None:
    """The leave ends; the deputy is told and the reminders come back."""
    tx, now, me = context.tx, context.now, context.staff
    for leave in await _away(context):
        await delegations.revoke(tx, leave.id, now)
        await audit.record(tx, now, me.staff_code, "leave.ended", f"delegation:{leave.id}", {})
        deputy = await people.by_code(tx, leave.to_staff)
        if deputy:
            told = say("reminders.leave_over", deputy.language, who=me.name)
            await put(tx, Message(told, to=deputy.staff_code), now)
    await context.say(Message(say("reminders.leave_back", context.lang)))


async def _workload(context: Context, _: Request) -> None:
    await handing.load(context)


WHOLE: dict[str, Callable[[Context, Request], Awaitable[None]]] = {
    "handover": handing.hand,
    "workload": _workload,
    "back": _back,
}
"""What is no matter of one borrower's item."""
