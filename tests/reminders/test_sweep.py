from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from records import delegations, people, tables, visits
from reminders import sweep
from tests.reminders.stage import POLICY, Stage, add_borrower, add_loan, add_staff, day_after, local

MONDAY = date(2026, 3, 2)
DUE = date(2026, 3, 17)


async def started(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY)
    await stage.plan(MONDAY)


async def test_the_reminder_comes_in_the_morning_of_the_due_day_with_what_to_know(stage: Stage) -> None:
    await started(stage)
    assert await sweep.next_due_at(stage.tx) == local(DUE, "08:30")
    assert await stage.sweep(local(DUE, "08:29")) == []
    (message,) = await stage.sweep(local(DUE, "08:30"))
    check = await stage.the("first_check")
    assert (message.to, message.about, check.state) == ("AM", f"visit:{check.id}", "reminded")
    actions = [button.data for row in message.buttons for button in row]
    names = ("report", "on_way", "later", "move", "unreachable", "hand", "not_needed")
    assert actions == [f"{name}:{check.id}" for name in names]
    assert "100万元" in message.text and "用在了哪里" in message.text


async def test_silence_is_asked_again_on_the_next_working_morning(stage: Stage) -> None:
    await started(stage)
    friday = date(2026, 3, 20)
    heard = [day for day in range(16) if await stage.sweep(local(day_after(DUE, day), "08:45"))]
    assert heard == [n for n in range(16) if day_after(DUE, n).weekday() < 5]
    assert friday.weekday() == 4 and len({message.key for _, message in stage.said}) == len(heard)


async def test_nothing_is_said_twice_on_a_morning(stage: Stage) -> None:
    await started(stage)
    assert len(await stage.sweep(local(DUE, "08:30"))) == 1
    assert await stage.sweep(local(DUE, "08:31")) == await stage.sweep(local(DUE, "20:59")) == []


async def test_a_due_day_off_is_reminded_on_the_working_day_before(stage: Stage) -> None:
    await stage.set(date(2026, 2, 2), date(2026, 2, 3))  # day 15 is the second day of the Spring Festival
    await stage.plan(date(2026, 2, 3))
    assert (await stage.the("first_check")).due_on == date(2026, 2, 18)
    assert await sweep.next_due_at(stage.tx) == local(date(2026, 2, 14), "08:30")


@pytest.mark.parametrize("clock", ["21:00", "23:30", "00:10", "07:59"])
async def test_nobody_is_told_in_the_quiet_hours(stage: Stage, clock: str) -> None:
    await started(stage)
    assert await stage.sweep(local(DUE + timedelta(1), clock)) == []
    waking = date(2026, 3, 18) if clock < "12:00" else date(2026, 3, 19)
    assert await sweep.next_due_at(stage.tx) == local(waking, "08:30")
    assert len(await stage.sweep(local(waking, "08:30"))) == 1


async def test_several_items_of_a_morning_are_one_message_with_buttons_each(stage: Stage) -> None:
    await started(stage)
    for n in range(3):
        await add_borrower(stage.tx, f"C{n}", "AM")
        await add_loan(stage.tx, f"LC{n}", f"C{n}", MONDAY)
    await stage.plan(MONDAY)
    (message,) = await stage.sweep(local(DUE))
    assert len(message.buttons) == 4
    told = {button.data for row in message.buttons for button in row}
    for code in ("B", "C0", "C1", "C2"):
        (visit,) = await visits.open_of(stage.tx, code)
        assert {
            f"report:{visit.id}",
            f"unreachable:{visit.id}",
            f"later:{visit.id}",
            f"move:{visit.id}",
        } <= told


async def test_after_an_outage_there_is_one_message_a_person(stage: Stage) -> None:
    await started(stage)
    for n in range(30):
        await add_borrower(stage.tx, f"C{n:02}", "AM")
        await add_loan(stage.tx, f"LC{n:02}", f"C{n:02}", day_after(MONDAY, n % 5))
    await stage.plan(MONDAY)
    back = day_after(DUE, 7)
    heard = await sweep.due(stage.tx, now=local(back), policy=POLICY, limit=10)
    assert len(heard) == 1 and "<b>31</b>" in heard[0].text
    assert await sweep.due(stage.tx, now=local(back), policy=POLICY, limit=10) == []


async def test_each_person_is_told_in_the_morning_of_their_own_zone(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY)
    await people.change(stage.tx, "AM", timezone="America/New_York")
    await stage.plan(MONDAY)
    assert await sweep.next_due_at(stage.tx) == local(DUE, "08:30", "America/New_York")
    assert (await sweep.next_due_at(stage.tx)).hour == 12  # summer time has begun on 8 March


async def test_the_deputy_is_told_while_the_owner_is_away(stage: Stage) -> None:
    await started(stage)
    await add_staff(stage.tx, "D", reports_to="M")
    leave = await delegations.add(stage.tx, "AM", "D", DUE, day_after(DUE, 1), local(MONDAY))
    assert [message.to for message in await stage.sweep(local(DUE))] == ["D"]
    await delegations.revoke(stage.tx, leave.id, local(DUE))
    assert [message.to for message in await stage.sweep(local(day_after(DUE, 1)))] == ["AM"]


async def test_who_has_not_joined_is_told_when_they_have(stage: Stage) -> None:
    await started(stage)
    await people.change(stage.tx, "AM", chat_id=None)
    assert await stage.sweep(local(DUE)) == []
    await people.change(stage.tx, "AM", chat_id=77)
    (message,) = await stage.sweep(local(day_after(DUE, 1)))
    assert message.to == "AM" and (await stage.the("first_check")).reminded_times == 1


async def test_a_special_visit_is_spoken_of_the_working_day_before(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.flag("cash.halt", "red", local(MONDAY))
    await stage.plan(MONDAY, "10:00")
    assert (await stage.the("special")).due_at == local(date(2026, 3, 3), "08:30")


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_the_sweep_walks_the_index_of_due_times(stage: Stage) -> None:
    """On SQLite alone: PostgreSQL plans by statistics that an empty table lacks."""
    query = sa.select(tables.visits).where(visits.IS_OPEN, tables.visits.c.due_at <= local(DUE))
    words = str(query.order_by(tables.visits.c.due_at).compile(compile_kwargs={"literal_binds": True}))
    steps = await stage.tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")
    assert "ix_visits_due" in str(steps.all())
