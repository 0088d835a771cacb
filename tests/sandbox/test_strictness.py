"""Telegram's own refusals, word for word."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sandbox import Person, Sandbox
from tests.sandbox.conftest import LIN, WU, Api, picture

KEY = {"text": "好", "callback_data": "ok"}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def keys(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("sendMessage", {"text": "?"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 999, "text": "?"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "?"}, "chat not found"),
        ("sendMessage", {"chat_id": LIN}, "message text is empty"),
        ("sendMessage", {"chat_id": LIN, "text": " \n "}, "message text is empty"),
        ("sendMessage", {"chat_id": LIN, "text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ("sendMessage", {"chat_id": LIN, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": LIN, "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": LIN, "text": "x", "parse_mode": "Pretty"}, "unsupported parse_mode"),
        (
            "sendMessage",
            {"chat_id": LIN, "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": LIN, "text": "x", "reply_markup": "[]"},
            "object expected as reply markup",
        ),
        (
            "sendMessage",
            {"chat_id": LIN, "text": "x", "reply_to_message_id": 5},
            "message to be replied not found",
        ),
        ("sendPhoto", {"chat_id": LIN}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": LIN, "photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
        (
            "sendPhoto",
            {"chat_id": LIN, "photo": "https://example.com/a.jpg"},
            "failed to get HTTP URL content",
        ),
        (
            "sendLocation",
            {"chat_id": LIN, "latitude": 91, "longitude": 0},
            "wrong latitude or longitude specified",
        ),
        ("sendChatAction", {"chat_id": LIN, "action": "dancing"}, "wrong parameter action in request"),
        ("sendMediaGroup", {"chat_id": LIN, "media": [{}]}, "wrong number of messages in the media group"),
        ("editMessageText", {"chat_id": LIN, "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"chat_id": LIN, "message_id": 5, "text": "x"}, "message to edit not found"),
        ("deleteMessage", {"chat_id": LIN, "message_id": 5}, "message to delete not found"),
        ("copyMessage", {"chat_id": LIN, "from_chat_id": WU, "message_id": 5}, "message to copy not found"),
        (
            "forwardMessage",
            {"chat_id": LIN, "from_chat_id": WU, "message_id": 5},
            "message to forward not found",
        ),
        ("getFile", {"file_id": "nonsense"}, "invalid file_id"),
        ("setMyCommands", {"commands": [{"command": "Große", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ("setWebhook", {"url": "ftp://x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "setWebhook",
            {"url": "https://x.y", "secret_token": "ä"},
            "secret token contains unallowed characters",
        ),
        ("answerCallbackQuery", {"callback_query_id": "7"}, TOO_OLD.removeprefix("Bad Request: ")),
    ],
)
async def test_a_wrong_call_is_refused_in_telegrams_words(
    api: Api, method: str, given: dict[str, Any], words: str
) -> None:
    told = await api(method, **given)
    assert told == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "好", "callback_data": "界" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "好", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "好", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "好"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_a_wrong_button_is_refused(api: Api, button: dict[str, str], words: str) -> None:
    told = await api("sendMessage", chat_id=LIN, text="?", reply_markup=keys(button))
    assert told["description"] == f"Bad Request: {words}"


async def test_sixty_four_bytes_of_button_data_are_allowed(api: Api, box: Sandbox) -> None:
    data = "界" * 21 + "x"
    told = await api(
        "sendMessage", chat_id=LIN, text="?", reply_markup=keys({"text": "好", "callback_data": data})
    )
    assert told["ok"] and box.messages(LIN)[0].button("好").data == data


async def test_limits_count_utf16_units_after_the_tags_are_read(api: Api) -> None:
    long = "<b>" + "😀" * 2048 + "</b>"
    assert (await api("sendMessage", chat_id=LIN, text=long, parse_mode="HTML"))["ok"]
    photo = {"photo": ("a.png", picture(), "image/png")}
    assert (await api("sendPhoto", files=photo, chat_id=LIN, caption="字" * 1024))["ok"]
    told = await api("sendPhoto", files=photo, chat_id=LIN, caption="字" * 1025)
    assert told["description"] == "Bad Request: message caption is too long"


async def test_an_edit_must_change_something(api: Api) -> None:
    sent = (await api("sendMessage", chat_id=LIN, text="甲", reply_markup=keys(KEY)))["result"]
    about = {"chat_id": LIN, "message_id": sent["message_id"]}
    assert (await api("editMessageText", **about, text="甲", reply_markup=keys(KEY)))["description"] == SAME
    assert (await api("editMessageReplyMarkup", **about, reply_markup=keys(KEY)))["description"] == SAME
    changed = (await api("editMessageText", **about, text="甲"))["result"]
    assert "reply_markup" not in changed and changed["edit_date"] >= sent["date"]
    told = await api("editMessageText", **about, text="x" * 4097)
    assert told["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_only_the_fitting_part_of_an_own_message_can_be_edited(api: Api, box: Sandbox) -> None:
    theirs = box.say(LIN, "我的话")
    told = await api("editMessageText", chat_id=LIN, message_id=theirs, text="x")
    assert told["description"] == "Bad Request: message can't be edited"
    photo = {"photo": ("a.png", picture(), "image/png")}
    sent = (await api("sendPhoto", files=photo, chat_id=LIN))["result"]["message_id"]
    told = await api("editMessageText", chat_id=LIN, message_id=sent, text="x")
    assert told["description"] == "Bad Request: there is no text in the message to edit"
    assert (await api("editMessageCaption", chat_id=LIN, message_id=sent, caption="新"))["ok"]
    assert box.messages(LIN)[-1].text == "新"


async def test_a_tap_is_answered_once(api: Api, box: Sandbox) -> None:
    sent = (await api("sendMessage", chat_id=LIN, text="?", reply_markup=keys(KEY)))["result"]
    query = box.tap(LIN, sent["message_id"], "ok")
    assert (await api("answerCallbackQuery", callback_query_id=query, text="好的"))["ok"]
    assert (await api("answerCallbackQuery", callback_query_id=query))["description"] == TOO_OLD


async def test_old_taps_and_old_messages_are_out_of_reach() -> None:
    now = [datetime(2026, 3, 2, 2, tzinfo=UTC)]
    async with (
        Sandbox(people=[Person(LIN, "林")], clock=lambda: now[0]) as box,
        httpx.AsyncClient() as client,
    ):
        call = f"{box.base_url}{box.token}"
        given = {"chat_id": LIN, "text": "?", "reply_markup": keys(KEY)}
        sent = (await client.post(f"{call}/sendMessage", json=given)).json()["result"]
        assert sent["date"] == int(now[0].timestamp())
        query = box.tap(LIN, sent["message_id"], "ok")
        now[0] += timedelta(hours=49)
        told = await client.post(f"{call}/answerCallbackQuery", json={"callback_query_id": query})
        assert told.json()["description"] == TOO_OLD
        told = await client.post(
            f"{call}/deleteMessage", json={"chat_id": LIN, "message_id": sent["message_id"]}
        )
        assert told.json()["description"] == "Bad Request: message can't be deleted for everyone"


async def test_unknown_methods_and_tokens_are_told_apart(http: httpx.AsyncClient, box: Sandbox) -> None:
    unknown = await http.get(f"/bot{box.token}/sendNothing")
    assert unknown.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    stranger = await http.get("/bot1:2/getMe")
    assert stranger.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_methods_take_any_case_and_any_encoding(http: httpx.AsyncClient, box: Sandbox) -> None:
    path = f"/bot{box.token}/SENDmessage"
    given = {"chat_id": str(LIN), "text": "a&b=字"}
    await http.get(path, params=given)
    await http.post(path, data=given)
    await http.post(path, json=given)
    await http.post(path, files={name: (None, value) for name, value in given.items()})
    assert [one.text for one in box.messages(LIN)] == ["a&b=字"] * 4


async def test_broken_json_is_refused(http: httpx.AsyncClient, box: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    told = await http.post(f"/bot{box.token}/getMe", content=b"{nope", headers=headers)
    assert told.json()["description"] == "Bad Request: can't parse JSON object"


async def test_a_bot_cannot_write_first() -> None:
    async with Sandbox(people=[Person(5, "新人", met=False)]) as box, httpx.AsyncClient() as client:
        address = f"{box.base_url}{box.token}/sendMessage"
        told = await client.post(address, json={"chat_id": 5, "text": "?"})
        assert told.json()["description"] == "Forbidden: bot can't initiate conversation with a user"
        box.say(5, "/start")
        assert (await client.post(address, json={"chat_id": 5, "text": "?"})).json()["ok"]


async def test_pictures_must_be_pictures_of_a_sane_shape(api: Api) -> None:
    for content, words in (
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ):
        told = await api("sendPhoto", files={"photo": ("a.png", content, "image/png")}, chat_id=LIN)
        assert told["description"] == f"Bad Request: {words}"


async def test_a_photo_is_kept_as_jpeg_in_sizes(api: Api, box: Sandbox) -> None:
    box.photo(LIN, picture(3000, 1500))
    small, large = (await api("getUpdates"))["result"][0]["message"]["photo"]
    assert (small["width"], large["width"], large["height"]) == (320, 2560, 1280)
    assert box.file(large["file_id"]).content[:2] == b"\xff\xd8"


async def test_files_over_twenty_megabytes_cannot_be_fetched(api: Api, box: Sandbox) -> None:
    limit = 20 * 1024 * 1024
    box.document(LIN, b"x" * (limit + 1), "big.bin")
    box.document(LIN, b"x" * limit, "fits.bin")
    big, fits = [one["message"]["document"] for one in (await api("getUpdates"))["result"]]
    assert (await api("getFile", file_id=big["file_id"]))["description"] == "Bad Request: file is too big"
    assert (await api("getFile", file_id=fits["file_id"]))["result"]["file_size"] == limit


async def test_a_file_link_dies_within_the_hour() -> None:
    now = [datetime(2026, 3, 2, 2, tzinfo=UTC)]
    async with (
        Sandbox(people=[Person(LIN, "林")], clock=lambda: now[0]) as box,
        httpx.AsyncClient() as client,
    ):
        box.voice(LIN, b"sound")
        update = (await client.get(f"{box.base_url}{box.token}/getUpdates")).json()["result"][0]
        given = {"file_id": update["message"]["voice"]["file_id"]}
        path = (await client.post(f"{box.base_url}{box.token}/getFile", data=given)).json()["result"][
            "file_path"
        ]
        link = f"{box.base_file_url}{box.token}/{path}"
        assert (await client.get(link)).content == b"sound"
        now[0] += timedelta(minutes=61)
        assert (await client.get(link)).status_code == 404


async def test_a_sent_file_can_be_sent_again_by_its_id(api: Api, box: Sandbox) -> None:
    files = {"document": ("a.txt", b"words", "text/plain")}
    first = (await api("sendDocument", files=files, chat_id=LIN))["result"]["document"]
    again = await api("sendDocument", chat_id=WU, document=first["file_id"])
    assert again["result"]["document"]["file_id"] == first["file_id"]
    told = await api("sendPhoto", chat_id=WU, photo=first["file_id"])
    assert told["description"] == "Bad Request: can't use file of type Document as Photo"


async def test_copies_have_no_origin_and_forwards_have(api: Api, box: Sandbox) -> None:
    said = box.say(WU, "cash is short")
    about = {"chat_id": LIN, "from_chat_id": WU, "message_id": said}
    copy = (await api("copyMessage", **about))["result"]
    forward = (await api("forwardMessage", **about))["result"]
    assert list(copy) == ["message_id"]
    assert forward["forward_origin"]["sender_user"]["id"] == WU
    assert [one.text for one in box.messages(LIN)] == ["cash is short"] * 2
