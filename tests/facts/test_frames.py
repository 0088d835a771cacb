"""One frame at a time: what its words must give, and what looks alike but must not."""

from __future__ import annotations

from datetime import date

import pytest

from facts.grammar import read

DAY = date(2026, 11, 18)


def value(text: str, field: str) -> object:
    fact = read(text, DAY).get(field)
    return fact.value if fact else None


@pytest.mark.parametrize(
    "text",
    [
        "客户经理帮他垫还了10万利息",
        "贷款打到了客户经理自己的卡上",
        "我自己借给他三万应急",
        "从商户收了客户经理两万块好处费",
        "The account manager took 50,000 from the client",
        "He handed the account manager 20,000 in cash",
        "I lent him 3,000 out of my own pocket",
    ],
)
def test_money_between_the_account_manager_and_the_borrower_is_flagged(text: str) -> None:
    assert value(text, "conduct.money") is True
    assert value(text, "fund_usage") is None


@pytest.mark.parametrize(
    "text",
    ["我没有收他的红包", "他把钱打给我行监管户", "I paid them a visit", "I gave him a week to pay",
     "The account manager took photos of the machines"],
)  # fmt: skip
def test_ordinary_work_is_no_matter_of_conduct(text: str) -> None:
    assert value(text, "conduct.money") is None


@pytest.mark.parametrize(
    ("text", "status", "days"),
    [
        ("The line is not finished yet and is going to schedule", "on_schedule", None),
        ("贴片线还没装好，比计划晚了半个月", "delayed", 15),
        ("比计划晚了四十天", "delayed", 40),
        ("The fit out's running about ten days late", "delayed", 10),
        ("Contractor off site since May over a payment dispute", "suspended", None),
        ("New polytunnels up and in use since Easter", "completed", None),
    ],
)
def test_a_project_keeps_its_plan_or_does_not(text: str, status: str, days: int | None) -> None:
    assert (value(text, "progress.status"), value(text, "progress.delay_days")) == (status, days)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("致电周总，无人接听", "unreachable"),
        ("致电周总，约好下周三去", "reached"),
        ("电话是周总接的，人挺客气", "reached"),
        ("周总在，车间里转了一圈", "reached"),
        ("Tried his mobile five times, no luck, it just rings", "unreachable"),
        ("Security turned me back at the gate", "refused"),
    ],
)
def test_whether_somebody_was_reached(text: str, outcome: str) -> None:
    assert value(text, "contact.outcome") == outcome


def test_a_call_that_was_agreed_is_the_next_contact() -> None:
    assert value("跟周总说好12月1号再通个电话", "next_contact") == "2026-12-01"


def test_the_owner_s_hopes_are_no_visit() -> None:
    assert value("The owner hopes to be back up in six weeks", "next_contact") is None
