"""Reports that answer a visit's button, and pictures, files and places that come with one."""

from __future__ import annotations

import io
from datetime import timedelta

from PIL import Image

from records import tables
from tests.handlers.conftest import Talk


def picture(shade: int = 90) -> bytes:
    image = Image.linear_gradient("L").resize((320, 240)).point(lambda level: (level + shade) % 256)
    kept = io.BytesIO()
    image.save(kept, "JPEG")
    return kept.getvalue()


async def test_a_report_that_answers_a_visits_button_closes_that_visit(talk: Talk) -> None:
    await talk.service.replan()
    await talk.say("AM1", "/today")
    first = next(visit for visit in await talk.rows(tables.visits) if visit.kind == "first_check")
    await talk.tap("AM1", "visit", str(first.id))
    await talk.tap("AM1", "report", str(first.id))
    await talk.say("AM1", "上门看了,老板在,320万买了两台注塑机,剩180万没动,工程进度六成五。")
    said = await talk.tap("AM1", "confirm")
    assert "首次检查" in said
    assert {v.id: v.state for v in await talk.rows(tables.visits)}[first.id] == "done"


async def test_an_album_joins_its_report_with_a_hash_and_a_look(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    said = await talk.send("AM1", "album", [picture(), picture(40)])
    assert said.count("照片已保存") == 1
    kept = await talk.rows(tables.media)
    assert len(kept) == 2
    assert all(len(one.look) == 16 for one in kept)
    assert len(await talk.rows(tables.reports)) == 1


async def test_a_photo_alone_is_asked_for_and_confirmed(talk: Talk) -> None:
    await talk.send("AM1", "photo", picture())
    await talk.tap("AM1", "choose", "B002")
    assert "已记录" in await talk.tap("AM1", "confirm")


async def test_a_photos_caption_is_read_as_a_report(talk: Talk) -> None:
    card = await talk.send("AM1", "photo", picture(), caption="今天去了华兴机械,工程进度六成五。")
    assert "65%" in card


async def test_a_place_joins_the_open_report(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    await talk.send("AM1", "location", 30.2741, 120.1551)
    parts = await talk.rows(tables.parts)
    assert [(part.kind, part.report_id) for part in parts] == [("text", 1), ("location", 1)]


async def test_a_forwarded_message_is_taken_as_a_report(talk: Talk) -> None:
    number = talk.phone.say(talk.chat("M1"), "青禾食品订单比去年少了三成,工资没拖欠,约了3月20号再去。")
    await talk.act("M1")
    talk.phone.forward(talk.chat("AM1"), number, of=talk.chat("M1"))
    card = await talk.act("AM1")
    assert "青禾食品" in card


async def test_a_reply_to_a_confirmed_card_begins_a_report_on_the_same_borrower(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    await talk.tap("AM1", "confirm")
    card = talk.phone.messages(talk.chat("AM1"))[-1].id
    said = await talk.say("AM1", "老板来电话更正,仓库库存积压严重,订单少了三成。", reply_to=card)
    assert "华兴机械" in said


async def test_a_question_is_answered_and_makes_no_report(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    await talk.tap("AM1", "confirm")
    said = await talk.say("AM1", "华兴机械怎么样")
    assert "65%" in said
    assert len(await talk.rows(tables.reports)) == 1


async def test_what_was_asked_yesterday_is_waited_for_no_longer(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    await talk.tap("AM1", "add")
    talk.clock.at += timedelta(hours=20)
    asked = await talk.say("AM1", "上门看了,老板在,订单比去年少了三成,工资没拖欠。")
    assert "哪家客户" in asked
    assert len(await talk.rows(tables.reports)) == 2
