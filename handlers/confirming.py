"""The author's word on a report: whose it is, that it is right, that it is none. All effects in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import Update

from anomalies import assess
from anomalies.bundles import cases_of
from anomalies.notices import notices
from handlers import managing
from handlers.context import Context
from handlers.taps import Tap, tap
from prompts.catalog import say
from prompts.message import Message
from records import borrowers, dialogs
from reminders import after
from reminders.hours import wait_until
from reports import deciding
from reports.deciding import Confirmed
from reports.showing import settled
from reports.standing import day_of


@tap
async def on_confirm(_update: Update, context: Context, tapped: Tap) -> None:
    tx, now, policies = context.tx, context.now, context.services.policies
    done = await deciding.confirm(tx, tapped.number(0), tapped.number(1), context.staff, now)
    changes = await assess.assess_report(tx, done.report, done.facts, now=now, policy=policies.anomalies)
    outcome = await after.report_confirmed(
        tx, done.report, done.facts, changes, now=now, policy=policies.reminders
    )
    wait = wait_until(policies.reminders, now, context.staff.staff_code)
    told = await notices(tx, changes, now=now, wait_until=wait)
    await dialogs.clear(tx, context.unit.chat_id)
    card = settled(done.report, done.borrower, done.read, context.lang)
    apart = {case_id for one in told if one.to == done.report.author for case_id in cases_of(one)}
    rest = [change for change in changes if change.case.id not in apart]
    await context.say(card, _recorded(done, rest, outcome, context), *told)


@tap
async def on_drop(_update: Update, context: Context, tapped: Tap) -> None:
    report = await deciding.drop(context.tx, tapped.number(0), tapped.number(1), context.staff, context.now)
    borrower = await borrowers.get(context.tx, report.borrower_code) if report.borrower_code else None
    await dialogs.clear(context.tx, context.unit.chat_id)
    name = borrower.called if borrower else ""
    text = say("reports.dropped", context.lang, name=name, day=day_of(report))
    await context.say(Message(text, edits=f"card:{report.id}", about=f"report:{report.id}"))


@tap
async def on_choose(_update: Update, context: Context, tapped: Tap) -> None:
    done = await deciding.choose(context.tx, tapped.number(0), tapped.text(1), context.staff, context.now)
    await context.say(*await managing.chosen(context, done))


@tap
async def on_unknown(_update: Update, context: Context, _tapped: Tap) -> None:
    """A button of an older version of this bot, or a forged one."""
    await context.toast(say("reports.refused.old_card", context.lang))


def _recorded(done: Confirmed, changes: Sequence[Any], outcome: after.Outcome, context: Context) -> Message:
    """What was recorded, the flags that come in no message of their own, the visit that closes and the next."""
    lang = context.lang
    name, day = done.borrower.called, day_of(done.report)
    lines = [say("reports.recorded", lang, name=name, day=day, count=len(done.facts))]
    if done.attempt:
        lines.append(say("reports.recorded_attempt", lang))
    if done.promise:
        due_on, amount = done.promise.due_on, done.promise.amount
        lines.append(say("reports.recorded_promise", lang, due_on=due_on, amount=amount))
    lines += [_flag_line(change, lang) for change in changes if change.case.audience == "all"]
    for visit in outcome.all_closed:
        lines.append(say("reports.recorded_visit", lang, kind=visit.kind, day=visit.due_on))
    if outcome.next:
        lines.append(say("reports.recorded_next", lang, kind=outcome.next.kind, day=outcome.next.due_on))
    return Message("\n".join(lines), to=done.report.author, about=f"report:{done.report.id}")


def _flag_line(change: Any, lang: str) -> str:
    case = change.case
    return say("reports.recorded_flag", lang, severity=case.severity, code=case.code, what=change.what)
