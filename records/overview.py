"""What a person may ask of the whole book: borrowers by condition, and their sums; every query within scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from records.conditions import Filter, conditions, has_plan, total
from records.database import Tx
from records.model import Staff, as_model
from records.planned import projects, stated_on
from records.scope import clause, sees_reports
from records.tables import borrowers, loans, staff, standings
from records.types import Money

STANDING = (
    "level",
    "percent",
    "status",
    "reported_on",
    "report_id",
    "last_visit_on",
    "last_contact_on",
    "facts",
)
SUMMED = ("balance", "amount", "drawn")


@dataclass(frozen=True, slots=True)
class Line:
    """One borrower of a list: book, standing and sums. `plan` is the percentage planned for `percent_on`."""

    borrower_code: str
    name: str
    short_name: str
    account_manager: str
    manager_name: str
    risk_class: str
    industry: str
    balance: Decimal | None
    overdue_days: int | None
    matures_on: date | None = None
    level: str | None = None
    percent: float | None = None
    status: str | None = None
    reported_on: date | None = None
    report_id: int | None = None
    last_visit_on: date | None = None
    last_contact_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    plan: float | None = None
    percent_on: date | None = None

    @property
    def called(self) -> str:
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the active loans of the borrowers found; amounts in the base unit."""

    count: int = 0
    loan_count: int = 0
    balance: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    drawn: Decimal = Decimal(0)


async def find(
    tx: Tx, viewer: Staff, on: date, wanted: Filter, *, limit: int = 50, offset: int = 0
) -> list[Line]:
    """The borrowers in scope that meet all conditions, worst first by `wanted.order`."""
    query = _within(viewer, on, wanted, [borrowers.c.borrower_code])
    codes = list((await tx.execute(query.limit(limit).offset(offset))).scalars())
    rows = {row.borrower_code: row for row in await _lines(tx, viewer, codes)}
    return [rows[code] for code in codes]


async def _lines(tx: Tx, viewer: Staff, codes: list[str]) -> list[Line]:
    """All that a list shows of these borrowers, which are in the viewer's scope."""
    columns = [
        borrowers.c.borrower_code, borrowers.c.name, borrowers.c.short_name, borrowers.c.account_manager,
        borrowers.c.risk_class, borrowers.c.industry, staff.c.name.label("manager_name"),
        total(loans.c.balance).label("balance"),
        total(loans.c.overdue_days, sa.func.max).label("overdue_days"),
        total(loans.c.matures_on, sa.func.min).label("matures_on"),
    ]  # fmt: skip
    if sees_reports(viewer):
        columns += [standings.c[name] for name in STANDING]
    query = sa.select(*columns).select_from(_source(viewer)).where(borrowers.c.borrower_code.in_(codes))
    rows = [as_model(Line, row) for row in await tx.execute(query)]
    return await _with_plans(tx, rows) if sees_reports(viewer) else rows


async def sums(tx: Tx, viewer: Staff, on: date, wanted: Filter) -> Sums:
    found = _within(viewer, on, wanted, [borrowers.c.borrower_code], ordered=False).subquery()
    query = sa.select(*_summed(found)).select_from(found.outerjoin(loans, _loans_of(found, wanted)))
    return _as_sums((await tx.execute(query)).one())


async def groups(tx: Tx, viewer: Staff, on: date, wanted: Filter, by: str) -> list[tuple[str, Sums]]:
    """Sums a group, the largest balance first; `by` is industry, risk_class, account_manager or product."""
    columns = [
        borrowers.c.borrower_code, borrowers.c.industry, borrowers.c.risk_class,
        staff.c.name.label("account_manager"),
    ]  # fmt: skip
    found = _within(viewer, on, wanted, columns, ordered=False).subquery()
    key = loans.c.product if by == "product" else found.c[by]
    query = sa.select(*_summed(found), key.label("key")).group_by(key)
    query = query.select_from(found.outerjoin(loans, _loans_of(found, wanted)))
    rows = [(str(row.key or ""), _as_sums(row)) for row in await tx.execute(query)]
    return sorted(rows, key=lambda row: (-row[1].balance, row[0]))


async def cash_by_industry(tx: Tx, viewer: Staff, on: date) -> dict[tuple[str, str | None], int]:
    """How many borrowers of each industry are last known to be in each cash level; None where it isn't known."""
    found = _within(viewer, on, Filter(), [borrowers.c.industry, standings.c.level], ordered=False).subquery()
    query = sa.select(found.c.industry, found.c.level, sa.func.count()).group_by(
        found.c.industry, found.c.level
    )
    return {(industry, level): count for industry, level, count in await tx.execute(query)}


