"""Cases in the chat: the list, and the buttons acknowledge, answer, close."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from anomalies import handling, wording
from anomalies.handling import CaseError
from handlers.context import Context
from handlers.incoming import clean
from prompts.catalog import label, say
from prompts.message import Button, Message
from records import cases, dialogs, watch
from records.cases import Listed
from records.model import Case

LISTED = 20
BUTTONS = 8


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handler(CommandHandler("cases", list_cases))
    for action, handler in ACTIONS.items():
        application.add_handler(CallbackQueryHandler(handler, pattern=rf"^{action}:\d{{1,15}}$"))


async def list_cases(_: Update, context: Context) -> None:
    """`/cases`: what is open in the person's scope, the loudest first; a tap shows one whole."""
    on = handling.today(context.staff, context.now)
    count = await cases.count_visible(context.tx, context.staff, on)
    if not count:
        await context.say(Message(say("anomalies.case.none", context.lang)))
        return
    found = await cases.visible(context.tx, context.staff, on, LISTED)
    lines = [say("anomalies.case.head", context.lang, count=count)]
    lines += [_line(listed, context.lang) for listed in found]
    if count > len(found):
        lines.append(say("anomalies.case.more", context.lang, count=count - len(found)))
    await context.say(
        Message("\n".join(lines), tuple((_open(one, context.lang),) for one in found[:BUTTONS]))
    )


async def show(update: Update, context: Context) -> None:
    case = await _tapped(update, context)
    if case is None:
        return
    borrower = (await watch.borrowers_by_code(context.tx, [case.borrower_code]))[case.borrower_code]
    number = str(case.details.get("loan_no") or "")
    loan = (await watch.loans_by_number(context.tx, [number])).get(number)
    text = wording.body(case, borrower.called, loan, context.lang)
    await context.say(Message(text, wording.buttons(case, context.staff), about=f"case:{case.id}"))


async def acknowledge(update: Update, context: Context) -> None:
    case = await _tapped(update, context)
    if case is not None:
        await _try(
            context, handling.acknowledge(context.tx, case.id, context.staff, context.now), "acknowledged"
        )


async def ask_answer(update: Update, context: Context) -> None:
    case = await _tapped(update, context)
    if case is not None:
        await _wait(context, case, "case_answer", "ask_answer")


async def close(update: Update, context: Context) -> None:
    """A quiet case is closed by the tap; a loud one asks for the reason first."""
    case = await _tapped(update, context)
    if case is None:
        return
    if not await handling.may_close(context.tx, case, context.staff):
        await context.say(Message(say("anomalies.case.not_own", context.lang)))
    elif handling.needs_reason(case):
        await _wait(context, case, "case_close", "ask_reason")
    else:
        await _try(context, handling.close(context.tx, case.id, context.staff, "", context.now), "closed")


async def answered(update: Update, context: Context, waiting: dict[str, Any]) -> None:
    """The words that the answer button asked for."""
    text = _text(update)
    done = handling.answer(context.tx, int(waiting["case_id"]), context.staff, text, context.now)
    case = await _try(context, done, "answered")
    if case is not None:
        await _tell(context, case, "answered_to", answer=text)


async def closed(update: Update, context: Context, waiting: dict[str, Any]) -> None:
    """The reason that the close button asked for."""
    text = _text(update)
    done = handling.close(context.tx, int(waiting["case_id"]), context.staff, text, context.now)
    case = await _try(context, done, "closed")
    if case is not None:
        await _tell(context, case, "closed_to", reason=text)


Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
ACTIONS: Mapping[str, Handler] = {
    "case": show,
    "acknowledge": acknowledge,
    "answer": ask_answer,
    "close": close,
}
WAITING: dict[str, Callable[[Update, Context, dict[str, Any]], Awaitable[None]]] = {
    "case_answer": answered,
    "case_close": closed,
}


async def _tapped(update: Update, context: Context) -> Case | None:
    """The open case of the button, if it is there for this person; else they are told why not."""
    query = update.callback_query
    assert query is not None and query.data is not None
    context.callback_query_id = query.id
    await context.toast()
    case_id = int(query.data.split(":")[1])
    try:
        return await handling.seen(context.tx, case_id, context.staff, context.now)
    except CaseError as error:
        await _refuse(context, error)
        return None


async def _try(context: Context, doing: Awaitable[Case], done: str) -> Case | None:
    try:
        case = await doing
    except CaseError as error:
        await _refuse(context, error)
        return None
    await dialogs.clear(context.tx, context.unit.chat_id)
    await context.say(Message(await _words(context, case, done, who=context.staff.name)))
    return case


async def _wait(context: Context, case: Case, kind: str, words: str) -> None:
    await dialogs.wait(context.tx, context.unit.chat_id, {"kind": kind, "case_id": case.id}, context.now)
    await context.say(Message(await _words(context, case, words)))


async def _tell(context: Context, case: Case, key: str, **values: Any) -> None:
    await context.say(
        *await handling.tell_others(context.tx, case, context.staff, key, context.now, **values)
    )


async def _refuse(context: Context, error: CaseError) -> None:
    await context.say(Message(say(f"anomalies.case.{error.code}", context.lang, **error.values)))


async def _words(context: Context, case: Case, key: str, **values: Any) -> str:
    borrower = (await watch.borrowers_by_code(context.tx, [case.borrower_code]))[case.borrower_code]
    title = wording.title(case, context.lang)
    return say(f"anomalies.case.{key}", context.lang, borrower=borrower.called, title=title, **values)


def _text(update: Update) -> str:
    message = update.effective_message
    return clean(message.text if message else "").strip()


def _line(listed: Listed, lang: str) -> str:
    case = listed.case
    return say(
        "anomalies.case.line",
        lang,
        icon=label("severity_icon", case.severity, lang),
        borrower=listed.borrower,
        title=wording.title(case, lang),
        state=label("case_state", case.state, lang),
        times=case.count,
        due=case.due_at.date() if case.due_at else None,
    )


def _open(listed: Listed, lang: str) -> Button:
    case = listed.case
    icon = label("severity_icon", case.severity, lang)
    return Button(f"{icon} {listed.borrower} · {wording.title(case, lang)}", "case", (str(case.id),))
