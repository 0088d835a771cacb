from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from records import tables, visits
from tests.reminders.stage import Stage, day_after

MONDAY = date(2026, 3, 2)
CHECK = date(2026, 3, 17)


async def started(stage: Stage, **borrower: str) -> None:
    await stage.set(MONDAY, MONDAY, **borrower)
    await stage.plan(MONDAY)


async def rolling(stage: Stage, **borrower: str) -> None:
    """First checked on CHECK: the visit is due 90 days on, the callback 45."""
    await started(stage, **borrower)
    await stage.visited(CHECK)


async def test_a_visit_closes_the_first_check_and_the_next_one_is_planned(stage: Stage) -> None:
    await started(stage)
    outcome = await stage.visited(date(2026, 3, 10))
    assert outcome.closed is not None and outcome.next is not None
    assert (outcome.closed.kind, outcome.closed.done_on) == ("first_check", date(2026, 3, 10))
    assert (outcome.next.kind, outcome.next.due_on) == ("callback", date(2026, 4, 24))


async def test_a_call_closes_no_visit(stage: Stage) -> None:
    await started(stage)
    outcome = await stage.called(CHECK, visit_id=(await stage.the("first_check")).id)
    assert outcome.closed is None
    assert (await stage.the("first_check")).due_on == CHECK


async def test_a_call_about_its_time_closes_the_callback(stage: Stage) -> None:
    await rolling(stage)
    early = await stage.called(day_after(CHECK, 10))
    assert early.closed is None and await stage.open("callback")
    outcome = await stage.called(day_after(CHECK, 40))
    assert outcome.closed is not None and outcome.closed.kind == "callback"
    assert await stage.days() == {"visit": day_after(CHECK, 90)}


async def test_a_report_for_a_callback_that_doesnt_say_how_was_a_call(stage: Stage) -> None:
    await rolling(stage)
    callback = await stage.the("callback")
    outcome = await stage.report(callback.due_on, ("cash_stress.level", "none"), visit_id=callback.id)
    assert [one.kind for one in outcome.all_closed] == ["callback"]


async def test_a_visit_long_before_its_day_starts_the_round_anew(stage: Stage) -> None:
    await rolling(stage)
    visit = await stage.the("visit")
    outcome = await stage.visited(day_after(CHECK, 20))
    assert outcome.closed is None
    assert ((await stage.the("visit")).id, (await stage.the("visit")).due_on) == (
        visit.id,
        day_after(CHECK, 110),
    )


async def test_the_day_that_a_report_agrees_on_replaces_the_planned_one(stage: Stage) -> None:
    await started(stage)
    outcome = await stage.report(
        CHECK, ("contact.channel", "visit"), ("contact.outcome", "reached"), ("next_contact", "2026-04-01"),
        words="约了4月1号再来",
    )  # fmt: skip
    assert outcome.agreed is True
    assert await stage.days() == {"visit": date(2026, 4, 1)}
    assert (await stage.the("visit")).why["code"] == "agreed"
    assert await stage.plan(day_after(CHECK, 3)) == 0


async def test_an_agreed_call_becomes_the_callback(stage: Stage) -> None:
    await started(stage)
    await stage.report(
        CHECK, ("contact.channel", "visit"), ("next_contact", "2026-04-01"), words="4月1号打电话问"
    )
    assert await stage.days() == {"callback": date(2026, 4, 1), "visit": day_after(CHECK, 90)}


async def test_a_day_later_than_the_class_bears_doesnt_hold(stage: Stage) -> None:
    await started(stage, risk_class="special_mention")
    far = str(day_after(CHECK, 60))
    outcome = await stage.report(CHECK, ("contact.channel", "visit"), ("next_contact", far))
    assert outcome.agreed is False
    assert (await stage.days())["visit"] == day_after(CHECK, 30)
    near = str(day_after(CHECK, 40))
    again = await stage.report(day_after(CHECK, 1), ("contact.channel", "visit"), ("next_contact", near))
    assert again.agreed is True
    assert (await stage.days())["visit"] == day_after(CHECK, 40)


async def test_a_worse_class_goes_before_an_agreed_day(stage: Stage) -> None:
    await started(stage)
    await stage.report(CHECK, ("contact.channel", "visit"), ("next_contact", str(day_after(CHECK, 60))))
    await stage.tx.execute(sa.update(tables.borrowers).values(risk_class="substandard"))
    await stage.plan(day_after(CHECK, 3))
    assert (await stage.the("visit")).due_on == day_after(CHECK, 14)


async def test_a_next_contact_that_has_passed_changes_nothing(stage: Stage) -> None:
    await started(stage)
    outcome = await stage.report(
        CHECK, ("contact.channel", "visit"), ("next_contact", str(CHECK - timedelta(3)))
    )
    assert outcome.agreed is None


async def test_a_try_that_reached_nobody_leaves_the_item_open_for_the_next_slot(stage: Stage) -> None:
    await started(stage)
    outcome = await stage.report(CHECK, ("contact.channel", "visit"), ("contact.outcome", "unreachable"))
    assert outcome.closed is None
    check = await stage.the("first_check")
    assert (check.due_on, check.first_due_on, check.why["tries"]) == (day_after(CHECK, 1), CHECK, 1)
    (attempt,) = await visits.attempts_of(stage.tx, "B")
    assert (attempt.visit_id, attempt.on_day, attempt.reason) == (check.id, CHECK, "nobody_there")


async def test_the_next_slot_may_be_agreed_too(stage: Stage) -> None:
    await started(stage)
    told = (("contact.outcome", "unreachable"), ("next_contact", "2026-03-20"))
    await stage.report(CHECK, ("contact.channel", "phone"), *told)
    assert (await stage.the("first_check")).due_on == date(2026, 3, 20)


async def test_a_visit_that_was_refused_was_made(stage: Stage) -> None:
    await started(stage)
    outcome = await stage.report(CHECK, ("contact.channel", "visit"), ("contact.outcome", "refused"))
    assert outcome.closed is not None and outcome.closed.kind == "first_check"


async def test_a_report_that_only_speaks_of_the_next_time_closes_nothing(stage: Stage) -> None:
    await started(stage)
    outcome = await stage.report(CHECK, ("next_contact", "2026-03-18"))
    assert outcome.closed is None and await stage.open("first_check")