async def unstated(
    tx: Tx, viewer: Staff, on: date, wanted: Filter, column: str, limit: int = 20
) -> tuple[int, list[str]]:
    """How many borrowers in scope have nothing known in this column of the standing, and the first codes."""
    missing: list[sa.ColumnElement[bool]] = [standings.c[column].is_(None)]
    if column == "percent":
        missing.append(has_plan())
        missing.append(standings.c.status.is_(None))
    query = _within(viewer, on, wanted, [borrowers.c.borrower_code], ordered=False).where(*missing)
    count = (await tx.execute(sa.select(sa.func.count()).select_from(query.subquery()))).scalar_one()
    codes = await tx.execute(query.order_by(borrowers.c.borrower_code).limit(limit))
    return int(count), list(codes.scalars())


async def plan_of(tx: Tx, borrower_code: str) -> tuple[float | None, date | None]:
    """The percentage planned for the day when progress was last stated, and that day."""
    rows = await _plans(tx, [borrower_code])
    return rows.get(borrower_code, (None, None))


def _within(
    viewer: Staff, on: date, wanted: Filter, columns: list[Any], *, ordered: bool = True
) -> sa.Select[Any]:
    """The borrowers in scope that meet the conditions, in the order asked for."""
    query = sa.select(*columns).select_from(_source(viewer))
    query = query.where(clause(viewer, on), *conditions(viewer, wanted, on))
    return query.order_by(*_order(viewer, wanted), borrowers.c.borrower_code) if ordered else query


def _source(viewer: Staff) -> sa.Join:
    source = borrowers.join(staff, staff.c.staff_code == borrowers.c.account_manager)
    if not sees_reports(viewer):
        return source
    return source.outerjoin(standings, standings.c.borrower_code == borrowers.c.borrower_code)


def _order(viewer: Staff, wanted: Filter) -> list[Any]:
    if wanted.order == "overdue":
        return [total(loans.c.overdue_days, sa.func.max).desc()]
    if wanted.order == "matures":
        return [total(loans.c.matures_on, sa.func.min).asc()]
    if wanted.order == "level" and sees_reports(viewer):
        worst = sa.case({"severe": 0, "mild": 1, "none": 2}, value=standings.c.level, else_=3)
        return [worst, standings.c.reported_on.desc()]
    if wanted.order == "visited" and sees_reports(viewer):
        return [standings.c.last_visit_on.asc().nulls_first()]
    if wanted.order == "behind" and sees_reports(viewer):
        return [_gap().desc().nulls_last(), standings.c.reported_on.desc()]
    return [sa.func.coalesce(total(loans.c.balance), 0).desc()]


def _gap() -> sa.ScalarSelect[Any]:
    """Points under the plan, of the borrower in the query around it."""
    plan = projects()
    query = sa.select(plan.c.plan - plan.c.percent).where(plan.c.borrower_code == borrowers.c.borrower_code)
    return query.correlate(borrowers).scalar_subquery()


async def _with_plans(tx: Tx, rows: list[Line]) -> list[Line]:
    plans = await _plans(tx, [row.borrower_code for row in rows if row.percent is not None])
    none = (None, None)
    return [
        replace(
            row, plan=plans.get(row.borrower_code, none)[0], percent_on=plans.get(row.borrower_code, none)[1]
        )
        for row in rows
    ]


async def _plans(tx: Tx, codes: list[str]) -> dict[str, tuple[float | None, date | None]]:
    if not codes:
        return {}
    plan = projects(codes)
    found = {row.borrower_code: (row.plan, row.stated_on) for row in await tx.execute(sa.select(plan))}
    alone = sa.select(standings.c.borrower_code, stated_on("progress.percent").label("on"))
    alone = alone.where(standings.c.borrower_code.in_(codes), standings.c.percent.is_not(None))
    return {row.borrower_code: (None, row.on) for row in await tx.execute(alone)} | found


def _summed(found: sa.Subquery) -> list[Any]:
    money = [sa.cast(sa.func.coalesce(sa.func.sum(loans.c[name]), 0), sa.BigInteger) for name in SUMMED]
    counts = [sa.func.count(found.c.borrower_code.distinct()), sa.func.count(loans.c.loan_no)]
    return [*counts, *(sa.type_coerce(value, Money) for value in money)]


def _loans_of(found: sa.Subquery, wanted: Filter) -> sa.ColumnElement[bool]:
    own = sa.and_(loans.c.borrower_code == found.c.borrower_code, loans.c.active)
    return own if wanted.product is None else sa.and_(own, loans.c.product == wanted.product)


def _as_sums(row: Any) -> Sums:
    return Sums(row[0], row[1], *(value or Decimal(0) for value in row[2:5]))
