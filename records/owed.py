"""What the book in scope still owes or was told: visits, promises, open cases, reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from records.conditions import Filter, conditions
from records.database import Tx
from records.model import Case, Promise, Report, Staff, Visit, as_model
from records.scope import case_clause, clause, sees_reports
from records.tables import audit, borrowers, cases, facts, promises, reports, staff, standings, visits

T = TypeVar("T")
DAY = sa.func.coalesce(
    reports.c.visited_on, reports.c.reported_on
)  # of the visit, however late it was reported
WAITING = ("planned", "reminded")
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Owed(Generic[T]):
    """A visit, promise, case or report, with the borrower that it belongs to and whose that is."""

    of: T
    borrower_code: str
    called: str
    manager_name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A confirmed report with what it stated: field -> facts as JSON, in the order of the text."""

    report: Report
    facts: Mapping[str, Sequence[Mapping[str, Any]]]


async def waiting_visits(
    tx: Tx, viewer: Staff, on: date, wanted: Filter, *, limit: int = LIMIT, offset: int = 0, **bounds: Any
) -> list[Owed[Visit]]:
    """Visits and callbacks not done yet, the most overdue first; `bounds` as in `waiting_count`."""
    query = _waiting(viewer, on, wanted, **bounds).order_by(visits.c.due_on, visits.c.id)
    return await _read(tx, Visit, query.limit(limit).offset(offset))


async def waiting_count(
    tx: Tx, viewer: Staff, on: date, wanted: Filter, **bounds: Any
) -> tuple[int, int, int]:
    """How many visits, of how many borrowers, and how many visits are late; within `since` and `until` (days),
    `callbacks` True for phone callbacks alone, False for all else."""
    found = _waiting(viewer, on, wanted, **bounds).subquery()
    late = sa.func.sum(sa.case((found.c.due_on < on, 1), else_=0))
    query = sa.select(
        sa.func.count(), sa.func.count(found.c.borrower_code.distinct()), sa.func.coalesce(late, 0)
    )
    count, borrowers_, overdue = (await tx.execute(query.select_from(found))).one()
    return int(count), int(borrowers_), int(overdue)


def _waiting(
    viewer: Staff,
    on: date,
    wanted: Filter,
    *,
    since: date | None = None,
    until: date | None = None,
    callbacks: bool | None = None,
) -> sa.Select[Any]:
    query = _owed(visits, viewer, on, wanted).where(visits.c.state.in_(WAITING))
    if callbacks is not None:
        is_call = visits.c.kind == "callback"
        query = query.where(is_call if callbacks else sa.not_(is_call))
    if since is not None:
        query = query.where(visits.c.due_on >= since)
    return query if until is None else query.where(visits.c.due_on <= until)


async def promised(
    tx: Tx, viewer: Staff, on: date, wanted: Filter, *, since: date | None = None, until: date | None = None
) -> list[Owed[Promise]]:
    """Promises of payment not kept yet, due within the days given; those without a day come last."""
    query = _owed(promises, viewer, on, wanted).where(promises.c.state.in_(("open", "broken")))
    if since is not None:
        query = query.where(promises.c.due_on >= since)
    if until is not None:
        query = query.where(promises.c.due_on <= until)
    return await _read(tx, Promise, query.order_by(promises.c.due_on.asc().nulls_last(), promises.c.id))


async def open_cases(
    tx: Tx,
    viewer: Staff,
    on: date,
    wanted: Filter,
    *,
    severities: Sequence[str] = (),
    codes: Sequence[str] = (),
) -> list[Owed[Case]]:
    """Cases not closed, the loudest and newest first; `codes` are whole codes or beginnings (`use.`)."""
    query = _owed(cases, viewer, on, wanted).where(cases.c.state != "closed", case_clause(viewer))
    if severities:
        query = query.where(cases.c.severity.in_(severities))
    if codes:
        query = query.where(sa.or_(*(cases.c.code.startswith(code) for code in codes)))
    loud = sa.case({"red": 0, "orange": 1, "yellow": 2}, value=cases.c.severity, else_=3)
    return await _read(tx, Case, query.order_by(loud, cases.c.last_seen_at.desc(), cases.c.id))


