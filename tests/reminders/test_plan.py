from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from records import tables
from tests.reminders.stage import Stage, add_loan, day_after, local

MONDAY = date(2026, 3, 2)


async def test_the_first_check_is_due_fifteen_days_after_disbursement(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY)
    await stage.plan(MONDAY)
    assert await stage.days() == {"first_check": date(2026, 3, 17)}
    check = await stage.the("first_check")
    assert (check.loan_no, check.staff_code, check.why["disbursed_on"]) == ("L1", "AM", "2026-03-02")


async def test_a_first_check_missed_shortly_before_the_import_keeps_its_true_day(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(20))
    await stage.plan(MONDAY)
    assert (await stage.days())["first_check"] == MONDAY - timedelta(5)


async def test_an_old_loan_counts_from_the_day_the_book_first_named_it(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.plan(day_after(MONDAY, 10))
    assert await stage.days() == {"callback": day_after(MONDAY, 45), "visit": day_after(MONDAY, 90)}
    assert (await stage.the("visit")).why["code"] == "since_book"


async def test_the_round_of_an_old_loan_doesnt_slide_where_the_book_kept_no_day(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.tx.execute(sa.delete(tables.balances))
    await stage.plan(MONDAY)
    await stage.plan(day_after(MONDAY, 20))
    assert (await stage.days())["visit"] == day_after(MONDAY, 90)


@pytest.mark.parametrize(
    ("risk_class", "days", "half"),
    [
        ("normal", 90, 45),
        ("special_mention", 30, 15),
        ("substandard", 14, 7),
        ("doubtful", 7, 3),
        ("loss", 7, 3),
    ],
)
async def test_the_round_goes_by_risk_class(stage: Stage, risk_class: str, days: int, half: int) -> None:
    await stage.set(MONDAY, MONDAY, risk_class=risk_class)
    await stage.plan(MONDAY)
    await stage.visited(date(2026, 3, 17))
    assert await stage.days() == {"callback": date(2026, 3, 17) + timedelta(half), "visit": date(2026, 3, 17) + timedelta(days)}  # fmt: skip


async def test_planning_again_changes_nothing(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY, MONDAY - timedelta(365))
    assert await stage.plan(MONDAY) > 0
    assert await stage.plan(MONDAY) == 0
    assert await stage.plan(day_after(MONDAY, 5)) == 0


async def test_one_trip_serves_loans_whose_checks_lie_close(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY, day_after(MONDAY, 5), day_after(MONDAY, 40))
    await stage.plan(MONDAY)
    check = await stage.the("first_check")
    assert (check.due_on, check.why["loans"]) == (date(2026, 3, 17), ["L1", "L2"])
    await stage.visited(date(2026, 3, 17), visit_id=check.id)
    assert (await stage.the("first_check")).why["loans"] == ["L3"]


async def test_a_visit_a_month_before_maturity(stage: Stage) -> None:
    await stage.set(MONDAY)
    await add_loan(stage.tx, "L9", "B", MONDAY, matures_on=date(2026, 9, 1))
    await stage.plan(MONDAY)
    assert (await stage.the("maturity")).due_on == date(2026, 8, 2)
    await stage.visited(date(2026, 7, 25))
    assert await stage.open("maturity") == []


async def test_a_loan_named_shortly_before_it_matures_is_not_late_at_once(stage: Stage) -> None:
    await stage.set(MONDAY)
    await add_loan(stage.tx, "L9", "B", date(2025, 4, 1), MONDAY, matures_on=date(2026, 3, 20))
    await stage.plan(MONDAY)
    assert (await stage.the("maturity")).due_on == date(2026, 3, 4)


async def test_a_red_flag_is_seen_within_two_working_days(stage: Stage) -> None:
    friday = date(2026, 2, 13)  # the Saturday after it is a make-up workday, then comes the festival
    await stage.set(friday, friday - timedelta(365))
    case_id = await stage.flag("cash.halt", "red", local(friday))
    await stage.plan(friday, "10:00")
    special = await stage.the("special")
    assert special.due_on == date(2026, 2, 24)
    assert (special.why["flag"], special.why["cases"]) == ("cash.halt", [case_id])
    await stage.plan(day_after(friday, 1))
    assert await stage.the("special") == special


async def test_a_second_red_flag_joins_the_trip_that_is_planned(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.flag("cash.halt", "red", local(MONDAY))
    await stage.plan(MONDAY)
    await stage.flag("cash.frozen", "red", local(MONDAY))
    await stage.plan(day_after(MONDAY, 1))
    special = await stage.the("special")
    assert len(special.why["cases"]) == 2
    assert special.due_on == date(2026, 3, 4)
    await stage.visited(date(2026, 3, 4))
    assert await stage.open("special") == []


@pytest.mark.parametrize(("code", "severity"), [("schedule.missed", "red"), ("use.cash", "orange")])
async def test_what_is_no_reason_for_a_special_visit(stage: Stage, code: str, severity: str) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.flag(code, severity, local(MONDAY))
    await stage.plan(MONDAY)
    assert await stage.open("special") == []


async def test_a_case_for_compliance_alone_shows_in_no_plan(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.flag("use.personal", "red", local(MONDAY), audience="compliance")
    await stage.plan(MONDAY)
    assert await stage.open("special") == []


async def test_a_worse_class_brings_the_visit_forward_but_makes_nobody_late(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.plan(MONDAY)
    later = day_after(MONDAY, 40)  # a Saturday
    await stage.tx.execute(sa.update(tables.borrowers).values(risk_class="loss"))
    await stage.plan(later)
    assert (await stage.the("visit")).due_on == date(2026, 4, 14)
    assert await stage.plan(later) == 0


async def test_a_repaid_loan_is_owed_nothing(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY)
    await stage.plan(MONDAY)
    await stage.tx.execute(sa.update(tables.loans).values(balance=0))
    await stage.plan(day_after(MONDAY, 1))
    assert await stage.open() == []
    await stage.tx.execute(sa.update(tables.loans).values(balance=100))
    await stage.plan(day_after(MONDAY, 2))
    assert await stage.days() == {"first_check": date(2026, 3, 17)}


async def test_the_plan_follows_the_borrower_to_a_new_account_manager(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY)
    await stage.plan(MONDAY)
    await stage.tx.execute(sa.update(tables.borrowers).values(account_manager="M"))
    await stage.plan(day_after(MONDAY, 1))
    assert (await stage.the("first_check")).staff_code == "M"


async def build(stage: Stage, **more: object) -> None:
    """A project loan from long ago, in the book since MONDAY, last seen that day."""
    await stage.set(MONDAY)
    start = MONDAY - timedelta(365)
    await add_loan(stage.tx, "L9", "B", start, MONDAY, product="project_finance", **more)
    await stage.visited(MONDAY)


async def draw(stage: Stage, day: date, amount: int = 500_000) -> None:
    await stage.tx.execute(sa.update(tables.loans).values(drawn_on=day, drawn_more=amount))


async def test_what_is_being_built_is_seen_every_month_and_says_so(stage: Stage) -> None:
    await build(stage)
    visit = await stage.the("visit")
    assert (visit.due_on, visit.why["by"]) == (day_after(MONDAY, 30), "construction")


async def test_money_for_construction_makes_any_product_a_building(stage: Stage) -> None:
    await stage.set(MONDAY)
    await add_loan(stage.tx, "L9", "B", MONDAY - timedelta(365), MONDAY, purposes=["construction"])
    await stage.visited(MONDAY)
    assert (await stage.days())["visit"] == day_after(MONDAY, 30)


async def test_a_finished_project_goes_by_its_class(stage: Stage) -> None:
    await build(stage)
    await stage.tx.execute(sa.update(tables.standings).values(percent=100.0))
    await stage.plan(day_after(MONDAY, 1))
    assert (await stage.days())["visit"] == day_after(MONDAY, 90)


async def test_each_drawdown_is_seen_within_its_days(stage: Stage) -> None:
    await build(stage)
    await draw(stage, day_after(MONDAY, 5))
    await stage.plan(day_after(MONDAY, 5))
    visit = await stage.the("visit")
    assert (visit.due_on, visit.why["code"], visit.loan_no) == (day_after(MONDAY, 20), "drawdown", "L9")
    await stage.visited(day_after(MONDAY, 8))
    assert (await stage.the("visit")).why["code"] == "since_visit"


async def test_a_second_drawdown_doesnt_put_off_the_visit_for_the_first(stage: Stage) -> None:
    await build(stage)
    await draw(stage, day_after(MONDAY, 3))
    await stage.plan(day_after(MONDAY, 3))
    await draw(stage, day_after(MONDAY, 9))
    await stage.plan(day_after(MONDAY, 9))
    assert (await stage.the("visit")).due_on == day_after(MONDAY, 18)


async def test_a_visit_before_the_drawdown_doesnt_serve_for_it(stage: Stage) -> None:
    await build(stage)
    await draw(stage, day_after(MONDAY, 5))
    await stage.plan(day_after(MONDAY, 6))
    visit = await stage.the("visit")
    await stage.called(day_after(MONDAY, 7))
    assert (await stage.the("visit")).id == visit.id


async def test_a_drawdown_of_a_loan_that_builds_nothing_is_no_reason(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.visited(MONDAY)
    await draw(stage, day_after(MONDAY, 5))
    await stage.plan(day_after(MONDAY, 5))
    assert (await stage.days())["visit"] == day_after(MONDAY, 90)


@pytest.mark.parametrize(
    ("rule", "loan", "days", "by"),
    [
        ({"borrowers": {"B": 45}}, {}, 45, "borrower"),
        ({"products": {"working_capital": 50}}, {}, 50, "product"),
        ({"amount": 1_000_000, "amount_days": 40}, {}, 40, "amount"),
        ({"collateral": 0.7, "collateral_days": 35}, {}, 35, "collateral"),
        ({"collateral": 0.7, "collateral_days": 35}, {"collateral_value": 2_000_000}, 90, None),
        ({"borrowers": {"C": 45}}, {}, 90, None),
    ],
)
async def test_overrides_bring_visits_forward_and_are_named(
    stage: Stage, rule: dict[str, object], loan: dict[str, object], days: int, by: str | None
) -> None:
    sooner = stage.policy.sooner.model_copy(update=rule)
    stage.policy = stage.policy.model_copy(update={"sooner": sooner})
    await stage.set(MONDAY)
    await add_loan(stage.tx, "L9", "B", MONDAY - timedelta(365), MONDAY, **loan)
    await stage.plan(MONDAY)
    visit = await stage.the("visit")
    assert (visit.due_on, visit.why.get("by")) == (day_after(MONDAY, days), by)


# --- promises -----------------------------------------------------------------------------------


async def promise(stage: Stage, day: date, **more: object) -> int:
    report = await stage._confirmed(MONDAY, None, local(MONDAY))
    values = {"borrower_code": "B", "report_id": report.id, "made_on": MONDAY, "due_on": day} | more
    query = sa.insert(tables.promises).values(**values).returning(tables.promises.c.id)
    return int((await stage.tx.execute(query)).scalar_one())


async def test_a_promise_is_asked_for_by_phone_on_its_day(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.visited(MONDAY)
    await promise(stage, day_after(MONDAY, 10), amount=200_000)
    await stage.plan(day_after(MONDAY, 1))
    call = await stage.the("callback")
    assert (call.due_on, call.why["code"], call.why["what"]) == (day_after(MONDAY, 10), "promise", "pay")
    await stage.called(day_after(MONDAY, 9))  # too early to know
    assert (await stage.the("callback")).due_on == day_after(MONDAY, 10)
    await stage.called(day_after(MONDAY, 10))
    assert (await stage.the("callback")).why["code"] == "midway"


async def test_a_visit_shortly_after_the_promised_day_asks_for_it(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365), risk_class="substandard")
    await stage.visited(MONDAY)
    await promise(stage, day_after(MONDAY, 12))
    await stage.plan(day_after(MONDAY, 1))
    assert (await stage.the("callback")).why["code"] == "midway"


async def test_a_promise_that_was_kept_is_asked_for_no_more(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.visited(MONDAY)
    promise_id = await promise(stage, day_after(MONDAY, 10))
    await stage.plan(day_after(MONDAY, 1))
    await stage.tx.execute(sa.update(tables.promises).where(tables.promises.c.id == promise_id).values(state="kept"))  # fmt: skip
    await stage.plan(day_after(MONDAY, 2))
    assert (await stage.the("callback")).due_on == day_after(MONDAY, 45)


async def test_the_call_for_a_broken_promise_gives_way_to_its_flag(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY - timedelta(365))
    await stage.visited(MONDAY)
    number = await promise(stage, day_after(MONDAY, 10))
    await stage.plan(day_after(MONDAY, 10))
    assert (await stage.the("callback")).why["code"] == "promise"
    broken = sa.update(tables.promises).where(tables.promises.c.id == number).values(state="broken")
    await stage.tx.execute(broken)
    await stage.plan(day_after(MONDAY, 13))
    assert (await stage.the("callback")).why["code"] == "midway"
