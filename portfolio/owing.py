"""What is due: visits, promises, open cases; and what has been reported in a period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from portfolio.asking import Ask, Reply
from portfolio.periods import Period, named
from portfolio.values import plain
from records import owed, statements
from records.conditions import Filter
from records.model import Case, Promise, Report, Visit
from records.owed import Owed
from records.statements import Paper

GRACE_DAYS = 3  # a promise is broken three days after its day


async def agenda(ask: Ask) -> Reply:
    """Visits and callbacks due in the period and those late from before it."""
    period = ask.question.period or named("this_week", ask.on)
    since = None if period.first <= ask.on else period.first
    return await _visits(ask, "agenda", period, since=since, until=period.last)


async def not_visited(ask: Ask) -> Reply:
    """Who should have been visited by the end of the period and hasn't; phone callbacks are told apart."""
    period = ask.question.period or named("this_week", ask.on)
    reply = await _visits(ask, "not_visited", period, until=period.last, callbacks=False)
    bounds = {"until": period.last, "callbacks": True}
    calls, _, _ = await owed.waiting_count(ask.tx, ask.viewer, ask.on, _wanted(ask), **bounds)
    if calls:
        reply.numbers["callback_count"] = calls
        reply.lines.append(ask.say("callbacks_too", count=calls))
    return reply


async def overdue_visits(ask: Ask) -> Reply:
    return await _visits(ask, "overdue_visits", None, until=ask.on - timedelta(1))


async def promises(ask: Ask) -> Reply:
    """Promises due in the period, or broken ones, or all that stand."""
    period = ask.question.period
    since, until = (period.first, period.last) if period else (None, None)
    found = await owed.promised(ask.tx, ask.viewer, ask.on, _wanted(ask), since=since, until=until)
    if ask.question.broken:
        found = [one for one in found if is_broken(one.of, ask.on)]
    reply = Reply(total=len(found))
    reply.numbers["count"] = len(found)
    reply.numbers["promised_total"] = plain(sum(one.of.amount or 0 for one in found))
    head = ask.say("promises", count=len(found), broken=ask.question.broken, period=period and period.name)
    return _listed(ask, reply, head, found, _promise_line)


async def papers(ask: Ask) -> Reply:
    """Statements that haven't come by the end of the period, by default by yesterday; the book alone says so."""
    period = ask.question.period
    until = period.last if period else ask.on - timedelta(1)
    within = statements.visible_to(ask.viewer, ask.on, _of_book(ask))
    ahead = max((until - ask.on).days, 0)
    found = [one for one in await statements.owed(ask.tx, ask.on, within, ahead=ahead) if one.due_on <= until]
    reply = Reply(total=len(found), numbers={"count": len({one.borrower_code for one in found})})
    reply.numbers |= {"paper_count": len(found), "overdue_count": sum(one.due_on < ask.on for one in found)}
    reply.lines.append(ask.say("papers", count=len(found), borrowers=reply.numbers["count"], last=until))
    page = found[ask.offset : ask.offset + ask.limit]
    reply.shown = len(page)
    reply.lines += [_paper_line(ask, place, one) for place, one in enumerate(page, ask.offset + 1)]
    reply.borrowers += list(dict.fromkeys(one.borrower_code for one in page))
    return reply


def _paper_line(ask: Ask, place: int, one: Paper) -> str:
    late = (ask.on - one.due_on).days
    details = ask.say("detail.paper", end=one.period_end, due=one.due_on, late=late)
    whose = one.owner_name if ask.viewer.role != "account_manager" else ""
    return ask.say("line", place=place, name=one.called, whose=whose, details=details)


def _of_book(ask: Ask) -> Filter:
    """What the question limits by the book; of one borrower where it names one."""
    asked = ask.question.wanted
    names = ("staff", "industry", "place", "risk_classes", "product")
    borrower = ask.question.borrowers[0] if ask.question.borrowers else None
    return Filter(borrower=borrower, **{name: getattr(asked, name) for name in names})


async def open_cases(ask: Ask) -> Reply:
    codes = ask.question.wanted.case_codes
    severities = ask.question.severities
    found = await owed.open_cases(
        ask.tx, ask.viewer, ask.on, _wanted(ask), severities=severities, codes=codes
    )
    reply = Reply(total=len(found))
    reply.numbers["count"] = len(found)
    for severity in ("red", "orange", "yellow", "blue"):
        reply.numbers[f"{severity}_count"] = sum(one.of.severity == severity for one in found)
    return _listed(
        ask, reply, ask.say("cases", count=len(found), severity=only(severities)), found, _case_line
    )


