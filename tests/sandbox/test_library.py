"""The in-process API: acting, reading, faults, the request log."""

from datetime import UTC, datetime

import httpx
import pytest

from sandbox import Person, Sandbox
from sandbox.errors import CannotAct
from sandbox.files import Files
from tests.sandbox.conftest import LIN, WU, Api, picture

KEYS = {"inline_keyboard": [[{"text": "确认", "callback_data": "ok"}, {"text": "看", "url": "https://a.cn"}]]}


async def test_said_since_numbers_all_chats_in_order(api: Api, box: Sandbox) -> None:
    first = (await api("sendMessage", chat_id=LIN, text="一"))["result"]["message_id"]
    await api("sendMessage", chat_id=WU, text="two")
    await api("editMessageText", chat_id=LIN, message_id=first, text="一改")
    box.say(LIN, "不是机器人说的")
    assert [(one.n, one.to, one.message.text) for one in box.said_since(0)] == [
        (1, LIN, "一"),
        (2, WU, "two"),
    ]
    assert [(one.n, one.edit) for one in box.said_since(1, edits=True)] == [(2, False), (3, True)]
    assert box.said_since(box.said_count, edits=True) == []


async def test_what_was_said_stays_said_when_it_is_edited(api: Api, box: Sandbox) -> None:
    sent = (await api("sendMessage", chat_id=LIN, text="原话"))["result"]["message_id"]
    await api("editMessageText", chat_id=LIN, message_id=sent, text="改过")
    assert box.said_since(0)[0].message.text == "原话"
    assert box.message(LIN, sent).text == "改过"


async def test_a_button_is_tapped_by_its_data_or_its_words(api: Api, box: Sandbox) -> None:
    sent = (await api("sendMessage", chat_id=LIN, text="?", reply_markup=KEYS))["result"]["message_id"]
    box.tap(LIN, sent, "ok")
    box.tap(LIN, sent, "确认")
    assert [one["callback_query"]["data"] for one in (await api("getUpdates"))["result"]] == ["ok", "ok"]
    assert box.message(LIN, sent).button("看").url == "https://a.cn"


async def test_people_cannot_do_what_a_chat_does_not_offer(api: Api, box: Sandbox) -> None:
    sent = (await api("sendMessage", chat_id=LIN, text="?", reply_markup=KEYS))["result"]["message_id"]
    for act in (
        lambda: box.tap(LIN, sent, "gone"),
        lambda: box.tap(LIN, sent, "看"),
        lambda: box.tap(WU, sent + 7, "ok"),
        lambda: box.say(999, "谁"),
        lambda: box.say(LIN, "  "),
        lambda: box.say(LIN, "字" * 4097),
        lambda: box.edit(LIN, sent, "机器人的话"),
    ):
        with pytest.raises(CannotAct):
            act()


async def test_messages_are_dated_by_the_clock_given(api: Api) -> None:
    then = datetime(2026, 3, 2, 2, tzinfo=UTC)
    async with Sandbox(people=[Person(LIN, "林")], clock=lambda: then) as box:
        box.say(LIN, "现在")
        box.say(LIN, "以前", at=datetime(2026, 3, 1, 2, tzinfo=UTC))
        assert [one.date.day for one in box.messages(LIN)] == [2, 1]


async def test_waiting_in_vain_ends(box: Sandbox) -> None:
    with pytest.raises(TimeoutError):
        await box.wait_for(LIN, timeout=0.01)


async def test_a_fault_strikes_as_often_as_told_where_told(api: Api, box: Sandbox) -> None:
    box.inject("sendMessage", times=2, kind="429", retry_after=3, chat_id=LIN)
    told = [await api("sendMessage", chat_id=chat, text="?") for chat in (LIN, WU, LIN, LIN)]
    assert [one.get("error_code", 200) for one in told] == [429, 200, 429, 200]
    assert told[0]["parameters"] == {"retry_after": 3}
    assert told[0]["description"] == "Too Many Requests: retry after 3"


