from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from records.database import Database
from tests.reminders.stage import Stage


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[Stage]:
    async with database.begin() as tx:
        yield Stage(tx)