async def reports(ask: Ask) -> Reply:
    """Whom we went to see, by confirmed reports."""
    period: Period = ask.question.period or named("this_week", ask.on)
    found = await owed.recent_reports(
        ask.tx, ask.viewer, ask.on, _wanted(ask), since=period.first, until=period.last
    )
    reply = Reply(total=len(found), numbers={"count": len({one.borrower_code for one in found})})
    reply.numbers["report_count"] = len(found)
    head = ask.say("reports", count=len(found), period=period.name, first=period.first, last=period.last)
    return _listed(ask, reply, head, found, _report_line)


def only(severities: tuple[str, ...]) -> str:
    """The one severity that is asked for; empty where there are several or none."""
    return severities[0] if len(severities) == 1 else ""


def is_broken(promise: Promise, on: date) -> bool:
    if promise.state == "broken":
        return True
    return (
        promise.state == "open" and promise.due_on is not None and promise.due_on + timedelta(GRACE_DAYS) < on
    )


def _wanted(ask: Ask) -> Filter:
    """The filter of the question; of one borrower where it names one."""
    bare = replace(ask.question.wanted, case_codes=(), case_severities=(), not_since=None, matures=None)
    return replace(bare, borrower=ask.question.borrowers[0]) if ask.question.borrowers else bare


async def _visits(ask: Ask, key: str, period: Period | None, **bounds: Any) -> Reply:
    wanted = _wanted(ask)
    count, borrowers, late = await owed.waiting_count(ask.tx, ask.viewer, ask.on, wanted, **bounds)
    page = await owed.waiting_visits(
        ask.tx, ask.viewer, ask.on, wanted, limit=ask.limit, offset=ask.offset, **bounds
    )
    reply = Reply(total=count, numbers={"count": borrowers, "overdue_count": late, "visit_count": count})
    head = ask.say(key, count=count, period=period and period.name, last=period and period.last)
    return _page(ask, reply, head, page, _visit_line)


def _listed(
    ask: Ask, reply: Reply, head: str, found: Sequence[Owed[Any]], line: Callable[[Ask, int, Owed[Any]], str]
) -> Reply:
    return _page(ask, reply, head, found[ask.offset : ask.offset + ask.limit], line)


def _page(
    ask: Ask, reply: Reply, head: str, page: Sequence[Owed[Any]], line: Callable[[Ask, int, Owed[Any]], str]
) -> Reply:
    reply.shown = len(page)
    reply.lines.append(head)
    for place, one in enumerate(page, ask.offset + 1):
        reply.lines.append(line(ask, place, one))
        if one.borrower_code not in reply.borrowers:
            reply.borrowers.append(one.borrower_code)
        _source(reply, one)
    if ask.viewer.role == "admin":
        reply.unknown.append("reports")
        reply.lines.append(ask.say("no_reports"))
    return reply


def _source(reply: Reply, one: Owed[Any]) -> None:
    if isinstance(one.of, Promise):
        reply.source(one.of.report_id, one.called, one.of.made_on)
    elif isinstance(one.of, Report):
        reply.source(one.of.id, one.called, one.of.reported_on)
    elif isinstance(one.of, Case) and one.of.report_ids:
        reply.source(one.of.report_ids[-1], one.called, None)


def _whose(ask: Ask, one: Owed[Any]) -> str:
    return one.manager_name if ask.viewer.role != "account_manager" else ""


def _visit_line(ask: Ask, place: int, one: Owed[Visit]) -> str:
    late = (ask.on - one.of.due_on).days
    kind = ask.label("visit_kind", one.of.kind)
    details = ask.say("detail.visit", kind=kind, on=one.of.due_on, late=late)
    return ask.say("line", place=place, name=one.called, whose=_whose(ask, one), details=details)


def _promise_line(ask: Ask, place: int, one: Owed[Promise]) -> str:
    details = ask.say("detail.promise", promise=one.of, broken=is_broken(one.of, ask.on))
    return ask.say("line", place=place, name=one.called, whose=_whose(ask, one), details=details)


def _case_line(ask: Ask, place: int, one: Owed[Case]) -> str:
    local = one.of.opened_at.astimezone(ask.zone).date()
    details = ask.say("detail.case", case=one.of, on=local)
    return ask.say("line", place=place, name=one.called, whose=_whose(ask, one), details=details)


def _report_line(ask: Ask, place: int, one: Owed[Report]) -> str:
    details = ask.say("detail.report", on=one.of.visited_on or one.of.reported_on)
    return ask.say("line", place=place, name=one.called, whose=_whose(ask, one), details=details)
