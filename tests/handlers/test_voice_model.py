"""The first voice message fetches the model: from a hub on a real port, with its faults, through the whole service."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.doctor import examine
from bot.service import Service
from bot.settings import Settings
from records import tables
from reports import work
from tests.handlers.conftest import Talk
from tests.transcripts.hub import SIZE, Hub, opened
from tests.voice import MODEL, sample


@pytest.fixture
def hub() -> Iterator[Hub]:
    with opened() as hub:
        yield hub


@pytest.fixture
def speech(hub: Hub, tmp_path: Path) -> dict[str, Any]:
    return {
        "speech": "faster",
        "speech_model": "books/tiny",
        "speech_hub": hub.address,
        "data": tmp_path,
    }


async def speak(talk: Talk, name: str = "zh_012") -> str:
    return await talk.send("AM1", "voice", sample(f"{name}.ogg"), duration=5)


async def offer_again(talk: Talk) -> str:
    """What the clock does every few minutes."""
    async with talk.service.database.begin() as tx:
        await work.reoffer(tx)
    return await talk.act("AM1")


def answers(talk: Talk) -> list[str]:
    """What the person's chat shows of the bot by now, edits in their place."""
    return [one.text for one in talk.phone.messages(talk.chat("AM1")) if one.from_bot]


async def test_the_size_is_told_and_the_progress_shown_in_one_message(talk: Talk) -> None:
    said = await speak(talk)
    assert f"共 {round(SIZE / 1e6)} MB" in said and "：100%" in said
    shares = [line.rsplit("：", 1)[1] for line in said.splitlines() if "正在下载" in line]
    assert shares == sorted(shares, key=lambda share: int(share.rstrip("%"))) and len(shares) <= 11
    first, *rest = answers(talk)
    assert "听完了" in first
    assert not any("正在下载" in one for one in rest)
    assert (await talk.rows(tables.reports))[0].text == "设备已经到货，订单正常。"


async def test_the_second_voice_message_fetches_nothing(talk: Talk, hub: Hub) -> None:
    await speak(talk)
    asked = len(hub.ranges)
    assert "正在下载" not in await speak(talk, "zh_011")
    assert len(hub.ranges) == asked


async def test_without_a_way_out_the_voice_is_kept_and_its_author_told_once(talk: Talk, hub: Hub) -> None:
    hub.is_down = True
    said = await speak(talk)
    assert "语音已保存，转写模型还没就绪" in said
    assert (await talk.rows(tables.media))[0].content == sample("zh_012.ogg")
    for _ in range(3):
        assert await offer_again(talk) == ""


async def test_a_card_that_lies_open_meanwhile_stays_as_it_is(talk: Talk, hub: Hub) -> None:
    hub.is_down = True
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    assert "尚未转写" in await speak(talk)
    for _ in range(3):
        assert await offer_again(talk) == ""
    assert "已记录" in await talk.tap("AM1", "confirm")


async def test_what_waits_is_heard_once_the_hub_can_be_reached(talk: Talk, hub: Hub) -> None:
    hub.is_down = True
    await speak(talk)
    await speak(talk, "zh_011")
    hub.is_down = False
    said = await offer_again(talk)
    assert "设备已经到货，订单正常。" in said
    texts = [part.text for part in await talk.rows(tables.parts)]
    assert texts == ["设备已经到货，订单正常。", "鼎盛纺织现金流紧张。"]


async def test_a_fetch_that_breaks_off_goes_on_with_the_next_try(talk: Talk, hub: Hub) -> None:
    hub.breaks = "model.bin"
    assert "转写模型还没就绪" in await speak(talk)
    assert "设备已经到货" in await offer_again(talk)
    assert hub.ranges[-1].startswith("bytes=")


async def test_doctor_tells_how_to_bring_a_model_by_hand_and_it_is_then_taken(
    talk: Talk, hub: Hub, tmp_path: Path
) -> None:
    hub.is_down = True
    await speak(talk)
    findings = [one for one in await examine(talk.service.settings) if one.room == "transcripts"]
    assert [one.code for one in findings] == ["doctor_faster", "doctor_model_to_fetch"]
    shutil.copytree(MODEL, tmp_path / "brought")
    brought = talk.service.settings.model_copy(update={"speech_model": str(tmp_path / "brought")})
    async for service in restarted(talk, brought):
        talk.service = service
        assert "设备已经到货，订单正常。" in await offer_again(talk)


async def restarted(talk: Talk, settings: Settings) -> AsyncIterator[Service]:
    service = Service(settings, clock=talk.clock, durable=False)
    await service.start()
    yield service
    await service.stop()


async def test_a_model_that_nobody_has_is_said_to_be_missing_and_named_by_doctor(
    talk: Talk, hub: Hub, tmp_path: Path
) -> None:
    unknown = talk.service.settings.model_copy(update={"speech_model": "enormous"})
    async for service in restarted(talk, unknown):
        talk.service = service
        assert "转写模型还没就绪" in await speak(talk)
    codes = [one.code for one in await examine(unknown) if one.room == "transcripts"]
    assert codes == ["doctor_faster", "doctor_model_unknown"]
    assert hub.ranges == []
