"""One row a borrower that answers most questions: what is known now."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_for
from records.model import Standing, as_model
from records.tables import standings


async def get(tx: Tx, borrower_code: str) -> Standing | None:
    query = sa.select(standings).where(standings.c.borrower_code == borrower_code)
    row = (await tx.execute(query)).first()
    return as_model(Standing, row) if row else None


async def put(tx: Tx, borrower_code: str, **values: Any) -> None:
    insert = insert_for(tx, standings).values(borrower_code=borrower_code, **values)
    changed = insert.on_conflict_do_update(index_elements=[standings.c.borrower_code], set_=values)
    await tx.execute(changed)
