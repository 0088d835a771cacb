"""What was heard, corrected by text and by voice, heard again, and shown with its seconds: the real engine throughout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from records import tables
from tests.handlers.conftest import Talk

VOICE = Path(__file__).parents[1] / "voice"


@pytest.fixture
def speech() -> dict[str, Any]:
    return {"speech": "faster", "speech_model": str(VOICE / "model" / "ct2-int8")}


def sample(name: str) -> bytes:
    return (VOICE / "samples" / f"{name}.ogg").read_bytes()


async def open_report(talk: Talk) -> str:
    """A typed report on 华兴机械 with a voice message: wages nine months late, a promise by 张经理."""
    await talk.say("AM1", "今天去了华兴机械。")
    return await talk.send("AM1", "voice", sample("zh_001"), duration=8)


def voice_of(talk: Talk) -> int:
    """The author's own voice message in the chat."""
    own = [one for one in talk.phone.messages(talk.chat("AM1")) if not one.from_bot]
    return own[-1].id


async def facts(talk: Talk) -> dict[str, Any]:
    return {row.field: row.fact for row in await talk.rows(tables.facts)}


async def test_each_spoken_fact_tells_the_second_at_which_it_was_said(talk: Talk) -> None:
    card = await open_report(talk)
    person = (await facts(talk))["contact.person"]
    part = (await talk.rows(tables.parts))[1]
    assert person["value"] == "张经理"
    assert person["detail"]["part"] == part.id
    assert 2 < person["detail"]["second"] < 8
    assert f"▶0:0{int(person['detail']['second'])}" in card
    assert "second" not in (await facts(talk))["contact.channel"]["detail"]


async def test_the_card_answers_the_recording_so_that_its_times_lead_into_it(talk: Talk) -> None:
    await open_report(talk)
    cards = [one for one in await talk.rows(tables.outgoing) if (one.about or "").startswith("card:")]
    assert f'"message_id": {voice_of(talk)}' in cards[-1].payload["reply_parameters"]


async def test_a_sentence_sent_in_reply_to_the_recording_takes_the_place_of_the_misheard_one(
    talk: Talk,
) -> None:
    await open_report(talk)
    said = await talk.say("AM1", "拖欠工资两个月", reply_to=voice_of(talk))
    assert "原话已更正" in said and "拖欠工资九个月" in said
    report = (await talk.rows(tables.reports))[0]
    assert "拖欠工资两个月，原材料还没有安装" in report.text and "九个月" not in report.text
    wages = [row.fact for row in await talk.rows(tables.facts) if row.fact["value"] == "wage_arrears"]
    assert wages[0]["detail"]["days"] == 60


async def test_original_correction_and_sound_are_kept_and_the_change_is_audited(talk: Talk) -> None:
    await open_report(talk)
    await talk.say("AM1", "拖欠工资两个月", reply_to=voice_of(talk))
    report = (await talk.rows(tables.reports))[0]
    parts = {part.kind: part for part in await talk.rows(tables.parts)}
    assert "九个月" in report.original
    assert report.transcript["corrections"][0]["before"].startswith("拖欠工资九个月")
    assert parts["correction"].text == "拖欠工资两个月"
    entry = next(one for one in await talk.rows(tables.audit) if one.action == "report.corrected")
    assert entry.detail["sha256"] == parts["voice"].sha256 == (await talk.rows(tables.media))[0].sha256
    assert entry.detail["before"] == "拖欠工资九个月，"


async def test_what_follows_a_corrected_sentence_keeps_its_second(talk: Talk) -> None:
    await open_report(talk)
    before = (await facts(talk))["contact.person"]["detail"]["second"]
    said = await talk.say("AM1", "拖欠工资已经两个月", reply_to=voice_of(talk))
    assert "原话已更正" in said
    assert (await facts(talk))["contact.person"]["detail"]["second"] == before


async def test_a_tap_asks_for_the_right_words_and_shows_those_of_now(talk: Talk) -> None:
    await open_report(talk)
    assert "拖欠工资九个月" in await talk.tap("AM1", "retype")
    said = await talk.say("AM1", "拖欠工资三个月，原材料已经安装，李经理说下个月还款七百万元。")
    assert "原话已更正" in said
    assert (await facts(talk))["contact.person"]["value"] == "李经理"


