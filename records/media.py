"""Files by content: the same bytes are kept once."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_or_ignore
from records.model import Media, as_model
from records.tables import media


async def keep(tx: Tx, content: bytes, **values: Any) -> str:
    """Store the bytes under their hash, which is returned; `values` are mime, filename, look, stored_at."""
    digest = sha256(content).hexdigest()
    row = {"sha256": digest, "size": len(content), "content": content, **values}
    await tx.execute(insert_or_ignore(tx, media).values(**row))
    return digest


async def content(tx: Tx, digest: str) -> bytes | None:
    found: bytes | None = (
        await tx.execute(sa.select(media.c.content).where(media.c.sha256 == digest))
    ).scalar()
    return found


async def get(tx: Tx, digest: str) -> Media | None:
    columns = [column for column in media.c if column.name != "content"]
    row = (await tx.execute(sa.select(*columns).where(media.c.sha256 == digest))).first()
    return as_model(Media, row) if row else None
