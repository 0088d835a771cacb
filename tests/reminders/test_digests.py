"""The digests: who is told what in the morning, in the evening and at the end of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from handlers.saying import put
from prompts.message import Message
from records import delegations, people, reports, tables, visits
from reminders import actions, evening, friday
from reminders.choices import choose_digest, settings_message
from reminders.hours import hours
from reminders.wishes import Wish, wish
from tests.reminders.stage import POLICY, Stage, add_borrower, add_loan, add_staff, day_after, local

MONDAY = date(2026, 3, 2)
DUE = date(2026, 3, 17)  # Tuesday
FRIDAY = date(2026, 3, 20)


async def started(stage: Stage, more: int = 0) -> None:
    await stage.set(MONDAY, MONDAY)
    for n in range(more):
        await add_borrower(stage.tx, f"C{n}", "AM")
        await add_loan(stage.tx, f"LC{n}", f"C{n}", MONDAY)
    await stage.plan(MONDAY)


async def chooses(stage: Stage, when: str, day: date = MONDAY, clock: str = "09:00") -> None:
    person = await people.by_code(stage.tx, "AM")
    assert person is not None
    await choose_digest(stage.tx, person, when, now=local(day, clock), policy=POLICY)


async def kept(stage: Stage, messages: Sequence[Message], day: date, clock: str = "09:00") -> list[Message]:
    return [one for one in messages if await put(stage.tx, one, local(day, clock))]


async def wrapped(stage: Stage, day: date, clock: str = "18:00") -> list[Message]:
    found = await evening.wrap_up(stage.tx, now=local(day, clock), policy=POLICY)
    return await kept(stage, found, day, clock)


async def weekly(stage: Stage, day: date, clock: str = "16:30") -> list[friday.Weekly]:
    found = await friday.weeklies(stage.tx, now=local(day, clock), policy=POLICY)
    await kept(stage, [one.message for one in found], day, clock)
    return found


# --- the evening before, or the morning ---------------------------------------------------------


async def test_who_chose_the_evening_is_told_the_evening_before_in_one_message(stage: Stage) -> None:
    await started(stage, more=2)
    await chooses(stage, "evening")
    monday = day_after(DUE, -1)
    assert await stage.sweep(local(monday, "17:59")) == []
    (message,) = await stage.sweep(local(monday, "18:00"))
    assert message.text.startswith("🌙 下一个工作日起要办的 <b>3</b> 项") and len(message.buttons) == 3
    assert await stage.sweep(local(DUE, "08:30")) == await stage.sweep(local(DUE, "17:59")) == []


async def test_the_evening_digest_tells_how_the_day_went_and_comes_alone(stage: Stage) -> None:
    await started(stage, more=2)
    await chooses(stage, "evening")
    await stage.sweep(local(day_after(DUE, -1), "18:00"))
    await stage.visited(DUE)
    (message,) = await stage.sweep(local(DUE, "18:00"))
    assert message.text.startswith("🌆 今天 <b>3</b> 家，报告了 <b>1</b> 家")
    assert await wrapped(stage, DUE) == []


async def test_after_a_friday_evening_comes_the_next_on_monday_evening(stage: Stage) -> None:
    await started(stage)
    await chooses(stage, "evening")
    heard = [
        (day, clock)
        for day in range(16)
        for clock in ("08:30", "18:00")
        if await stage.sweep(local(day_after(DUE, day - 1), clock))
    ]
    assert {clock for _, clock in heard} == {"18:00"}
    assert all(day_after(DUE, day - 1).weekday() < 5 for day, _ in heard) and len(heard) == 12


async def test_a_monday_is_told_of_on_friday_evening(stage: Stage) -> None:
    await stage.set(MONDAY, date(2026, 3, 8))  # fifteen days later is Monday the 23rd
    await chooses(stage, "evening")
    await stage.plan(MONDAY)
    assert (await stage.the("first_check")).due_at == local(FRIDAY, "18:00")


async def test_changing_ones_mind_moves_what_is_planned_and_leaves_what_was_asked_for(stage: Stage) -> None:
    await started(stage, more=1)
    item = await stage.the("first_check")
    await actions.at(stage.tx, item.id, local(DUE, "15:00"), policy=POLICY)
    (other,) = await visits.open_of(stage.tx, "C0")
    times = []
    for when in ("evening", "morning"):
        await chooses(stage, when)
        now = [await visits.get(stage.tx, number) for number in (item.id, other.id)]
        times.append([one.due_at for one in now if one])
    eve = local(day_after(DUE, -1), "18:00")
    assert times == [[local(DUE, "15:00"), eve], [local(DUE, "15:00"), local(DUE, "08:30")]]


async def test_choosing_the_evening_when_it_has_passed_still_tells_this_morning(stage: Stage) -> None:
    await started(stage)
    await chooses(stage, "evening", day_after(DUE, -1), "20:00")
    assert (await stage.the("first_check")).due_at == local(DUE, "08:30")


async def test_the_evening_is_that_of_the_persons_zone(stage: Stage) -> None:
    await stage.set(MONDAY, MONDAY)
    await people.change(stage.tx, "AM", timezone="America/New_York", preferences={"digest": "evening"})
    await stage.plan(MONDAY)
    before = day_after(DUE, -1)
    assert (await stage.the("first_check")).due_at == local(before, "18:00", "America/New_York")


def test_the_settings_show_what_is_chosen_and_offer_the_rest() -> None:
    from records.model import Staff

    message = settings_message(
        Staff("AM", "测试", "account_manager", preferences={"digest": "evening"}), POLICY
    )
    assert "前一个工作日18:00" in message.text and "21:00 到 08:00" in message.text
    labels = [button.label for button in message.buttons[0]]
    assert labels == ["当天早上", "✔ 前一天晚上"]
    assert [b.data for b in message.buttons[0]] == ["digest:morning", "digest:evening"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("晚上提前提醒我", Wish("digest", when="evening")),
        ("以后前一天晚上提醒我", Wish("digest", when="evening")),
        ("提醒改到前一天晚上发", Wish("digest", when="evening")),
        ("提前一天提醒我", Wish("digest", when="evening")),
        ("还是早上提醒我吧", Wish("digest", when="morning")),
        ("当天早上提醒我就行", Wish("digest", when="morning")),
        ("remind me the evening before", Wish("digest", when="evening")),
        ("Remind me in the morning.", Wish("digest", when="morning")),
        ("今天怎么走", Wish("route", day=MONDAY)),
        ("今天怎么走最顺？", Wish("route", day=MONDAY)),
        ("帮我排一下今天的路线", Wish("route", day=MONDAY)),
        ("明天怎么跑", Wish("route", day=day_after(MONDAY, 1))),
        ("今天先去哪家", Wish("route", day=MONDAY)),
        ("规划路线", Wish("route", day=MONDAY)),
        ("route for today", Wish("route", day=MONDAY)),
        ("show me the route for tomorrow", Wish("route", day=day_after(MONDAY, 1))),
        ("plan my route", Wish("route", day=MONDAY)),
        ("明天下午三点提醒我给宏达打电话", None),
        ("晚上提醒我给宏达打电话", None),
        ("明天早上提醒我", None),
        ("老板说晚上提前走了", None),
        ("资金怎么走的说不清", None),
        ("今天去了华兴机械，路线不熟，迟到了", None),
        ("华兴机械怎么样", None),
        ("今天要去哪几家", None),
        ("remind me in the evening to call Hongda", None),
        ("he said the route is blocked", None),
    ],
)
def test_a_wish_is_understood_and_nothing_else_is_taken_for_one(words: str, wanted: Wish | None) -> None:
    assert wish(words, MONDAY) == wanted


# --- at six -------------------------------------------------------------------------------------


async def test_at_six_the_rest_of_the_day_is_asked_for_once_with_its_buttons(stage: Stage) -> None:
    await started(stage, more=2)
    await stage.sweep(local(DUE))
    await stage.visited(DUE)
    assert await wrapped(stage, DUE, "17:59") == []
    (message,) = await wrapped(stage, DUE)
    assert "<b>3</b> 家，报告了 <b>1</b> 家" in message.text
    assert "测试C0" in message.text and "测试B</b>" not in message.text and len(message.buttons) == 2
    assert await wrapped(stage, DUE, "18:10") == await wrapped(stage, DUE, "20:50") == []


async def test_a_place_seen_without_a_plan_counts_too(stage: Stage) -> None:
    await started(stage, more=1)
    now = local(DUE, "11:00")
    values = {"state": "confirmed", "reported_on": DUE, "received_at": now, "confirmed_at": now}
    await add_borrower(stage.tx, "Z", "AM")
    await reports.create(stage.tx, author="AM", borrower_code="Z", **values)
    (message,) = await wrapped(stage, DUE)
    assert "<b>3</b> 家，报告了 <b>1</b> 家" in message.text and len(message.buttons) == 2


async def test_nothing_is_asked_when_all_is_reported_or_nothing_was_due(stage: Stage) -> None:
    await started(stage)
    assert await wrapped(stage, day_after(DUE, -1)) == []
    await stage.visited(DUE)
    assert await wrapped(stage, DUE) == []


async def test_a_card_left_lying_counts_and_is_asked_for_with_the_card(stage: Stage) -> None:
    await started(stage, more=1)
    now = local(DUE, "11:00")
    await reports.create(
        stage.tx, author="AM", borrower_code="B", state="read", reported_on=DUE, received_at=now
    )
    (message,) = await wrapped(stage, DUE)
    assert "<b>2</b> 家，报告了 <b>0</b> 家，1 家的卡片等您确认" in message.text
    assert len(message.buttons) == 1 and "测试C0" in message.text


async def test_what_was_due_at_the_weekend_is_asked_for_on_friday(stage: Stage) -> None:
    await stage.set(MONDAY, date(2026, 3, 6))  # fifteen days later is a Saturday
    await stage.plan(MONDAY)
    assert len(await wrapped(stage, FRIDAY)) == 1
    assert await wrapped(stage, day_after(FRIDAY, -1)) == await wrapped(stage, day_after(FRIDAY, 1)) == []


async def test_a_late_item_is_only_asked_for_where_somebody_set_out_today(stage: Stage) -> None:
    await started(stage)
    later = day_after(DUE, 2)
    assert await wrapped(stage, later) == []
    await actions.on_way(stage.tx, (await stage.the("first_check")).id, now=local(later), policy=POLICY)
    assert len(await wrapped(stage, later)) == 1
    assert await wrapped(stage, day_after(later, 1)) == []


async def test_who_sets_out_on_a_day_off_is_asked_that_evening(stage: Stage) -> None:
    await stage.set(MONDAY, date(2026, 3, 6))  # fifteen days later is a Saturday
    await stage.plan(MONDAY)
    saturday = day_after(FRIDAY, 1)
    await actions.on_way(stage.tx, (await stage.the("first_check")).id, now=local(saturday), policy=POLICY)
    assert len(await wrapped(stage, saturday)) == 1


async def test_the_deputy_is_asked_in_the_evening_and_not_who_is_away(stage: Stage) -> None:
    await started(stage)
    await add_staff(stage.tx, "D", reports_to="M")
    await delegations.add(stage.tx, "AM", "D", DUE, DUE, local(MONDAY))
    assert [message.to for message in await wrapped(stage, DUE)] == ["D"]


async def test_what_was_tried_or_put_off_to_the_evening_is_not_asked_for_again(stage: Stage) -> None:
    await started(stage, more=1)
    now = local(DUE, "10:00")
    await actions.unreachable(stage.tx, (await stage.the("first_check")).id, "AM", now=now, policy=POLICY)
    (other,) = await visits.open_of(stage.tx, "C0")
    await actions.later(stage.tx, other.id, "evening", now=now, policy=POLICY)
    assert await wrapped(stage, DUE) == []
    assert len(await stage.sweep(local(DUE, "18:00"))) == 1


async def test_nobody_is_asked_in_the_quiet_hours(stage: Stage) -> None:
    await started(stage)
    assert await wrapped(stage, DUE, "21:00") == await wrapped(stage, DUE, "23:30") == []


# --- days off and outages -----------------------------------------------------------------------


async def test_on_a_day_off_nothing_comes_but_what_is_red_or_was_asked_for(stage: Stage) -> None:
    await started(stage, more=1)
    await stage.sweep(local(DUE))
    saturday = day_after(FRIDAY, 1)
    (other,) = await visits.open_of(stage.tx, "C0")
    await stage.sweep(local(FRIDAY))
    await actions.later(stage.tx, other.id, str(saturday), now=local(FRIDAY, "10:00"), policy=POLICY)
    await stage.flag("cash.halt", "red", local(day_after(FRIDAY, -1), "15:00"))
    await stage.plan(day_after(FRIDAY, -1), "16:00")
    await visits.change(stage.tx, (await stage.the("special")).id, due_at=local(FRIDAY, "08:30"))
    (message,) = await stage.sweep(local(saturday, "08:30"))
    assert "专项检查" in message.text and "测试C0" in message.text and "首次检查" in message.text
    assert message.text.count("首次检查") == 1  # that of C0, asked for; not B's
    assert await stage.sweep(local(day_after(saturday, 1))) == []


async def test_after_three_days_down_over_a_weekend_one_message_says_what_was_missed(stage: Stage) -> None:
    await started(stage, more=5)
    for number in range(6):
        code = "B" if number == 5 else f"C{number}"
        (item,) = await visits.open_of(stage.tx, code)
        day = day_after(date(2026, 3, 19), number % 2)
        await visits.change(stage.tx, item.id, due_on=day, due_at=local(day, "08:30"))
    assert await stage.sweep(local(day_after(FRIDAY, 2), "10:00")) == []  # back on a Sunday
    (message,) = await stage.sweep(local(day_after(FRIDAY, 3), "08:30"))
    assert len(message.buttons) == 6


async def test_what_could_not_be_told_in_time_says_so(stage: Stage) -> None:
    await started(stage, more=2)
    (message,) = await stage.sweep(local(day_after(DUE, 2), "15:00"))
    assert message.text.startswith("⚠️ 我停了一阵，3月17日（周二）起该提醒的 3 项")
    assert await stage.sweep(local(day_after(DUE, 2), "15:01")) == []
    (again,) = await stage.sweep(local(day_after(DUE, 3), "08:30"))
    assert "我停了" not in again.text


async def test_ten_days_late_is_not_told_on_a_day_off(stage: Stage) -> None:
    await started(stage)
    saturday = date(2026, 3, 28)
    heard = await stage.escalate(local(saturday))
    assert heard == []
    assert {m.to for m in await stage.escalate(local(day_after(saturday, 2)))} == {"M"}


# --- managers and risk --------------------------------------------------------------------------


async def test_who_has_too_much_to_do_stands_in_the_managers_digest(stage: Stage) -> None:
    await started(stage, more=20)
    (digest,) = await stage.escalate(local(DUE))
    assert "忙不过来" in digest.text and "测试AM 21 项" in digest.text


async def papers(stage: Stage, *codes: str) -> None:
    for code in codes:
        row = {"borrower_code": code, "period_end": date(2025, 12, 31), "due_on": date(2026, 2, 28)}
        await stage.tx.execute(sa.insert(tables.statements).values(row))


async def test_late_statements_stand_in_the_managers_digest(stage: Stage) -> None:
    await started(stage)
    await papers(stage, "B")
    (digest,) = await stage.escalate(local(DUE))
    assert "没交的报表 1 份" in digest.text and "2025年12月末报表，测试AM，晚了 17 天" in digest.text


async def test_the_pack_asks_for_the_statement_that_is_owed(stage: Stage) -> None:
    await started(stage)
    await papers(stage, "B")
    (message,) = await stage.sweep(local(DUE))
    assert "📄 请带回 2025年12月末报表（2月28日应交，晚了 17 天）" in message.text


async def test_the_digest_after_an_outage_has_what_was_flagged_since_the_last_one(stage: Stage) -> None:
    await started(stage)
    await kept(stage, await stage.escalate(local(DUE, "08:30")), DUE, "08:30")
    await stage.flag("cash.halt", "red", local(day_after(DUE, 1), "10:00"))
    (digest,) = await stage.escalate(local(day_after(FRIDAY, 3)))
    assert "停产" in digest.text


async def test_risk_has_its_own_digest_without_compliance_and_with_buttons(stage: Stage) -> None:
    await started(stage)
    await add_staff(stage.tx, "R", "risk")
    number = await stage.flag("cash.halt", "red", local(DUE - timedelta(1), "15:00"))
    await stage.flag("use.personal", "red", local(DUE - timedelta(1), "15:00"), audience="compliance")
    digests = {message.to: message for message in await stage.escalate(local(DUE))}
    mine = digests["R"]
    assert "风险早报" in mine.text and "没人确认的红色预警 1 个" in mine.text and "测试AM" in mine.text
    assert "个人消费" not in mine.text and [row[0].data for row in mine.buttons] == [f"case:{number}"]
    assert await kept(stage, [mine], DUE) and "R" not in {
        m.to for m in await stage.escalate(local(DUE, "12:00"))
    }


async def test_risk_of_one_branch_hears_nothing_of_another_that_has_its_own(stage: Stage) -> None:
    await started(stage)
    await people.change(stage.tx, "AM", branch="东区")
    await add_staff(stage.tx, "R1", "risk", branch="东区")
    await add_staff(stage.tx, "R2", "risk", branch="西区")
    await add_staff(stage.tx, "AM2", branch="西区")
    await stage.flag("cash.halt", "red", local(DUE - timedelta(1), "15:00"))
    assert "R2" not in {message.to for message in await stage.escalate(local(DUE))}


async def test_the_week_is_summed_up_on_friday_with_figures_by_person(stage: Stage) -> None:
    await started(stage, more=2)
    await stage.visited(DUE)
    await stage.flag("cash.halt", "red", local(DUE, "15:00"))
    assert await weekly(stage, day_after(FRIDAY, -1)) == await weekly(stage, FRIDAY, "16:29") == []
    (found,) = await weekly(stage, FRIDAY)
    assert found.message.to == "M" and found.rows[0].name == "测试AM"
    assert (found.rows[0].done, found.rows[0].late) == (1, 2)
    assert "完成 1 项" in found.message.text and "🔴 1" in found.message.text
    assert await weekly(stage, FRIDAY, "17:30") == await weekly(stage, day_after(FRIDAY, 1)) == []


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 3, 18), date(2026, 3, 20)),
        (date(2026, 2, 11), date(2026, 2, 14)),  # a Saturday worked before the Spring Festival
        (date(2026, 2, 18), None),  # the festival's own week
        (date(2026, 9, 30), date(2026, 9, 30)),
    ],
)
def test_the_week_ends_on_its_last_working_day(day: date, last: date | None) -> None:
    assert friday.last_working_day(day, "CN") == last


async def test_a_person_who_blocked_the_bot_gets_no_digest(stage: Stage) -> None:
    await started(stage, more=2)
    await stage.tx.execute(sa.update(tables.staff).values(blocked_at=local(MONDAY)))
    assert not await wrapped(stage, DUE) and not await weekly(stage, FRIDAY)
    assert await stage.escalate(local(DUE)) == []


async def test_hours_tell_when_something_may_be_said(stage: Stage) -> None:
    await started(stage)
    clock = hours(await people.by_code(stage.tx, "AM"), POLICY)
    assert clock.office(local(DUE, "08:15")) is None and clock.waking(local(DUE, "08:15")) is None
    assert clock.office(local(DUE, "07:00")) == local(DUE, "08:30")
    assert clock.waking(local(DUE, "07:00")) == local(DUE, "08:00")
    assert clock.office(local(FRIDAY, "22:00")) == local(day_after(FRIDAY, 3), "08:30")
    assert clock.waking(local(FRIDAY, "22:00")) == local(day_after(FRIDAY, 1), "08:00")
