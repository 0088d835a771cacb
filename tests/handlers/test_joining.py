"""Who gets in, and how everybody else is kept out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from records import joining, people, tables
from tests.handlers.conftest import STRANGER, Talk


async def invite(talk: Talk, staff_code: str = "AM1", days: int = 7) -> str:
    async with talk.book.database.begin() as tx:
        return await joining.create_invite(tx, staff_code, talk.clock.at, days)


async def test_a_stranger_gets_one_sentence_in_both_languages_and_then_nothing(talk: Talk) -> None:
    first = await talk.say(STRANGER, "你好")
    assert "邀请" in first
    assert "invit" in first
    assert await talk.say(STRANGER, "华兴机械怎么样") == ""
    assert not await talk.rows(tables.reports)


async def test_a_link_binds_a_person_to_their_chat_once(talk: Talk) -> None:
    code = await invite(talk)
    said = await talk.say(STRANGER, f"/start {code}")
    assert "测试经理甲" in said
    async with talk.book.database.read() as tx:
        person = await people.by_code(tx, "AM1")
    assert person is not None
    assert person.chat_id == STRANGER


async def test_the_chat_that_a_person_leaves_is_told(talk: Talk) -> None:
    await talk.say(STRANGER, f"/start {await invite(talk)}")
    assert "另一个聊天" in talk.told("AM1")


async def test_a_used_link_lets_nobody_else_in(talk: Talk) -> None:
    code = await invite(talk)
    await talk.say("AM1", f"/start {code}")
    assert "已经用过" in await talk.say(STRANGER, f"/start {code}")


async def test_the_same_link_again_from_the_same_chat_is_no_error(talk: Talk) -> None:
    code = await invite(talk)
    await talk.say(STRANGER, f"/start {code}")
    assert "测试经理甲" in await talk.say(STRANGER, f"/start {code}")


async def test_an_expired_link_is_told_so(talk: Talk) -> None:
    code = await invite(talk, days=1)
    talk.clock.at += timedelta(days=2)
    assert "已过期" in await talk.say(STRANGER, f"/start {code}")


async def test_a_made_up_code_is_refused(talk: Talk) -> None:
    assert "无效" in await talk.say(STRANGER, "/start " + "x" * 500)


async def test_a_chat_serves_one_colleague_only(talk: Talk) -> None:
    code = await invite(talk, "AM2")
    assert "另一位同事" in await talk.say("AM1", f"/start {code}")


async def test_only_a_hash_of_the_code_is_kept(talk: Talk) -> None:
    code = await invite(talk)
    kept = (await talk.rows(tables.invites))[0]
    assert code not in str(kept)


async def test_nobody_is_invited_who_is_not_in_the_book(talk: Talk) -> None:
    with pytest.raises(joining.InviteRefused):
        await invite(talk, "NOBODY")


async def test_a_known_person_is_greeted_by_start(talk: Talk) -> None:
    assert "您好" in await talk.say("AM1", "/start")


async def test_help_fits_the_role_and_the_language(talk: Talk) -> None:
    assert "写回访" in await talk.say("AM1", "/help")
    assert "Report" in await talk.say("AM2", "/help")
    assert "哪些客户资金紧张" in await talk.say("M1", "/help")


async def test_the_language_changes_by_command_and_by_button(talk: Talk) -> None:
    assert "English" in await talk.say("AM1", "/language en")
    assert "How it works" in await talk.say("AM1", "/help")
    await talk.say("AM1", "/language")
    assert "中文" in await talk.tap("AM1", "language", "zh")


async def test_groups_are_refused_and_nothing_in_them_is_read(talk: Talk) -> None:
    group = {"id": -100500, "type": "supergroup", "title": "x"}
    person = {"id": talk.chat("AM1"), "is_bot": False, "first_name": "x"}
    date = int(talk.clock.at.timestamp())
    message = {"message_id": 7, "date": date, "chat": group, "from": person, "text": "华兴机械进度六成五"}
    talk.phone.raw_update({"message": message})
    await talk.act("AM1")
    assert not await talk.rows(tables.reports)
    assert [row.chat_id for row in await talk.rows(tables.outgoing)] == [-100500]


async def test_who_blocks_the_bot_is_marked_and_unmarked_when_back(talk: Talk) -> None:
    talk.phone.block(talk.chat("AM1"))
    await talk.act("AM1")
    assert await blocked(talk)
    talk.phone.unblock(talk.chat("AM1"))
    await talk.act("AM1")
    assert not await blocked(talk)


async def blocked(talk: Talk) -> bool:
    async with talk.book.database.read() as tx:
        person = await people.by_code(tx, "AM1")
    assert person is not None
    return person.blocked_at is not None


async def test_who_has_left_the_house_is_a_stranger(talk: Talk) -> None:
    async with talk.book.database.begin() as tx:
        gone = sa.update(tables.staff).where(tables.staff.c.staff_code == "AM1")
        await tx.execute(gone.values(active=False))
    assert "邀请" in await talk.say("AM1", "今天去了华兴机械,老板在。")
    assert not await talk.rows(tables.reports)
