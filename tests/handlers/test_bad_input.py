"""What nobody should send: a clear answer, nothing lost, nothing twice."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.incoming import clean
from records import tables
from tests.handlers.conftest import STRANGER, Talk


def message_of(talk: Talk, **content: Any) -> dict[str, Any]:
    chat = talk.chat("AM1")
    person = {"id": chat, "is_bot": False, "first_name": "x"}
    here = {"id": chat, "type": "private", "first_name": "x"}
    date = int(talk.clock.at.timestamp())
    return {"message": {"message_id": 70_000, "date": date, "chat": here, "from": person, **content}}


async def test_a_sticker_a_poll_and_a_dice_are_told_what_is_taken(talk: Talk) -> None:
    file = {"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}
    sticker = {**file, "type": "regular", "is_animated": False, "is_video": False}
    for content in (
        {"sticker": sticker},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"video": {**file, "duration": 3}},
        {"contact": {"phone_number": "1", "first_name": "x"}},
    ):
        talk.phone.raw_update(message_of(talk, **content))
        assert "我能收" in await talk.act("AM1"), content


async def test_four_thousand_emoji_get_an_answer_and_are_kept(talk: Talk) -> None:
    text = "😀" * 2048
    assert await talk.say("AM1", text)
    assert text in (await talk.rows(tables.reports))[0].text


async def test_a_document_over_twenty_megabytes_is_refused_kindly(talk: Talk) -> None:
    document = {
        "file_id": "big",
        "file_unique_id": "b",
        "file_name": "合同.pdf",
        "file_size": 21 * 1024 * 1024,
    }
    talk.phone.raw_update(message_of(talk, document=document))
    assert "20 MB" in await talk.act("AM1")
    assert (await talk.rows(tables.parts))[0].failure == "too_large"


async def test_a_voice_of_no_bytes_is_said_to_be_empty(talk: Talk) -> None:
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 3, "file_size": 0}
    talk.phone.raw_update(message_of(talk, voice=voice))
    assert "0 字节" in await talk.act("AM1")


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": {}},
        {"message": None},
        {"message": {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}},
        {"callback_query": {"id": "1", "from": {"id": 1001, "is_bot": False, "first_name": "x"}, "chat_instance": "1"}},
        {"edited_message": {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}, "text": "x"}},
        {"poll": {"id": "1"}},
        {"message": {"message_id": "x", "date": "y", "chat": {"id": 1001, "type": "private"}, "text": 7}},
    ],
)  # fmt: skip
async def test_an_absurd_update_stops_nothing(talk: Talk, update: dict[str, Any]) -> None:
    talk.phone.raw_update(update)
    await talk.act("AM1")
    assert "华兴机械" in await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")


@pytest.mark.parametrize(
    "data",
    [
        "confirm",
        "confirm:x:y",
        "confirm:1",
        "choose:1:",
        "fact:1:1:99",
        "nonsense:1",
        "confirm:9:9",
        "：",
        "mend:-1:2",
    ],
)
async def test_a_forged_button_is_answered_and_does_nothing(talk: Talk, data: str) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    number = talk.phone.messages(talk.chat("AM1"))[-1].id
    talk.phone.raw_update(talk.forged("AM1", number, data))
    await talk.act("AM1")
    assert talk.toasts()[-1]
    assert (await talk.rows(tables.reports))[0].state == "read"


def test_nul_and_half_characters_are_left_out() -> None:
    assert clean("今天\x00去了\ud83d华兴机械😀") == "今天去了华兴机械😀"


async def test_a_strangers_tap_gets_nothing(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    talk.phone.raw_update(talk.forged(STRANGER, 1, "confirm:1:2"))
    assert await talk.act(STRANGER) == ""
    assert (await talk.rows(tables.reports))[0].state == "read"


async def test_an_unknown_command_points_to_help(talk: Talk) -> None:
    assert "/help" in await talk.say("AM1", "/nothing")
