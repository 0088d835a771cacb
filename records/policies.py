"""The policies that were in force, by version."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from records.database import Tx
from records.tables import policies


async def since(tx: Tx, version: str) -> datetime | None:
    """When this version was first loaded; None where it never was."""
    moment: datetime | None = await tx.scalar(
        sa.select(policies.c.loaded_at).where(policies.c.version == version)
    )
    return moment
