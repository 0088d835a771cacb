from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from handlers.saying import put
from prompts.message import Message
from records import people, tables, visits
from tests.reminders.stage import Stage, add_borrower, add_loan, add_staff, day_after, local

MONDAY = date(2026, 3, 2)
DUE = date(2026, 3, 17)


async def started(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY)
    await stage.plan(MONDAY)


async def tell(stage: Stage, messages: list[Message], day: date) -> list[Message]:
    """As the clock does it: into the outbox, which takes a key once."""
    return [message for message in messages if await put(stage.tx, message, local(day))]


async def test_three_days_late_stands_in_the_managers_morning_digest(stage: Stage) -> None:
    await started(stage)
    assert await stage.escalate(local(day_after(DUE, 2))) == []
    (digest,) = await stage.escalate(local(day_after(DUE, 3)))
    assert (digest.to, digest.key) == ("M", "digest:M:2026-03-20")
    assert "测试B" in digest.text and "3 天" in digest.text
    assert (await stage.the("first_check")).escalated == 1


async def test_the_digest_comes_once_a_morning_on_working_days(stage: Stage) -> None:
    await started(stage)
    friday = day_after(DUE, 3)
    assert len(await tell(stage, await stage.escalate(local(friday, "08:30")), friday)) == 1
    assert await stage.escalate(local(friday, "11:00")) == []
    assert await stage.escalate(local(day_after(friday, 1))) == []
    assert len(await stage.escalate(local(day_after(friday, 3)))) == 1


async def test_ten_days_late_is_told_at_once_and_once(stage: Stage) -> None:
    await started(stage)
    tenth = day_after(DUE, 10)
    assert all(
        message.key and message.key.startswith("digest")
        for message in await stage.escalate(local(day_after(DUE, 9)))
    )
    assert await stage.escalate(local(tenth, "07:30")) == []
    heard = [
        message
        for message in await stage.escalate(local(tenth, "14:00"))
        if message.key and message.key.startswith("late")
    ]
    assert [message.to for message in heard] == ["M"]
    assert "10" in heard[0].text
    assert not [m for m in await stage.escalate(local(tenth, "15:00")) if m.key and m.key.startswith("late")]


async def test_a_manager_without_a_chat_is_passed_over_for_the_next_one(stage: Stage) -> None:
    await started(stage)
    await add_staff(stage.tx, "M2", "manager")
    await people.change(stage.tx, "M", reports_to="M2", chat_id=None)
    heard = await stage.escalate(local(day_after(DUE, 10)))
    assert {message.to for message in heard} == {"M2"}


async def test_the_digest_tells_what_is_due_today_new_flags_and_broken_promises(stage: Stage) -> None:
    await started(stage)
    await stage.flag("cash.halt", "red", local(DUE - timedelta(1), "15:00"))
    await stage.flag("use.personal", "red", local(DUE - timedelta(1), "15:00"), audience="compliance")
    report = await stage._confirmed(MONDAY, None, local(MONDAY))
    promise = {"borrower_code": "B", "report_id": report.id, "made_on": MONDAY, "due_on": date(2026, 3, 10)}
    await visits.add_promise(stage.tx, amount=50_000, **promise)
    (digest,) = await stage.escalate(local(DUE))
    assert "到期 1 项" in digest.text and "停产" in digest.text and "5万元" in digest.text
    assert "个人消费" not in digest.text


async def test_a_managers_digest_names_nobody_elses_borrowers(stage: Stage) -> None:
    await started(stage)
    await add_staff(stage.tx, "M9", "manager")
    await add_staff(stage.tx, "AM9", reports_to="M9")
    await add_borrower(stage.tx, "C9", "AM9")
    await add_loan(stage.tx, "L9", "C9", MONDAY)
    await stage.plan(MONDAY)
    digests = {message.to: message.text for message in await stage.escalate(local(day_after(DUE, 3)))}
    assert "测试C9" in digests["M9"] and "测试C9" not in digests["M"]


async def test_a_name_with_markup_stays_a_name(stage: Stage) -> None:
    await started(stage)
    await stage.tx.execute(sa.update(tables.borrowers).values(short_name="<i>&测"))
    (digest,) = await stage.escalate(local(day_after(DUE, 3)))
    assert "&lt;i&gt;&amp;测" in digest.text
