"""Words that choose an offer, and words that don't."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from facts.guard import Judged
from facts.model import Evidence, Fact
from prompts.message import Button, Message
from records.model import Report
from reports import proposals
from reports.offering import with_offers

PERCENT = Fact("progress.percent", 65, Evidence(0, 3, "六成五"))
OFFERS = [
    Judged(Fact("progress.percent", 80, Evidence(0, 3, "六成五")), "check", "not_read", PERCENT),
    Judged(Fact("cash_stress.level", "mild", Evidence(4, 6, "不好")), "check", "not_read"),
    Judged(Fact("fund_usage", {"amount": 100, "purpose": "wages"}), "check", "not_in_text"),
]


def report(**changes: Any) -> Report:
    model = {"judged": [one.to_json() for one in OFFERS]}
    made = Report(
        1,
        "AM1",
        "read",
        date(2026, 3, 2),
        datetime(2026, 3, 2, tzinfo=UTC),
        read_by={"model": model},
    )
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("采用1", [0]),
        ("采用 2。", [1]),
        ("采用第三条", [2]),
        ("第二条", [1]),
        ("选3吧", [2]),
        ("Take 2", [1]),
        ("use the third one", [2]),
        ("accept no. 1", [0]),
        ("都采用", [0, 1, 2]),
        ("take all", [0, 1, 2]),
        ("采用4", []),
        ("采用0", []),
        ("3", []),
        ("三", []),
        ("进度三成", []),
        ("采用了新设备", []),
        ("用了2万", []),
        ("take 2 weeks", []),
        ("", []),
    ],
)
def test_words_choose_by_number(words: str, places: list[int]) -> None:
    assert proposals.picked(words, OFFERS) == [OFFERS[place] for place in places]


def test_nothing_is_chosen_where_nothing_is_offered() -> None:
    assert proposals.picked("采用1", []) == []
    assert proposals.picked("都采用", []) == []


def test_what_stands_on_the_card_already_is_no_offer() -> None:
    assert proposals.waiting(report(), [PERCENT]) == OFFERS
    assert proposals.waiting(report(), [OFFERS[0].fact, OFFERS[1].fact]) == [OFFERS[2]]
    mended = replace(PERCENT, value=70, detail={"mended": True})
    assert proposals.waiting(report(), [mended]) == OFFERS[1:]
    level = Fact("cash_stress.level", "none", detail={"mended": True})
    assert proposals.waiting(report(), [PERCENT, level]) == [OFFERS[0], OFFERS[2]]


def test_taking_replaces_what_it_differs_from_and_adds_the_rest() -> None:
    changes = proposals.changes(OFFERS, [PERCENT])
    assert [(c.before and c.before.value, c.after and c.after.value) for c in changes] == [
        (65, 80),
        (None, "mild"),
        (None, {"amount": 100, "purpose": "wages"}),
    ]


def test_a_card_is_left_alone_where_nothing_is_offered() -> None:
    card = Message("x", ((Button("ok", "confirm"),),))
    assert with_offers(card, report(read_by={}), [PERCENT], "zh") is card


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_offers_stand_below_the_card_and_their_buttons_below_confirm(lang: str) -> None:
    card = Message("x", ((Button("ok", "confirm"),), (Button("no", "drop"),)))
    shown = with_offers(card, report(), [PERCENT], lang)
    assert shown.text.startswith("x\n")
    assert [row[0].action for row in shown.buttons] == ["confirm", "take", "take", "take", "drop"]
    assert all(len(row[0].data.encode()) <= 64 for row in shown.buttons)


def test_without_a_borrower_words_alone_choose() -> None:
    card = Message("x", ((Button("B001", "choose"),),))
    shown = with_offers(card, report(), [PERCENT], "zh")
    assert [row[0].action for row in shown.buttons] == ["choose"]
