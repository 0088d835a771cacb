"""Updates by webhook, and a voice message where nothing can hear."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.web import SECRET_HEADER
from records import tables
from tests.e2e.conftest import VOICE, keep_house
from tests.small_book import CHATS, SmallBook

REPORT = "今天去了华兴机械,老板在,工程进度六成五。"
SECRET = "a-secret-of-this-test"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def door() -> str:
    return f"127.0.0.1:{free_port()}"


async def test_a_report_comes_by_webhook_and_its_card_goes_back(
    book: SmallBook, database_url: str, door: str
) -> None:
    hook = {"webhook_url": f"http://{door}", "webhook_listen": door, "webhook_secret": SECRET}
    async with keep_house(book, database_url, **hook) as house:
        await house.phone.wait_until(lambda: house.phone.requests("setWebhook"))
        await house.act("AM1", "say", text=REPORT)
        await house.hear("AM1", "65%")
        assert not house.phone.requests("getUpdates")
        assert len(await house.rows(tables.reports)) == 1


async def test_the_door_keeps_nothing_from_who_does_not_show_the_secret(
    book: SmallBook, database_url: str, door: str
) -> None:
    hook = {"webhook_url": f"http://{door}", "webhook_listen": door, "webhook_secret": SECRET}
    async with keep_house(book, database_url, **hook) as house:
        await house.phone.wait_until(lambda: house.phone.requests("setWebhook"))
        await house.act("AM1", "say", text=REPORT)
        await house.hear("AM1", "65%")
        async with httpx.AsyncClient(base_url=f"http://{door}", trust_env=False) as client:
            update = {"update_id": 999_999_999, "message": {}}
            assert (await client.post("/telegram", json=update)).status_code == 403
            wrong = {SECRET_HEADER: "guessed"}
            assert (await client.post("/telegram", json=update, headers=wrong)).status_code == 403
            right = {SECRET_HEADER: SECRET}
            assert (await client.post("/telegram", content=b"[]", headers=right)).status_code == 400
        ids = [one.update_id for one in await house.rows(tables.updates)]
        assert 999_999_999 not in ids and ids


async def test_one_update_delivered_twice_is_one_report(
    book: SmallBook, database_url: str, door: str
) -> None:
    hook = {"webhook_url": f"http://{door}", "webhook_listen": door, "webhook_secret": SECRET}
    async with keep_house(book, database_url, **hook) as house:
        await house.phone.wait_until(lambda: house.phone.requests("setWebhook"))
        await house.act("AM1", "say", text=REPORT)
        await house.hear("AM1", "65%")
        raw = {"update_id": (await house.rows(tables.updates))[-1].update_id}
        message = house.messages("AM1")
        said = next(one.raw for one in message if not one.from_bot)
        async with httpx.AsyncClient(base_url=f"http://{door}", trust_env=False) as client:
            again = await client.post(
                "/telegram", json=raw | {"message": said}, headers={SECRET_HEADER: SECRET}
            )
        assert again.status_code == 200
        await house.act("AM1", "say", text="/help")
        await house.hear("AM1", "怎么用")
        assert len(await house.rows(tables.reports)) == 1


@pytest.mark.parametrize("engine", ["off", "missing"])
async def test_a_voice_that_nothing_can_hear_is_kept_and_its_author_asked_once_to_type(
    book: SmallBook, database_url: str, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    missing = {"speech": "faster", "speech_model": str(tmp_path / "no-model-here")}
    speech: dict[str, Any] = {"speech": "off"} if engine == "off" else missing
    sound = (VOICE / "samples" / "zh_001.ogg").read_bytes()
    async with keep_house(book, database_url, **speech) as house:
        files = {"file": ("v.ogg", sound, "audio/ogg")}
        await house.act("AM1", "voice", files=files, duration="8")
        await house.hear("AM1", "打")
        assert [one.content for one in await house.rows(tables.media)] == [sound]
        await house.act("AM1", "say", text=REPORT)
        await house.hear("AM1", "65%")
        assert len(await house.rows(tables.reports)) == 1
        asked = [one.text for one in house.messages("AM1") if one.from_bot and "请" in one.text]
        (sentence,) = [text for text in asked if "打字发来" in text or "打成文字发来" in text]
        assert sentence.count("。") == 1


async def test_a_calendar_asked_for_in_the_chat_is_read_through_the_door(
    book: SmallBook, database_url: str, door: str
) -> None:
    hook = {"webhook_url": f"http://{door}", "webhook_listen": door, "webhook_secret": SECRET}
    async with keep_house(book, database_url, **hook) as house:
        await house.phone.wait_until(lambda: house.phone.requests("setWebhook"))
        await house.act("AM1", "say", text="/calendar")
        asked = await house.hear("AM1", "订阅到手机日历")
        house.phone.tap(CHATS["AM1"], asked.id, "calendar_renew")
        shown = await house.hear("AM1", f"http://{door}/calendar/")
        address = re.search(rf"http://{door}/calendar/[\w-]{{43}}\.ics", shown.text)
        assert address is not None
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(address[0])
            assert answer.status_code == 200 and answer.content.startswith(b"BEGIN:VCALENDAR")
            again = await client.get(address[0], headers={"If-None-Match": answer.headers["etag"]})
            assert again.status_code == 304
