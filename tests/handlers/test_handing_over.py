"""Borrowers handed from one to another by command, by words and by suggestion; leave and coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from records import audit, scope, tables
from tests.handlers.conftest import Talk


async def owners(talk: Talk) -> dict[str, str]:
    return {row.borrower_code: row.account_manager for row in await talk.rows(tables.borrowers)}


async def open_visits(talk: Talk) -> dict[int, str]:
    rows = await talk.rows(tables.visits)
    return {row.id: row.staff_code for row in rows if row.state in ("planned", "reminded")}


async def test_a_manager_hands_over_everything_after_a_preview_with_counts(talk: Talk) -> None:
    await talk.service.replan()
    before = await owners(talk)
    await talk.say("M1", "/handover")
    assert "3 家" in await talk.tap("M1", "hand_from", "AM1")
    shown = await talk.tap("M1", "hand_to", "AM2")
    assert "3 家" in shown and "华兴机械" in shown and "现在还没有移动" in shown
    assert await owners(talk) == before
    await talk.tap("M1", "hand_do")
    assert set((await owners(talk)).values()) == {"AM2"}
    assert set((await open_visits(talk)).values()) == {"AM2"}
    assert "已移交给 Test Manager B" in talk.told("AM1")
    assert "yours now" in talk.told("AM2")
    assert "已移交" in talk.told("M1")


async def test_another_choice_leaves_the_first_preview_as_it_was_shown(talk: Talk) -> None:
    await talk.say("M2", "/handover")
    await talk.tap("M2", "hand_from", "AM1")
    await talk.tap("M2", "hand_to", "AM2")
    _, first = talk.button("M2", "hand_do")
    await talk.tap("M2", "hand_to", "M1")
    _, second = talk.button("M2", "hand_do")
    assert first != second
    await talk.tap("M2", "hand_do", first.split(":")[1])
    assert (await owners(talk))["B001"] == "AM2"


async def test_a_colleague_cant_send_what_another_wants_to_hand_over(talk: Talk) -> None:
    await opened(talk, "AM1")
    await talk.tap("AM1", "hand")
    (made,) = await talk.rows(tables.handovers)
    await talk.say("AM2", "/today")
    talk.phone.raw_update(talk.forged("AM2", 1, f"hand_ask:{made.id}:AM2"))
    await talk.act("AM2")
    assert (await talk.rows(tables.handovers))[0].to_staff is None and talk.told("M1") == ""


async def test_sight_goes_along_and_the_audit_log_names_it(talk: Talk) -> None:
    await talk.say("M1", "测试经理甲离职了,客户都交给Test Manager B")
    await talk.tap("M1", "hand_do")
    async with talk.service.database.read() as tx:
        giver, taker = [
            next(one for one in await talk.rows(tables.staff) if one.staff_code == code)
            for code in ("AM1", "AM2")
        ]
        assert not await scope.can_see(tx, giver, "B001", talk.book.today)
        assert await scope.can_see(tx, taker, "B001", talk.book.today)
        entry = next(one for one in await audit.entries(tx) if one.action == "borrowers.handed_over")
    assert (entry.actor, entry.subject) == ("M1", "staff:AM1")
    assert entry.detail["borrowers"] == ["B001", "B002", "B003"] and entry.detail["to"] == "AM2"


async def test_a_second_tap_hands_nothing_over_again(talk: Talk) -> None:
    await talk.say("M1", "把测试经理甲的客户全部移交给Test Manager B")
    await talk.tap("M1", "hand_do")
    await talk.tap("M1", "hand_do")
    async with talk.service.database.read() as tx:
        actions = [one.action for one in await audit.entries(tx)]
    assert actions.count("borrowers.handed_over") == 1


async def test_what_changed_since_the_preview_is_shown_anew_first(talk: Talk) -> None:
    await talk.say("M1", "把测试经理甲的客户全部移交给Test Manager B")
    async with talk.service.database.begin() as tx:
        await tx.execute(sa.update(tables.borrowers).where(tables.borrowers.c.borrower_code == "B006").values(account_manager="AM1"))  # fmt: skip
    assert "4 家" in await talk.tap("M1", "hand_do")
    assert (await owners(talk))["B001"] == "AM1"
    await talk.tap("M1", "hand_do")
    assert (await owners(talk))["B006"] == "AM2"


async def test_one_borrower_goes_by_a_plain_sentence(talk: Talk) -> None:
    await talk.service.replan()
    assert "1 家" in await talk.say("M1", "把青禾食品转给Test Manager B")
    await talk.tap("M1", "hand_do")
    found = await owners(talk)
    assert (found["B002"], found["B001"]) == ("AM2", "AM1")


async def test_an_account_manager_only_asks_the_manager(talk: Talk) -> None:
    assert "测试主管" in await talk.say("AM1", "把青禾食品转给Test Manager B")
    assert "想移交客户" in talk.told("M1")
    assert (await owners(talk))["B002"] == "AM1"
    await talk.tap("M1", "hand_do")
    assert (await owners(talk))["B002"] == "AM2"


async def opened(talk: Talk, who: str) -> int:
    await talk.service.replan()
    await talk.say(who, "/visits")
    item = next(one for one in await talk.rows(tables.visits) if one.kind == "first_check")
    await talk.tap(who, "visit", str(item.id))
    return int(item.id)


async def test_the_button_under_an_item_asks_the_manager_for_its_borrower_alone(talk: Talk) -> None:
    await opened(talk, "AM1")
    await talk.tap("AM1", "hand")
    assert "已请主管" in await talk.tap("AM1", "hand_ask", "AM2")
    await talk.tap("M1", "hand_do")
    found = await owners(talk)
    assert (found["B001"], found["B002"]) == ("AM2", "AM1")


async def test_a_manager_hands_an_items_borrower_over_with_a_preview(talk: Talk) -> None:
    await opened(talk, "M1")
    await talk.tap("M1", "hand")
    assert "1 家" in await talk.tap("M1", "hand_to", "AM2")
    await talk.tap("M1", "hand_do")
    assert (await owners(talk))["B001"] == "AM2"


async def test_nobody_but_a_manager_gets_at_the_borrowers_of_others(talk: Talk) -> None:
    for words in ("把测试经理甲的客户全部移交给Test Manager B", "/handover"):
        assert "Only managers" in await talk.say("AM2", words)
    assert (await owners(talk))["B001"] == "AM1"


async def test_who_has_most_is_a_list_with_bars_and_suggestions(talk: Talk) -> None:
    await talk.service.replan()
    due = date(2026, 3, 20)
    async with talk.service.database.begin() as tx:
        for _ in range(8):
            values = {"borrower_code": "B002", "kind": "visit", "due_on": due, "staff_code": "AM1", "why": {}}
            await tx.execute(sa.insert(tables.visits).values(created_at=talk.book.now, **values))
    said = await talk.say("M1", "谁手上活最多")
    assert "▇▇▇▇▇▇▇▇▇▇ 测试经理甲" in said and "3 家" in said


async def test_somebody_without_a_team_sees_only_themselves(talk: Talk) -> None:
    said = await talk.say("AM1", "/load")
    assert "测试经理甲" in said and "Test Manager B" not in said


async def test_leave_ends_early_by_a_word_and_the_deputy_is_told(talk: Talk) -> None:
    await talk.say("AM1", "我今天到3月8日休假,让Test Manager B顶我")
    async with talk.service.database.read() as tx:
        deputy = next(one for one in await talk.rows(tables.staff) if one.staff_code == "AM2")
        assert await scope.can_see(tx, deputy, "B001", talk.book.today)
    assert "欢迎回来" in await talk.say("AM1", "我回来了")
    assert "no longer stand in" in talk.told("AM2")
    async with talk.service.database.read() as tx:
        assert not await scope.can_see(tx, deputy, "B001", talk.book.today)


async def test_im_back_is_no_request_of_somebody_who_wasnt_away(talk: Talk) -> None:
    assert "欢迎回来" not in await talk.say("AM1", "我回来了")


async def test_a_manager_sets_the_leave_of_somebody_in_the_team(talk: Talk) -> None:
    assert "已告诉双方" in await talk.say("M1", "测试经理甲下周休假,Test Manager B顶他")
    assert "由 Test Manager B 代办" in talk.told("AM1") and "9 Mar" in talk.told("AM2")
    (leave,) = await talk.rows(tables.delegations)
    assert (leave.from_staff, leave.to_staff) == ("AM1", "AM2")


async def test_the_rules_of_the_plan_are_told_with_their_version(talk: Talk) -> None:
    said = await talk.say("AM1", "/policy")
    assert talk.service.policies.reminders.version in said and "正常 90" in said


async def test_without_the_web_door_the_calendar_names_the_setting(talk: Talk) -> None:
    assert "HUIFANG_WEBHOOK_URL" in await talk.say("AM1", "/calendar")


async def test_a_calendars_address_is_shown_once_and_only_its_hash_is_kept(talk: Talk) -> None:
    data = talk.service.application.bot_data
    data["services"] = replace(data["services"], door="https://bank.example")
    await talk.say("AM1", "/calendar")
    shown = await talk.tap("AM1", "calendar_renew")
    token = shown.partition("https://bank.example/calendar/")[2].partition(".ics")[0]
    assert len(token) == 43
    payloads = "".join(str(row.payload) for row in await talk.rows(tables.outgoing))
    (kept,) = await talk.rows(tables.feeds)
    assert token not in payloads and token not in str(kept)
    assert token not in await talk.say("AM1", "/calendar")
    await talk.tap("AM1", "calendar_stop")
    assert await talk.rows(tables.feeds) == []