async def test_faults_for_ever_end_when_cleared(api: Api, box: Sandbox) -> None:
    box.inject("*", times=None, kind="500")
    assert [(await api("getMe"))["error_code"] for _ in range(3)] == [500] * 3
    box.clear_faults()
    assert (await api("getMe"))["ok"]
    box.inject(kind="500", probability=0.0)
    assert (await api("getMe"))["ok"]
    with pytest.raises(ValueError, match="no such kind"):
        box.inject(kind="flood")


async def test_a_lost_answer_differs_from_a_lost_request(http: httpx.AsyncClient, box: Sandbox) -> None:
    for kind in ("drop", "drop_answer"):
        box.inject("sendMessage", kind=kind)
        with pytest.raises(httpx.RemoteProtocolError):
            await http.post(f"/bot{box.token}/sendMessage", json={"chat_id": LIN, "text": kind})
    assert [one.text for one in box.messages(LIN)] == ["drop_answer"]


async def test_the_request_log_counts_by_method_and_chat(api: Api, box: Sandbox) -> None:
    await api("sendMessage", chat_id=LIN, text="一")
    await api("SENDMESSAGE", chat_id=WU, text="two")
    await api("sendMessage", chat_id=999, text="?")
    log = box.requests("sendMessage")
    assert [(one.chat_id, one.status) for one in log] == [(LIN, 200), (WU, 200), (999, 400)]
    assert log[0].at <= log[1].at and len(box.requests(chat_id=WU)) == 1


async def test_limits_refuse_a_second_message_within_the_second(api: Api) -> None:
    async with Sandbox(people=[Person(LIN, "林")], limits=True) as box, httpx.AsyncClient() as client:
        address = f"{box.base_url}{box.token}/sendMessage"
        codes = [
            (await client.post(address, json={"chat_id": LIN, "text": "?"})).status_code for _ in range(6)
        ]
    assert codes[0] == 200 and codes[-1] == 429


def test_the_file_room_is_bounded() -> None:
    files = Files(room=100)
    first = files.add("voice", b"x" * 60, "audio/ogg")
    second = files.add("voice", b"x" * 60, "audio/ogg")
    assert files.get(first.id) is None and files.get(second.id) is second


async def test_an_album_needs_pictures(box: Sandbox) -> None:
    ids = box.album(LIN, [picture(), picture()], "两张")
    assert [box.message(LIN, one).text for one in ids] == ["两张", ""]


async def test_control_does_over_http_what_the_library_does(
    http: httpx.AsyncClient, box: Sandbox, api: Api
) -> None:
    said = (await http.post("/control/say", json={"person_id": LIN, "text": "你好"})).json()
    assert box.message(LIN, said["result"]).text == "你好"
    await http.post("/control/voice", json={"person_id": LIN, "content": "c291bmQ=", "duration": 2})
    await http.post("/control/inject", json={"method": "getMe", "kind": "500"})
    assert (await api("getMe"))["error_code"] == 500
    await api("sendMessage", chat_id=LIN, text="<b>好</b>", parse_mode="HTML")
    waited = (
        await http.post("/control/wait_for", json={"person_id": LIN, "contains": "好", "timeout": 5})
    ).json()
    assert waited["result"]["html"] == "<b>好</b>"
    seen = (await http.get("/control/messages", params={"person_id": LIN})).json()["result"]
    assert [one["text"] for one in seen] == ["你好", "", "好"]
    assert seen[1]["media"]["duration"] == 2
    assert (await http.post("/control/stop", json={})).status_code == 400
    assert len((await http.get("/control/people")).json()["result"]) == 2


async def test_control_is_shut_unless_asked_for() -> None:
    async with Sandbox(people=[Person(LIN, "林")]) as box, httpx.AsyncClient() as client:
        assert (await client.get(f"{box.url}/control/people")).status_code == 404


async def test_everything_said_at_once_arrives_in_order(box: Sandbox, api: Api) -> None:
    for number in range(50):
        await api("sendMessage", chat_id=LIN, text=str(number))
    assert [one.text for one in box.messages(LIN)] == [str(number) for number in range(50)]
    assert [one.n for one in box.said_since(40)] == list(range(41, 51))
