"""Plain sentences about the plan: move a visit, remind me at three, stand in for me."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from handlers import visits as talk
from handlers.context import Context
from handlers.saying import put
from prompts.catalog import say
from prompts.message import Message
from records import audit, delegations, people, scope, visits
from records.model import Borrower, Staff, Visit
from reminders import actions, menus
from reminders.requests import Request, understand


async def try_request(update: Update, context: Context) -> bool:
    """Do what the sentence asks; False where it asks for nothing of the plan."""
    text = update.effective_message.text if update.effective_message else None
    if not text:
        return False
    today = talk.my_hours(context).today(context.now)
    known = await scope.visible_borrowers(context.tx, context.staff, today)
    crew = await people.everybody(context.tx, "account_manager", "manager")
    request = understand(text, _names(known, crew), today)
    if request is None:
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
    tx, now, me = context.tx, context.now, context.staff
    named = [one for one in crew if f"staff:{one.staff_code}" in request.subjects and one != me]
    if len(named) != 1 or request.day is None or request.until is None:
        await context.say(Message(say("reminders.leave_who", context.lang)))
        return
    deputy, start, end = named[0], request.day, request.until
    leave = await delegations.add(tx, me.staff_code, deputy.staff_code, start, end, now)
    detail = {"to": deputy.staff_code, "from_day": str(start), "until": str(end)}
    await audit.record(tx, now, me.staff_code, "leave.set", f"delegation:{leave.id}", detail)
    words = {"start": start, "end": end}
    await context.say(Message(say("reminders.leave_set", context.lang, deputy=deputy.name, **words)))
    told = say("reminders.leave_deputy", deputy.language, who=me.name, **words)
    await put(tx, Message(told, to=deputy.staff_code), now)
