"""Short reports that state a sign of cash stress, or come near to one: each is read wholly right or not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from facts.grammar import read

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "stress.jsonl").read_text(encoding="utf-8").splitlines()
]


def stress(row: dict[str, Any]) -> tuple[str | None, set[str]]:
    given = read(row["text"], date.fromisoformat(row["reported_on"]), row["lang"]).contract()
    return level_and_signs(given)


def level_and_signs(facts: dict[str, Any]) -> tuple[str | None, set[str]]:
    found = facts.get("cash_stress") or {}
    return found.get("level"), set(found.get("signals") or [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_level_and_signs_of_short_reports_keep_their_floor(lang: str) -> None:
    rows = [row for row in ROWS if row["lang"] == lang]
    right = [row for row in rows if stress(row) == level_and_signs(row["facts"])]
    assert len(right) / len(rows) >= 0.97


def test_what_states_no_sign_gives_none() -> None:
    quiet = [row for row in ROWS if not row["facts"]]
    assert len(quiet) > 100
    assert [row["text"] for row in quiet if stress(row)[1]] == []
