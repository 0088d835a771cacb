"""Ways of telling trouble, and of telling that there is none, that were once misread."""

from __future__ import annotations

from datetime import date

import pytest

from facts.grammar import read


def signals(text: str) -> set[object]:
    return {fact.value for fact in read(text, date(2026, 3, 3)).facts if fact.field == "cash_stress.signal"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工人说三个月没见着工资了。", {"wage_arrears"}),
        ("供应商堵在门口要货款。", {"supplier_arrears"}),
        ("订单还在往下走。", {"orders_drop"}),
        ("欠了果农的收购款二十万没付。", {"supplier_arrears"}),
        ("为了筹钱把两辆搅拌车卖了。", {"asset_sale"}),
        ("被责令停产整顿，什么时候复产还没说。", {"production_halt"}),
        ("那笔贷款已经逾期半个月了，咱们的利息倒是还上了。", {"loan_overdue"}),
        ("下游货款压着三百来万。", {"receivables_overdue"}),
    ],
)
def test_trouble_is_heard(text: str, expected: set[str]) -> None:
    assert signals(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "仓库满满当当，都是为清明备的货，下周就开始发，订单都签好了。",
        "问了有没有借民间借贷，他说没有，一分高利贷都没碰。",
        "八十万是拿去还以前的民间借款的。",
        "把一台旧车床当废铁处理了，换了台新的，自己掏的钱，资金充裕。",
    ],
)
def test_no_trouble_is_none(text: str) -> None:
    assert signals(text) == set()


def stated(text: str) -> dict[str, object]:
    return {fact.field: fact.value for fact in read(text, date(2026, 3, 3)).facts}


@pytest.mark.parametrize("text", ["我借给他两万块。", "他差三万块运费，我自己借给他三万应急。"])
def test_what_the_author_lends_is_conduct_and_no_use_of_the_loan(text: str) -> None:
    assert "conduct.money" in stated(text) and "fund_usage" not in stated(text)


def test_a_lower_value_of_the_collateral_is_read_across_a_comma() -> None:
    assert stated("抵押的设备重新评估了，现在只值650万。")["collateral.value"] == 6500000


def test_workers_of_the_firm_next_door_are_not_the_borrowers() -> None:
    assert signals("隔壁的鞋厂老板跑路了，工人在讨薪。") == set()
