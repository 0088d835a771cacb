"""What the page can send that nobody should: a clear answer, nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.async_api import expect

from records import tables
from tests.e2e.conftest import House, keep_house
from tests.small_book import CHATS, SmallBook

pytestmark = pytest.mark.browser
Phone = Callable[[str], Any]
EVIL = "<b>华兴</b>&<img src=x>机械"
REPORT = "今天去了华兴机械,老板在,工程进度六成五。"


@pytest.fixture
def speech() -> dict[str, Any]:
    return {"speech": "off"}


async def test_four_thousand_emoji_are_answered_and_kept_whole(house: House, open_phone: Phone) -> None:
    author = await open_phone("AM1")
    await author.says("😀" * 4096)
    await author.sees("哪家客户")
    await expect(author.page.locator(".msg.own")).to_have_count(2)
    await house.act("AM1", "say", text="/help")
    await house.hear("AM1", "怎么用")
    kept = "".join(part.text for part in await house.rows(tables.parts))
    assert kept.count("😀") == 4096


class TestAnEvilName:
    @pytest.fixture
    async def house(self, book: SmallBook, database_url: str, speech: dict[str, Any]) -> AsyncIterator[House]:
        async with book.database.begin() as tx:
            where = tables.borrowers.c.borrower_code == "B001"
            await tx.execute(sa.update(tables.borrowers).where(where).values(name=EVIL, short_name=EVIL))
        async with keep_house(book, database_url, **speech) as running:
            yield running

    async def test_markup_in_a_borrowers_name_is_shown_as_text(self, house: House, open_phone: Phone) -> None:
        author = await open_phone("AM1")
        reminder = await author.sees(EVIL)
        await expect(reminder.locator("img")).to_have_count(0)
        await author.says("/borrower B001")
        await author.sees("还没有已确认的回访报告")
        await expect(author.bubble("还没有已确认的回访报告")).to_contain_text(EVIL)


async def test_an_empty_voice_is_said_to_be_empty(house: House) -> None:
    answer = await house.act("AM1", "voice", files={"file": ("v.ogg", b"", "audio/ogg")}, duration="0")
    assert answer.status_code == 200
    await house.hear("AM1", "0 字节")
    assert [part.failure for part in await house.rows(tables.parts)] == ["empty"]


async def test_a_file_over_twenty_megabytes_is_answered_and_the_rest_goes_on(house: House) -> None:
    files = {"file": ("合同.pdf", b"%PDF" + bytes(21 * 1024 * 1024), "application/pdf")}
    await house.act("AM1", "document", files=files)
    await house.hear("AM1", "20 MB")
    await house.act("AM1", "say", text=REPORT)
    await house.hear("AM1", "65%")
    assert next(part.failure for part in await house.rows(tables.parts)) == "too_large"


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": {}},
        {"message": {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}},
        {"callback_query": {"id": "1", "from": {"id": 1001}, "chat_instance": "1"}},
        {"message": {"message_id": "x", "date": "y", "chat": {"id": 1001, "type": "private"}, "text": 7}},
        {"poll": {"id": "1", "question": "?", "options": []}},
    ],
)
async def test_an_update_with_fields_missing_stops_nothing(house: House, update: dict[str, Any]) -> None:
    house.phone.raw_update(update)
    await house.act("AM1", "say", text=REPORT)
    await house.hear("AM1", "65%")
    assert len(await house.rows(tables.reports)) == 1


async def test_a_sticker_and_a_poll_are_told_what_is_taken(house: House) -> None:
    file = {"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}
    sticker = {**file, "type": "regular", "is_animated": False, "is_video": False}
    poll: dict[str, Any] = {"id": "1", "question": "?", "options": [], "total_voter_count": 0}
    poll |= {
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    for number, content in enumerate(({"sticker": sticker}, {"poll": poll}), 1):
        house.phone.raw_update(message_of("AM1", 70_000 + number, content))
        await house.phone.wait_until(partial(answered, house, number))
    assert await house.rows(tables.reports) == []


async def test_a_card_that_has_changed_since_is_not_confirmed_by_its_old_button(house: House) -> None:
    await house.act("AM1", "say", text=REPORT)
    card = await house.hear("AM1", "65%")
    old = next(one.data for row in card.buttons for one in row if (one.data or "").startswith("confirm"))
    await house.act("AM1", "say", text="不对,进度是七成")
    await house.phone.wait_until(lambda: "70%" in house.phone.message(CHATS["AM1"], card.id).text)
    house.phone.raw_update(tap_of("AM1", card, str(old)))
    await house.act("AM1", "say", text="/help")
    await house.hear("AM1", "怎么用")
    assert [one.state for one in await house.rows(tables.reports)] == ["read"]


def message_of(who: str, number: int, content: dict[str, Any]) -> dict[str, Any]:
    chat = CHATS[who]
    person = {"id": chat, "is_bot": False, "first_name": "x"}
    here = {"id": chat, "type": "private", "first_name": "x"}
    return {"message": {"message_id": number, "date": 1772413200, "chat": here, "from": person, **content}}


def tap_of(who: str, card: Any, data: str) -> dict[str, Any]:
    person = {"id": CHATS[who], "is_bot": False, "first_name": "x"}
    query = {"id": "424242", "from": person, "chat_instance": "1", "data": data, "message": card.raw}
    return {"callback_query": query}


def answered(house: House, times: int) -> bool:
    return house.told("AM1").count("我能收") == times
