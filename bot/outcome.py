"""What stands at the end of a replay, as one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.replay import Told
from facts.model import Fact, contract
from records import dump
from records.database import Database


async def outcome(database: Database, told: Sequence[Told]) -> dict[str, Any]:
    """`{"reports", "visits", "cases", "messages"}` of the whole database, compliance's cases included."""
    async with database.read() as tx:
        reports = [
            {**report, "facts": contract(Fact.from_json(fact) for fact in facts)}
            for report, facts in await dump.reports(tx)
        ]
        visits, cases = await dump.visits(tx), await dump.cases(tx)
    return {
        "reports": reports,
        "visits": visits,
        "cases": cases,
        "messages": [message.to_json() for message in told],
    }
