"""Who may see what: the one place where a query gets its limits."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from records.database import Tx
from records.model import Borrower, Staff, as_model
from records.prepared import Prepared
from records.tables import borrowers, cases, delegations, staff

SEES_ALL = ("risk", "compliance", "admin")
Clause = sa.ColumnElement[bool]


def clause(viewer: Staff, on: date) -> Clause:
    """The condition on `borrowers` under which `viewer` may know of one on this day; join it to every query."""
    if not viewer.active:
        return sa.false()
    if viewer.role in SEES_ALL:
        return borrowers.c.active
    return sa.and_(borrowers.c.active, borrowers.c.account_manager.in_(people(viewer, on)))


def _people(viewer: Any, on: Any) -> sa.Select[tuple[str]]:
    roots = sa.or_(staff.c.staff_code == viewer, staff.c.staff_code.in_(_delegators(viewer, on)))
    leads = sa.case((staff.c.role == "manager", 1), else_=0).label("leads")
    team = sa.select(staff.c.staff_code, leads).where(roots).cte(recursive=True)
    below = sa.select(staff.c.staff_code, team.c.leads)
    below = below.join(team, staff.c.reports_to == team.c.staff_code).where(team.c.leads == 1)
    whole = team.union(below)
    return sa.select(whole.c.staff_code)


def _delegators(viewer: Any, on: Any) -> sa.Select[tuple[str]]:
    return sa.select(delegations.c.from_staff).where(
        delegations.c.to_staff == viewer,
        delegations.c.starts_on <= on,
        delegations.c.ends_on >= on,
        delegations.c.revoked_at.is_(None),
    )


_VIEWER: sa.BindParameter[str] = sa.bindparam("viewer", type_=sa.String())
_ON: sa.BindParameter[date] = sa.bindparam("on", type_=sa.Date())
_ALL = sa.select(borrowers).where(borrowers.c.active).order_by(borrowers.c.borrower_code)
VISIBLE_TO_ALL = Prepared(_ALL)
VISIBLE = Prepared(_ALL.where(borrowers.c.account_manager.in_(_people(_VIEWER, _ON))))


def case_clause(viewer: Staff) -> Clause:
    """The condition on `cases`: what is for compliance alone exists for nobody else."""
    if not sees_reports(viewer):
        return sa.false()
    return sa.true() if viewer.role == "compliance" else cases.c.audience == "all"


def sees_reports(viewer: Staff) -> bool:
    """The administrator looks after staff and book, and doesn't read what was reported."""
    return viewer.active and viewer.role != "admin"


def sees_conduct(viewer: Staff) -> bool:
    return viewer.active and viewer.role == "compliance"


def people(viewer: Staff, on: date) -> sa.Select[tuple[str]]:
    """Staff codes whose borrowers are the viewer's: their own, those below a manager at any depth, and the same
    of everybody who has delegated to the viewer on this day. A loop in the book ends the walk."""
    return _people(viewer.staff_code, on)


def delegators(viewer: Staff, on: date) -> sa.Select[tuple[str]]:
    """Staff codes who have handed their borrowers to the viewer for this day."""
    return _delegators(viewer.staff_code, on)


async def visible_borrowers(tx: Tx, viewer: Staff, on: date) -> list[Borrower]:
    """All that the viewer may know of, by code."""
    return list(await visible_book(tx, viewer, on))


async def visible_book(tx: Tx, viewer: Staff, on: date) -> tuple[Borrower, ...]:
    """The visible borrowers, as the very same tuple while nothing about them changes."""
    if not viewer.active:
        return ()
    if viewer.role in SEES_ALL:
        return await VISIBLE_TO_ALL.kept(tx, Borrower)
    return await VISIBLE.kept(tx, Borrower, viewer=viewer.staff_code, on=on)


async def can_see(tx: Tx, viewer: Staff, borrower_code: str, on: date) -> bool:
    query = sa.select(borrowers.c.borrower_code).where(
        borrowers.c.borrower_code == borrower_code, clause(viewer, on)
    )
    return (await tx.execute(query)).first() is not None


async def visible_staff(tx: Tx, viewer: Staff, on: date) -> list[Staff]:
    """The colleagues by whom the viewer may ask: those whose borrowers are in scope."""
    query = sa.select(staff).where(staff.c.active).order_by(staff.c.staff_code)
    if viewer.role not in SEES_ALL:
        query = query.where(staff.c.staff_code.in_(people(viewer, on)))
    return [as_model(Staff, row) for row in await tx.execute(query)]
