"""Conditions on borrowers that people ask by, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from records.model import Staff
from records.planned import projects
from records.scope import case_clause, clause, sees_reports
from records.tables import borrowers, cases, loans, milestones, standings

Clause = sa.ColumnElement[bool]
BEHIND = ("delayed", "suspended")


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that all must hold; None or empty asks nothing. Points are percent points under the plan."""

    borrower: str | None = None
    staff: str | None = None
    industry: str | None = None
    place: str | None = None
    risk_classes: tuple[str, ...] = ()
    product: str | None = None
    levels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    collateral: tuple[str, ...] = ()
    behind_points: float | None = None
    overdue_over: int | None = None
    not_since: date | None = None
    never_visited: bool = False
    never_reported: bool = False
    matures: tuple[date, date] | None = None
    balance_over: float | None = None
    balance_under: float | None = None
    percent_over: float | None = None
    percent_under: float | None = None
    capacity_over: float | None = None
    capacity_under: float | None = None
    case_codes: tuple[str, ...] = ()
    case_severities: tuple[str, ...] = ()
    order: str = "balance"

    @property
    def of_reports(self) -> bool:
        """Whether it asks for more than the book says."""
        asked = (
            self.levels, self.statuses, self.signals, self.collateral, self.behind_points is not None,
            self.not_since, self.never_visited, self.never_reported, self.percent_over is not None,
            self.percent_under is not None, self.capacity_over is not None, self.capacity_under is not None, self.case_codes, self.case_severities,
        )  # fmt: skip
        return any(asked)


def conditions(viewer: Staff, wanted: Filter, on: date) -> list[Clause]:
    """To be joined with `clause(viewer, on)`; the standing must be outer-joined where the viewer sees reports."""
    found = [*_of_borrower(wanted), *_of_loans(wanted)]
    if not wanted.of_reports:
        return found
    if not sees_reports(viewer):
        return [sa.false()]
    return [*found, *_of_standing(wanted), *_of_project(viewer, wanted, on), *_of_cases(viewer, wanted)]


def _of_borrower(wanted: Filter) -> Iterator[Clause]:
    if wanted.borrower is not None:
        yield borrowers.c.borrower_code == wanted.borrower
    if wanted.staff is not None:
        yield borrowers.c.account_manager == wanted.staff
    if wanted.industry is not None:
        yield borrowers.c.industry == wanted.industry
    if wanted.place is not None:
        yield borrowers.c.address.contains(wanted.place, autoescape=True)
    if wanted.risk_classes:
        yield borrowers.c.risk_class.in_(wanted.risk_classes)


def _of_loans(wanted: Filter) -> Iterator[Clause]:
    if wanted.product is not None:
        yield _has_loan(loans.c.product == wanted.product)
    if wanted.overdue_over is not None:
        yield _has_loan(loans.c.overdue_days > wanted.overdue_over)
    if wanted.matures is not None:
        yield _has_loan(loans.c.matures_on.between(*wanted.matures), loans.c.balance > 0)
    if wanted.balance_over is not None:
        yield total(loans.c.balance) > wanted.balance_over
    if wanted.balance_under is not None:
        yield total(loans.c.balance) < wanted.balance_under


def _of_standing(wanted: Filter) -> Iterator[Clause]:
    if wanted.levels:
        yield standings.c.level.in_(wanted.levels)
    if wanted.statuses:
        yield standings.c.status.in_(wanted.statuses)
    if wanted.signals:
        yield sa.or_(*(_stated("cash_stress.signal", signal) for signal in wanted.signals))
    if wanted.collateral:
        yield sa.or_(*(_stated("collateral.status", status) for status in wanted.collateral))
    if wanted.not_since is not None:
        last = standings.c.last_visit_on
        yield sa.or_(last.is_(None), last <= wanted.not_since)
    if wanted.never_visited:
        yield standings.c.last_visit_on.is_(None)
    capacity = standings.c.facts[("operations.capacity_percent", "value")].as_float()
    if wanted.capacity_over is not None:
        yield capacity > wanted.capacity_over
    if wanted.capacity_under is not None:
        yield capacity < wanted.capacity_under
    if wanted.never_reported:
        yield standings.c.reported_on.is_(None)


def _of_project(viewer: Staff, wanted: Filter, on: date) -> Iterator[Clause]:
    if wanted.percent_over is not None:
        yield standings.c.percent > wanted.percent_over
    if wanted.percent_under is not None:
        yield standings.c.percent < wanted.percent_under
    if wanted.behind_points is not None:
        plan = projects(sa.select(borrowers.c.borrower_code).where(clause(viewer, on)))
        under = sa.select(plan.c.borrower_code).where(plan.c.plan - plan.c.percent > wanted.behind_points)
        counted = [standings.c.status.in_(BEHIND)] if wanted.behind_points < STATED_COUNTS_UP_TO else []
        yield sa.or_(*counted, borrowers.c.borrower_code.in_(under))
        yield sa.or_(standings.c.status.is_(None), standings.c.status != "completed")


# A report that only says "delayed" is behind plan, but not known to be so by 20 points.
STATED_COUNTS_UP_TO = 10


def _of_cases(viewer: Staff, wanted: Filter) -> Iterator[Clause]:
    if not wanted.case_codes and not wanted.case_severities:
        return
    query = sa.select(cases.c.borrower_code).where(cases.c.state != "closed", case_clause(viewer))
    if wanted.case_severities:
        query = query.where(cases.c.severity.in_(wanted.case_severities))
    if wanted.case_codes:
        query = query.where(sa.or_(*(cases.c.code.startswith(code) for code in wanted.case_codes)))
    yield borrowers.c.borrower_code.in_(query)


def total(column: sa.Column[Any], how: Any = sa.func.sum) -> sa.ScalarSelect[Any]:
    """A sum (or another aggregate) over the active loans of the borrower in the query around it."""
    query = sa.select(how(column)).where(loans.c.borrower_code == borrowers.c.borrower_code, loans.c.active)
    return query.correlate(borrowers).scalar_subquery()


def has_plan() -> Clause:
    query = sa.select(loans.c.borrower_code).where(
        loans.c.active, loans.c.loan_no.in_(sa.select(milestones.c.loan_no))
    )
    return borrowers.c.borrower_code.in_(query)


def _has_loan(*wanted: Clause) -> Clause:
    query = sa.select(loans.c.borrower_code).where(loans.c.active, *wanted)
    return borrowers.c.borrower_code.in_(query)


def _stated(field: str, code: str) -> Clause:
    """The standing's last stated value is this code, or a list that has it."""
    found: Clause = standings.c.facts[(field, "value")].as_string().contains(code, autoescape=True)
    return found
