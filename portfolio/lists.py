"""Borrowers by condition: who they are, how many, how much, by group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from portfolio.asking import Ask, Reply
from portfolio.lexicon import SIGNALS
from portfolio.values import as_day, gap_points, joined, plain, words
from prompts.message import Button
from records import overview
from records.conditions import Filter
from records.overview import Line, Sums

# Where nothing is known of it, a condition can neither hold nor fail: which column of the standing says it.
RESTS_ON: Mapping[str, tuple[str, str]] = {
    "tight": ("level", "cash_stress.level"),
    "severe": ("level", "cash_stress.level"),
    "comfortable": ("level", "cash_stress.level"),
    "behind": ("percent", "progress.percent"),
} | dict.fromkeys(SIGNALS, ("reported_on", "reports"))


async def borrowers(ask: Ask) -> Reply:
    """The borrowers that meet all conditions, worst first, with their sums."""
    wanted = ask.question.wanted
    totals = await overview.sums(ask.tx, ask.viewer, ask.on, wanted)
    rows = await overview.find(ask.tx, ask.viewer, ask.on, wanted, limit=ask.limit, offset=ask.offset)
    reply = Reply(total=totals.count, shown=len(rows), numbers=_numbers(totals))
    reply.lines.append(heading(ask, totals))
    for place, row in enumerate(rows, ask.offset + 1):
        reply.lines.append(_line(ask, place, row))
        reply.borrowers.append(row.borrower_code)
        report_id, on = _source(ask, row)
        reply.source(report_id, row.called, on)
    await _name_unknown(ask, reply)
    if {"tight", "severe", "comfortable"} & set(
        ask.question.conditions
    ) and ask.viewer.role != "account_manager":
        reply.buttons.append(Button(ask.say("button.heat"), "heat"))
    return reply


async def totals(ask: Ask) -> Reply:
    """How many and how much; with a condition also their share of all."""
    question = ask.question
    found = await overview.sums(ask.tx, ask.viewer, ask.on, question.wanted)
    reply = Reply(numbers=_numbers(found))
    reply.lines.append(
        ask.say("sums", what=_conditions(ask), sums=found, measure=question.measure or "count")
    )
    if question.wanted != Filter():
        whole = await overview.sums(ask.tx, ask.viewer, ask.on, Filter())
        reply.numbers |= _shares(found, whole)
        if whole.count:
            reply.lines.append(ask.say("share", **_shares(found, whole)))
    await _name_unknown(ask, reply)
    return reply


async def groups(ask: Ask) -> Reply:
    by = str(ask.question.group)
    rows = await overview.groups(ask.tx, ask.viewer, ask.on, ask.question.wanted, by)
    whole = await overview.sums(ask.tx, ask.viewer, ask.on, ask.question.wanted)
    reply = Reply(numbers=_numbers(whole))
    reply.lines.append(ask.say("groups", by=by, what=_conditions(ask), sums=whole))
    kind = by if by in ("risk_class", "product") else ""
    for key, found in rows:
        name = ask.label(kind, key) if kind else key or "—"
        reply.lines.append(ask.say("group", name=name, sums=found))
        reply.numbers[f"count.{key}"] = found.count
        reply.numbers[f"balance_total.{key}"] = plain(found.balance)
    return reply


def heading(ask: Ask, found: Sums) -> str:
    key = "found" if found.count else "found_none"
    return ask.say(key, what=_conditions(ask), count=found.count, balance=found.balance, day=ask.on)


def _conditions(ask: Ask) -> str:
    """The conditions as one phrase: 「资金紧张 · 制造业 · 测试经理甲」."""
    question, wanted = ask.question, ask.question.wanted
    parts = [ask.say(f"condition.{name}", days=question.days, wanted=wanted) for name in question.conditions]
    parts += [ask.label("risk_class", code) for code in wanted.risk_classes]
    parts += [ask.label("product", wanted.product)] if wanted.product else []
    parts += [value for value in (wanted.industry, wanted.place, wanted.staff) if value]
    for name in (
        "balance_over",
        "balance_under",
        "percent_over",
        "percent_under",
        "capacity_over",
        "capacity_under",
    ):
        if (value := getattr(wanted, name)) is not None:
            parts.append(ask.say(f"condition.{name}", value=value))
    return joined(parts) or ask.say("condition.all")


def _line(ask: Ask, place: int, row: Line) -> str:
    about = [f for name in ask.question.conditions for f in [DETAILS.get(name, _signals)(ask, row)] if f]
    if not about:
        about = [_balance(ask, row), _standing(ask, row)]
    whose = row.manager_name if ask.viewer.role != "account_manager" else ""
    return ask.say("line", place=place, name=row.called, whose=whose, details=joined(dict.fromkeys(about)))


def _cash(ask: Ask, row: Line) -> str:
    level = ask.label("level", row.level) if row.level else ""
    on = _stated(row, "cash_stress.level").get("on") or row.reported_on
    signals = _stated(row, "cash_stress.signal").get("value") or []
    return ask.say(
        "detail.cash", level=level, signals=words("cash_stress.signal", signals, ask.lang), on=as_day(on)
    )


def _signals(ask: Ask, row: Line) -> str:
    stated = _stated(row, "cash_stress.signal")
    if not stated:
        return _balance(ask, row)
    value = words("cash_stress.signal", stated.get("value") or [], ask.lang)
    return ask.say("detail.stated", value=value, on=as_day(stated.get("on")) or row.reported_on)


def _project(ask: Ask, row: Line) -> str:
    delay = _stated(row, "progress.delay_days").get("value")
    gap = gap_points(row.plan, row.percent)
    return ask.say(
        "detail.project",
        percent=row.percent, plan=None if row.plan is None else round(row.plan, 1), gap=gap, delay=delay,
        status=ask.label("status", row.status) if row.status else "", on=row.percent_on or row.reported_on,
    )  # fmt: skip


def _overdue(ask: Ask, row: Line) -> str:
    return ask.say("detail.overdue", days=row.overdue_days, balance=row.balance)


def _visited(ask: Ask, row: Line) -> str:
    return ask.say(
        "detail.visited", on=row.last_visit_on, days=row.last_visit_on and (ask.on - row.last_visit_on).days
    )


def _matures(ask: Ask, row: Line) -> str:
    return ask.say("detail.matures", on=row.matures_on, balance=row.balance)


def _collateral(ask: Ask, row: Line) -> str:
    stated = _stated(row, "collateral.status")
    value = words("collateral.status", stated.get("value", ""), ask.lang)
    return ask.say("detail.stated", value=value, on=as_day(stated.get("on")) or row.reported_on)


def _balance(ask: Ask, row: Line) -> str:
    return ask.say("detail.balance", balance=row.balance, risk_class=row.risk_class)


def _standing(ask: Ask, row: Line) -> str:
    return _cash(ask, row) if row.level else ""


DETAILS: Mapping[str, Callable[[Ask, Line], str]] = {
    "tight": _cash, "severe": _cash, "comfortable": _cash, "behind": _project, "suspended": _project,
    "completed": _project, "ahead": _project, "on_schedule": _project, "loan_overdue": _overdue,
    "not_visited": _visited, "never_visited": _visited, "maturing": _matures, "collateral_trouble": _collateral,
    "misuse": _balance, "unreachable": _visited,
}  # fmt: skip


def _source(ask: Ask, row: Line) -> tuple[Any, Any]:
    """The report that the first condition rests on, with its day; else the newest."""
    for name in ask.question.conditions:
        field = {"behind": "progress.percent"}.get(name) or RESTS_ON.get(name, ("", ""))[1]
        stated = _stated(row, field)
        if stated.get("report_id"):
            return stated["report_id"], as_day(stated.get("on")) or row.reported_on
    return row.report_id, row.reported_on


def _stated(row: Line, field: str) -> Mapping[str, Any]:
    stated = (row.facts or {}).get(field)
    return stated if isinstance(stated, Mapping) else {}


async def _name_unknown(ask: Ask, reply: Reply) -> None:
    """Say of whom nothing is known, so that a short list isn't taken for good news."""
    rests = next((RESTS_ON[name] for name in ask.question.conditions if name in RESTS_ON), None)
    if rests is None:
        return
    if ask.viewer.role == "admin":
        reply.unknown.append("reports")
        reply.lines.append(ask.say("no_reports"))
        return
    column, field = rests
    places = _places_only(ask.question.wanted)
    count, codes = await overview.unstated(ask.tx, ask.viewer, ask.on, places, column)
    if count:
        reply.unknown += [f"{field}:{code}" for code in codes]
        reply.numbers["unknown_count"] = count
        reply.lines.append(ask.say(f"unknown_of.{column}", count=count))


def _places_only(wanted: Filter) -> Filter:
    return Filter(
        staff=wanted.staff, industry=wanted.industry, place=wanted.place,
        risk_classes=wanted.risk_classes, product=wanted.product,
    )  # fmt: skip


def _numbers(found: Sums) -> dict[str, Any]:
    return {
        "count": found.count,
        "loan_count": found.loan_count,
        "balance_total": plain(found.balance),
        "amount_total": plain(found.amount),
        "drawn_total": plain(found.drawn),
    }


def _shares(found: Sums, whole: Sums) -> dict[str, Any]:
    of_count = 100 * found.count / whole.count if whole.count else 0
    of_balance = 100 * found.balance / whole.balance if whole.balance else 0
    return {
        "percent_of_count": plain(round(of_count, 1)),
        "percent_of_balance": plain(round(float(of_balance), 1)),
    }
