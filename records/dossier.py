"""One borrower with all that the book says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from records.database import Tx
from records.model import Borrower, Loan, Milestone, RelatedParty, Staff, Standing, Statement, as_model
from records.scope import clause, sees_reports
from records.tables import borrowers, loans, milestones, related_parties, staff, standings, statements


@dataclass(frozen=True, slots=True)
class Dossier:
    """`standing` is None where nothing was reported, or the viewer may not read reports."""

    borrower: Borrower
    manager_name: str
    loans: tuple[Loan, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    standing: Standing | None = None

    @property
    def balance(self) -> Decimal:
        return sum((loan.balance for loan in self.loans), Decimal(0))

    @property
    def amount(self) -> Decimal:
        return sum((loan.amount for loan in self.loans), Decimal(0))

    @property
    def overdue_days(self) -> int:
        return max((loan.overdue_days for loan in self.loans), default=0)


async def get(tx: Tx, viewer: Staff, on: date, borrower_code: str) -> Dossier | None:
    """None where the borrower doesn't exist for this viewer."""
    query = sa.select(borrowers, staff.c.name.label("manager_name"))
    query = query.join(staff, staff.c.staff_code == borrowers.c.account_manager)
    row = (
        await tx.execute(query.where(borrowers.c.borrower_code == borrower_code, clause(viewer, on)))
    ).first()
    if row is None:
        return None
    own = sa.select(loans).where(loans.c.borrower_code == borrower_code, loans.c.active)
    found = [as_model(Loan, r) for r in await tx.execute(own.order_by(loans.c.disbursed_on, loans.c.loan_no))]
    numbers = [loan.loan_no for loan in found]
    plan = sa.select(milestones).where(milestones.c.loan_no.in_(numbers)).order_by(milestones.c.due_on)
    return Dossier(
        as_model(Borrower, row),
        row.manager_name,
        tuple(found),
        tuple(as_model(Milestone, r) for r in await tx.execute(plan)),
        await _standing(tx, borrower_code) if sees_reports(viewer) else None,
    )


async def statements_of(tx: Tx, viewer: Staff, on: date, borrower_code: str) -> list[Statement]:
    """The financial statements, the newest first."""
    query = sa.select(statements).join(borrowers, borrowers.c.borrower_code == statements.c.borrower_code)
    query = query.where(statements.c.borrower_code == borrower_code, clause(viewer, on))
    rows = await tx.execute(query.order_by(statements.c.period_end.desc()).limit(8))
    return [as_model(Statement, row) for row in rows]


async def related_of(tx: Tx, viewer: Staff, on: date, borrower_code: str) -> list[RelatedParty]:
    query = sa.select(related_parties).join(
        borrowers, borrowers.c.borrower_code == related_parties.c.borrower_code
    )
    query = query.where(related_parties.c.borrower_code == borrower_code, clause(viewer, on))
    return [as_model(RelatedParty, row) for row in await tx.execute(query.order_by(related_parties.c.id))]


async def _standing(tx: Tx, borrower_code: str) -> Standing | None:
    query = sa.select(standings).where(standings.c.borrower_code == borrower_code)
    row = (await tx.execute(query)).first()
    return as_model(Standing, row) if row else None
