"""The chat page in a real browser."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox import Sandbox
from tests.sandbox.conftest import LIN, WU, Api, picture

pytestmark = pytest.mark.browser
KEYS = {
    "inline_keyboard": [[{"text": "确认", "callback_data": "ok"}, {"text": "作废", "callback_data": "no"}]]
}
EVIL = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"


@pytest.fixture
async def page(box: Sandbox, browser: Browser) -> AsyncIterator[Page]:
    """A Chinese phone with microphone and a place on earth; any script error fails the test."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        permissions=["microphone", "geolocation"],
        geolocation={"latitude": 31.25, "longitude": 121.5},
    )
    page = await context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    await page.goto(box.url)
    await expect(page.locator("#link")).to_have_text("已连接")
    yield page
    await context.close()
    assert troubles == []


async def enter(page: Page, person: int = LIN) -> None:
    await page.click(f"#people .person[data-id='{person}']")
    await expect(page.locator("#text")).to_be_visible()


async def test_a_person_is_chosen_and_a_message_goes_out(page: Page, box: Sandbox) -> None:
    await expect(page.locator("#people .person").first).to_contain_text("客户经理 · 城东支行")
    await enter(page)
    await page.fill("#text", "今天去了云岭")
    await page.click("#send")
    await expect(page.locator(".msg.own .text")).to_have_text("今天去了云岭")
    assert [one.text for one in box.messages(LIN)] == ["今天去了云岭"]


async def test_a_long_text_goes_as_several_messages(page: Page, box: Sandbox) -> None:
    await enter(page)
    text = "\n".join(f"第{number}条 生产正常" for number in range(700))
    await page.fill("#text", text)
    await page.keyboard.press("Enter")
    await expect(page.locator(".msg.own")).to_have_count(2)
    first, second = (one.text for one in box.messages(LIN))
    assert f"{first}\n{second}" == text


async def test_the_bots_formatting_is_shown(page: Page, api: Api) -> None:
    await enter(page)
    words = (
        "<b>粗</b> <i>斜</i> <code>x</code> <a href='https://a.cn/'>链</a>\n<blockquote>引</blockquote>\n末"
    )
    await api("sendMessage", chat_id=LIN, text=words, parse_mode="HTML")
    text = page.locator(".msg.bot .text")
    await expect(text.locator("strong")).to_have_text("粗")
    await expect(text.locator("blockquote")).to_have_text("引")
    await expect(text.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    await expect(text).to_contain_text("末")


async def test_nobody_s_words_become_markup(page: Page, api: Api, box: Sandbox) -> None:
    await enter(page)
    await api("setMyName", name=EVIL[:60])
    await api("sendMessage", chat_id=LIN, text=EVIL, reply_markup={"keyboard": [[EVIL]]})
    await api(
        "sendMessage",
        chat_id=LIN,
        text=EVIL,
        reply_markup={"inline_keyboard": [[{"text": EVIL, "callback_data": "x"}]]},
    )
    await api(
        "sendDocument",
        files={"document": ("<b>.html", b"<script>1</script>", "text/html")},
        chat_id=LIN,
        caption=EVIL,
    )
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "javascript:document.title='broken'"}
    await api("sendMessage", chat_id=LIN, text="link", entities=[link])
    await expect(page.locator(".msg.bot")).to_have_count(4)
    await expect(page.locator(".msg .text").first).to_have_text(EVIL)
    assert await page.locator("#log script, #log img[src='x'], #log a[href^='javascript']").count() == 0
    assert await page.title() == "回访 · 本机聊天"


async def test_a_tapped_button_is_answered_with_a_toast_or_an_alert(
    page: Page, api: Api, box: Sandbox
) -> None:
    await enter(page)
    await api("sendMessage", chat_id=LIN, text="对吗？", reply_markup=KEYS)
    for number, (name, alert) in enumerate((("确认", False), ("作废", True))):
        await page.get_by_role("button", name=name).click()
        await box.wait_until(lambda wanted=number: len(box.world.updates.pending) > wanted)
        query = box.world.updates.pending[-1]["callback_query"]
        await api("answerCallbackQuery", callback_query_id=query["id"], text=f"已{name}", show_alert=alert)
    await expect(page.locator(".toast")).to_have_text("已确认")
    await expect(page.get_by_role("dialog")).to_contain_text("已作废")


async def test_a_voice_message_is_recorded(page: Page, box: Sandbox) -> None:
    await enter(page)
    await page.click("#mic")
    await expect(page.locator("#recording .time")).to_have_text("0:01", timeout=10_000)
    await page.get_by_role("button", name="停止并发送").click()
    await expect(page.locator(".msg.own .voice")).to_be_visible()
    (message,) = box.messages(LIN)
    content = box.file(message.media.file_id).content
    assert message.media.mime == "audio/webm" and message.media.duration >= 1
    assert content[:4] == b"\x1aE\xdf\xa3" and len(content) > 500


