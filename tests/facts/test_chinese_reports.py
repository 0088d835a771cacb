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