async def test_words_that_fit_no_sentence_are_asked_for_again_and_then_taken(talk: Talk) -> None:
    await open_report(talk)
    await talk.tap("AM1", "retype")
    assert "哪一句" in await talk.say("AM1", "天气不错")
    assert "原话已更正" in await talk.say("AM1", "李经理说下个月还款两百万元")
    assert (await facts(talk))["contact.person"]["value"] == "李经理"


async def test_a_voice_message_in_reply_to_the_recording_corrects_it(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在。")
    await talk.send("AM1", "voice", sample("zh_010"), duration=5)
    first = voice_of(talk)
    assert (await facts(talk))["progress.percent"]["value"] == 66
    await talk.tap("AM1", "retype")
    said = await talk.send("AM1", "voice", sample("zh_001"), duration=8)
    assert "原话已更正" in said
    report = (await talk.rows(tables.reports))[0]
    assert (
        report.text
        == "今天去了华兴机械,老板在。\n拖欠工资九个月，原材料还没有安装，张经理说下个月还款六百万元。"
    )
    assert "progress.percent" not in await facts(talk)
    kinds = [(part.kind, part.message_id == first) for part in await talk.rows(tables.parts)]
    assert kinds == [("text", False), ("voice", True), ("correction", False)]


async def test_a_second_voice_message_that_corrects_nothing_is_added(talk: Talk) -> None:
    await open_report(talk)
    await talk.send("AM1", "voice", sample("zh_012"), duration=5)
    report = (await talk.rows(tables.reports))[0]
    assert report.text.endswith("六百万元。\n设备已经到货，订单正常。")
    assert [part.kind for part in await talk.rows(tables.parts)] == ["text", "voice", "voice"]


async def test_of_two_recordings_the_card_says_in_which_a_fact_was_said(talk: Talk) -> None:
    await open_report(talk)
    card = await talk.send("AM1", "voice", sample("zh_012"), duration=5)
    assert "▶① 0:0" in card


async def test_a_whole_report_typed_anew_replaces_what_was_heard_without_being_asked_for(talk: Talk) -> None:
    await open_report(talk)
    await talk.say("AM1", "拖欠工资三个月，原材料还没有安装，张经理说下个月还款六百万元。")
    assert (await talk.rows(tables.reports))[0].text.count("张经理") == 1
    assert (await facts(talk))["cash_stress.signal"]["detail"]["days"] == 90


async def test_a_new_sentence_like_one_that_was_heard_is_added_when_nothing_is_replied_to(
    talk: Talk,
) -> None:
    await open_report(talk)
    await talk.say("AM1", "李经理说下个月还款三百万元。")
    text = (await talk.rows(tables.reports))[0].text
    assert "六百万元" in text and "三百万元" in text


async def test_the_recording_is_given_back_in_reply_to_itself_with_its_times(talk: Talk) -> None:
    await open_report(talk)
    said = await talk.tap("AM1", "listen")
    again = talk.phone.messages(talk.chat("AM1"))[-1]
    assert "原话" in said and "张经理" in said and "▶ 0:0" in said
    assert again.reply_to == voice_of(talk)
    sent = next(row for row in await talk.rows(tables.outgoing) if row.method == "sendVoice")
    assert sent.blob == sample("zh_001")


async def test_a_confirmed_report_can_still_be_heard_but_not_corrected(talk: Talk) -> None:
    await open_report(talk)
    await talk.tap("AM1", "confirm")
    assert "原话" in await talk.tap("AM1", "listen")
    assert not any(":" in one and one.startswith("retype") for one in _buttons(talk))


def _buttons(talk: Talk) -> list[str]:
    newest = talk.phone.messages(talk.chat("AM1"))
    card = next(
        one for one in reversed(newest) if any("listen" in (b.data or "") for r in one.buttons for b in r)
    )
    return [button.data or "" for row in card.buttons for button in row]


async def test_nobody_else_hears_it(talk: Talk) -> None:
    await open_report(talk)
    message, _ = talk.button("AM1", "listen")
    report = (await talk.rows(tables.reports))[0]
    talk.phone.raw_update(talk.forged("AM2", message.id, f"listen:{report.id}"))
    await talk.act("AM2")
    assert not [row for row in await talk.rows(tables.outgoing) if row.method == "sendVoice"]
