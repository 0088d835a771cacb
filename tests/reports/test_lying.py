"""Cards left lying are asked for in the evening and the next morning, and never at night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reports.lying import remind_cards
from tests.reports.conftest import Author


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A local time in Shanghai in March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


async def asked(author: Author, now: datetime) -> list[str]:
    async with author.tx() as (tx, _):
        return [message.text for message in await remind_cards(tx, now)]


async def test_a_card_left_lying_is_asked_for_the_same_evening_and_the_next_morning(author: Author) -> None:
    await author.says("今天去了华兴机械,老板在,工程进度六成五。")
    assert not await asked(author, at(2, 17, 55))
    evening = await asked(author, at(2, 18, 0))
    assert "还没确认" in evening[0]
    assert "65%" in evening[1]
    assert not await asked(author, at(2, 18, 5))
    assert await asked(author, at(3, 9, 0))
    assert not await asked(author, at(4, 9, 0))


@pytest.mark.parametrize("hour", [21, 23, 3, 7])
async def test_nobody_is_asked_in_quiet_hours(author: Author, hour: int) -> None:
    await author.says("今天去了华兴机械,老板在,工程进度六成五。")
    assert not await asked(author, at(2 if hour > 20 else 3, hour, 30))


async def test_a_report_of_the_evening_is_asked_for_the_next_morning(author: Author) -> None:
    author.now = at(2, 20, 0)
    await author.says("今天去了华兴机械,老板在,工程进度六成五。")
    assert not await asked(author, at(2, 20, 30))
    assert await asked(author, at(3, 9, 0))


async def test_a_report_that_was_small_talk_is_asked_for_by_nobody(author: Author) -> None:
    await author.says("你好")
    assert not await asked(author, at(2, 18, 0))
