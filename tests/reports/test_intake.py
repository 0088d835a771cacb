"""What arrives becomes part of the right report."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from prompts.message import Message
from records import reports, tables
from reports.intake import Thread
from tests.reports.conftest import Author


def actions(message: Message) -> list[str]:
    return [button.action for row in message.buttons for button in row]


async def test_a_text_is_read_at_once_and_answered_with_its_card(author: Author) -> None:
    taken = await author.says("今天去了华兴机械,老板在,工程进度六成五。")
    card = taken.messages[0]
    assert "华兴机械" in card.text
    assert "65%" in card.text
    assert "六成五" in card.text
    assert actions(card) == ["confirm", "mend", "add", "drop"]
    report = await author.report(taken.report_ids[0])
    assert (report.state, report.borrower_code, report.author) == ("read", "B001", "AM1")


async def test_what_follows_within_the_visit_belongs_to_the_same_report(author: Author) -> None:
    first = await author.says("今天去了华兴机械,老板在。")
    second = await author.says("工程进度六成五。")
    assert second.report_ids == first.report_ids
    assert (await author.facts(first.report_ids[0]))["progress.percent"] == 65


async def test_another_borrower_opens_another_report(author: Author) -> None:
    first = await author.says("今天去了华兴机械,老板在。")
    second = await author.says("又去了青禾食品,订单比去年少了三成。")
    assert second.report_ids != first.report_ids
    assert (await author.report(second.report_ids[0])).borrower_code == "B002"


async def test_one_message_on_two_borrowers_becomes_two_reports_with_their_own_words(author: Author) -> None:
    taken = await author.says("上午去了华兴机械,工程进度六成五。下午去了青禾食品,订单比去年少了三成。")
    codes = [(await author.report(i)).borrower_code for i in taken.report_ids]
    assert codes == ["B001", "B002"]
    assert "青禾" not in (await author.report(taken.report_ids[0])).text
    assert len(taken.messages) == 2


async def test_a_report_that_lay_for_hours_takes_nothing_more(author: Author) -> None:
    first = await author.says("今天去了华兴机械,老板在。")
    author.now += timedelta(hours=3)
    second = await author.says("工程进度六成五,老板在。")
    assert second.report_ids != first.report_ids


async def test_nobody_named_is_asked_for_with_buttons(author: Author) -> None:
    taken = await author.says("今天上门看了,工程进度六成五,工资没拖欠。")
    card = taken.messages[-1]
    assert actions(card) == ["choose", "choose", "choose", "drop"]
    assert (await author.report(taken.report_ids[0])).borrower_code is None


async def test_only_the_authors_own_borrowers_are_found(author: Author) -> None:
    taken = await author.says("今天去了云溪水泥,工程进度六成五。")
    assert (await author.report(taken.report_ids[0])).borrower_code is None


async def test_a_visits_button_says_whose_report_it_is(author: Author) -> None:
    visit_id = await plan(author, "B002")
    taken = await author.says("老板在,订单比去年少了三成。", Thread(visit_id=visit_id))
    report = await author.report(taken.report_ids[0])
    assert (report.borrower_code, report.visit_id) == ("B002", visit_id)


async def test_words_that_name_another_go_before_the_visits_button(author: Author) -> None:
    visit_id = await plan(author, "B002")
    taken = await author.says("今天去了华兴机械,工程进度六成五。", Thread(visit_id=visit_id))
    report = await author.report(taken.report_ids[0])
    assert (report.borrower_code, report.visit_id) == ("B001", None)


async def test_a_reply_to_an_older_card_goes_there(author: Author) -> None:
    first = await author.says("今天去了华兴机械,老板在。")
    await author.says("又去了青禾食品,订单比去年少了三成。")
    reply = await author.says("工程进度六成五。", Thread(report_id=first.report_ids[0]))
    assert reply.report_ids == first.report_ids


async def test_small_talk_gets_a_hint_and_is_kept_without_a_card(author: Author) -> None:
    taken = await author.says("你好")
    report = await author.report(taken.report_ids[0])
    assert (report.state, report.text) == ("void", "你好")
    assert taken.messages[0].buttons == ()


async def test_four_thousand_emoji_are_kept_and_answered(author: Author) -> None:
    text = "😀" * 4096
    taken = await author.says(text)
    assert (await author.report(taken.report_ids[0])).text == text
    assert taken.messages


async def test_the_same_message_twice_has_its_effect_once(author: Author) -> None:
    first = await author.says("今天去了华兴机械,老板在。", message_id=77)
    again = await author.says("今天去了华兴机械,老板在。", message_id=77)
    assert again.messages == ()
    assert (await author.report(first.report_ids[0])).text == "今天去了华兴机械,老板在。"


async def test_markup_in_what_people_write_and_in_names_stays_text(author: Author) -> None:
    async with author.tx() as (tx, _):
        named = sa.update(tables.borrowers).where(tables.borrowers.c.borrower_code == "B001")
        await tx.execute(named.values(short_name="华兴<b>机械"))
    taken = await author.says("今天去了华兴<b>机械,见到<i>王总,工程进度六成五。")
    card = taken.messages[-1]
    assert "华兴&lt;b&gt;机械" in card.text
    assert "<i>王总" not in card.text


async def test_a_photo_joins_the_open_report_and_is_shown_on_its_card(author: Author) -> None:
    first = await author.says("今天去了华兴机械,老板在。")
    taken = await author.sends("photo", file_id="p1")
    assert taken.report_ids == first.report_ids
    assert "照片 1" in taken.messages[-1].text
    assert taken.messages[-1].edits == f"card:{first.report_ids[0]}"


async def test_an_album_is_acknowledged_once(author: Author) -> None:
    await author.says("今天去了华兴机械,老板在。")
    keys = [(await author.sends("photo", file_id=f"p{n}", album="a1")).messages[0].key for n in range(3)]
    assert len(set(keys)) == 1
    assert keys[0]


async def test_a_lone_place_is_kept_and_the_nearest_borrower_offered_first(author: Author) -> None:
    async with author.tx() as (tx, _):
        moved = sa.update(tables.borrowers).where(tables.borrowers.c.borrower_code == "B003")
        await tx.execute(moved.values(latitude=31.0, longitude=121.0))
    taken = await author.sends("location", latitude=31.001, longitude=121.001)
    first = taken.messages[-1].buttons[0][0]
    assert (first.action, first.args[1]) == ("choose", "B003")


async def test_a_place_without_a_report_joins_the_open_visit(author: Author) -> None:
    visit_id = await plan(author, "B002")
    taken = await author.sends("location", Thread(visit_id=visit_id), latitude=30.0, longitude=120.0)
    assert (await author.report(taken.report_ids[0])).visit_id == visit_id


async def test_a_file_over_the_limit_is_refused_kindly_and_noted(author: Author) -> None:
    taken = await author.sends("document", file_id="big", failure="too_large")
    assert "20 MB" in taken.messages[0].text
    async with author.tx() as (tx, _):
        parts = await reports.parts_of(tx, taken.report_ids[0])
    assert [part.failure for part in parts] == ["too_large"]
    assert (await author.report(taken.report_ids[0])).state == "void"


async def test_a_voice_message_is_answered_at_once_and_waits_to_be_heard(author: Author) -> None:
    taken = await author.sends("voice", file_id="v1", seconds=12.0)
    assert "语音" in taken.messages[0].text
    assert (await author.report(taken.report_ids[0])).state == "received"


async def test_the_caption_of_a_voice_message_names_the_borrower(author: Author) -> None:
    taken = await author.sends("voice", file_id="v1", text="华兴机械")
    report = await author.report(taken.report_ids[0])
    assert (report.borrower_code, report.state, report.text) == ("B001", "received", "华兴机械")


async def plan(author: Author, borrower_code: str) -> int:
    async with author.tx() as (tx, person):
        values = {
            "borrower_code": borrower_code,
            "kind": "visit",
            "due_on": author.book.today,
            "staff_code": person.staff_code,
            "created_at": author.now,
            "why": {},
        }
        row = await tx.execute(sa.insert(tables.visits).values(**values).returning(tables.visits.c.id))
        return int(row.scalar_one())
