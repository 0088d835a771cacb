"""One row a borrower that answers most questions: what is known now."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_for
from records.model import Standing
from records.prepared import Prepared
from records.tables import standings

GET = Prepared(sa.select(standings).where(standings.c.borrower_code == sa.bindparam("code")))


async def get(tx: Tx, borrower_code: str) -> Standing | None:
    return await GET.first(tx, Standing, code=borrower_code)


async def put(tx: Tx, borrower_code: str, **values: Any) -> None:
    insert = insert_for(tx, standings).values(borrower_code=borrower_code, **values)
    changed = insert.on_conflict_do_update(index_elements=[standings.c.borrower_code], set_=values)
    await tx.execute(changed)
