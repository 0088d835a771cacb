"""What became of a promise, by one tap: kept, not kept, or none at all."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler

from anomalies import assess
from anomalies.notices import notices
from handlers.context import Context
from handlers.saying import put
from handlers.taps import Tap, tap
from prompts.catalog import say
from prompts.message import Message
from records import audit, borrowers, scope, visits
from records.model import Promise
from reminders import plan
from reminders.hours import hours

STATES = {"promise_kept": "kept", "promise_broken": "broken", "promise_void": "void"}


@tap
async def on_promise(_: Update, context: Context, tapped: Tap) -> None:
    """It is settled once; one that wasn't kept raises its flag at once."""
    tx, now, state = context.tx, context.now, STATES[tapped.action]
    promise = await _mine(context, tapped.number(0))
    if promise is None:
        await context.toast(say("promises.gone", context.lang), alert=True)
        return
    today = hours(context.staff, context.services.policies.reminders).today(now)
    await visits.change_promise(tx, promise.id, state=state, settled_on=today)
    detail = {"borrower_code": promise.borrower_code, "kind": promise.kind}
    await audit.record(tx, now, context.staff.staff_code, f"promise.{state}", f"promise:{promise.id}", detail)
    if state == "broken":
        await _flag(context, promise)
    code, policy = promise.borrower_code, context.services.policies.reminders
    await plan.replan(tx, now=now, policy=policy, borrower_codes=[code])
    borrower = await borrowers.get(tx, code)
    name = borrower.called if borrower else code
    values = {"name": name} if state != "void" else {}
    await context.say(Message(say(f"promises.{state}_done", context.lang, **values)))


async def _mine(context: Context, promise_id: int) -> Promise | None:
    promise = await visits.get_promise(context.tx, promise_id)
    if promise is None or promise.state != "open":
        return None
    today = hours(context.staff, context.services.policies.reminders).today(context.now)
    mine = await scope.can_see(context.tx, context.staff, promise.borrower_code, today)
    return promise if mine and scope.sees_reports(context.staff) else None


async def _flag(context: Context, promise: Promise) -> None:
    rules, now = context.services.policies.anomalies, context.now
    changes = await assess.assess_promise(context.tx, promise.borrower_code, now=now, policy=rules)
    for message in await notices(context.tx, changes, now=now):
        await put(context.tx, message, now)


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    for action in STATES:
        application.add_handler(CallbackQueryHandler(on_promise, pattern=f"^{action}:"))
