"""What a model's reading needs of the records: reports that wait for it, what it has cost, names to mask."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from records.database import Tx
from records.reports import IS_OPEN
from records.tables import borrowers, loans, related_parties, reports, staff

READ_TEXT = reports.c.read_by["model", "text"].as_string()
USED_AT = reports.c.read_by["model", "at"].as_string()
NAMES: tuple[tuple[sa.Column[Any], str], ...] = (
    (borrowers.c.name, "firm"),
    (borrowers.c.short_name, "firm"),
    (borrowers.c.contact_name, "person"),
    (borrowers.c.contact_phone, "phone"),
    (borrowers.c.borrower_code, "account"),
    (related_parties.c.name, "firm"),
    (loans.c.loan_no, "account"),
    (loans.c.guarantor, "person"),
    (staff.c.name, "person"),
    (staff.c.staff_code, "account"),
)
SHORTEST = 2
NEWEST = 20_000


async def claim(
    tx: Tx, owner: str, now: datetime, lease: timedelta, limit: int, *, since: datetime
) -> list[int]:
    """Take open reports whose words, read at or after `since`, no model has read, and that nobody holds."""
    free = sa.or_(reports.c.lease_until.is_(None), reports.c.lease_until < now)
    ready = sa.or_(reports.c.not_before.is_(None), reports.c.not_before <= now)
    fresh = reports.c.read_at >= since
    query = sa.select(reports.c.id).where(
        IS_OPEN, reports.c.state == "read", free, ready, fresh, READ_TEXT.is_(None), reports.c.text != ""
    )
    # + 0: SQLite would else walk the whole table by its key, not the few that are open
    query = query.order_by(reports.c.id + 0).limit(limit).with_for_update(skip_locked=True)
    ids = list((await tx.execute(query)).scalars())
    if ids:
        taken = {"lease_until": now + lease, "owner": owner, "attempts": reports.c.attempts + 1}
        await tx.execute(sa.update(reports).where(reports.c.id.in_(ids)).values(**taken))
    return ids


async def tokens_since(tx: Tx, since: datetime) -> tuple[int, float]:
    """Tokens and cost of the reports, of the newest ones, that a model last read at or after `since`."""
    used = [reports.c.read_by["model", name].as_float() for name in ("tokens_in", "tokens_out", "cost")]
    query = sa.select(*(sa.func.coalesce(sa.func.sum(one), 0) for one in used))
    newest = sa.select(sa.func.max(reports.c.id) - NEWEST).scalar_subquery()
    # read_at is bound before the JSON is looked into; a draft is read anew when it is mended, never before
    query = query.where(reports.c.id > newest, reports.c.read_at >= since, since.isoformat() <= USED_AT)
    row = (await tx.execute(query)).one()
    return int(row[0] + row[1]), float(row[2])


async def names_in(tx: Tx, text: str) -> list[tuple[str, str]]:
    """Names and numbers of the whole book that stand in the text, as (words, kind of `facts.masking`)."""
    words = sa.literal(text.lower())
    place: Any = sa.func.strpos if tx.dialect.name == "postgresql" else sa.func.instr
    found: list[tuple[str, str]] = []
    for column, kind in NAMES:
        inside = place(words, sa.func.lower(column)) > 0
        query = sa.select(column).where(sa.func.length(column) >= SHORTEST, inside).distinct()
        found += [(name, kind) for name in (await tx.execute(query)).scalars()]
    return found
