"""/handover and /load: borrowers from one colleague to another, and who has too much to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from handlers.context import Context
from handlers.incoming import clean
from handlers.saying import put
from handlers.taps import Tap
from prompts.catalog import say
from prompts.message import Button, Message
from records import borrowers, handovers, people, scope
from records.model import Staff
from reminders import actions, balance, handing, handing_words
from reminders.hours import hours
from reminders.requests import Request
from reports import deciding

NEW = filters.UpdateType.MESSAGE
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def guarded(handle: Callable[[Update, Context, Tap], Awaitable[None]]) -> Handler:
    """A tap that is always answered, a refused one with its reason."""

    @wraps(handle)
    async def handler(update: Update, context: Context) -> None:
        query = update.callback_query
        assert query is not None
        context.callback_query_id = query.id
        action, *args = (query.data or "").split(":")
        try:
            await handle(update, context, Tap(action, tuple(args)))
            await context.toast()
        except actions.Refused as refused:
            await context.toast(say(f"reminders.{refused.code}", context.lang, day=refused.day), alert=True)
        except deciding.Refused as refused:
            await context.toast(say(f"reports.refused.{refused.code}", context.lang))

    return handler


# --- handing over -------------------------------------------------------------------------------


async def on_handover(update: Update, context: Context) -> None:
    """`/handover` asks for both; `/handover FROM TO` by names, as in a plain sentence."""
    try:
        words = _words(update)
        if words:
            crew = await handing.team(context.tx, context.staff, _today(context))
            await hand(context, _by_names(words, crew))
            return
        await context.say(await handing_words.who(context.tx, context.staff, _today(context), context.lang))
    except actions.Refused as refused:
        await context.say(Message(say(f"reminders.{refused.code}", context.lang)))


def _by_names(words: str, crew: list[Staff]) -> Request:
    """The first name gives, the second takes."""
    places = sorted((words.find(one.name), one.staff_code) for one in crew if one.name in words)
    codes = [code for _, code in places]
    return Request("handover", giver=codes[0] if codes else None, taker=codes[1] if len(codes) > 1 else None)


async def hand(context: Context, request: Request) -> None:
    """What a sentence asks for: a preview for a manager, a question to the manager for anybody else."""
    if context.staff.role != "manager":
        await _ask_manager(context, request)
        return
    if request.taker is None or (request.giver is None and not request.subjects):
        await context.say(Message(say("handover.names_needed", context.lang)))
        return
    await context.say(handing_words.preview(await _proposed(context, request, context.staff), context.lang))


async def _proposed(context: Context, request: Request, manager: Staff) -> handing.Offer:
    tx, now, taker = context.tx, context.now, str(request.taker)
    today = hours(manager, context.services.policies.reminders).today(now)
    if request.subjects:
        owners = [await borrowers.get(tx, code) for code in request.subjects]
        giver = next(one.account_manager for one in owners if one)
        codes = [one.borrower_code for one in owners if one and one.account_manager == giver]
        return await handing.propose(tx, manager, giver, taker, codes, today=today, now=now)
    giver = str(request.giver)
    codes = [one.borrower_code for one in await handovers.owned(tx, giver)]
    return await handing.propose(tx, manager, giver, taker, codes, today=today, now=now, whole=True)


async def _ask_manager(context: Context, request: Request) -> None:
    """An account manager may ask for own borrowers to go; the manager decides."""
    manager = await _manager(context)
    if request.taker is None or request.giver not in (None, context.staff.staff_code):
        raise actions.Refused("managers_only")
    await _asked(context, await _proposed(context, request, manager), manager)


async def _manager(context: Context) -> Staff:
    """Who decides for the speaker: themselves, or the nearest one above with a chat."""
    if context.staff.role == "manager":
        return context.staff
    above = [one for one in await people.chain_above(context.tx, context.staff.staff_code) if one.chat_id]
    if not above:
        raise actions.Refused("managers_only")
    return above[0]


async def _asked(context: Context, offer: handing.Offer, manager: Staff) -> None:
    me = context.staff
    if offer.giver.staff_code != me.staff_code:
        raise actions.Refused("not_yours")
    shown = handing_words.preview(offer, manager.language)
    text = f"{say('handover.asks', manager.language, who=me.name)}\n{shown.text}"
    await put(context.tx, Message(text, shown.buttons, to=manager.staff_code, about=shown.about), context.now)
    names = ("、" if context.lang == "zh" else ", ").join(one.called for one in offer.borrowers)
    values = {"manager": manager.name, "names": names, "taker": offer.taker.name}
    await context.say(Message(say("handover.asked", context.lang, **values)))


@guarded
async def on_hand(_: Update, context: Context, tapped: Tap) -> None:
    """The button under an item: its borrower to a colleague."""
    tx, today = context.tx, _today(context)
    item = await actions.open_item(tx, tapped.number(0))
    borrower = await borrowers.get(tx, item.borrower_code)
    if borrower is None or not await scope.can_see(tx, context.staff, item.borrower_code, today):
        raise actions.Refused("not_yours")
    manager, giver = await _manager(context), borrower.account_manager
    values = (giver, None, [borrower.borrower_code], manager.staff_code, context.now)
    made = await handovers.propose(tx, *values, whole=False)
    action = "hand_to" if manager == context.staff else "hand_ask"
    name = borrower.called
    await context.say(
        await handing_words.one_to_whom(tx, made, manager, today, name, context.lang, action=action)
    )


@guarded
async def on_ask(_: Update, context: Context, tapped: Tap) -> None:
    manager = await _manager(context)
    values = (tapped.text(1), manager, _today(context), context.now, context.staff.staff_code)
    offer = await handing.name_taker(context.tx, tapped.number(0), *values)
    await _asked(context, offer, manager)


@guarded
async def on_from(_: Update, context: Context, tapped: Tap) -> None:
    today = _today(context)
    begun = await handing.begin(context.tx, context.staff, tapped.text(0), today, context.now)
    await context.say(await handing_words.to_whom(context.tx, begun, context.staff, today, context.lang))


@guarded
async def on_to(_: Update, context: Context, tapped: Tap) -> None:
    values = (tapped.text(1), context.staff, _today(context), context.now)
    offer = await handing.name_taker(context.tx, tapped.number(0), *values)
    await context.say(handing_words.preview(offer, context.lang))


@guarded
async def on_show(_: Update, context: Context, tapped: Tap) -> None:
    offer = await handing.look(context.tx, tapped.number(0), context.staff, _today(context))
    await context.say(handing_words.preview(offer, context.lang))


@guarded
async def on_do(_: Update, context: Context, tapped: Tap) -> None:
    """Everything at once; where something changed since the preview, a new one instead."""
    tx, policy = context.tx, context.services.policies.reminders
    try:
        offer = await handing.carry_out(tx, tapped.number(0), context.staff, now=context.now, policy=policy)
    except actions.Refused as refused:
        if refused.code != "changed":
            raise
        fresh = await handing.look(tx, tapped.number(0), context.staff, _today(context))
        await context.say(handing_words.preview(fresh, context.lang))
        raise
    for message in handing_words.told(offer):
        await put(tx, message, context.now)
    await context.say(handing_words.done(offer, context.lang))


@guarded
async def on_drop(_: Update, context: Context, _tapped: Tap) -> None:
    await context.say(Message(say("handover.left", context.lang)))


# --- who carries how much -----------------------------------------------------------------------


async def on_load(_: Update, context: Context) -> None:
    await load(context)


async def load(context: Context) -> None:
    """Everybody in sight with a bar; a manager may try a suggestion with one tap."""
    today, tx = _today(context), context.tx
    crew = await scope.visible_staff(tx, context.staff, today)
    found = await balance.balance(tx, crew, today)
    if not found.loads:
        await context.say(Message(say("handover.nobody_here", context.lang)))
        return
    rows = []
    for one in found.suggestions if context.staff.role == "manager" else ():
        codes = [borrower.borrower_code for borrower in one.borrowers]
        values = (one.giver, one.taker, codes, context.staff.staff_code, context.now)
        made = await handovers.propose(tx, *values, whole=False)
        names = {"giver": found.people[one.giver].name, "taker": found.people[one.taker].name}
        label = say("handover.suggest_button", context.lang, count=len(codes), **names)
        rows.append((Button(label, "hand_show", (str(made.id),)),))
    await context.say(Message(balance.words(found, context.lang), tuple(rows)))


def _today(context: Context) -> Any:
    return hours(context.staff, context.services.policies.reminders).today(context.now)


def _words(update: Update) -> str:
    message = update.effective_message
    return clean(message.text if message else "").partition(" ")[2].strip()


TAPS: dict[str, Handler] = {
    "hand": on_hand,
    "hand_ask": on_ask,
    "hand_from": on_from,
    "hand_to": on_to,
    "hand_show": on_show,
    "hand_do": on_do,
    "hand_drop": on_drop,
}


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CommandHandler("handover", on_handover, filters=NEW))
    application.add_handler(CommandHandler("load", on_load, filters=NEW))
    for action, handler in TAPS.items():
        application.add_handler(CallbackQueryHandler(handler, pattern=f"^{action}(:|$)"))
