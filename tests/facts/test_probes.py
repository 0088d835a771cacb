"""One or two sentences by many kinds of speakers, a third of which state nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from facts.evaluate import evaluate

PROBED = Path(__file__).parent / "data" / "probed.jsonl"
FIELDS = (
    "contact.channel", "contact.outcome", "progress.percent", "progress.status", "progress.delay_days",
    "collateral.status", "operations.headcount", "operations.capacity_percent", "operations.orders_change_percent",
    "operations.revenue_change_percent", "repayment.promise_date", "repayment.promise_amount", "next_contact",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_read_in_many_mouths_and_not_where_it_is_not_stated(field: str) -> None:
    precision, recall, _ = evaluate(PROBED).rates(field)
    assert precision >= 0.9
    assert recall >= 0.9
