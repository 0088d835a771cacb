from __future__ import annotations

from datetime import date, timedelta

import pytest

from records import visits
from reminders import actions, evening
from tests.reminders.stage import POLICY, Stage, day_after, local

MONDAY = date(2026, 3, 2)
DUE = date(2026, 3, 17)


async def due(stage: Stage) -> int:
    """The first check is due and was spoken of this morning."""
    await stage.set(MONDAY, MONDAY)
    await stage.plan(MONDAY)
    await stage.sweep(local(DUE, "08:30"))
    return (await stage.the("first_check")).id


@pytest.mark.parametrize(
    ("when", "pressed", "day", "clock"),
    [
        ("hour", "09:00", DUE, "10:00"),
        ("hour", "20:30", DUE + timedelta(1), "08:30"),
        ("evening", "09:00", DUE, "18:00"),
        ("evening", "19:00", DUE + timedelta(1), "08:30"),
        ("tomorrow", "09:00", DUE + timedelta(1), "08:30"),
        ("2026-03-25", "09:00", date(2026, 3, 25), "08:30"),
    ],
)
async def test_later_reminds_again_when_it_was_asked_to(
    stage: Stage, when: str, pressed: str, day: date, clock: str
) -> None:
    visit_id = await due(stage)
    visit = await actions.later(stage.tx, visit_id, when, now=local(DUE, pressed), policy=POLICY)
    assert (visit.due_at, visit.due_on) == (local(day, clock), DUE)
    assert len(await stage.sweep(local(day, clock))) == 1


async def test_one_tap_on_move_takes_the_next_working_day(stage: Stage) -> None:
    visit_id = await due(stage)
    friday = date(2026, 3, 20)
    visit = await actions.move(stage.tx, visit_id, None, "AM", now=local(friday), policy=POLICY)
    assert (visit.due_on, visit.first_due_on, visit.moved_times) == (date(2026, 3, 23), DUE, 1)
    assert await stage.plan(friday) == 0


async def test_an_item_cant_be_moved_for_ever(stage: Stage) -> None:
    visit_id = await due(stage)
    with pytest.raises(actions.Refused) as caught:
        await actions.move(stage.tx, visit_id, day_after(DUE, 15), "AM", now=local(DUE), policy=POLICY)
    assert (caught.value.code, caught.value.day) == ("too_late", day_after(DUE, 14))
    with pytest.raises(actions.Refused, match="past"):
        await actions.move(stage.tx, visit_id, MONDAY, "AM", now=local(DUE), policy=POLICY)


async def test_one_tap_counts_a_try_and_a_second_one_that_day_no_more(stage: Stage) -> None:
    visit_id = await due(stage)
    first = await actions.unreachable(stage.tx, visit_id, "AM", now=local(DUE, "09:00"), policy=POLICY)
    again = await actions.unreachable(stage.tx, visit_id, "AM", now=local(DUE, "15:00"), policy=POLICY)
    assert (first.days, again.days, again.visit.due_on) == (1, 1, day_after(DUE, 1))
    assert len(await visits.attempts_of(stage.tx, "B")) == 1


async def test_tries_on_three_days_are_three(stage: Stage) -> None:
    visit_id = await due(stage)
    for n in range(3):
        done = await actions.unreachable(
            stage.tx, visit_id, "AM", now=local(day_after(DUE, n)), policy=POLICY
        )
    assert (done.days, done.visit.why["tries"]) == (3, 3)


async def test_why_nobody_was_reached_can_be_told_afterwards_by_who_tried(stage: Stage) -> None:
    visit_id = await due(stage)
    done = await actions.unreachable(stage.tx, visit_id, "AM", now=local(DUE), policy=POLICY)
    await actions.say_reason(stage.tx, done.attempt.id, "off", "AM")
    (attempt,) = await visits.attempts_of(stage.tx, "B")
    assert (attempt.reason, attempt.channel) == ("off", "phone")
    with pytest.raises(actions.Refused, match="not_yours"):
        await actions.say_reason(stage.tx, done.attempt.id, "off", "M")
    with pytest.raises(actions.Refused, match="reason"):
        await actions.say_reason(stage.tx, done.attempt.id, "<b>", "AM")


async def test_who_is_on_the_way_is_asked_in_the_evening(stage: Stage) -> None:
    visit_id = await due(stage)
    await actions.on_way(stage.tx, visit_id, now=local(DUE), policy=POLICY)
    assert await evening.wrap_up(stage.tx, now=local(DUE, "17:59"), policy=POLICY) == []
    (asked,) = await evening.wrap_up(stage.tx, now=local(DUE, "18:00"), policy=POLICY)
    assert "1</b> 家，报告了 <b>0" in asked.text and asked.buttons[0][0].data == f"report:{visit_id}"
    assert await stage.sweep(local(DUE, "18:00")) == []
    assert len(await stage.sweep(local(day_after(DUE, 1), "08:30"))) == 1


async def test_what_the_superior_lets_go_counts_as_seen_on_its_day(stage: Stage) -> None:
    visit_id = await due(stage)
    await stage.visited(DUE)
    visit = await stage.the("visit")
    asked = await actions.ask_off(stage.tx, visit.id, "AM", "seen_lately", now=local(DUE))
    assert asked.state == "planned" and asked.id != visit_id
    await actions.decide_off(stage.tx, visit.id, "M", True, now=local(DUE), policy=POLICY)
    assert (await stage.the("visit")).due_on == visit.due_on + timedelta(90)


async def test_what_the_superior_keeps_stays_due(stage: Stage) -> None:
    visit_id = await due(stage)
    await actions.ask_off(stage.tx, visit_id, "AM", "twice", now=local(DUE))
    kept = await actions.decide_off(stage.tx, visit_id, "M", False, now=local(DUE), policy=POLICY)
    assert (kept.state, "off" in kept.why) == ("reminded", False)


async def test_nothing_can_be_done_with_an_item_that_is_settled_or_gone(stage: Stage) -> None:
    visit_id = await due(stage)
    await stage.visited(DUE)
    with pytest.raises(actions.Refused, match="closed"):
        await actions.later(stage.tx, visit_id, "hour", now=local(DUE), policy=POLICY)
    with pytest.raises(actions.Refused, match="gone"):
        await actions.unreachable(stage.tx, 10**9, "AM", now=local(DUE), policy=POLICY)
