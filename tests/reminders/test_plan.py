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
