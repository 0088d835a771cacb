"""Taking a book over: previewed, whole or not at all, nothing deleted, every import in the audit log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from records import audit, handovers, loanbook, tables
from records import book as books
from records.database import Database
from tests.book.writing import BORROWERS, LOANS, STAFF, folder_of, sheet

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MILESTONES = [{"loan_no": "L1", "due_on": "2026-06-01", "percent": "50", "title": "封顶"}]


async def bring(database: Database, path: Path, now: datetime = NOW, **options: Any) -> books.Preview:
    book = loanbook.read(path)
    async with database.begin() as tx:
        seen = await books.preview(tx, book)
        await books.commit(tx, book, seen, now, "A1", **options)
    return seen


async def rows(database: Database, table: sa.Table) -> list[Any]:
    async with database.read() as tx:
        return list((await tx.execute(sa.select(table).order_by(*table.primary_key))).all())


async def test_a_first_import_is_all_new_and_keeps_its_balances(database: Database, tmp_path: Path) -> None:
    seen = await bring(database, folder_of(tmp_path))
    assert {sheet: len(keys) for sheet, keys in seen.new.items()} == {"staff": 3, "borrowers": 2, "loans": 2}
    assert [row.staff_code for row in await rows(database, tables.staff) if row.reports_to] == ["AM1"]
    history = await rows(database, tables.balances)
    assert [(row.loan_no, row.as_of, row.balance) for row in history] == [
        ("L1", date(2026, 3, 2), 3_000_000),
        ("L2", date(2026, 3, 2), 100),
    ]


async def test_the_same_book_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    path = folder_of(tmp_path, milestones=MILESTONES)
    await bring(database, path)
    seen = await bring(database, path)
    assert seen.nothing
    assert len(await rows(database, tables.balances)) == 2
    assert len(await rows(database, tables.imports)) == 2


async def test_a_change_is_previewed_with_old_and_new(database: Database, tmp_path: Path) -> None:
    await bring(database, folder_of(tmp_path / "1"))
    path = folder_of(tmp_path / "2", loans=sheet(LOANS, {"balance": "2500000", "overdue_days": "3"}))
    seen = await bring(database, path, NOW + timedelta(days=1))
    told = [(c.sheet, c.key, c.column, c.old, c.new) for c in seen.changed]
    assert told == [
        ("loans", ("L1",), "balance", 3_000_000, 2_500_000),
        ("loans", ("L1",), "overdue_days", 0, 3),
    ]
    history = [row.balance for row in await rows(database, tables.balances) if row.loan_no == "L1"]
    assert history == [3_000_000, 2_500_000]


async def test_what_is_gone_becomes_inactive_and_comes_back(database: Database, tmp_path: Path) -> None:
    await bring(database, folder_of(tmp_path / "1"))
    smaller = folder_of(tmp_path / "2", borrowers=BORROWERS[:1], loans=LOANS[:1])
    seen = await bring(database, smaller)
    assert (seen.gone["borrowers"], seen.gone["loans"]) == ([("B2",)], [("L2",)])
    assert [row.active for row in await rows(database, tables.loans)] == [True, False]
    seen = await bring(database, folder_of(tmp_path / "3"))
    assert ("B2",) in {c.key for c in seen.changed if c.column == "active"}
    assert all(row.active for row in await rows(database, tables.borrowers))


async def test_a_new_plan_takes_the_place_of_the_old(database: Database, tmp_path: Path) -> None:
    await bring(database, folder_of(tmp_path / "1", milestones=MILESTONES))
    moved = [{**MILESTONES[0], "due_on": "2026-07-01"}]
    seen = await bring(database, folder_of(tmp_path / "2", milestones=moved))
    assert len(seen.gone["milestones"]) == 1
    assert [row.due_on for row in await rows(database, tables.milestones)] == [date(2026, 7, 1)]


async def test_a_sheet_that_is_not_in_the_book_is_left_alone(database: Database, tmp_path: Path) -> None:
    await bring(database, folder_of(tmp_path / "1", milestones=MILESTONES))
    await bring(database, folder_of(tmp_path / "2"))
    assert len(await rows(database, tables.milestones)) == 1


async def test_a_column_that_is_not_in_the_book_is_left_alone(database: Database, tmp_path: Path) -> None:
    await bring(database, folder_of(tmp_path / "1", staff=[{**row, "branch": "东街支行"} for row in STAFF]))
    await bring(database, folder_of(tmp_path / "2"))
    assert {row.branch for row in await rows(database, tables.staff)} == {"东街支行"}


async def test_the_language_that_a_person_chose_outlives_an_import(
    database: Database, tmp_path: Path
) -> None:
    path = folder_of(tmp_path, staff=[{**row, "language": "zh"} for row in STAFF])
    await bring(database, path)
    async with database.begin() as tx:
        chosen = {"language": "en", "joined_at": NOW, "chat_id": 7}
        await tx.execute(sa.update(tables.staff).where(tables.staff.c.staff_code == "AM1").values(**chosen))
    assert (await bring(database, path)).nothing
    person = next(row for row in await rows(database, tables.staff) if row.staff_code == "AM1")
    assert (person.language, person.chat_id) == ("en", 7)


async def test_a_failure_half_way_leaves_nothing(database: Database, tmp_path: Path) -> None:
    def fail(step: int) -> None:
        raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError):
        await bring(database, folder_of(tmp_path), progress=fail)
    assert await rows(database, tables.staff) == [] and await rows(database, tables.audit) == []


async def test_a_preview_that_is_out_of_date_is_not_committed(database: Database, tmp_path: Path) -> None:
    book = loanbook.read(folder_of(tmp_path))
    async with database.begin() as tx:
        seen = await books.preview(tx, book)
    await bring(database, tmp_path)
    with pytest.raises(books.StalePreview):
        async with database.begin() as tx:
            await books.commit(tx, book, seen, NOW, "A1")
    assert len(await rows(database, tables.imports)) == 1


async def test_progress_counts_every_row_once(database: Database, tmp_path: Path) -> None:
    steps: list[int] = []
    await bring(database, folder_of(tmp_path, milestones=MILESTONES), progress=steps.append)
    assert sum(steps) == len(loanbook.read(tmp_path)) == 8
    again: list[int] = []
    await bring(database, tmp_path, progress=again.append)
    assert sum(again) == 8


async def test_an_import_is_in_the_audit_log_with_what_it_changed(database: Database, tmp_path: Path) -> None:
    await bring(database, folder_of(tmp_path / "1"))
    await bring(database, folder_of(tmp_path / "2", borrowers=sheet(BORROWERS, {"risk_class": "关注"})))
    async with database.read() as tx:
        entry = (await audit.entries(tx))[0]
        assert (await audit.verify(tx)).ok
    assert (entry.actor, entry.action) == ("A1", "book.imported")
    assert entry.detail["changed"] == [["borrowers", "B1", "risk_class", "normal", "special_mention"]]


async def test_a_book_that_loses_most_borrowers_is_noticed(database: Database, tmp_path: Path) -> None:
    many = [{**BORROWERS[0], "borrower_code": f"B{n}"} for n in range(5)]
    loans = [{**LOANS[0], "borrower_code": "B1"}]
    await bring(database, folder_of(tmp_path / "1", borrowers=many, loans=loans))
    seen = await bring(database, folder_of(tmp_path / "2", borrowers=many[1:2], loans=loans))
    assert seen.shrinks


async def test_a_manager_who_stands_below_their_people_is_no_trouble(
    database: Database, tmp_path: Path
) -> None:
    await bring(database, folder_of(tmp_path, staff=list(reversed(STAFF))))
    person = next(row for row in await rows(database, tables.staff) if row.staff_code == "AM1")
    assert person.reports_to == "M1"


async def test_the_day_of_the_balances_is_the_peoples_own(database: Database, tmp_path: Path) -> None:
    await bring(database, folder_of(tmp_path), datetime(2026, 3, 2, 17, 0, tzinfo=UTC))
    assert {row.as_of for row in await rows(database, tables.balances)} == {date(2026, 3, 3)}


async def test_more_drawn_than_before_is_a_drawdown_of_that_day(database: Database, tmp_path: Path) -> None:
    await bring(database, folder_of(tmp_path / "1"))
    more = folder_of(tmp_path / "2", loans=sheet(LOANS, {"drawn": "4600000"}))
    await bring(database, more, NOW + timedelta(days=3))
    loan, other = await rows(database, tables.loans)
    assert (loan.drawn_on, loan.drawn_more) == (date(2026, 3, 5), 600_000)
    assert (other.drawn_on, other.drawn_more) == (None, None)
    await bring(
        database, folder_of(tmp_path / "3"), NOW + timedelta(days=9)
    )  # a correction downwards is none
    assert (await rows(database, tables.loans))[0].drawn_on == date(2026, 3, 5)


async def hand_over(database: Database) -> None:
    async with database.begin() as tx:
        made = await handovers.propose(tx, "AM1", "M1", ["B1"], "M1", NOW, whole=False)
        await handovers.carry_out(tx, made, "M1", NOW, handovers.Load())


async def test_a_book_that_hasnt_heard_of_a_handover_doesnt_take_it_back(
    database: Database, tmp_path: Path
) -> None:
    await bring(database, folder_of(tmp_path / "1"))
    await hand_over(database)
    assert (await bring(database, folder_of(tmp_path / "2"))).nothing
    assert (await rows(database, tables.borrowers))[0].account_manager == "M1"


async def test_once_the_book_has_heard_of_a_handover_it_rules_again(
    database: Database, tmp_path: Path
) -> None:
    await bring(database, folder_of(tmp_path / "1"))
    await hand_over(database)
    heard = sheet(BORROWERS, {"account_manager": "M1"})
    await bring(database, folder_of(tmp_path / "2", borrowers=heard))
    assert (await rows(database, tables.borrowers))[0].handed_from is None
    await bring(database, folder_of(tmp_path / "3"))
    assert (await rows(database, tables.borrowers))[0].account_manager == "AM1"
