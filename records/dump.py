"""The whole of the records as plain values, for whoever judges a replay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from records.database import Tx
from records.tables import cases as cases_table
from records.tables import facts as facts_table
from records.tables import reports as reports_table
from records.tables import visits as visits_table

Row = dict[str, Any]


async def reports(tx: Tx) -> list[tuple[Row, list[Mapping[str, Any]]]]:
    """Every report by id, with the facts that count (not those that were dropped)."""
    facts: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    kept = sa.select(facts_table).where(facts_table.c.state != "dropped")
    for row in await tx.execute(kept.order_by(facts_table.c.report_id, facts_table.c.position)):
        facts[row.report_id].append(row.fact)
    table = reports_table.c
    query = sa.select(table.id, table.borrower_code, table.author, table.state).order_by(table.id)
    return [(dict(row._mapping), facts[row.id]) for row in await tx.execute(query)]


async def visits(tx: Tx) -> list[Row]:
    table = visits_table.c
    query = sa.select(table.borrower_code, table.kind, table.due_on, table.state)
    return [_plain(row) for row in await tx.execute(query.order_by(table.due_on, table.id))]


async def cases(tx: Tx) -> list[Row]:
    table = cases_table.c
    query = sa.select(
        table.borrower_code, table.code, table.severity, table.state, table.opened_at, table.report_ids
    )
    return [_plain(row) for row in await tx.execute(query.order_by(table.id))]


def _plain(row: Any) -> Row:
    values = dict(row._mapping)
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }
