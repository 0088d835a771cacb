"""Who is told what, and who is told again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from anomalies import handling
from anomalies.assess import sweep
from anomalies.bundles import cases_of
from anomalies.handling import CaseError
from anomalies.notices import nag, notices, put_off_till_now
from prompts.message import Message
from records import cases, people, tables
from records.database import Tx
from records.model import Case
from reminders import policy
from reminders.hours import wait_until
from tests.anomalies.test_casework import POLICY, stated, told
from tests.small_book import SmallBook

REMINDERS = policy.load()
FROZEN = ("cash_stress.signal", "account_frozen", "账户被冻结了")


def to(messages: list[Message]) -> list[str]:
    return sorted(message.to for message in messages)


def actions(message: Message) -> list[str]:
    return [button.action for row in message.buttons for button in row]


async def _case(tx: Tx, book: SmallBook, signal: str, code: str = "B001") -> Case:
    (change,) = await told(tx, code, book.now, stated("cash_stress.signal", signal))
    return change.case


async def test_red_goes_to_the_whole_chain_and_risk_at_once(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        changes = await told(tx, "B001", book.now, stated(*FROZEN))
        messages = await notices(tx, changes, now=book.now)
    assert to(messages) == ["AM1", "M1", "M2", "R1"]
    text = next(m.text for m in messages if m.to == "M1")
    assert (
        text.startswith("🔴 <b>华兴机械</b> · 账户被冻结") and "「账户被冻结了」" in text and "法务" in text
    )


async def test_orange_goes_to_the_account_manager_and_the_manager_above(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        changes = await told(tx, "B004", book.now, stated("cash_stress.signal", "lawsuit"), author="AM2")
        messages = await notices(tx, changes, now=book.now)
    assert to(messages) == ["AM2", "M1"]
    english = next(m for m in messages if m.to == "AM2")
    assert "Lawsuit" in english.text and "Answer by 4 Mar" in english.text
    assert actions(english) == ["acknowledge", "answer"]
    assert actions(next(m for m in messages if m.to == "M1")) == ["acknowledge", "answer", "close"]


async def test_yellow_goes_to_the_account_manager_and_blue_to_the_author(book: SmallBook) -> None:
    backwards = stated("contact.on", (book.today - timedelta(days=5)).isoformat())
    async with book.database.begin() as tx:
        yellow = await told(tx, "B001", book.now, stated("cash_stress.signal", "inventory_buildup"))
        blue = await told(tx, "B001", book.now, backwards, author="AM2")
        messages = [await notices(tx, changes, now=book.now) for changes in (yellow, blue)]
    assert [to(told_to) for told_to in messages] == [["AM1"], ["AM2"]]


async def test_an_update_that_is_no_louder_tells_nobody(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await told(tx, "B001", book.now, stated(*FROZEN))
        again = await told(tx, "B001", book.now + timedelta(days=1), stated(*FROZEN))
        assert await notices(tx, again, now=book.now) == []


async def test_conduct_is_told_to_compliance_alone_and_shown_to_nobody_else(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        changes = await told(tx, "B001", book.now, stated("conduct.money", "received", "客户经理代收了货款"))
        messages = await notices(tx, changes, now=book.now)
        nagged = await nag(tx, now=book.now + timedelta(hours=5), policy=POLICY)
        seen = {}
        for person in await people.everybody(tx):
            listed = await cases.visible(tx, person, book.today)
            own = await cases.of_borrower(tx, "B001", person)
            able = await cases.can_see(tx, person, changes[0].case, book.today)
            seen[person.staff_code] = (len(listed), len(own), able)
    assert to(messages) == ["C1"] and to(nagged) == ["C1"]
    assert seen.pop("C1") == (1, 1, True)
    assert set(seen.values()) == {(0, 0, False)}


async def test_what_one_report_flags_is_one_message_with_the_buttons_of_each_case(book: SmallBook) -> None:
    trouble = ("account_frozen", "wage_arrears", "lawsuit", "inventory_buildup")
    async with book.database.begin() as tx:
        changes = await told(tx, "B001", book.now, *(stated("cash_stress.signal", one) for one in trouble))
        messages = await notices(tx, changes, now=book.now)
    assert to(messages) == ["AM1", "M1", "M2", "R1"]
    mine = next(one for one in messages if one.to == "AM1")
    assert mine.text.startswith("🚩 华兴机械：<b>4</b> 个问题") and mine.text.count("华兴机械") == 1
    assert [mine.text.index(icon) for icon in "🔴🟠🟡"] == sorted(mine.text.index(icon) for icon in "🔴🟠🟡")
    assert cases_of(mine) == {change.case.id for change in changes}
    assert [[button.action for button in row] for row in mine.buttons] == [
        ["acknowledge", "answer"], ["acknowledge", "answer"], ["acknowledge", "answer"],
        ["acknowledge", "answer", "close"],
    ]  # fmt: skip
    assert [row[0].label for row in mine.buttons] == [f"{n} ✅ 知道了" for n in (1, 2, 3, 4)]
    red_alone = next(one for one in messages if one.to == "M2")
    assert red_alone.text.startswith("🔴 <b>华兴机械</b>")


async def test_blue_and_conduct_keep_their_own_ways_in_a_bundle(book: SmallBook) -> None:
    late = stated("contact.on", (book.today - timedelta(days=5)).isoformat())
    conduct = stated("conduct.money", "received", "客户经理代收了货款")
    async with book.database.begin() as tx:
        changes = await told(tx, "B001", book.now, late, conduct, stated(*FROZEN), author="AM2")
        by_person = {one.to: one for one in await notices(tx, changes, now=book.now)}
    codes = {change.case.id: change.case.code for change in changes}
    assert {who: sorted(codes[n] for n in cases_of(one)) for who, one in by_person.items()} == {
        "AM1": ["cash.frozen"], "AM2": ["report.late"], "M1": ["cash.frozen"], "M2": ["cash.frozen"],
        "R1": ["cash.frozen"], "C1": ["conduct.money"],
    }  # fmt: skip


SATURDAY = datetime(2026, 3, 7, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


async def test_on_a_weekend_only_red_is_told_and_the_rest_comes_together_on_monday(book: SmallBook) -> None:
    signals = ("account_frozen", "lawsuit", "inventory_buildup")
    async with book.database.begin() as tx:
        wait = wait_until(REMINDERS, SATURDAY, "AM2")
        for code in ("B001", "B002"):
            changes = await told(tx, code, SATURDAY, *(stated("cash_stress.signal", one) for one in signals))
            said = await notices(tx, changes, now=SATURDAY, wait_until=wait)
            assert to(said) == ["AM1", "M1", "M2", "R1"] and all("🟠" not in one.text for one in said)
        for hours in (3, 24, 45):
            moment = SATURDAY + timedelta(hours=hours)
            assert await put_off_till_now(tx, now=moment, wait_until=wait_until(REMINDERS, moment)) == []
        monday = SATURDAY + timedelta(hours=46, minutes=30)
        first = await put_off_till_now(tx, now=monday, wait_until=wait_until(REMINDERS, monday))
        again = await put_off_till_now(tx, now=monday, wait_until=wait_until(REMINDERS, monday))
    assert {one.to: one.text.count("🟠") for one in first} == {"AM1": 2, "M1": 2} and again == []


async def test_at_night_red_waits_for_the_end_of_the_quiet_hours_but_the_author_is_answered(
    book: SmallBook,
) -> None:
    night = book.now + timedelta(hours=14)  # 23:00
    async with book.database.begin() as tx:
        changes = await told(tx, "B001", night, stated(*FROZEN))
        said = await notices(tx, changes, now=night, wait_until=wait_until(REMINDERS, night, "AM1"))
        morning = night + timedelta(hours=9)
        rest = await put_off_till_now(tx, now=morning, wait_until=wait_until(REMINDERS, morning))
    assert (to(said), to(rest)) == (["AM1"], ["M1", "M2", "R1"])


async def test_whoever_is_told_on_monday_has_from_monday_to_answer_and_is_not_nagged_with_it(
    book: SmallBook,
) -> None:
    async with book.database.begin() as tx:
        changes = await told(tx, "B001", SATURDAY, stated("cash_stress.signal", "inventory_buildup"))
        await notices(tx, changes, now=SATURDAY, wait_until=wait_until(REMINDERS, SATURDAY))
        monday = SATURDAY + timedelta(hours=47)
        assert await nag(tx, now=monday, policy=POLICY) == []
        case = await cases.get(tx, changes[0].case.id)
        assert case and case.due_at and case.due_at > monday + timedelta(hours=40)


async def test_red_that_waited_for_the_morning_is_not_nagged_of_in_the_same_minute(book: SmallBook) -> None:
    night = book.now + timedelta(hours=14)  # 23:00
    async with book.database.begin() as tx:
        changes = await told(tx, "B001", night, stated(*FROZEN))
        await notices(tx, changes, now=night, wait_until=wait_until(REMINDERS, night, "AM1"))
        morning = night + timedelta(hours=9, minutes=5)
        early = await nag(tx, now=morning, policy=POLICY)
        later = await nag(tx, now=morning + timedelta(hours=4), policy=POLICY)
    assert early == [] and later


async def test_a_case_closed_before_monday_is_not_told_any_more(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        changes = await told(tx, "B001", SATURDAY, stated("cash_stress.signal", "inventory_buildup"))
        await notices(tx, changes, now=SATURDAY, wait_until=wait_until(REMINDERS, SATURDAY))
        person = await people.by_code(tx, "AM1")
        assert person is not None
        await handling.close(tx, changes[0].case.id, person, "", SATURDAY)
        assert await put_off_till_now(tx, now=SATURDAY + timedelta(days=2)) == []


async def test_many_notices_of_a_sweep_are_one_list_with_the_red_ones_single(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        for number in ("L001", "L002", "L003", "L004", "L005", "L006"):
            days = 61 if number == "L001" else 31
            values = {"overdue_days": days}
            await tx.execute(sa.update(tables.loans).where(tables.loans.c.loan_no == number).values(**values))
        messages = await notices(tx, await sweep(tx, now=book.now, policy=POLICY), now=book.now)
    to_manager = [m for m in messages if m.to == "M1"]
    assert len(to_manager) == 2 and len(to_manager[0].buttons) == 1
    assert to_manager[1].text.count("🟠") == 5 and "/cases" in to_manager[1].text


async def test_an_unacknowledged_red_climbs_the_chain_in_the_hours_of_the_day(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await told(tx, "B001", book.now, stated(*FROZEN))
        steps = []
        for hours in (3, 4, 8, 14, 24):  # nine in the morning, Shanghai, plus these
            messages = await nag(tx, now=book.now + timedelta(hours=hours), policy=POLICY)
            steps.append(to(messages))
    assert steps == [[], ["AM1", "M1", "R1"], ["AM1", "M1", "M2", "R1"], [], ["AM1", "M1", "M2", "R1"]]


async def test_many_that_wait_are_one_reminder(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        for signal in ("account_frozen", "owner_missing", "production_halt"):
            for code in ("B001", "B002"):
                await _case(tx, book, signal, code)
        messages = await nag(tx, now=book.now + timedelta(hours=5), policy=POLICY)
    assert to(messages) == ["AM1", "M1", "R1"]
    assert messages[0].text.count("🔴") == 6


async def test_acknowledging_ends_the_nagging(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "account_frozen")
        manager = await people.by_code(tx, "M1")
        assert manager is not None
        await handling.acknowledge(tx, case.id, manager, book.now)
        assert await nag(tx, now=book.now + timedelta(hours=5), policy=POLICY) == []
        events = await cases.events(tx, case.id)
    assert [(event.action, event.actor) for event in events] == [("opened", "system"), ("acknowledged", "M1")]


async def test_an_orange_without_an_answer_in_48_hours_is_told_to_the_manager_once(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await _case(tx, book, "lawsuit")
        said = [to(await nag(tx, now=book.now + timedelta(hours=h), policy=POLICY)) for h in (47, 49, 53)]
    assert said == [[], ["AM1", "M1"], []]


async def test_the_account_manager_may_not_close_a_loud_case_and_others_need_a_reason(
    book: SmallBook,
) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "lawsuit")
        refusals = []
        for code, reason in (("AM1", "没事了"), ("M1", " "), ("AM2", "没事了"), ("A1", "没事了")):
            person = await people.by_code(tx, code)
            assert person is not None
            try:
                await handling.close(tx, case.id, person, reason, book.now)
            except CaseError as error:
                refusals.append(error.code)
        manager = await people.by_code(tx, "M1")
        assert manager is not None
        closed = await handling.close(tx, case.id, manager, "已撤诉，有裁定书", book.now)
    assert refusals == ["not_own", "say_reason", "gone", "gone"]
    assert (closed.state, closed.closed_by, closed.close_reason) == ("closed", "M1", "已撤诉，有裁定书")


async def test_a_quiet_case_is_closed_by_its_account_manager_without_words(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "inventory_buildup")
        person = await people.by_code(tx, "AM1")
        assert person is not None
        closed = await handling.close(tx, case.id, person, "", book.now)
    assert closed.state == "closed"


async def test_an_answer_is_kept_and_told_to_the_manager(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "lawsuit")
        person = await people.by_code(tx, "AM1")
        assert person is not None
        answered = await handling.answer(tx, case.id, person, "是合同纠纷，标的20万", book.now)
        messages = await handling.tell_others(
            tx, answered, person, "answered_to", book.now, answer="是合同纠纷，标的20万"
        )
    assert answered.state == "answered" and answered.acknowledged_by == "AM1"
    assert to(messages) == ["M1"] and "标的20万" in messages[0].text
