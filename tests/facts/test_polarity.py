"""What holds of the borrower now: denied, over, feared, planned, and other people's troubles don't."""

from __future__ import annotations

from datetime import date

import pytest

from facts.grammar import read

DAY = date(2026, 11, 17)


def signals(text: str) -> set[str]:
    return {str(f.value) for f in read(text, DAY).facts if f.field == "cash_stress.signal"}


@pytest.mark.parametrize(
    "text",
    [
        "没有拖欠工资",
        "工资没欠",
        "工资没有拖欠都发到上个月了",
        "未发现欠薪、欠税、欠息情形",
        "无拖欠工资情况",
        "nobody is owed any wages",
        "no wage arrears",
    ],
)
def test_a_denied_arrears_is_no_signal(text: str) -> None:
    assert signals(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "之前欠的工资上个月已结清",
        "年初被冻结的账户已于3月解冻",
        "欠的电费都补上了",
        "The overdue interest from July has since been settled",
    ],
)
def test_arrears_that_are_over_are_no_signal(text: str) -> None:
    assert signals(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "再不回款就发不出工资了",
        "要是接不到新单，工资就悬了",
        "If he doesn't pay soon they may miss payroll",
        "可能出现利息逾期风险",
    ],
)
def test_what_is_only_feared_is_no_signal(text: str) -> None:
    assert signals(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "隔壁那家停产了",
        "鼎旺停产了，那家不是我们的户",
        "The plant next door has shut down",
        "旁边的厂被起诉了",
    ],
)
def test_another_firms_trouble_is_not_the_borrowers(text: str) -> None:
    assert signals(text) == set()


def test_a_guarantors_frozen_account_is_the_guarantors() -> None:
    assert signals("担保人账户被冻结") == {"guarantor_trouble"}


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("两个月没发工资", "wage_arrears"), ("付不出材料款", "supplier_arrears"), ("税欠了十八万", "tax_arrears"), ("欠电费被拉闸了", "utility_arrears"),
        ("房租欠了一个季度", "rent_arrears"), ("下游客户的货款一直收不回来", "receivables_overdue"), ("仓库里堆满了货卖不出去", "inventory_buildup"),
        ("订单少了三成", "orders_drop"), ("厂里已经停产了", "production_halt"), ("跟亲戚朋友借了五十万撑着", "private_borrowing"),
        ("两个月利息没还上", "loan_overdue"), ("账户被冻结了", "account_frozen"), ("被人起诉了", "lawsuit"), ("听说老板跑路了", "owner_missing"),
        ("卖了两台车换点钱周转", "asset_sale"), ("担保人不想担保了要退出", "guarantor_trouble"),
        ("They haven't paid wages for two months", "wage_arrears"), ("rent two months behind", "rent_arrears"), ("sold two trucks to raise cash", "asset_sale"),
        ("production stopped last Friday", "production_halt"), ("a supplier has taken them to court", "lawsuit"), ("the guarantor wants out", "guarantor_trouble"),
    ],
)  # fmt: skip
def test_each_signal_is_heard_where_it_is_stated(text: str, signal: str) -> None:
    assert signal in signals(text)


def test_arrears_of_wages_keep_how_many_days() -> None:
    fact = next(f for f in read("工资两个月没发了", DAY).facts if f.field == "cash_stress.signal")
    assert fact.detail["days"] == 60


def test_a_verdict_raises_the_level_and_never_lowers_it() -> None:
    assert read("欠供应商货款，快撑不下去了", DAY).get("cash_stress.level").value == "severe"
    assert read("工资两个月没发，不过他说资金不紧张", DAY).get("cash_stress.level").value == "severe"


def test_arrears_denied_do_not_make_the_level_none() -> None:
    assert read("没有拖欠工资", DAY).get("cash_stress.level") is None
