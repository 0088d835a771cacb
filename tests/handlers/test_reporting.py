"""A report from what is said to what is recorded, as the people see it."""

from __future__ import annotations

import pytest

from records import tables
from tests.handlers.conftest import Talk

REPORT = (
    "今天去了华兴机械,老板在。贷款500万,320万买了两台注塑机,100万付了原料款,剩80万还在账上。"
    "工程进度六成五,比计划晚半个月。工资欠了两个月,下游货款压着三百来万。跟老板约了12月1号再来。"
)


async def test_a_report_is_answered_with_a_card_and_recorded_once_confirmed(talk: Talk) -> None:
    card = await talk.say("AM1", REPORT)
    assert "华兴机械" in card
    assert "设备 320万元" in card
    assert "65%" in card
    said = await talk.tap("AM1", "confirm")
    assert "已记录" in said
    assert "拖欠工资" in said
    report = (await talk.rows(tables.reports))[0]
    assert (report.state, report.borrower_code) == ("confirmed", "B001")
    standing = (await talk.rows(tables.standings))[0]
    assert (standing.percent, standing.level) == (65, "severe")
    assert "cash.wages" in {case.code for case in await talk.rows(tables.cases)}


async def test_the_manager_is_told_of_a_red_flag(talk: Talk) -> None:
    await talk.say("AM1", REPORT)
    await talk.tap("AM1", "confirm")
    assert "华兴机械" in talk.told("M1")


async def test_two_taps_on_confirm_record_once(talk: Talk) -> None:
    await talk.say("AM1", REPORT)
    message, data = talk.button("AM1", "confirm")
    talk.phone.tap(talk.chat("AM1"), message.id, data)
    talk.phone.tap(talk.chat("AM1"), message.id, data)
    said = await talk.act("AM1")
    assert said.count("已记录") == 1
    confirmed = [one for one in await talk.rows(tables.audit) if one.action == "report.confirmed"]
    assert len(confirmed) == 1
    assert "已经确认" in talk.toasts()[-1]


