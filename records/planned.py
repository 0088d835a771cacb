"""Where each financed project should be by its milestones, computed in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from records.tables import loans, milestones, standings


class days_between(FunctionElement[float]):
    """Whole days from the second date to the first."""

    type = sa.Float()
    inherit_cache = True
    name = "days_between"


class as_day(FunctionElement[date]):
    """An ISO date kept as text, as a date."""

    type = sa.Date()
    inherit_cache = True
    name = "as_day"


@compiles(days_between, "sqlite")
def _days_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(days_between, "postgresql")
def _days_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    later, earlier = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST({later} - {earlier} AS double precision)"


@compiles(as_day, "sqlite")
def _day_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(as_day, "postgresql")
def _day_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS date)"


def stated_on(field: str) -> sa.ColumnElement[date]:
    """The day on which a field of the standing was last stated; its report's day where that isn't kept."""
    words = standings.c.facts[(field, "on")].as_string()
    return sa.func.coalesce(as_day(words), standings.c.reported_on)


def projects(codes: Sequence[str] | sa.Select[tuple[str]] | None = None) -> sa.Subquery:
    """One row a borrower with a milestone plan and a stated percentage: the newest such loan, its stated
    `percent` on `stated_on`, and `plan`, the percentage planned for that day (None where that can't be said)."""
    with_plan = sa.select(milestones.c.loan_no)
    rank = sa.func.row_number().over(
        partition_by=loans.c.borrower_code, order_by=(loans.c.disbursed_on.desc(), loans.c.loan_no)
    )
    day = stated_on("progress.percent")
    newest = (
        sa.select(
            loans.c.borrower_code, loans.c.loan_no, loans.c.disbursed_on, rank.label("place"),
            day.label("stated_on"), standings.c.percent,
        )
        .join(standings, standings.c.borrower_code == loans.c.borrower_code)
        .where(loans.c.active, loans.c.loan_no.in_(with_plan), standings.c.percent.is_not(None))
    )  # fmt: skip
    if codes is not None:
        newest = newest.where(loans.c.borrower_code.in_(codes))
    return _with_plan(newest.subquery())


def _with_plan(project: sa.Subquery) -> sa.Subquery:
    before = {name: _milestone(project, name, passed=True) for name in ("due_on", "percent")}
    after = {name: _milestone(project, name, passed=False) for name in ("due_on", "percent")}
    sides = (
        sa.select(
            project.c.borrower_code, project.c.loan_no, project.c.percent, project.c.stated_on,
            sa.func.coalesce(before["due_on"], project.c.disbursed_on).label("from_on"),
            sa.func.coalesce(before["percent"], 0.0).label("from_percent"),
            before["percent"].label("passed"),
            after["due_on"].label("to_on"),
            after["percent"].label("to_percent"),
        )
        .where(project.c.place == 1)
        .subquery()
    )  # fmt: skip
    c = sides.c
    share = days_between(c.stated_on, c.from_on) / sa.func.nullif(days_between(c.to_on, c.from_on), 0)
    line = c.from_percent + (c.to_percent - c.from_percent) * share
    plan = sa.case((c.to_on.is_(None), c.passed), (c.stated_on < c.from_on, 0.0), else_=line)
    return sa.select(c.borrower_code, c.loan_no, c.percent, c.stated_on, plan.label("plan")).subquery()


def _milestone(project: sa.Subquery, name: str, *, passed: bool) -> sa.ScalarSelect[Any]:
    due = milestones.c.due_on
    side = due <= project.c.stated_on if passed else due > project.c.stated_on
    query = sa.select(milestones.c[name]).where(milestones.c.loan_no == project.c.loan_no, side)
    return query.order_by(due.desc() if passed else due).limit(1).scalar_subquery()