async def test_a_recording_can_be_discarded_by_key(page: Page, box: Sandbox) -> None:
    await enter(page)
    await page.click("#mic")
    await expect(page.locator("#recording")).to_be_visible()
    await expect(page.get_by_role("button", name="停止并发送")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#recording")).to_be_hidden()
    assert box.messages(LIN) == []


async def test_a_voice_message_plays(page: Page, box: Sandbox) -> None:
    await enter(page)
    await page.click("#mic")
    await expect(page.locator("#recording .time")).to_have_text("0:01", timeout=10_000)
    await page.get_by_role("button", name="停止并发送").click()
    await page.locator(".voice .play").click()
    await expect(page.locator(".voice .bars i.past").first).to_be_attached(timeout=10_000)


def chosen(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "mimeType": "image/png", "buffer": picture(400, 300)} for name in names]


async def test_photos_go_singly_or_as_an_album(page: Page, box: Sandbox) -> None:
    await enter(page)
    await page.set_input_files("#photos", chosen("a.png"))
    await page.get_by_label("添加说明").fill("车间")
    await page.keyboard.press("Enter")
    await expect(page.locator(".msg.own .photo img")).to_have_count(1)
    await page.set_input_files("#photos", chosen("a.png", "b.png", "c.png"))
    await page.get_by_role("dialog").get_by_role("button", name="发送").click()
    await expect(page.locator(".msg.own .photo img")).to_have_count(4)
    first, *album = box.messages(LIN)
    assert first.text == "车间" and first.album is None
    assert len(album) == 3 and len({one.album for one in album}) == 1
    await expect(page.locator(".msg.own")).to_have_count(2)


async def test_a_file_is_attached(page: Page, box: Sandbox) -> None:
    await enter(page)
    await page.set_input_files("#files", [{"name": "台账.csv", "mimeType": "text/csv", "buffer": b"a,b"}])
    await page.get_by_role("dialog").get_by_role("button", name="发送").click()
    await expect(page.locator(".msg.own .file")).to_contain_text("台账.csv")
    assert box.file(box.messages(LIN)[0].media.file_id).content == b"a,b"


async def test_a_place_is_sent_by_list_by_numbers_or_by_the_device(page: Page, box: Sandbox) -> None:
    await enter(page)

    async def ask() -> None:
        await page.get_by_role("button", name="附件").click()
        await page.get_by_role("menuitem", name="位置").click()

    await ask()
    await page.get_by_role("button", name="江边码头").click()
    await expect(page.locator(".msg.own .place")).to_have_count(1)
    await ask()
    field = page.get_by_label("坐标")
    await field.fill("95, 1")
    await field.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("请输入有效的纬度和经度")
    await field.fill("30.5，120.25")
    await field.press("Enter")
    await expect(page.locator(".msg.own .place")).to_have_count(2)
    await ask()
    await page.get_by_role("button", name="使用我的当前位置").click()
    await expect(page.locator(".msg.own .place")).to_have_count(3)
    places = [(one.media.latitude, one.media.longitude) for one in box.messages(LIN)]
    assert places == [(31.2397, 121.4998), (30.5, 120.25), (31.25, 121.5)]


async def test_the_keyboard_is_enough(page: Page, api: Api, box: Sandbox) -> None:
    await page.locator("#people .person").first.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type("你好")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("第二行")
    await page.keyboard.press("Enter")
    await box.wait_until(lambda: box.messages(LIN))
    assert box.messages(LIN)[0].text == "你好\n第二行"
    await api("sendMessage", chat_id=LIN, text="对吗？", reply_markup=KEYS)
    await expect(page.locator(".key").first).to_be_visible()
    for _ in range(8):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.dataset.data === 'ok'"):
            break
    await page.keyboard.press("Enter")
    await box.wait_until(lambda: len(box.world.updates.pending) == 2)
    assert box.world.updates.pending[-1]["callback_query"]["data"] == "ok"


async def test_an_own_message_is_edited_with_the_up_arrow(page: Page, box: Sandbox) -> None:
    await enter(page)
    await page.fill("#text", "三百万")
    await page.keyboard.press("Enter")
    await expect(page.locator(".msg.own")).to_have_count(1)
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#text")).to_have_value("三百万")
    await page.keyboard.type("二十")
    await page.keyboard.press("Enter")
    await expect(page.locator(".msg.own")).to_contain_text("已编辑")
    assert [one.text for one in box.messages(LIN)] == ["三百万二十"]


async def test_a_message_is_answered_copied_and_deleted_from_its_menu(
    page: Page, api: Api, box: Sandbox
) -> None:
    await enter(page)
    sent = (await api("sendMessage", chat_id=LIN, text="多少钱？"))["result"]["message_id"]
    await page.get_by_role("button", name="消息操作").click()
    await page.get_by_role("menuitem", name="回复").click()
    await expect(page.locator("#quoting")).to_contain_text("多少钱？")
    await page.keyboard.type("三百万")
    await page.keyboard.press("Enter")
    await expect(page.locator(".msg.own .quote")).to_contain_text("多少钱？")
    assert box.messages(LIN)[-1].reply_to == sent
    await page.locator(f"#m{sent} .dots").click()
    await page.get_by_role("menuitem", name="删除").click()
    await expect(page.locator(f"#m{sent}")).to_have_count(0)


