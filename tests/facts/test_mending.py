"""Mending a card by talking."""

from __future__ import annotations

from datetime import date

import pytest

from facts.grammar import read
from facts.mending import mend

DAY = date(2026, 11, 17)
CARD = read(
    "今天上门去了鑫德机械，见到王总。385万买了两台加工中心，进铝材用了100万，还有95万在账上没动。工程进度六成五。车间里七十来号人，"
    "开工率七成，订单跟去年比少了两成，工资两个月没发。他答应月底还50万。下周三我再去。",
    DAY,
).facts


def changes(utterance: str) -> list[tuple[object, object]]:
    made = mend(CARD, utterance, DAY)
    assert made is not None
    return [
        (c.before and c.before.value, c.after and c.after.value)
        for c in made.changes
        if (c.after or c.before).field != "cash_stress.level"
    ]


@pytest.mark.parametrize(
    ("utterance", "before", "after"),
    [
        ("进度改成七成", 65, 70), ("progress is 70%", 65, 70), ("开工率八成", 70, 80), ("人数是85", 70, 85), ("No, 60 people", 70, 60),
        ("下次改到下周五", "2026-11-25", "2026-11-27"), ("承诺还60万", 500000, 600000), ("订单是少了三成", -20, -30), ("剩的是80万", 950000, 800000),
        ("还款日改成12月10号", "2026-11-30", "2026-12-10"),
        ("那100万是付的设备款", {"amount": 1000000, "purpose": "raw_materials"}, {"amount": 1000000, "purpose": "equipment"}),
        ("设备是三百二十万", {"amount": 3850000, "purpose": "equipment"}, {"amount": 3200000, "purpose": "equipment"}),
        ("不是385万是三百二十万", {"amount": 3850000, "purpose": "equipment"}, {"amount": 3200000, "purpose": "equipment"}),
        ("第一笔是三百万", {"amount": 3850000, "purpose": "equipment"}, {"amount": 3000000, "purpose": "equipment"}),
        ("第二条用途删掉", {"amount": 1000000, "purpose": "raw_materials"}, None), ("delete the second use", {"amount": 1000000, "purpose": "raw_materials"}, None),
        ("工资没欠", "wage_arrears", None), ("工资都按时发了", "wage_arrears", None), ("订单没少", "orders_drop", None), ("抵押物被查封了", None, "seized"),
    ],
)  # fmt: skip
def test_an_utterance_mends_the_fact_it_means(utterance: str, before: object, after: object) -> None:
    assert changes(utterance) == [(before, after)]


def test_a_sum_that_may_be_of_several_facts_is_asked_for_and_changes_nothing() -> None:
    made = mend(CARD, "不对,是三百二十万", DAY)
    assert made and made.facts == CARD and len(made.ambiguous) == 4


def test_the_level_follows_the_signals_that_are_left() -> None:
    made = mend(CARD, "工资没欠", DAY)
    assert made and next(f for f in made.facts if f.field == "cash_stress.level").value == "mild"


@pytest.mark.parametrize("utterance", ["今天天气不错", "", "好的收到", "hello there"])
def test_small_talk_is_no_mending(utterance: str) -> None:
    assert mend(CARD, utterance, DAY) is None


def test_a_single_sum_on_the_card_needs_no_name() -> None:
    card = read("设备花了三百万", DAY).facts
    made = mend(card, "不对,是三百二十万", DAY)
    assert (
        made
        and made.changes[0].after
        and made.changes[0].after.value == {"amount": 3200000, "purpose": "equipment"}
    )
