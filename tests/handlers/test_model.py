"""The whole service with a model: the card comes at once, then what the model reads otherwise, to be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from records import tables
from tests.handlers.conftest import Talk
from tests.prompts.attacks import ATTACKS
from tests.prompts.model_server import ModelServer, error, fact

SAID = "今天去了华兴机械,老板在,工程进度六成五。厂里气氛不太好。"
OTHERWISE = [
    fact("progress.percent", 80, "工程进度六成五"),
    fact("cash_stress.level", "mild", "厂里气氛不太好"),
]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer([OTHERWISE]).running() as running:
        yield running


@pytest.fixture
def speech(server: ModelServer) -> dict[str, Any]:
    return {
        "speech": "off",
        "model_name": "test-model",
        "model_base": server.base,
        "model_timeout_seconds": 2,
        "model_price_in": 1.0,
    }


def cards(talk: Talk) -> list[str]:
    return [
        message.text for to, message in talk.heard if to == talk.chat("AM1") and "华兴机械" in message.text
    ]


async def test_the_card_comes_at_once_and_is_changed_in_place(talk: Talk) -> None:
    await talk.say("AM1", SAID)
    first, second = cards(talk)
    assert "65%" in first and "模型" not in first
    assert "65%，还是 80%？" in second and "未计入" in second
    assert len(talk.phone.messages(talk.chat("AM1"))) == 2  # what was said, and one card


async def test_confirming_takes_only_what_the_grammar_read(talk: Talk) -> None:
    await talk.say("AM1", SAID)
    await talk.tap("AM1", "confirm")
    (standing,) = await talk.rows(tables.standings)
    assert (standing.percent, standing.level) == (65, None)


async def test_a_tap_takes_the_other_reading_and_it_is_recorded(talk: Talk) -> None:
    await talk.say("AM1", SAID)
    said = await talk.tap("AM1", "take", "0")
    assert "65% → 80%" in said
    await talk.tap("AM1", "confirm")
    (standing,) = await talk.rows(tables.standings)
    assert standing.percent == 80


async def test_a_word_takes_it_too(talk: Talk) -> None:
    await talk.say("AM1", SAID)
    assert "资金偏紧" in await talk.say("AM1", "采用2")
    await talk.tap("AM1", "confirm")
    (standing,) = await talk.rows(tables.standings)
    assert standing.level == "mild"


async def test_a_forged_tap_takes_nothing(talk: Talk) -> None:
    await talk.say("AM1", SAID)
    message, data = talk.button("AM1", "take", "0")
    for forged in (data[:-1] + "7", data[:-1] + "x", "take", "take:1"):
        talk.phone.raw_update(talk.forged("AM1", message.id, forged))
        await talk.act("AM1")
    assert {row.field: row.fact["value"] for row in await talk.rows(tables.facts)}["progress.percent"] == 65


@pytest.mark.parametrize("attack", [ATTACKS[0], ATTACKS[13], ATTACKS[22]], ids=lambda attack: attack.order)
async def test_orders_in_a_report_reach_no_record(talk: Talk, server: ModelServer, attack: Any) -> None:
    server.answers = [attack.obeyed()]
    card = await talk.say("AM1", attack.text)
    assert "没有照做" in card
    await talk.tap("AM1", "confirm")
    (standing,) = await talk.rows(tables.standings)
    assert (standing.percent, standing.level) == (65, "severe")
    cases = {row.code for row in await talk.rows(tables.cases)}
    assert "cash.frozen" not in cases


@pytest.mark.parametrize("answer", [error(500), error(401), "rubbish"])
async def test_without_an_answer_the_card_is_as_ever(talk: Talk, server: ModelServer, answer: Any) -> None:
    server.answers = [answer]
    await talk.say("AM1", SAID)
    (card,) = cards(talk)
    assert "65%" in card
    assert "已记录" in await talk.tap("AM1", "confirm")


async def test_what_it_cost_is_kept_with_the_report(talk: Talk) -> None:
    await talk.say("AM1", SAID)
    (report,) = await talk.rows(tables.reports)
    model = report.read_by["model"]
    assert (model["tokens_in"], model["tokens_out"], model["cost"]) == (1000, 50, 0.001)
    assert model["prompt"] and report.read_by["grammar"]