async def test_commands_are_offered_while_typing(page: Page, api: Api, box: Sandbox) -> None:
    commands = [{"command": "today", "description": "今天"}, {"command": "tomorrow", "description": "明天"}]
    await api("setMyCommands", commands=commands)
    await enter(page)
    await page.locator("#text").press_sequentially("/to")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".msg.own")).to_contain_text("/tomorrow")
    assert box.messages(LIN)[0].text == "/tomorrow"


async def test_the_reply_keyboard_types_for_you(page: Page, api: Api, box: Sandbox) -> None:
    await enter(page)
    await api(
        "sendMessage",
        chat_id=LIN,
        text="选",
        reply_markup={"keyboard": [["今天", "帮助"]], "one_time_keyboard": True},
    )
    await page.get_by_role("button", name="今天").click()
    await expect(page.locator(".msg.own")).to_contain_text("今天")
    await expect(page.locator("#keyboard")).to_be_hidden()
    await api("sendMessage", chat_id=LIN, text="好", reply_markup={"remove_keyboard": True})
    await expect(page.locator("#keys")).to_be_hidden()


async def test_others_messages_wait_behind_a_badge(page: Page, api: Api, box: Sandbox) -> None:
    await enter(page)
    await api("sendMessage", chat_id=WU, text="one")
    await api("sendMessage", chat_id=WU, text="two")
    await page.locator("#me.news").click()
    row = page.get_by_role("dialog").locator(f".person[data-id='{WU}']")
    await expect(row.locator(".badge")).to_have_text("2")
    await row.click()
    await expect(page.locator(".msg.bot")).to_have_count(2)
    await box.wait_until(lambda: box.world.chat(WU).read == box.messages(WU)[-1].id)
    await expect(page.locator("#me.news")).to_have_count(0)


async def test_typing_shows_until_the_bot_speaks(page: Page, api: Api) -> None:
    await enter(page)
    await api("sendChatAction", chat_id=LIN, action="typing")
    await expect(page.locator("#status")).to_have_text("正在输入…")
    await api("sendMessage", chat_id=LIN, text="好")
    await expect(page.locator("#status")).to_have_text("机器人")


async def test_edits_and_deletions_by_the_bot_are_followed(page: Page, api: Api) -> None:
    await enter(page)
    sent = (await api("sendMessage", chat_id=LIN, text="等等", reply_markup=KEYS))["result"]["message_id"]
    await api("editMessageText", chat_id=LIN, message_id=sent, text="好了")
    await expect(page.locator(f"#m{sent} .text")).to_have_text("好了")
    await expect(page.locator(f"#m{sent} .key")).to_have_count(0)
    await api("deleteMessage", chat_id=LIN, message_id=sent)
    await expect(page.locator(f"#m{sent}")).to_have_count(0)


async def test_what_was_said_while_the_line_was_cut_comes_after_it(page: Page, api: Api) -> None:
    await enter(page)
    await page.context.set_offline(True)
    await api("sendMessage", chat_id=LIN, text="断线时说的")
    await page.context.set_offline(False)
    await expect(page.locator(".msg.bot .text")).to_have_text("断线时说的", timeout=15_000)


async def test_the_page_speaks_english_and_names_every_control(page: Page) -> None:
    await page.get_by_role("button", name="English").click()
    await enter(page)
    await expect(page.locator("#text")).to_have_attribute("placeholder", "Message")
    assert await page.locator("html").get_attribute("lang") == "en"
    nameless = await page.evaluate(
        "[...document.querySelectorAll('button, input:not([type=file]), textarea, a')]"
        ".filter((one) => one.checkVisibility() && !(one.getAttribute('aria-label') || one.textContent.trim()))"
        ".map((one) => one.outerHTML)"
    )
    assert nameless == []
    assert await page.locator("#log").get_attribute("role") == "log"


async def test_long_chats_load_their_beginning_on_request(page: Page, api: Api, box: Sandbox) -> None:
    for number in range(170):
        box.say(LIN, f"第{number}句")
    await enter(page)
    await expect(page.locator(".msg")).to_have_count(150)
    await page.get_by_role("button", name="更早的消息").click()
    await expect(page.locator(".msg")).to_have_count(170)
    await expect(page.locator(".msg .text").first).to_have_text("第0句")


async def test_the_desk_shows_people_and_chat_side_by_side(box: Sandbox, browser: Browser) -> None:
    page = await browser.new_page(
        viewport={"width": 1280, "height": 800}, locale="zh-CN", color_scheme="dark"
    )
    await page.goto(box.url)
    await expect(page.locator("#people .person").first).to_have_attribute("aria-current", "true")
    await expect(page.locator("#text")).to_be_visible()
    dark = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.get_by_role("button", name=re.compile("外观")).click()
    light = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    await page.close()
