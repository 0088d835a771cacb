"""Who may knock, and what the page's doors answer."""

import json

import httpx
import pytest

from sandbox import Person, Sandbox
from tests.sandbox.conftest import LIN, WU, Api


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
    ],
)
@pytest.mark.parametrize("path", ["/chat/say?me=11", "/control/say", "/bot{token}/sendMessage", "/"])
async def test_other_sites_and_rebound_names_are_turned_away(
    http: httpx.AsyncClient, box: Sandbox, headers: dict[str, str], path: str
) -> None:
    given = {"text": "x", "chat_id": LIN, "person_id": LIN}
    told = await http.post(path.format(token=box.token), json=given, headers=headers)
    assert told.status_code == 403 and box.messages(LIN) == []


async def test_the_own_page_may_act(http: httpx.AsyncClient, box: Sandbox) -> None:
    told = await http.post(f"/chat/say?me={LIN}", json={"text": "好"}, headers={"Origin": box.url})
    assert told.status_code == 200 and box.messages(LIN)[0].text == "好"


async def test_a_named_host_is_let_in() -> None:
    async with (
        Sandbox(people=[Person(LIN, "林")], allow_hosts=["sandbox"]) as box,
        httpx.AsyncClient() as client,
    ):
        told = await client.get(f"{box.base_url}{box.token}/getMe", headers={"Host": "sandbox:8088"})
        assert told.json()["result"]["is_bot"]


async def test_the_page_is_served_with_a_strict_policy(http: httpx.AsyncClient) -> None:
    for path in ("/", "/static/app.js", "/static/base.css"):
        told = await http.get(path)
        assert told.status_code == 200
        assert "default-src 'none'" in told.headers["Content-Security-Policy"]
        assert "unsafe" not in told.headers["Content-Security-Policy"]
    assert (await http.get("/static/..%2fapp.py")).status_code == 404
    assert (await http.get("/static/nothing.js")).status_code == 404


async def test_acts_that_cannot_be_are_refused_softly(http: httpx.AsyncClient) -> None:
    for path, given in (
        ("/chat/say?me=999", {"text": "x"}),
        (f"/chat/dance?me={LIN}", {}),
        (f"/chat/photo?me={LIN}", {}),
        (f"/chat/location?me={LIN}", {"latitude": 100, "longitude": 0}),
        (f"/chat/tap?me={LIN}", {"message_id": 1, "data": "x"}),
    ):
        told = await http.post(path, json=given)
        assert told.status_code == 409 and told.json()["error"]


async def test_sounds_are_served_in_ranges_and_html_never_inline(
    http: httpx.AsyncClient, box: Sandbox
) -> None:
    box.voice(LIN, b"0123456789", "audio/ogg")
    box.document(LIN, b"<script>", "x.html", "text/html")
    voice, page = (one.media.file_id for one in box.messages(LIN))
    part = await http.get(f"/chat/file/{voice}", headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    rest = await http.get(f"/chat/file/{voice}", headers={"Range": "bytes=7-"})
    assert rest.content == b"789"
    odd = await http.get(f"/chat/file/{voice}", headers={"Range": "bytes=99-"})
    assert (odd.status_code, odd.headers["Content-Type"]) == (200, "audio/ogg")
    shown = await http.get(f"/chat/file/{page}")
    assert shown.headers["Content-Type"] == "application/octet-stream"
    assert shown.headers["Content-Disposition"] == "attachment"


async def read_events(
    http: httpx.AsyncClient, path: str, count: int, headers: dict[str, str] | None = None
) -> list[str]:
    lines: list[str] = []
    async with http.stream("GET", path, headers=headers) as stream:
        async for line in stream.aiter_lines():
            lines += [line] if line.startswith(("data:", "event:")) else []
            if len(lines) == count:
                break
    return lines


async def test_the_stream_goes_on_after_the_last_event(
    http: httpx.AsyncClient, box: Sandbox, api: Api
) -> None:
    told = (await http.get("/chat/people")).json()
    await api("sendMessage", chat_id=LIN, text="一")
    await api("sendMessage", chat_id=WU, text="two")
    path = f"/chat/events?run={told['run']}&since={told['n']}"
    both = [json.loads(line[6:]) for line in await read_events(http, path, 2)]
    assert [one["message"]["text"] for one in both] == ["一", "two"]
    (late,) = await read_events(http, path, 1, {"Last-Event-ID": str(told["n"] + 1)})
    assert json.loads(late[6:])["chat"] == WU


async def test_a_page_of_another_run_is_told_to_load_anew(http: httpx.AsyncClient) -> None:
    assert await read_events(http, "/chat/events?run=other&since=0", 1) == ["event: reload"]


async def test_unread_counts_survive_a_reload(http: httpx.AsyncClient, box: Sandbox, api: Api) -> None:
    sent = [(await api("sendMessage", chat_id=LIN, text=word))["result"]["message_id"] for word in "一二三"]
    await http.post(f"/chat/read?me={LIN}", json={"message_id": sent[1]})
    people = (await http.get("/chat/people")).json()["people"]
    assert [one["unread"] for one in people] == [1, 0]
