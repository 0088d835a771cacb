"""A small fictional book with standings, visits, cases and promises to ask about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from records.database import Database
from records.tables import metadata


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'book.db'}")
    async with database.begin() as tx:
        await tx.run_sync(metadata.create_all)
    yield database
    await database.close()
