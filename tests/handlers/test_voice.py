"""A voice message from the phone to the card, heard by the small real engine that ships with the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from records import tables
from tests.handlers.conftest import Talk

VOICE = Path(__file__).parents[1] / "voice"
SAMPLES = VOICE / "samples"


@pytest.fixture
def speech() -> dict[str, Any]:
    return {"speech": "faster", "speech_model": str(VOICE / "model" / "ct2-int8")}


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.ogg").read_bytes()


async def test_a_spoken_report_is_answered_at_once_heard_and_shown_on_its_card(talk: Talk) -> None:
    said = await talk.send("AM1", "voice", sample("zh_000"), duration=6)
    assert "收到语音" in said
    report = (await talk.rows(tables.reports))[0]
    assert report.state == "read"
    assert report.text
    assert report.text in said.replace("\n", "")
    media = (await talk.rows(tables.media))[0]
    assert media.content == sample("zh_000")
    assert report.transcript["parts"]


async def test_a_spoken_report_and_a_typed_one_within_the_visit_are_one(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在。")
    await talk.send("AM1", "voice", sample("zh_000"), duration=6)
    reports = await talk.rows(tables.reports)
    assert len(reports) == 1
    assert reports[0].borrower_code == "B001"
    assert reports[0].text.startswith("今天去了华兴机械")


async def test_silence_is_said_and_nothing_is_made_up(talk: Talk) -> None:
    said = await talk.send("AM1", "voice", b"OggS no sound at all", duration=3)
    assert "打字" in said
    assert (await talk.rows(tables.reports))[0].text == ""
    assert (await talk.rows(tables.parts))[0].failure


class TestWithoutAnEngine:
    @pytest.fixture
    def speech(self) -> dict[str, Any]:
        return {"speech": "off"}

    async def test_the_voice_is_kept_and_its_author_asked_to_type_it(self, talk: Talk) -> None:
        said = await talk.send("AM1", "voice", sample("zh_000"), duration=6)
        assert "打成文字" in said
        assert (await talk.rows(tables.media))[0].content == sample("zh_000")

    async def test_what_is_typed_then_joins_the_same_report(self, talk: Talk) -> None:
        await talk.send("AM1", "voice", sample("zh_000"), duration=6)
        card = await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
        assert "65%" in card
        assert len(await talk.rows(tables.reports)) == 1
        assert "已记录" in await talk.tap("AM1", "confirm")
