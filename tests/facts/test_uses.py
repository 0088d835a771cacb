"""What the loan was spent on, and what is left of it: short reports by many hands, and sums that are no use of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from facts.grammar import read
from facts.scoring import Score

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "uses.jsonl").read_text(encoding="utf-8").splitlines()
]
FIELDS = ("fund_usage", "unused_funds")


def money(row: dict[str, Any]) -> dict[str, Any]:
    given = read(row["text"], date.fromisoformat(row["reported_on"]), row["lang"]).contract()
    return {k: v for k, v in given.items() if k in FIELDS}


@pytest.mark.parametrize(("lang", "floor"), [("zh", 0.96), ("en", 0.94)])
def test_who_spent_how_much_on_what_is_read_in_many_ways(lang: str, floor: float) -> None:
    score = Score()
    for row in ROWS:
        if row["lang"] == lang:
            score.add(row["id"], row["facts"], money(row))
    assert score.rates()[2] >= floor


def test_plans_debts_prices_and_the_money_of_others_are_no_use() -> None:
    wrong = [row["text"] for row in ROWS if not row["facts"] and money(row)]
    assert wrong == []