async def test_a_button_of_an_old_card_is_explained_and_does_nothing(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    message, old = talk.button("AM1", "confirm")
    await talk.say("AM1", "还有,订单比去年少了三成,仓库堆满了。")
    talk.phone.raw_update(talk.forged("AM1", message.id, old))
    await talk.act("AM1")
    assert (await talk.rows(tables.reports))[0].state == "read"
    assert "已更新" in talk.toasts()[-1]


async def test_dropped_words_are_kept_and_make_no_record(talk: Talk) -> None:
    await talk.say("AM1", REPORT)
    said = await talk.tap("AM1", "drop")
    assert "已作废" in said
    assert (await talk.rows(tables.reports))[0].state == "void"
    assert not await talk.rows(tables.standings)


async def test_nobody_named_is_asked_for_and_chosen_by_a_button(talk: Talk) -> None:
    asked = await talk.say("AM1", "今天上门看了,老板在,工程进度六成五,工资没拖欠。")
    assert "哪家客户" in asked
    card = await talk.tap("AM1", "choose", "B001")
    assert "华兴机械" in card
    await talk.tap("AM1", "confirm")
    assert (await talk.rows(tables.reports))[0].borrower_code == "B001"


async def test_or_by_typing_its_name_or_code(talk: Talk) -> None:
    await talk.say("AM1", "今天上门看了,老板在,工程进度六成五,工资没拖欠。")
    card = await talk.say("AM1", "B002")
    assert "青禾食品" in card
    assert len(await talk.rows(tables.reports)) == 1


async def test_a_mend_by_talking_shows_before_and_after_and_can_be_undone(talk: Talk) -> None:
    await talk.say("AM1", REPORT)
    said = await talk.say("AM1", "不对,进度是七成")
    assert "65% → 70%" in said
    undone = await talk.tap("AM1", "undo")
    assert "65%" in undone
    await talk.tap("AM1", "confirm")
    assert (await talk.rows(tables.standings))[0].percent == 65


async def test_words_in_which_nothing_new_stands_are_not_said_to_change_the_card(talk: Talk) -> None:
    await talk.say("AM1", REPORT)
    assert "没读出新的情况" in await talk.say("AM1", "情况就是这样")
    assert "卡片已更新" in await talk.say("AM1", "现在在岗35个人")


@pytest.mark.parametrize(
    "words",
    ["今天去了天马行空科技,老板在,资金紧张", "Visited Sleepy Owl Hotel today, wages are two months late."],
)
async def test_a_visit_to_somebody_unknown_goes_into_no_card_that_lies_open(talk: Talk, words: str) -> None:
    await talk.say("AM1", "今天去了青禾食品,老板娘在,资金正常。")
    assert "哪家客户" in await talk.say("AM1", words)
    first, second = await talk.rows(tables.reports)
    assert (first.borrower_code, second.borrower_code) == ("B002", None) and words not in first.text


async def test_a_visit_to_their_own_company_goes_on_with_the_card(talk: Talk) -> None:
    await talk.say("AM1", "今天去了青禾食品,老板娘在,资金正常。")
    await talk.say("AM1", "去了他们公司仓库,库存积压。")
    assert len(await talk.rows(tables.reports)) == 1


async def test_a_question_of_whom_something_is_true_is_no_report(talk: Talk) -> None:
    said = await talk.say("M1", "谁拖欠工资")
    assert "拖欠工资" in said and not await talk.rows(tables.reports)


async def test_a_mended_value_is_what_gets_recorded(talk: Talk) -> None:
    await talk.say("AM1", REPORT)
    await talk.say("AM1", "不对,进度是七成")
    await talk.tap("AM1", "confirm")
    assert (await talk.rows(tables.standings))[0].percent == 70


async def test_a_tapped_fact_takes_a_bare_new_value(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五,工资欠了两个月。")
    await talk.tap("AM1", "mend")
    position = str([row.field for row in await talk.rows(tables.facts)].index("progress.percent"))
    await talk.tap("AM1", "fact", position)
    said = await talk.say("AM1", "70%")
    assert "65% → 70%" in said


async def test_a_tapped_fact_can_be_deleted(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五,工资欠了两个月。")
    await talk.tap("AM1", "mend")
    position = str([row.field for row in await talk.rows(tables.facts)].index("progress.percent"))
    await talk.tap("AM1", "fact", position)
    said = await talk.tap("AM1", "strike")
    assert "已删除" in said
    assert "progress.percent" not in {row.field for row in await talk.rows(tables.facts)}


async def test_a_mend_survives_what_is_added_afterwards(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,工程进度六成五。")
    await talk.say("AM1", "不对,进度是七成")
    await talk.say("AM1", "补充一下,仓库库存积压得厉害,订单比去年少了三成。")
    values = {row.field: row.fact["value"] for row in await talk.rows(tables.facts)}
    assert values["progress.percent"] == 70
    assert values["operations.orders_change_percent"] == -30


async def test_every_facts_words_stand_in_the_text_also_after_mending(talk: Talk) -> None:
    await talk.say("AM1", REPORT)
    await talk.say("AM1", "不对,进度是七成")
    text = (await talk.rows(tables.reports))[0].text
    spans = [row.fact["evidence"] for row in await talk.rows(tables.facts) if row.fact["evidence"]]
    assert spans
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


async def test_an_edited_message_is_read_anew(talk: Talk) -> None:
    number = talk.phone.say(talk.chat("AM1"), "今天去了华兴机械,老板在,工程进度六成五。")
    await talk.act("AM1")
    talk.phone.edit(talk.chat("AM1"), number, "今天去了华兴机械,老板在,工程进度八成。")
    card = await talk.act("AM1")
    assert "80%" in card


async def test_an_edit_after_confirming_changes_no_record(talk: Talk) -> None:
    number = talk.phone.say(talk.chat("AM1"), "今天去了华兴机械,老板在,工程进度六成五。")
    await talk.act("AM1")
    await talk.tap("AM1", "confirm")
    talk.phone.edit(talk.chat("AM1"), number, "今天去了华兴机械,老板在,工程进度八成。")
    said = await talk.act("AM1")
    assert "不会改变记录" in said
    assert (await talk.rows(tables.standings))[0].percent == 65


async def test_nobody_reached_counts_as_one_attempt(talk: Talk) -> None:
    await talk.say("AM1", "给华兴机械打了三次电话,没人接。")
    said = await talk.tap("AM1", "confirm")
    assert "未联系上" in said
    assert len(await talk.rows(tables.attempts)) == 1


async def test_a_promise_is_recorded(talk: Talk) -> None:
    await talk.say("AM1", "今天去了华兴机械,老板在,答应3月10号还50万。")
    said = await talk.tap("AM1", "confirm")
    assert "承诺还款" in said
    promise = (await talk.rows(tables.promises))[0]
    assert (str(promise.due_on), int(promise.amount)) == ("2026-03-10", 500_000)


async def test_nobody_but_the_author_confirms(talk: Talk) -> None:
    await talk.say("AM1", REPORT)
    _, data = talk.button("AM1", "confirm")
    talk.phone.say(talk.chat("AM2"), "/help")
    await talk.act("AM2")
    number = talk.phone.messages(talk.chat("AM2"))[-1].id
    talk.phone.raw_update(talk.forged("AM2", number, data))
    await talk.act("AM2")
    assert (await talk.rows(tables.reports))[0].state == "read"


async def test_words_answered_as_a_question_can_still_become_a_report(talk: Talk) -> None:
    await talk.say("AM1", "跟华兴机械通了话,多少有点压力,钱有没有到他也没底")
    assert not await talk.rows(tables.reports)
    said = await talk.tap("AM1", "meant")
    assert "华兴机械" in said
    (report,) = await talk.rows(tables.reports)
    assert (report.borrower_code, report.state) == ("B001", "read")
    assert report.text.startswith("跟华兴机械")
    await talk.tap("AM1", "meant")
    assert len(await talk.rows(tables.reports)) == 1


async def test_a_plain_question_offers_no_report(talk: Talk) -> None:
    assert "华兴机械" in await talk.say("AM1", "华兴机械怎么样?")
    with pytest.raises(LookupError):
        talk.button("AM1", "meant")
