"""Chinese reports by many hands, and the many ways to say one sign of stress or to deny it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from facts.evaluate import evaluate
from facts.grammar import read
from facts.script import script

DATA = Path(__file__).parent / "data"
PHRASES = json.loads((DATA / "phrases_zh.json").read_text(encoding="utf-8"))
DAY = date(2026, 11, 17)


def signs(text: str) -> set[object]:
    return {f.value for f in read(text, DAY, "zh").facts if f.field == "cash_stress.signal"}


@pytest.mark.parametrize(
    ("name", "floor"), [("developed_zh", 0.93), ("developed_zh_second", 0.95), ("held_out_zh", 0.86)]
)
def test_the_score_on_chinese_reports_keeps_its_floor(name: str, floor: float) -> None:
    assert evaluate(DATA / f"{name}.jsonl").rates()[2] >= floor


@pytest.mark.parametrize("sign", sorted(PHRASES["said"]))
def test_the_ways_of_saying_a_sign_are_heard(sign: str) -> None:
    unheard = [p for p in PHRASES["said"][sign] if sign not in signs(p + "。")]
    assert unheard == []


def test_what_is_denied_settled_feared_or_of_others_is_no_sign() -> None:
    assert {p: signs(p + "。") for p in PHRASES["no_sign"] if signs(p + "。")} == {}


def uses(text: str) -> list[object]:
    return [f.value for f in read(text, DAY, "zh").facts if f.field == "fund_usage"]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("贷款500万，三百二十万买设备，一百付料款，剩八十没动。", [3_200_000, 1_000_000]),
        ("贷款300w：饲料190 仔猪70 环保池40。", [1_900_000, 700_000, 400_000]),
        ("贷来的一百二，七十买了毛竹。", [700_000]),
        ("贷款里180万支付原料款。", [1_800_000]),
    ],
)
def test_a_sum_takes_the_unit_of_the_sum_before_it(text: str, sums: list[int]) -> None:
    assert [use["amount"] for use in uses(text) if isinstance(use, dict)] == sums


@pytest.mark.parametrize(
    ("said", "meant"), [("厂子停铲一个月了", "停产"), ("应受账款逾期", "应收账款"), ("开公率七成", "开工率")]
)
def test_a_word_heard_as_another_of_its_sound_is_mended(said: str, meant: str) -> None:
    assert meant in script(said).text


def test_a_word_of_its_own_is_left_as_it_is() -> None:
    said = "挤压机买了，工字钢也进了，过湖去看果户，或款"
    assert script(said).text == said


def test_the_words_that_judge_the_cash_are_quoted_for_its_level() -> None:
    level = read("订单少了三成。客户压着货款。资金有点紧张。", DAY, "zh").get("cash_stress.level")
    assert level.value == "mild" and level.evidence and "资金有点紧" in level.evidence.text


@pytest.mark.parametrize(
    "said",
    [
        "六十万借给朋友周转，一个月收两分利。",
        "客户再不打款，下个月怕是发不出工资了，目前都还正常发。",
        "年前停产过一阵子，正月初十已经复工，现在三条线全开。",
        "我问他欠不欠工资，他说没有；欠不欠税，也没有。",
        "工人来闹过说包工头欠他们工钱那是施工队的事跟医院没关系",
    ],
)
def test_what_is_lent_conditional_over_asked_or_no_matter_of_his_is_no_sign(said: str) -> None:
    assert signs(said) == set()


def repayments(text: str) -> dict[str, object]:
    return {
        f.field.removeprefix("repayment."): f.value
        for f in read(text, DAY, "zh").facts
        if f.field[:5] == "repay"
    }


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("12月12日还50万。", {"promise_date": "2026-12-12", "promise_amount": 500000}),
        ("11月12日还50万。", {"paid_amount": 500000}),
        ("12月5日前他还了50万。", {"paid_amount": 500000}),
        ("张经理说下个月还款六百万元。", {"promise_amount": 6000000}),
        ("讲好这周四先还我们两千。", {"promise_date": "2026-11-19", "promise_amount": 2000}),
        (
            "他说先还五万后来改口说还八万，这周五打过来。",
            {"promise_date": "2026-11-20", "promise_amount": 80000},
        ),
    ],
)
def test_a_day_to_come_is_promised_and_a_day_gone_is_paid(said: str, read_as: dict[str, object]) -> None:
    assert repayments(said) == read_as


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("收到法院传票，原告是他的钢材供应商。", "lawsuit"),
        ("装修停了一个月，工头说没拿到钱。", "supplier_arrears"),
        ("机器盖着塑料布，院里长满了草。", "production_halt"),
        ("外贸那边的尾款说是船到付，船到了一个月了也没付。", "receivables_overdue"),
        ("保证人某集团出现债务违约，代偿能力明显下降。", "guarantor_trouble"),
        ("另出售闲置设备一批，所得45万元用于发放工资。", "asset_sale"),
        ("问到银行利息支支吾吾，一查系统，7月的没还。", "loan_overdue"),
        ("实际控制人自11月2日起失去联系。", "owner_missing"),
    ],
)
def test_a_sign_is_heard_in_other_words(said: str, sign: str) -> None:
    assert signs(said) == {sign}


def stated(text: str, field: str) -> object:
    return next((f.value for f in read(text, DAY, "zh").facts if f.field == field), None)


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("工地这两天放假检修塔吊，后天复工，不是停工。项目按期。", "progress.status", "on_schedule"),
        ("主体完成八成，外墙才刷了三成。", "progress.percent", 80),
        ("综合楼项目整个工程现在是百分之七十二，本来十月底要到百分之八十的。", "progress.percent", 72),
        ("开工率从九成掉到了六成五。", "operations.capacity_percent", 65),
        ("开工率不是五成五是六成五。", "operations.capacity_percent", 65),
        ("原来一百二十号人，裁得就剩四十几个了。", "operations.headcount", 40),
        ("监理单位驻场8人。", "operations.headcount", None),
        ("押给咱们的吊车吊臂折了，歪在路边。", "collateral.status", "damaged"),
        ("下周一一早去厂里。", "next_contact", "2026-11-23"),
        ("手头不太宽裕。", "cash_stress.level", "mild"),
        ("电话回访加油站，站长说钱够用。12月8号我去现场验一下。", "contact.channel", "phone"),
        (
            "铁门上了锁，打老板手机关机。对面修鞋的师傅讲，他们月初就搬空了。",
            "contact.outcome",
            "unreachable",
        ),
    ],
)
def test_a_fact_is_read_in_the_frame_it_is_said_in(said: str, field: str, value: object) -> None:
    assert stated(said, field) == value
