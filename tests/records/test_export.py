"""Exports: within one's scope, in the viewer's zone, and nothing that is for compliance alone for anybody else."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from records import audit, export, people, tables
from records.database import Tx
from tests.small_book import NOW, TODAY, SmallBook

TEXT = "去了华兴机械。听说AM1替老板还了五万。设备都在。"


async def put_report(tx: Tx, author: str, borrower: str, text: str, *fields: tuple[str, Any, str]) -> int:
    values = {"author": author, "borrower_code": borrower, "state": "confirmed", "reported_on": TODAY}
    query = sa.insert(tables.reports).values(**values, received_at=NOW, confirmed_at=NOW, text=text)
    report_id = int((await tx.execute(query)).inserted_primary_key[0])
    for position, (name, value, words) in enumerate(fields):
        start = text.index(words)
        evidence = {"start": start, "end": start + len(words), "text": words}
        fact = {"field": name, "value": value, "evidence": evidence, "approximate": False}
        row = {
            "report_id": report_id,
            "position": position,
            "field": name,
            "fact": fact,
            "state": "confirmed",
        }
        await tx.execute(sa.insert(tables.facts).values(**row))
    return report_id


async def put_case(tx: Tx, borrower: str, code: str, audience: str = "all") -> None:
    values = {
        "borrower_code": borrower,
        "code": code,
        "severity": "red",
        "state": "open",
        "audience": audience,
    }
    await tx.execute(sa.insert(tables.cases).values(**values, opened_at=NOW, last_seen_at=NOW))


@pytest.fixture
async def told(book: SmallBook) -> SmallBook:
    async with book.database.begin() as tx:
        conduct = ("conduct.money", True, "替老板还了五万")
        await put_report(tx, "AM1", "B001", TEXT, conduct, ("collateral.status", "intact", "设备都在"))
        await put_report(
            tx, "AM2", "B004", "=HYPERLINK(1) 工程停了", ("progress.status", "suspended", "停了")
        )
        await put_case(tx, "B001", "conduct.money", "compliance")
        await put_case(tx, "B004", "project.suspended")
        visit = {
            "borrower_code": "B004",
            "kind": "visit",
            "due_on": TODAY,
            "staff_code": "AM2",
            "created_at": NOW,
        }
        await tx.execute(sa.insert(tables.visits).values(**visit))
    return book


async def found(book: SmallBook, staff_code: str) -> dict[str, list[dict[str, Any]]]:
    async with book.database.read() as tx:
        viewer = await people.by_code(tx, staff_code)
        assert viewer is not None
        tables_ = await export.tables(tx, viewer, NOW)
    return {
        name: [dict(zip(heading, row, strict=True)) for row in rows]
        for name, (heading, rows) in tables_.items()
    }


async def test_an_account_manager_gets_only_own_borrowers(told: SmallBook) -> None:
    exported = await found(told, "AM2")
    assert {row["borrower_code"] for rows in exported.values() for row in rows} == {"B004"}
    assert [len(exported[name]) for name in ("reports", "facts", "cases", "visits")] == [1, 1, 1, 1]


async def test_a_manager_gets_the_borrowers_of_all_below(told: SmallBook) -> None:
    exported = await found(told, "M2")
    assert {row["borrower_code"] for row in exported["reports"]} == {"B001", "B004"}


@pytest.mark.parametrize("staff_code", ["AM1", "M1", "R1"])
async def test_what_is_for_compliance_alone_is_in_nobody_elses_export(
    told: SmallBook, staff_code: str
) -> None:
    exported = await found(told, staff_code)
    assert "conduct" not in str(exported) and "还了五万" not in str(exported)
    assert exported["reports"][0]["text"] == "去了华兴机械。…。设备都在。"


async def test_compliance_gets_it_all(told: SmallBook) -> None:
    exported = await found(told, "C1")
    assert [row["code"] for row in exported["cases"]] == ["conduct.money", "project.suspended"]
    assert exported["reports"][0]["text"] == TEXT
    assert exported["facts"][0]["words"] == "替老板还了五万"


async def test_the_administrator_gets_no_reports(told: SmallBook) -> None:
    assert not any((await found(told, "A1")).values())


async def test_text_that_looks_like_a_formula_is_kept_as_text(told: SmallBook) -> None:
    exported = await found(told, "R1")
    assert exported["reports"][1]["text"].startswith("'=HYPERLINK")


async def test_times_are_in_the_viewers_zone(told: SmallBook) -> None:
    assert (await found(told, "C1"))["reports"][0]["confirmed_at"] == "2026-03-02 09:00"


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
async def test_files_hold_what_was_counted_and_the_audit_log_knows(
    told: SmallBook, tmp_path: Path, name: str
) -> None:
    async with told.database.begin() as tx:
        viewer = await people.by_code(tx, "C1")
        assert viewer is not None
        counts = await export.write(tx, viewer, tmp_path / name, NOW + timedelta(minutes=1))
        entry = (await audit.entries(tx))[0]
    assert counts == {"reports": 2, "facts": 3, "cases": 2, "visits": 1}
    assert (entry.actor, entry.action, entry.detail["facts"]) == ("C1", "exported", 3)
    assert rows_of(tmp_path / name, "facts") == 3


def rows_of(path: Path, table: str) -> int:
    if path.suffix == ".xlsx":
        return int(load_workbook(path)[table].max_row) - 1
    content = (path / f"{table}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return len(list(csv.reader(content.decode("utf-8-sig").splitlines()))) - 1
