"""Promises other than paying: read, shown on the card, kept, asked for, settled by one tap, flagged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from records import tables
from reports.promised import read
from tests.handlers.conftest import *  # noqa: F403 - the conversation's fixtures
from tests.handlers.conftest import Talk

ON = date(2026, 3, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("老板答应3月20日前把上季度报表补来。", "papers", date(2026, 3, 20)),
        ("下周五之前把购销合同和发票送到行里", "papers", date(2026, 3, 13)),
        ("答应3月10日前把审计报告补来,3月12日还50万", "papers", date(2026, 3, 10)),
        ("月底恢复生产", "restart", date(2026, 3, 31)),
        ("说3月15号复工", "restart", date(2026, 3, 15)),
        ("They will send the invoices by 20 March.", "papers", date(2026, 3, 20)),
        ("promised to restart the line on 20 March", "restart", date(2026, 3, 20)),
    ],
)
def test_a_promise_with_its_day_is_read(text: str, kind: str, day: date) -> None:
    ((one),) = read(text, ON)
    assert (one.kind, one.due_on) == (kind, day) and one.words in text


@pytest.mark.parametrize(
    "text",
    [
        "没有说什么时候复工",
        "合同已经交了",
        "我下周把材料补上来",
        "如果3月20号复工就还款",
        "他拒绝在3月20号前提供流水",
        "3月20号前还200万",
        "今天补来了报表",
        "10月20日起恢复生产",
        "过三个月,今年三月复工",
    ],
)
def test_what_is_no_promise_of_the_borrower_is_left(text: str) -> None:
    assert read(text, ON) == ()


REPORT = "今天去了青禾食品,老板在,工资没有拖欠,产能六成。老板答应3月12日前把上季度报表补来。"


async def promised(talk: Talk) -> int:
    await talk.service.replan()
    assert "答应补资料" in await talk.say("AM1", REPORT)
    await talk.tap("AM1", "confirm")
    (kept,) = await talk.rows(tables.promises)
    assert (kept.kind, kept.due_on, kept.state) == ("papers", date(2026, 3, 12), "open")
    return int(kept.id)


async def days(talk: Talk, count: int) -> None:
    """Let days pass, with the night's planning and the morning's reminders."""
    for _ in range(count):
        talk.clock.at += timedelta(days=1)
        for name in ("replan", "flag", "remind"):
            await next(job for job in talk.service.jobs if job.name == name).run(talk.clock())
    await talk.settle()


async def opened(talk: Talk) -> str:
    """What the reminder told, with the promise's call opened."""
    await days(talk, 10)
    told = talk.told("AM1")
    call = next(one for one in await talk.rows(tables.visits) if one.why["code"] == "promise")
    await talk.tap("AM1", "visit", str(call.id))
    return told


async def test_a_promise_is_shown_confirmed_reminded_and_asked_for(talk: Talk) -> None:
    await promised(talk)
    said = await opened(talk)
    assert "答应补资料" in said and "青禾食品" in said and "电话回访" in said
    await talk.tap("AM1", "promise_kept")
    assert "兑现了承诺" in talk.told("AM1")
    (kept,) = await talk.rows(tables.promises)
    assert (kept.state, kept.settled_on) == ("kept", date(2026, 3, 12))
    calls = [
        one
        for one in await talk.rows(tables.visits)
        if one.borrower_code == "B002" and one.why["code"] == "promise"
    ]
    assert [one.state for one in calls if one.state in ("planned", "reminded")] == []


async def test_a_promise_said_to_be_broken_is_flagged_at_once(talk: Talk) -> None:
    await promised(talk)
    await opened(talk)
    await talk.tap("AM1", "promise_broken")
    (case,) = [one for one in await talk.rows(tables.cases) if one.code == "promise.broken"]
    assert (case.borrower_code, case.severity, case.details["what"]) == ("B002", "yellow", "papers")
    await talk.tap("AM1", "promise_broken")
    assert len([one for one in await talk.rows(tables.cases) if one.code == "promise.broken"]) == 1


async def test_a_promise_nobody_settles_is_broken_after_its_days(talk: Talk) -> None:
    await promised(talk)
    await days(talk, 14)
    (kept,) = await talk.rows(tables.promises)
    assert kept.state == "broken"
    assert [one.code for one in await talk.rows(tables.cases) if one.borrower_code == "B002"].count("promise.broken") == 1  # fmt: skip


async def test_what_was_no_promise_counts_no_more(talk: Talk) -> None:
    await promised(talk)
    await opened(talk)
    await talk.tap("AM1", "promise_void")
    await days(talk, 8)
    assert "promise.broken" not in [one.code for one in await talk.rows(tables.cases)]


async def test_nobody_settles_the_promise_of_anothers_borrower(talk: Talk) -> None:
    number = await promised(talk)
    await talk.say("AM2", "/today")
    talk.phone.raw_update(talk.forged("AM2", 1, f"promise_kept:{number}"))
    await talk.act("AM2")
    assert (await talk.rows(tables.promises))[0].state == "open"
