"""Which borrowers a time-based rule may concern today: the database selects, so that a sweep loads only those.

Each query leaves out borrowers whose open case of the code is as loud already: a second sweep finds nobody.
Thresholds are plain numbers of days or fractions; the rule itself decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from records.cases import LOUDNESS, NOT_CLOSED
from records.database import Tx
from records.tables import attempts, cases, loans, parts, promises, reports, statements, visits

YELLOW, ORANGE, RED = 1, 2, 3
Clause = sa.ColumnElement[bool]


async def unproved(tx: Tx, today: date, yellow: int, orange: int, until: int) -> list[str]:
    """Loans paid out `yellow` to `until` days ago without a document or photo since."""
    proof = (
        sa.exists()
        .where(reports.c.borrower_code == loans.c.borrower_code, parts.c.report_id == reports.c.id)
        .where(parts.c.kind.in_(("photo", "document")), reports.c.state.not_in(("void", "failed")))
        .where(reports.c.reported_on >= loans.c.disbursed_on)
    )
    age = loans.c.disbursed_on.between(_ago(today, until), _ago(today, yellow))
    loud = sa.case((loans.c.disbursed_on <= _ago(today, orange), ORANGE), else_=YELLOW)
    query = _loans("use.unproved", loud).where(age, type_of(loans.c.drawn) > 0, ~proof)
    return await _codes(tx, query)


async def overdue(tx: Tx, yellow: int, orange: int, red: int) -> list[str]:
    days = loans.c.overdue_days
    loud = sa.case((days >= red, RED), (days >= orange, ORANGE), else_=YELLOW)
    return await _codes(tx, _loans("cash.overdue", loud).where(days >= yellow))


async def uncovered(tx: Tx, rate: float) -> list[str]:
    """Loans whose balance is over the approved rate of the collateral's value in the book."""
    value = type_of(loans.c.collateral_value)
    approved = sa.func.coalesce(loans.c.approved_ltv, rate)
    over = sa.and_(value > 0, type_of(loans.c.balance) > value * approved)
    return await _codes(tx, _loans("collateral.cover", sa.literal(ORANGE)).where(over))


async def unreached(tx: Tx, today: date, times: int, look_back: int) -> list[str]:
    """Failed attempts on at least so many days; whether somebody was reached since is for the rule to see."""
    late = sa.exists().where(
        loans.c.borrower_code == attempts.c.borrower_code, loans.c.active, loans.c.overdue_days >= 1
    )
    loud = sa.case((late, RED), else_=ORANGE)
    query = (
        sa.select(attempts.c.borrower_code)
        .where(attempts.c.reason != "refused", attempts.c.on_day >= _ago(today, look_back))
        .where(_not_as_loud("contact.unreachable", attempts.c.borrower_code, loud))
        .group_by(attempts.c.borrower_code)
        .having(sa.func.count(sa.distinct(attempts.c.on_day)) >= times)
    )
    return await _codes(tx, query)


async def missed(tx: Tx, today: date, yellow: int, orange: int, red: int, first_check: int) -> list[str]:
    """Open visits that are late; a first check counts from `first_check` days after disbursement."""

    def late(days: int) -> Clause:
        usual = visits.c.due_on <= _ago(today, days)
        by_loan = loans.c.disbursed_on <= _ago(today, first_check + days)
        by_plan = sa.func.coalesce(visits.c.first_due_on, visits.c.due_on) <= _ago(today, days)
        return sa.case((visits.c.kind == "first_check", sa.or_(by_loan, by_plan)), else_=usual)

    is_red = sa.and_(visits.c.kind == "first_check", late(red))
    loud = sa.case((is_red, RED), (late(orange), ORANGE), else_=YELLOW)
    query = (
        sa.select(visits.c.borrower_code)
        .outerjoin(loans, loans.c.loan_no == visits.c.loan_no)
        .where(visits.c.state.in_(("planned", "reminded")), late(yellow))
        .where(_not_as_loud("schedule.missed", visits.c.borrower_code, loud))
    )
    return await _codes(tx, query.distinct())


