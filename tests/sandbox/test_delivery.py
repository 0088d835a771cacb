"""Updates to the bot: long polling, offsets, conflicts, webhooks."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.conftest import LIN, WU, Api

ELSEWHERE = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


def texts(told: dict[str, Any]) -> list[str]:
    return [one["message"]["text"] for one in told["result"]]


async def test_an_offset_confirms_what_is_before_it(api: Api, box: Sandbox) -> None:
    for words in ("一", "二", "三"):
        box.say(LIN, words)
    first = await api("getUpdates")
    assert texts(first) == texts(await api("getUpdates")) == ["一", "二", "三"]
    second = first["result"][1]["update_id"]
    assert texts(await api("getUpdates", offset=second)) == ["二", "三"]
    assert texts(await api("getUpdates")) == ["二", "三"]


async def test_a_negative_offset_keeps_only_the_newest(api: Api, box: Sandbox) -> None:
    for words in ("一", "二", "三"):
        box.say(LIN, words)
    assert texts(await api("getUpdates", offset=-1)) == ["三"]
    assert texts(await api("getUpdates")) == ["三"]


async def test_a_hundred_updates_at_most_come_at_once(api: Api, box: Sandbox) -> None:
    for number in range(130):
        box.say(LIN, str(number))
    assert len((await api("getUpdates", limit=500))["result"]) == 100
    assert texts(await api("getUpdates", limit=2)) == ["0", "1"]


async def test_a_long_poll_wakes_when_something_is_said(api: Api, box: Sandbox) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await box.wait_until(lambda: box.world.updates.awaited)
    box.say(LIN, "醒醒")
    assert texts(await poll) == ["醒醒"]


async def test_a_long_poll_ends_empty(api: Api) -> None:
    assert (await api("getUpdates", timeout=0.05))["result"] == []


async def test_a_second_poller_ends_the_first(api: Api, box: Sandbox) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await box.wait_until(lambda: box.world.updates.awaited)
    second = asyncio.create_task(api("getUpdates", timeout=30))
    assert (await first)["description"] == ELSEWHERE
    box.say(LIN, "给你")
    assert texts(await second) == ["给你"]


async def test_allowed_updates_last_and_keep_other_kinds_away(api: Api, box: Sandbox) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    box.say(LIN, "听不到")
    assert (await api("getUpdates"))["result"] == []
    await api("getUpdates", allowed_updates="[]")
    box.say(LIN, "听得到")
    assert texts(await api("getUpdates")) == ["听得到"]


async def test_update_ids_grow_and_raw_updates_join_the_queue(api: Api, box: Sandbox) -> None:
    box.say(LIN, "一")
    given = box.raw_update({"poll": {"id": "1"}})
    box.say(LIN, "二")
    ids = [one["update_id"] for one in (await api("getUpdates"))["result"]]
    assert ids == [given - 1, given, given + 1]


async def test_blocking_tells_the_bot_and_writing_unblocks(api: Api, box: Sandbox) -> None:
    box.block(LIN)
    assert (await api("sendMessage", chat_id=LIN, text="?"))["error_code"] == 403
    box.say(LIN, "我回来了")
    states = [
        one["my_chat_member"]["new_chat_member"]["status"] for one in (await api("getUpdates"))["result"][:2]
    ]
    assert states == ["kicked", "member"]
    assert (await api("sendMessage", chat_id=LIN, text="!"))["ok"]


@dataclass
class Hook:
    """A bot's web door that refuses the first `refusals` posts."""

    url: str = ""
    refusals: int = 0
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        size = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        update = json.loads(await reader.readexactly(size))
        self.secrets.append(head.partition("x-telegram-bot-api-secret-token: ")[2].partition("\r\n")[0])
        good = self.refusals <= 0
        self.refusals -= 1
        if good:
            self.got.append(update)
        status = "200 OK" if good else "503 Busy"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    server = await asyncio.start_server(hook.serve, "127.0.0.1", 0)
    hook.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/in"
    yield hook
    server.close()


async def test_a_webhook_gets_updates_with_its_secret(api: Api, box: Sandbox, hook: Hook) -> None:
    box.say(LIN, "早")
    assert (await api("setWebhook", url=hook.url, secret_token="s3cret"))["ok"]
    box.say(WU, "late")
    await box.wait_until(lambda: len(hook.got) == 2)
    await box.wait_until(lambda: not box.world.updates.pending)
    assert {one["message"]["text"] for one in hook.got} == {"早", "late"}
    assert hook.secrets == ["s3cret", "s3cret"]


async def test_a_webhook_is_tried_again_until_it_takes_the_update(api: Api, box: Sandbox, hook: Hook) -> None:
    hook.refusals = 3
    await api("setWebhook", url=hook.url)
    for words in ("一", "二", "三"):
        box.say(LIN, words)
    await box.wait_until(lambda: len(hook.got) == 3)
    info = (await api("getWebhookInfo"))["result"]
    assert [one["message"]["text"] for one in hook.got] == ["一", "二", "三"]
    assert "503" in info["last_error_message"] and info["url"] == hook.url


async def test_polling_is_refused_while_a_webhook_is_set(api: Api, box: Sandbox, hook: Hook) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await box.wait_until(lambda: box.world.updates.awaited)
    await api("setWebhook", url=hook.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    told = await api("getUpdates")
    assert told["error_code"] == 409 and "while webhook is active" in told["description"]
    await api("deleteWebhook")
    box.say(LIN, "又好了")
    assert texts(await api("getUpdates")) == ["又好了"]


async def test_pending_updates_can_be_dropped(api: Api, box: Sandbox) -> None:
    box.say(LIN, "旧")
    assert (await api("getWebhookInfo"))["result"]["pending_update_count"] == 1
    await api("deleteWebhook", drop_pending_updates=True)
    assert (await api("getUpdates"))["result"] == []
