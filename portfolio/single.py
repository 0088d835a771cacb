"""One borrower: how it stands, a single figure, when last seen, since when, what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from portfolio.asking import Ask, Reply
from portfolio.owing import is_broken
from portfolio.values import NUMBERS, as_day, gap_points, joined, plain, words
from prompts.message import Button
from records import dossier, overview, owed
from records.conditions import Filter
from records.dossier import Dossier
from records.owed import Told
from records.scope import sees_reports

STATUS_FIELDS = (
    "cash_stress.level", "cash_stress.signal", "progress.percent", "progress.status", "progress.delay_days",
    "fund_usage", "unused_funds.amount", "collateral.status", "operations.headcount",
    "operations.capacity_percent", "operations.orders_change_percent", "operations.revenue_change_percent",
    "repayment.promise_date", "repayment.promise_amount", "next_contact",
)  # fmt: skip
ALWAYS_ASKED = ("cash_stress.level", "fund_usage", "collateral.status")
COMPARED = (
    "cash_stress.level", "cash_stress.signal", "progress.percent", "progress.status", "operations.headcount",
    "operations.capacity_percent", "operations.orders_change_percent", "operations.revenue_change_percent",
    "collateral.status", "unused_funds.amount",
)  # fmt: skip


async def status(ask: Ask, file: Dossier) -> Reply:
    """Loans, cash, project, use of funds, collateral, promises, visits, open cases: each with its day."""
    reply = await _header(ask, file)
    if not sees_reports(ask.viewer):
        reply.unknown.append("reports")
        reply.lines.append(ask.say("no_reports"))
        return reply
    await _state_facts(ask, file, reply)
    await _state_owed(ask, file, reply)
    reply.buttons.append(Button(ask.say("button.chart"), "chart", (file.borrower.borrower_code,)))
    return reply


async def _header(ask: Ask, file: Dossier) -> Reply:
    reply = Reply(borrowers=[file.borrower.borrower_code])
    reply.numbers |= {
        "balance_total": plain(file.balance),
        "amount_total": plain(file.amount),
        "loan_count": len(file.loans),
        "overdue_days": file.overdue_days,
    }
    reply.lines.append(ask.say("status", file=file, borrower=file.borrower))
    return reply


async def _state_facts(ask: Ask, file: Dossier, reply: Reply) -> None:
    stated = _stated(file)
    if not stated:
        reply.unknown.append("reports")
        reply.lines.append(ask.say("never_reported"))
        return
    assert file.standing is not None
    reply.lines.append(
        ask.say("as_of", on=file.standing.reported_on, days=_days_ago(ask, file.standing.reported_on))
    )
    for field in STATUS_FIELDS:
        if field in stated:
            await _state(ask, file, reply, field, stated[field])
    missing = [field for field in _expected(file) if field not in stated]
    if missing:
        reply.unknown += missing
        reply.lines.append(ask.say("unknown", names=_names(ask, missing)))


async def _state(ask: Ask, file: Dossier, reply: Reply, field: str, stated: Mapping[str, Any]) -> None:
    value, on = stated.get("value"), as_day(stated.get("on"))
    is_newest = file.standing is not None and on == file.standing.reported_on
    extra = await _against_plan(ask, file, reply, value) if field == "progress.percent" else ""
    if field in NUMBERS:
        reply.numbers[NUMBERS[field]] = plain(value)
    reply.lines.append(
        ask.say(
            "fact",
            name=ask.label("field", field),
            value=words(field, value, ask.lang),
            extra=extra,
            on=None if is_newest else on,
        )
    )
    reply.source(stated.get("report_id"), file.borrower.called, on)


async def _against_plan(ask: Ask, file: Dossier, reply: Reply, percent: Any) -> str:
    plan, _ = await overview.plan_of(ask.tx, file.borrower.borrower_code)
    gap = gap_points(plan, percent)
    if plan is None or gap is None:
        return ""
    reply.numbers |= {"plan_percent": plain(round(plan, 1)), "gap_points": plain(gap)}
    return ask.say("against_plan", plan=round(plan, 1), gap=gap)


async def _state_owed(ask: Ask, file: Dossier, reply: Reply) -> None:
    only = Filter(borrower=file.borrower.borrower_code)
    visits = await owed.waiting_visits(ask.tx, ask.viewer, ask.on, only)
    if visits:
        reply.lines.append(
            ask.say("next_visit", visit=visits[0].of, late=(ask.on - visits[0].of.due_on).days)
        )
    broken = [p for p in await owed.promised(ask.tx, ask.viewer, ask.on, only) if is_broken(p.of, ask.on)]
    if broken:
        reply.lines.append(ask.say("broken_promise", promise=broken[0].of))
        reply.source(broken[0].of.report_id, file.borrower.called, broken[0].of.made_on)
    cases = await owed.open_cases(ask.tx, ask.viewer, ask.on, only)
    reply.numbers["open_cases"] = len(cases)
    for one in cases[:5]:
        on = one.of.opened_at.astimezone(ask.zone).date()
        reply.lines.append(ask.say("open_case", case=one.of, on=on))


async def fact(ask: Ask, file: Dossier) -> Reply:
    """One figure or state, as last stated, with its day."""
    field = str(ask.question.field)
    if field in OF_BOOK:
        return await _of_book(ask, file, field)
    reply = Reply(borrowers=[file.borrower.borrower_code])
    if not sees_reports(ask.viewer):
        reply.unknown.append("reports")
        reply.lines.append(ask.say("no_reports"))
        return reply
    if field == "cash_stress.signal" and ask.question.signal:
        return await signal(ask, file)
    stated = _stated(file)
    wanted = [name for name in RELATED.get(field, (field,)) if name in stated]
    if not wanted:
        return _not_known(ask, file, reply, field)
    reply.lines.append(ask.say("of", name=file.borrower.called))
    for name in wanted:
        await _state(ask, file, reply, name, stated[name])
    return reply


RELATED: Mapping[str, tuple[str, ...]] = {
    "cash_stress.level": ("cash_stress.level", "cash_stress.signal"),
    "progress.percent": ("progress.percent", "progress.status", "progress.delay_days"),
    "progress.status": ("progress.status", "progress.percent", "progress.delay_days"),
    "fund_usage": ("fund_usage", "unused_funds.amount"),
    "collateral.status": ("collateral.status", "collateral.value"),
}
OF_BOOK = (
    "balance", "amount", "drawn", "loan_count", "overdue_days", "matures_on", "risk_class", "contact", "address",
    "account_manager", "industry", "guarantor", "milestones", "statements", "related",
)  # fmt: skip


async def signal(ask: Ask, file: Dossier) -> Reply:
    """Whether a sign of stress was stated, how long it lasts by its words, and since when it is reported."""
    code = str(ask.question.signal)
    told = await owed.told(ask.tx, ask.viewer, ask.on, file.borrower.borrower_code)
    reply = Reply(borrowers=[file.borrower.borrower_code])
    run = _run(told, lambda one: _signal_of(one, code))
    name = ask.label("signal", code)
    if not run:
        reply.unknown.append(code)
        last = told[0].report.reported_on if told else None
        reply.lines.append(ask.say("signal_unknown", name=file.borrower.called, signal=name, on=last))
        if told:
            reply.source(told[0].report.id, file.borrower.called, last)
        return reply
    newest, first = run[0], run[-1]
    said = _signal_of(newest, code) or {}
    days = (said.get("detail") or {}).get("days")
    if days is not None:
        reply.numbers["days"] = plain(days)
    reply.numbers["report_count"] = len(run)
    for one in run:
        reply.source(one.report.id, file.borrower.called, one.report.reported_on)
    quote = ((said.get("evidence") or {}).get("text")) or ""
    reply.lines.append(
        ask.say(
            "signal", name=file.borrower.called, signal=name, days=days, quote=quote,
            on=newest.report.reported_on, since=first.report.reported_on, times=len(run),
        )
    )  # fmt: skip
    return reply


def _run(told: Sequence[Told], holds: Any) -> list[Told]:
    """The newest reports on end that say it, skipping those that say nothing of cash at all."""
    run: list[Told] = []
    for one in told:
        if holds(one):
            run.append(one)
        elif run and _speaks_of_cash(one):
            break
        elif not run and _speaks_of_cash(one):
            return []
    return run


def _signal_of(one: Told, code: str) -> Mapping[str, Any] | None:
    return next((f for f in one.facts.get("cash_stress.signal", ()) if f.get("value") == code), None)


def _speaks_of_cash(one: Told) -> bool:
    return "cash_stress.signal" in one.facts or "cash_stress.level" in one.facts


async def since(ask: Ask, file: Dossier) -> Reply:
    """From which report on it has been so."""
    field = str(ask.question.field)
    if field == "cash_stress.signal" and ask.question.signal:
        return await signal(ask, file)
    if field in OF_BOOK:
        return await _of_book(ask, file, field)
    told = await owed.told(ask.tx, ask.viewer, ask.on, file.borrower.borrower_code)
    spoke = [one for one in told if field in one.facts]
    reply = Reply(borrowers=[file.borrower.borrower_code])
    if not spoke:
        return _not_known(ask, file, reply, field)
    value = spoke[0].facts[field][-1].get("value")
    run = []
    for one in spoke:
        if one.facts[field][-1].get("value") != value:
            break
        run.append(one)
        reply.source(one.report.id, file.borrower.called, one.report.reported_on)
    first = run[-1].report.reported_on
    reply.numbers["days"] = (ask.on - first).days
    text = words(field, value, ask.lang)
    reply.lines.append(
        ask.say(
            "since",
            name=file.borrower.called,
            field=ask.label("field", field),
            value=text,
            on=first,
            times=len(run),
        )
    )
    return reply


async def last_visit(ask: Ask, file: Dossier) -> Reply:
    reply = Reply(borrowers=[file.borrower.borrower_code])
    standing = file.standing
    if standing is None or (standing.last_visit_on is None and standing.last_contact_on is None):
        reply.unknown.append("last_visit" if sees_reports(ask.viewer) else "reports")
        reply.lines.append(ask.say("never_visited", name=file.borrower.called))
        return reply
    days = _days_ago(ask, standing.last_visit_on)
    if days is not None:
        reply.numbers["days_since_visit"] = days
    told = await owed.told(ask.tx, ask.viewer, ask.on, file.borrower.borrower_code, limit=12)
    visit = _of_day(told, standing.last_visit_on) or (told[0] if told else None)
    person = _person(visit)
    reply.lines.append(
        ask.say("last_visit", name=file.borrower.called, standing=standing, days=days, person=person)
    )
    if standing.last_visit_on is None:
        reply.unknown.append("last_visit")
    if visit:
        reply.source(visit.report.id, file.borrower.called, visit.report.reported_on)
    return reply


def _of_day(told: Sequence[Told], on: date | None) -> Told | None:
    return next((t for t in told if (t.report.visited_on or t.report.reported_on) == on), None)


def _person(told: Told | None) -> str:
    met = told.facts.get("contact.person", ()) if told else ()
    return str(met[0].get("value", "")) if met else ""


async def compare(ask: Ask, file: Dossier) -> Reply:
    """The newest report against the one before, field by field, where either says something."""
    told = await owed.told(ask.tx, ask.viewer, ask.on, file.borrower.borrower_code, limit=2)
    reply = Reply(borrowers=[file.borrower.borrower_code])
    if len(told) < 2:
        reply.unknown.append("earlier_report")
        reply.lines.append(ask.say("no_earlier", name=file.borrower.called))
        return reply
    new, old = told
    reply.lines.append(
        ask.say("compare", name=file.borrower.called, new=new.report.reported_on, old=old.report.reported_on)
    )
    for one in told:
        reply.source(one.report.id, file.borrower.called, one.report.reported_on)
    for field in COMPARED:
        _compare_field(ask, reply, field, _values(old, field), _values(new, field))
    if len(reply.lines) == 1:
        reply.lines.append(ask.say("nothing_compared"))
    return reply


def _compare_field(ask: Ask, reply: Reply, field: str, before: list[Any], after: list[Any]) -> None:
    if not before and not after:
        return
    name = ask.label("field", field)
    was, now = words(field, before, ask.lang), words(field, after, ask.lang)
    reply.lines.append(ask.say("compared", name=name, before=was, after=now, same=before == after))
    if field in NUMBERS and before and after:
        reply.numbers[f"{NUMBERS[field]}_before"] = plain(before[0])
        reply.numbers[NUMBERS[field]] = plain(after[0])


def _values(told: Told, field: str) -> list[Any]:
    found = [f.get("value") for f in told.facts.get(field, ())]
    return found if field == "cash_stress.signal" else found[-1:]


async def _of_book(ask: Ask, file: Dossier, field: str) -> Reply:
    reply = Reply(borrowers=[file.borrower.borrower_code])
    code = file.borrower.borrower_code
    statements = (
        await dossier.statements_of(ask.tx, ask.viewer, ask.on, code) if field == "statements" else []
    )
    related = await dossier.related_of(ask.tx, ask.viewer, ask.on, code) if field == "related" else []
    reply.numbers |= _numbers_of(file, field)
    empty = _lacks(file, field, statements or related)
    if empty:
        return _not_known(ask, file, reply, field)
    text = ask.say(f"book.{field}", file=file, borrower=file.borrower, statements=statements, related=related)
    reply.lines.append(joined([ask.say("of", name=file.borrower.called), text]))
    return reply


def _numbers_of(file: Dossier, field: str) -> dict[str, Any]:
    if field in ("balance", "amount", "drawn"):
        return {
            "balance_total": plain(file.balance),
            "amount_total": plain(file.amount),
            "drawn_total": plain(sum(loan.drawn for loan in file.loans)),
        }
    if field == "overdue_days":
        return {"overdue_days": file.overdue_days}
    return {"loan_count": len(file.loans)} if field == "loan_count" else {}


def _lacks(file: Dossier, field: str, found: Sequence[Any]) -> bool:
    if field in ("statements", "related"):
        return not found
    values = {
        "contact": file.borrower.contact_name or file.borrower.contact_phone,
        "address": file.borrower.address,
        "industry": file.borrower.industry,
        "guarantor": any(loan.guarantor for loan in file.loans),
        "matures_on": any(loan.matures_on for loan in file.loans),
        "milestones": file.milestones,
    }
    return not values.get(field, True)


def _not_known(ask: Ask, file: Dossier, reply: Reply, field: str) -> Reply:
    reply.unknown.append(field)
    last = file.standing.reported_on if file.standing else None
    reply.lines.append(ask.say("not_known", name=file.borrower.called, field=_names(ask, [field]), on=last))
    return reply


def _stated(file: Dossier) -> Mapping[str, Any]:
    facts = file.standing.facts if file.standing else {}
    return {name: value for name, value in facts.items() if isinstance(value, Mapping)}


def _expected(file: Dossier) -> list[str]:
    wanted = list(ALWAYS_ASKED)
    if file.milestones:
        wanted.append("progress.percent")
    if not any(loan.collateral for loan in file.loans):
        wanted.remove("collateral.status")
    return wanted


def _names(ask: Ask, fields: Sequence[str]) -> str:
    separator = "、" if ask.lang == "zh" else ", "
    return separator.join(
        ask.say(f"field.{name}") if name in OF_BOOK else ask.label("field", name) for name in fields
    )


def _days_ago(ask: Ask, on: date | None) -> int | None:
    return None if on is None else (ask.on - on).days