async def promised(tx: Tx, today: date, after: int) -> list[str]:
    query = sa.select(promises.c.borrower_code).where(
        promises.c.state == "open", promises.c.due_on <= _ago(today, after)
    )
    return await _codes(tx, query.distinct())


async def unstated(tx: Tx, today: date, late: int, look_back: int) -> list[str]:
    """Statements that were due so many days ago and haven't come."""
    owed = sa.or_(statements.c.received_on.is_(None), statements.c.received_on > today)
    query = (
        sa.select(statements.c.borrower_code)
        .where(owed, statements.c.due_on.between(_ago(today, look_back), _ago(today, late)))
        .where(_not_as_loud("statement.late", statements.c.borrower_code, sa.literal(YELLOW)))
    )
    return await _codes(tx, query.distinct())


async def ratios(tx: Tx, today: date, lines: tuple[float, float, float], periods: int) -> list[str]:
    """The newest statement over a line (current under, debt over, cover under), or worse `periods` times running."""
    newest = _statements_with_earlier(today, periods)
    current, debt, cover = lines
    over = (
        newest.c.current_ratio_0 < current,
        newest.c.debt_ratio_0 > debt,
        newest.c.interest_cover_0 < cover,
    )
    worse = (
        _falls(newest, "current_ratio", periods),
        _falls(newest, "interest_cover", periods),
        _rises(newest, "debt_ratio", periods),
    )
    query = (
        sa.select(newest.c.borrower_code)
        .where(newest.c.place == 1, sa.or_(*over, *worse))
        .where(_not_as_loud("ratio.line", newest.c.borrower_code, sa.literal(ORANGE)))
    )
    return await _codes(tx, query)


def type_of(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """A money column as the whole cents that the database keeps."""
    return sa.type_coerce(column, sa.BigInteger)


def _loans(code: str, loud: sa.ColumnElement[int]) -> sa.Select[Any]:
    query = sa.select(loans.c.borrower_code).distinct()
    return query.where(loans.c.active, _not_as_loud(code, loans.c.borrower_code, loud))


def _not_as_loud(code: str, owner: sa.ColumnElement[str], loud: sa.ColumnElement[int]) -> Clause:
    return ~sa.exists().where(
        cases.c.borrower_code == owner, cases.c.code == code, NOT_CLOSED, loud <= LOUDNESS
    )


def _statements_with_earlier(today: date, periods: int) -> sa.Subquery:
    """Each statement that has come, with the ratios of it (0) and of the ones before it (1 …)."""
    came = sa.func.coalesce(statements.c.received_on, statements.c.period_end) <= today
    stated = sa.or_(
        statements.c.current_ratio.is_not(None),
        statements.c.debt_ratio.is_not(None),
        statements.c.interest_cover.is_not(None),
    )
    window: dict[str, Any] = {
        "partition_by": statements.c.borrower_code,
        "order_by": statements.c.period_end.desc(),
    }
    columns: list[Any] = [statements.c.borrower_code, sa.func.row_number().over(**window).label("place")]
    for name in ("current_ratio", "debt_ratio", "interest_cover"):
        for back in range(periods + 1):
            earlier = sa.func.lead(statements.c[name], back).over(**window)
            columns.append(earlier.label(f"{name}_{back}"))
    return sa.select(*columns).where(came, stated).subquery()


def _falls(rows: sa.Subquery, name: str, periods: int) -> Clause:
    return sa.and_(*(rows.c[f"{name}_{n}"] < rows.c[f"{name}_{n + 1}"] for n in range(periods)))


def _rises(rows: sa.Subquery, name: str, periods: int) -> Clause:
    return sa.and_(*(rows.c[f"{name}_{n}"] > rows.c[f"{name}_{n + 1}"] for n in range(periods)))


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


async def _codes(tx: Tx, query: sa.Select[Any]) -> list[str]:
    found: Sequence[str] = (await tx.execute(query)).scalars().all()
    return sorted(set(found))
