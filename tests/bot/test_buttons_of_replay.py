"""Which button of a message a scenario's tap means."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.replay import in_order
from sandbox.model import Button, Message


def several(*datas: str) -> Message:
    rows = tuple((Button("x", data),) for data in datas)
    return Message(1, 1, True, "", "", rows, None, datetime(2026, 3, 2, tzinfo=UTC))


def test_of_cases_told_together_the_last_is_tapped_as_if_each_had_come_alone() -> None:
    message = several("acknowledge:1", "acknowledge:2", "acknowledge:3")
    assert next(in_order(message, "acknowledge")) == "acknowledge:3"


def test_of_a_list_of_visits_the_first_is_tapped() -> None:
    assert next(in_order(several("report:7", "report:8"), "report")) == "report:7"
