"""Private addresses of calendars: of each only the hash is kept."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

import sqlalchemy as sa

from records import audit
from records.database import Tx, insert_for
from records.model import Feed, Staff, as_model
from records.tables import feeds, staff


async def renew(tx: Tx, staff_code: str, now: datetime) -> str:
    """A new token for this person, shown once; the one before opens nothing any more."""
    token = token_urlsafe(32)
    values = {
        "token_hash": hashed(token),
        "created_at": now,
        "read_at": None,
        "digest": "",
        "changed_at": None,
    }
    insert = insert_for(tx, feeds).values(staff_code=staff_code, **values)
    await tx.execute(insert.on_conflict_do_update(index_elements=["staff_code"], set_=values))
    await audit.record(tx, now, staff_code, "calendar.renewed", f"staff:{staff_code}", {})
    return token


async def revoke(tx: Tx, staff_code: str, by: str, now: datetime) -> bool:
    """Whether there was an address to take back."""
    gone = await tx.execute(sa.delete(feeds).where(feeds.c.staff_code == staff_code))
    if gone.rowcount:
        await audit.record(tx, now, by, "calendar.revoked", f"staff:{staff_code}", {})
    return bool(gone.rowcount)


async def of_staff(tx: Tx, staff_code: str) -> Feed | None:
    row = (await tx.execute(sa.select(feeds).where(feeds.c.staff_code == staff_code))).first()
    return as_model(Feed, row) if row else None


async def owner(tx: Tx, token_hash: str) -> tuple[Feed, Staff] | None:
    """Whose address this is; None for an unknown one and for people who have left."""
    query = sa.select(feeds).where(feeds.c.token_hash == token_hash)
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    found = sa.select(staff).where(staff.c.staff_code == row.staff_code, staff.c.active)
    person = (await tx.execute(found)).first()
    return (as_model(Feed, row), as_model(Staff, person)) if person else None


async def note(tx: Tx, feed: Feed, digest: str, now: datetime) -> datetime:
    """That it was read, and since when it reads like this (to the second)."""
    changed = feed.changed_at if feed.digest == digest and feed.changed_at else now.replace(microsecond=0)
    query = sa.update(feeds).where(feeds.c.token_hash == feed.token_hash)
    await tx.execute(query.values(read_at=now, digest=digest, changed_at=changed))
    return changed


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
