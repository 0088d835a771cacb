"""Two readings on the phone: the card comes, then what the model reads otherwise, and a tap chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from records import tables
from tests.e2e.conftest import House
from tests.prompts.model_server import ModelServer, fact

pytestmark = pytest.mark.browser
SAID = "今天去了华兴机械,见到华老板,贷款320万买了设备,工程进度六成五。厂里气氛不太好,电话13812345678。"
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
    return {"speech": "off", "model_name": "test-model", "model_base": server.base}


async def test_the_other_reading_is_offered_on_the_card_and_taken_by_a_tap(
    house: House, server: ModelServer, open_phone: Callable[[str], Any]
) -> None:
    author = await open_phone("AM1")
    await author.says(SAID)
    await author.sees("65%，还是 80%？")
    await author.taps("采用1", under="还是 80%")
    await author.sees("65% → 80%")
    await author.taps("确认", under="资金偏紧")
    await author.sees("已记录")
    (standing,) = await house.rows(tables.standings)
    assert (standing.percent, standing.level) == (80, None)
    assert "13812345678" not in server.everything() and "华兴" not in server.everything()
