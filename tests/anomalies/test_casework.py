"""Flags as cases, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from anomalies.assess import assess_contact, assess_report, sweep
from anomalies.model import CaseChange
from anomalies.policy import load
from facts.model import Evidence, Fact
from records import cases, reports, tables
from records.database import Database, Tx
from records.model import Report
from tests.small_book import SmallBook

POLICY = load()


def stated(field: str, value: Any, words: str = "原话", **detail: Any) -> Fact:
    return Fact(field, value, Evidence(0, len(words), words), detail=detail)


async def confirmed(
    tx: Tx, code: str, now: datetime, *facts: Fact, author: str = "AM1", **more: Any
) -> Report:
    day = now.date()
    report = await reports.create(
        tx, author=author, borrower_code=code, state="confirmed", reported_on=day, received_at=now, confirmed_at=now,
        **{"text": "", **more},
    )  # fmt: skip
    await reports.replace_facts(tx, report.id, [(fact.field, fact.to_json()) for fact in facts])
    await reports.settle_facts(tx, report.id, "confirmed")
    return report


async def told(tx: Tx, code: str, now: datetime, *facts: Fact, **more: Any) -> list[CaseChange]:
    report = await confirmed(tx, code, now, *facts, **more)
    return await assess_report(tx, report, facts, now=now, policy=POLICY)


def found(changes: list[CaseChange]) -> list[tuple[str, str, str]]:
    return [(change.case.code, change.case.severity, change.what) for change in changes]


async def test_a_reported_trouble_opens_a_case_with_its_words(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        changes = await told(
            tx, "B001", book.now, stated("cash_stress.signal", "account_frozen", "账户被冻结了")
        )
    assert found(changes) == [("cash.frozen", "red", "opened")]
    assert changes[0].case.evidence[0]["text"] == "账户被冻结了"
    assert changes[0].case.policy_version == POLICY.version


async def test_the_same_trouble_again_updates_its_case_and_gets_louder(book: SmallBook) -> None:
    wages = stated("cash_stress.signal", "wage_arrears", days=30)
    async with book.database.begin() as tx:
        first = await told(tx, "B001", book.now, wages)
        again = await told(tx, "B001", book.now + timedelta(days=20), wages)
    assert found(first) == [("cash.wages", "orange", "opened")]
    assert found(again) == [("cash.wages", "red", "raised")]
    assert again[0].case.id == first[0].case.id and again[0].case.count == 2
    assert len(again[0].case.report_ids) == 2


async def test_a_report_that_is_assessed_twice_counts_once(book: SmallBook) -> None:
    fact = stated("cash_stress.signal", "lawsuit")
    async with book.database.begin() as tx:
        report = await confirmed(tx, "B001", book.now, fact)
        await assess_report(tx, report, [fact], now=book.now, policy=POLICY)
        again = await assess_report(tx, report, [fact], now=book.now, policy=POLICY)
        case = await cases.standing(tx, "B001", "cash.lawsuit")
    assert again == [] and case is not None and case.count == 1


async def test_a_closed_case_that_comes_back_is_a_new_one_that_names_the_old(book: SmallBook) -> None:
    fact = stated("cash_stress.signal", "lawsuit")
    async with book.database.begin() as tx:
        (first,) = await told(tx, "B001", book.now, fact)
        await cases.change(
            tx, first.case.id, state="closed", closed_at=book.now, closed_by="M1", close_reason="撤诉"
        )
        (second,) = await told(tx, "B001", book.now + timedelta(days=30), fact)
    assert second.what == "opened" and second.case.id != first.case.id
    assert second.case.previous_id == first.case.id


async def test_a_sweep_finds_what_the_book_shows_and_a_second_sweep_nothing(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        first = await sweep(tx, now=book.now, policy=POLICY)
        second = await sweep(tx, now=book.now, policy=POLICY)
    assert found(first) == [("use.unproved", "yellow", "opened"), ("cash.overdue", "yellow", "opened")]
    assert [change.case.borrower_code for change in first] == ["B001", "B005"]
    assert second == []


async def test_days_that_pass_make_a_case_of_the_book_louder(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await sweep(tx, now=book.now, policy=POLICY)
        later = await sweep(tx, now=book.now + timedelta(days=15), policy=POLICY)
        await tx.execute(
            sa.update(tables.loans).where(tables.loans.c.loan_no == "L005").values(overdue_days=61)
        )
        red = await sweep(tx, now=book.now + timedelta(days=15), policy=POLICY)
    assert found(later) == [("use.unproved", "orange", "raised")]
    assert found(red) == [("cash.overdue", "red", "raised")]


async def test_a_sweep_does_not_reopen_what_was_closed_for_the_same_trouble(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        changes = await sweep(tx, now=book.now, policy=POLICY)
        for change in changes:
            await cases.change(tx, change.case.id, state="closed", closed_at=book.now, closed_by="M1")
        again = await sweep(tx, now=book.now + timedelta(days=1), policy=POLICY)
    assert again == []


async def _attempt(tx: Tx, code: str, now: datetime, reason: str = "no_answer") -> None:
    await tx.execute(
        sa.insert(tables.attempts).values(
            borrower_code=code, staff_code="AM1", at=now, on_day=now.date(), channel="phone", reason=reason
        )
    )


async def test_three_failed_days_open_a_case_and_a_fourth_is_seen_in_it(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        found_by_day = []
        for day in range(4):
            now = book.now + timedelta(days=day)
            await _attempt(tx, "B002", now)
            found_by_day.append(found(await assess_contact(tx, "B002", now=now, policy=POLICY)))
    assert found_by_day[:2] == [[], []]
    assert found_by_day[2] == [("contact.unreachable", "orange", "opened")]
    assert found_by_day[3] == [("contact.unreachable", "orange", "updated")]


async def test_an_unreachable_borrower_with_an_overdue_loan_is_red(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        for day in range(3):
            await _attempt(tx, "B005", book.now + timedelta(days=day))
        changes = await assess_contact(tx, "B005", now=book.now + timedelta(days=2), policy=POLICY)
    assert found(changes) == [("contact.unreachable", "red", "opened")]


async def test_a_loan_that_falls_overdue_makes_an_unreachable_borrower_red_in_the_sweep(
    book: SmallBook,
) -> None:
    async with book.database.begin() as tx:
        for day in range(3):
            await _attempt(tx, "B002", book.now + timedelta(days=day))
        now = book.now + timedelta(days=2)
        await assess_contact(tx, "B002", now=now, policy=POLICY)
        await tx.execute(
            sa.update(tables.loans).where(tables.loans.c.loan_no == "L002").values(overdue_days=1)
        )
        changes = await sweep(tx, now=now, policy=POLICY)
    assert ("contact.unreachable", "red", "raised") in found(changes)


async def _promise(tx: Tx, report: Report, due: date, made: date) -> None:
    await tx.execute(
        sa.insert(tables.promises).values(
            borrower_code="B002",
            report_id=report.id,
            made_on=made,
            due_on=due,
            amount=Decimal(500000),
            words="月底还50万",
        )
    )


async def test_a_promise_is_broken_three_days_after_its_day_and_kept_once_the_balance_fell(
    book: SmallBook,
) -> None:
    day = book.today
    async with book.database.begin() as tx:
        report = await confirmed(tx, "B002", book.now)
        await _promise(tx, report, day + timedelta(days=5), day)
        near = await sweep(tx, now=book.now + timedelta(days=7), policy=POLICY)
        broken = await sweep(tx, now=book.now + timedelta(days=8), policy=POLICY)
        state = await tx.scalar(sa.select(tables.promises.c.state))
    assert "promise.broken" not in [code for code, _, _ in found(near)]
    assert ("promise.broken", "orange", "opened") in found(broken) and state == "broken"


async def test_a_fallen_balance_keeps_a_promise(book: SmallBook) -> None:
    day = book.today
    async with book.database.begin() as tx:
        report = await confirmed(tx, "B002", book.now)
        await _promise(tx, report, day + timedelta(days=5), day)
        for on, balance in ((day, 2_000_000), (day + timedelta(days=6), 1_500_000)):
            values = {
                "loan_no": "L002",
                "as_of": on,
                "balance": Decimal(balance),
                "drawn": Decimal(2_000_000),
            }
            await tx.execute(sa.insert(tables.balances).values(**values))
        changes = await sweep(tx, now=book.now + timedelta(days=10), policy=POLICY)
        state = await tx.scalar(sa.select(tables.promises.c.state))
    assert "promise.broken" not in [code for code, _, _ in found(changes)] and state == "kept"


async def test_a_late_first_check_gets_louder_from_yellow_over_orange_to_red(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        await tx.execute(
            sa.insert(tables.visits).values(
                borrower_code="B001", loan_no="L001", kind="first_check", due_on=book.today, staff_code="AM1",
                created_at=book.now, why={},
            )
        )  # fmt: skip
        said = {}
        for days in (2, 3, 9, 10, 14, 15):
            changes = await sweep(tx, now=book.now + timedelta(days=days), policy=POLICY)
            said[days] = [c.case.severity for c in changes if c.case.code == "schedule.missed"]
    assert said == {2: [], 3: ["yellow"], 9: [], 10: ["orange"], 14: [], 15: ["red"]}


async def test_statements_and_ratios_are_watched_over_the_whole_book(book: SmallBook) -> None:
    rows = [
        {"borrower_code": "B003", "period_end": date(2025, 12, 31), "due_on": date(2026, 2, 15)},
        {"borrower_code": "B004", "period_end": date(2025, 12, 31), "due_on": date(2026, 2, 16)},
    ]
    figures = [(1.9, 0.60), (1.8, 0.61), (1.7, 0.62), (1.6, 0.63)]
    async with book.database.begin() as tx:
        await tx.execute(sa.insert(tables.statements), rows)
        for quarter, (current, debt) in enumerate(figures, start=1):
            end = date(2025, quarter * 3, 28)
            values = {"period_end": end, "received_on": end + timedelta(days=20), "current_ratio": current}
            await tx.execute(
                sa.insert(tables.statements).values(borrower_code="B002", debt_ratio=debt, **values)
            )
        changes = await sweep(tx, now=book.now, policy=POLICY)
    said = {(c.case.borrower_code, c.case.code) for c in changes}
    assert ("B003", "statement.late") in said and ("B004", "statement.late") not in said
    assert ("B002", "ratio.line") in said and ("B006", "ratio.line") not in said


async def test_thin_collateral_in_the_book_is_found_by_its_approved_rate(book: SmallBook) -> None:
    thin = {"collateral": "厂房", "collateral_value": Decimal(2_500_000)}
    async with book.database.begin() as tx:
        loans = tables.loans
        await tx.execute(sa.update(loans).where(loans.c.loan_no == "L002").values(**thin))
        await tx.execute(sa.update(loans).where(loans.c.loan_no == "L006").values(**thin, approved_ltv=1.25))
        changes = await sweep(tx, now=book.now, policy=POLICY)
    covered = [c.case.borrower_code for c in changes if c.case.code == "collateral.cover"]
    assert covered == ["B002"]


async def test_a_copied_text_is_louder_the_second_time_whichever_the_borrower(book: SmallBook) -> None:
    text = "今天去了{}，车间机器都在转，工人正常上班，仓库里原料堆得整齐，老板说下月订单排满，账上资金够用。"
    async with book.database.begin() as tx:
        for number, (code, name) in enumerate(
            [("B001", "华兴机械"), ("B002", "青禾食品"), ("B003", "远帆物流")]
        ):
            now = book.now + timedelta(days=number)
            changes = await told(tx, code, now, text=text.format(name))
            said = [c.case.severity for c in changes if c.case.code == "report.copied"]
            assert said == [[], ["blue"], ["orange"]][number]


async def test_an_earlier_picture_is_found_by_its_bytes_and_by_its_look(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        looks = {"a" * 64: "ff00ff00ff00ff00", "b" * 64: "ff00ff00ff00ff01", "c" * 64: "0123456789abcdef"}
        for digest, look in looks.items():
            values = {"sha256": digest, "mime": "image/jpeg", "size": 1, "look": look, "stored_at": book.now}
            await tx.execute(sa.insert(tables.media).values(**values))
        said = []
        for number, digest in enumerate(("a" * 64, "b" * 64, "c" * 64, "c" * 64)):
            report = await confirmed(tx, "B001", book.now + timedelta(days=number))
            await tx.execute(
                sa.insert(tables.parts).values(
                    report_id=report.id,
                    kind="photo",
                    chat_id=1001,
                    message_id=number,
                    sent_at=book.now,
                    sha256=digest,
                )
            )
            changes = await assess_report(
                tx, report, [], now=book.now + timedelta(days=number), policy=POLICY
            )
            said.append([c.case.code for c in changes if c.case.code == "report.photo_reused"])
    assert said == [[], ["report.photo_reused"], [], ["report.photo_reused"]]


async def test_two_reports_out_of_one_message_copy_neither_text_nor_picture(book: SmallBook) -> None:
    text = "今天两家都去了，车间机器都在转，工人正常上班，仓库里原料堆得整齐，老板说下月订单排满。"
    async with book.database.begin() as tx:
        values = {"sha256": "d" * 64, "mime": "image/jpeg", "size": 1, "look": "00ff", "stored_at": book.now}
        await tx.execute(sa.insert(tables.media).values(**values))
        pair = [await confirmed(tx, code, book.now, text=text) for code in ("B001", "B002")]
        for report in pair:
            part = {
                "report_id": report.id,
                "kind": "photo",
                "chat_id": 1001,
                "message_id": 7,
                "sent_at": book.now,
            }
            await tx.execute(sa.insert(tables.parts).values(**part, sha256="d" * 64))
        changes = await assess_report(tx, pair[1], [], now=book.now, policy=POLICY)
    assert changes == []


async def test_the_policy_that_made_a_case_is_kept_with_its_text(database: Database, book: SmallBook) -> None:
    async with database.begin() as tx:
        await sweep(tx, now=book.now, policy=POLICY)
        kept = (await tx.execute(sa.select(tables.policies))).one()
    assert kept.version == POLICY.version and "related_red_from" in kept.text


async def test_two_plain_surfaces_are_not_the_same_picture(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        said = []
        for number, digest in enumerate(("e" * 64, "f" * 64)):
            values = {"sha256": digest, "mime": "image/jpeg", "size": 1, "look": "8000000000000000"}
            await tx.execute(sa.insert(tables.media).values(**values, stored_at=book.now))
            report = await confirmed(tx, "B001", book.now + timedelta(days=number))
            part = {"report_id": report.id, "kind": "photo", "chat_id": 1001, "message_id": number}
            await tx.execute(sa.insert(tables.parts).values(**part, sent_at=book.now, sha256=digest))
            said.append(await assess_report(tx, report, [], now=book.now, policy=POLICY))
    assert said == [[], []]
