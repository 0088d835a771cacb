"""A borrower and the loans of the book."""

from __future__ import annotations

import sqlalchemy as sa

from records.database import Tx
from records.model import Borrower, Loan
from records.prepared import Prepared
from records.tables import borrowers, loans

CODE: sa.BindParameter[str] = sa.bindparam("code")
GET = Prepared(sa.select(borrowers).where(borrowers.c.borrower_code == CODE))
LOANS_OF = Prepared(
    sa.select(loans)
    .where(loans.c.borrower_code == CODE, loans.c.active)
    .order_by(loans.c.disbursed_on.desc(), loans.c.loan_no)
)


async def get(tx: Tx, borrower_code: str) -> Borrower | None:
    return await GET.kept_first(tx, Borrower, code=borrower_code)


async def loans_of(tx: Tx, borrower_code: str) -> tuple[Loan, ...]:
    """The borrower's running loans, the newest first."""
    return await LOANS_OF.kept(tx, Loan, code=borrower_code)
