"""A borrower and the loans of the book."""

from __future__ import annotations

import sqlalchemy as sa

from records.database import Tx
from records.model import Borrower, Loan, as_model
from records.tables import borrowers, loans


async def get(tx: Tx, borrower_code: str) -> Borrower | None:
    row = (await tx.execute(sa.select(borrowers).where(borrowers.c.borrower_code == borrower_code))).first()
    return as_model(Borrower, row) if row else None


async def loans_of(tx: Tx, borrower_code: str) -> list[Loan]:
    """The borrower's running loans, the newest first."""
    query = sa.select(loans).where(loans.c.borrower_code == borrower_code, loans.c.active)
    rows = await tx.execute(query.order_by(loans.c.disbursed_on.desc(), loans.c.loan_no))
    return [as_model(Loan, row) for row in rows]