async def recent_reports(
    tx: Tx, viewer: Staff, on: date, wanted: Filter, *, since: date, until: date, limit: int = LIMIT
) -> list[Owed[Report]]:
    """Confirmed reports on visits of the days given, the newest visit first."""
    query = _owed(reports, viewer, on, wanted).where(reports.c.state == "confirmed")
    query = query.where(DAY.between(since, until))
    query = query.order_by(DAY.desc(), reports.c.id.desc()).limit(limit)
    return await _read(tx, Report, query)


async def told(tx: Tx, viewer: Staff, on: date, borrower_code: str, *, limit: int = 24) -> list[Told]:
    """The borrower's confirmed reports with their facts, the newest visit first."""
    query = _owed(reports, viewer, on, Filter(borrower=borrower_code)).where(reports.c.state == "confirmed")
    query = query.order_by(DAY.desc(), reports.c.id.desc()).limit(limit)
    found = await _read(tx, Report, query)
    return await _with_facts(tx, [owed.of for owed in found])


async def report(tx: Tx, viewer: Staff, on: date, report_id: int) -> Told | None:
    """One confirmed report, if its borrower is in the viewer's scope."""
    query = _owed(reports, viewer, on, Filter()).where(
        reports.c.id == report_id, reports.c.state == "confirmed"
    )
    found = await _read(tx, Report, query)
    return (await _with_facts(tx, [found[0].of]))[0] if found else None


async def last_question(tx: Tx, staff_code: str) -> tuple[int, datetime, Mapping[str, Any]] | None:
    """The newest question of this person: its entry in the audit log, when, and its detail."""
    query = sa.select(audit.c.id, audit.c.at, audit.c.detail)
    query = query.where(audit.c.actor == staff_code, audit.c.action == "ask")
    row = (await tx.execute(query.order_by(audit.c.id.desc()).limit(1))).first()
    return (row.id, row.at, row.detail) if row else None


async def question(tx: Tx, staff_code: str, audit_id: int) -> str | None:
    """The words of a question that this person asked."""
    query = sa.select(audit.c.detail).where(
        audit.c.id == audit_id, audit.c.actor == staff_code, audit.c.action == "ask"
    )
    detail = (await tx.execute(query)).scalar()
    return str(detail["text"]) if detail else None


def _owed(table: sa.Table, viewer: Staff, on: date, wanted: Filter) -> sa.Select[Any]:
    called = sa.case((borrowers.c.short_name != "", borrowers.c.short_name), else_=borrowers.c.name)
    source = table.join(borrowers, borrowers.c.borrower_code == table.c.borrower_code)
    source = source.join(staff, staff.c.staff_code == borrowers.c.account_manager)
    source = source.outerjoin(standings, standings.c.borrower_code == borrowers.c.borrower_code)
    query = sa.select(table, called.label("called"), staff.c.name.label("manager_name")).select_from(source)
    allowed = clause(viewer, on) if sees_reports(viewer) else sa.false()
    return query.where(allowed, *conditions(viewer, wanted, on))


async def _read(tx: Tx, kind: type[T], query: sa.Select[Any]) -> list[Owed[T]]:
    return [
        Owed(as_model(kind, row), row.borrower_code, row.called, row.manager_name)
        for row in await tx.execute(query.limit(LIMIT) if query._limit_clause is None else query)
    ]


async def _with_facts(tx: Tx, found: Sequence[Report]) -> list[Told]:
    query = sa.select(facts.c.report_id, facts.c.field, facts.c.fact).where(
        facts.c.report_id.in_([one.id for one in found]), facts.c.state == "confirmed"
    )
    stated: dict[int, dict[str, list[Mapping[str, Any]]]] = {one.id: {} for one in found}
    for row in await tx.execute(query.order_by(facts.c.report_id, facts.c.position)):
        stated[row.report_id].setdefault(row.field, []).append(row.fact)
    return [Told(one, stated[one.id]) for one in found]
