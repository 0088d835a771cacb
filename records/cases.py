"""Cases: flags that somebody must work on, and what was done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from records import scope
from records.database import Tx, insert_or_ignore
from records.model import SEVERITIES, Case, Staff, as_model
from records.tables import borrowers, case_events, cases, policies, reports

NOT_CLOSED = cases.c.state != "closed"
LOUDNESS = sa.case({name: place for place, name in enumerate(SEVERITIES)}, value=cases.c.severity)


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """action: opened, updated, raised, acknowledged, answered, closed, nagged; actor a staff code or `system`."""

    id: int
    case_id: int
    at: datetime
    actor: str
    action: str
    severity: str | None = None
    report_id: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A case with the name that its borrower is called by."""

    case: Case
    borrower: str


async def get(tx: Tx, case_id: int) -> Case | None:
    row = (await tx.execute(sa.select(cases).where(cases.c.id == case_id))).first()
    return as_model(Case, row) if row else None


async def hold(tx: Tx, case_id: int) -> Case | None:
    """The case, locked until the transaction ends."""
    row = (await tx.execute(sa.select(cases).where(cases.c.id == case_id).with_for_update())).first()
    return as_model(Case, row) if row else None


async def standing(tx: Tx, borrower_code: str, code: str) -> Case | None:
    """The case of this code that is not closed; there is at most one."""
    mine = (cases.c.borrower_code == borrower_code, cases.c.code == code, NOT_CLOSED)
    row = (await tx.execute(sa.select(cases).where(*mine).with_for_update())).first()
    return as_model(Case, row) if row else None


async def last_closed(tx: Tx, borrower_code: str, code: str) -> Case | None:
    mine = (cases.c.borrower_code == borrower_code, cases.c.code == code, cases.c.state == "closed")
    query = sa.select(cases).where(*mine).order_by(cases.c.closed_at.desc(), cases.c.id.desc()).limit(1)
    row = (await tx.execute(query)).first()
    return as_model(Case, row) if row else None


async def open_case(tx: Tx, **values: Any) -> Case | None:
    """A new case; None when another transaction has just opened one of this code on the borrower."""
    row = (await tx.execute(insert_or_ignore(tx, cases).values(**values).returning(cases))).first()
    return as_model(Case, row) if row else None


async def change(tx: Tx, case_id: int, **values: Any) -> Case:
    query = sa.update(cases).where(cases.c.id == case_id).values(**values).returning(cases)
    return as_model(Case, (await tx.execute(query)).one())


async def note(tx: Tx, case_id: int, at: datetime, actor: str, action: str, **values: Any) -> None:
    await tx.execute(
        sa.insert(case_events).values(case_id=case_id, at=at, actor=actor, action=action, **values)
    )


async def events(tx: Tx, case_id: int) -> list[CaseEvent]:
    query = sa.select(case_events).where(case_events.c.case_id == case_id).order_by(case_events.c.id)
    return [as_model(CaseEvent, row) for row in await tx.execute(query)]


async def of_borrower(tx: Tx, borrower_code: str, viewer: Staff, *, closed: bool = False) -> list[Case]:
    """The borrower's cases that the viewer may know of, the loudest and oldest first."""
    query = sa.select(cases).where(cases.c.borrower_code == borrower_code, scope.case_clause(viewer))
    if not closed:
        query = query.where(NOT_CLOSED)
    return [as_model(Case, row) for row in await tx.execute(query.order_by(LOUDNESS.desc(), cases.c.id))]


async def visible(tx: Tx, viewer: Staff, on: date, limit: int = 50, offset: int = 0) -> list[Listed]:
    """Open cases in the viewer's scope, the loudest first, then the one due soonest."""
    query = _visible(viewer, on, cases, borrowers.c.short_name, borrowers.c.name)
    query = query.order_by(LOUDNESS.desc(), cases.c.due_at, cases.c.id).limit(limit).offset(offset)
    return [Listed(as_model(Case, row), row.short_name or row.name) for row in await tx.execute(query)]


async def count_visible(tx: Tx, viewer: Staff, on: date) -> int:
    return int((await tx.execute(_visible(viewer, on, sa.func.count()))).scalar_one())


async def can_see(tx: Tx, viewer: Staff, case: Case, on: date) -> bool:
    """Whether the case exists for this person: of what is for compliance alone, nobody else hears."""
    if case.audience == "compliance" or not scope.sees_reports(viewer):
        return scope.sees_conduct(viewer)
    if case.author == viewer.staff_code and case.severity == "blue":
        return viewer.active
    return await scope.can_see(tx, viewer, case.borrower_code, on)


async def times(tx: Tx, author: str, codes: Sequence[str], report_id: int) -> dict[str, int]:
    """How often each code was found in other reports of the author."""
    query = (
        sa.select(cases.c.code, sa.func.count(sa.distinct(case_events.c.report_id)).label("times"))
        .join(case_events, case_events.c.case_id == cases.c.id)
        .join(reports, reports.c.id == case_events.c.report_id)
        .where(cases.c.code.in_(codes), reports.c.author == author, reports.c.id != report_id)
        .where(case_events.c.action.in_(("opened", "updated", "raised")))
        .group_by(cases.c.code)
    )
    return {row.code: row.times for row in await tx.execute(query)}


async def unacknowledged_red(tx: Tx, told_before: datetime, limit: int = 200) -> list[Case]:
    """Red ones that nobody has acknowledged, last told of before that moment, the oldest first."""
    last_told = sa.func.coalesce(cases.c.escalated_at, cases.c.opened_at)
    query = sa.select(cases).where(
        NOT_CLOSED, cases.c.severity == "red", cases.c.acknowledged_at.is_(None), last_told <= told_before
    )
    return [as_model(Case, row) for row in await tx.execute(query.order_by(cases.c.id).limit(limit))]


async def unanswered_orange(tx: Tx, now: datetime, limit: int = 200) -> list[Case]:
    """Orange ones past their answer's hour, of which the manager hasn't been told yet."""
    query = sa.select(cases).where(
        cases.c.state == "open",
        cases.c.severity == "orange",
        cases.c.due_at <= now,
        cases.c.escalated_to == 0,
    )
    return [as_model(Case, row) for row in await tx.execute(query.order_by(cases.c.id).limit(limit))]


async def keep_policy(tx: Tx, version: str, kind: str, text: str, now: datetime) -> None:
    """Keep the text of a policy once, by its version."""
    row = {"version": version, "kind": kind, "text": text, "loaded_at": now}
    await tx.execute(insert_or_ignore(tx, policies).values(**row))


def _visible(viewer: Staff, on: date, *columns: Any) -> sa.Select[Any]:
    mine = sa.or_(scope.clause(viewer, on), cases.c.audience == "compliance")
    query = sa.select(*columns).select_from(cases)
    query = query.join(borrowers, borrowers.c.borrower_code == cases.c.borrower_code)
    return query.where(NOT_CLOSED, scope.case_clause(viewer), mine)


def evidence(case: Case) -> list[Mapping[str, Any]]:
    """Its quotes, `{"report_id", "text"}`, the newest last."""
    return list(case.evidence)
