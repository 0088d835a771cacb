"""What a person may see, as CSV files or one workbook: reports, facts, cases, visits."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from openpyxl import Workbook

from records import audit
from records.database import Tx
from records.model import Staff
from records.scope import case_clause, clause, sees_conduct, sees_reports
from records.tables import borrowers, cases, facts, reports, visits

CONDUCT = "conduct.money"
CELL_LIMIT = 32_767
SENTENCE_ENDS = "。!?！？\n"
Table = tuple[list[str], list[list[Any]]]


async def write(tx: Tx, viewer: Staff, path: Path, now: datetime) -> dict[str, int]:
    """Write to a folder of CSV (UTF-8 with BOM, as spreadsheets want it) or a file ending in .xlsx.

    Times are in the viewer's zone. Returns the number of rows of each table; the export is in the audit log.
    Raises OSError where the place can't be written.
    """
    found = await tables(tx, viewer, now)
    await asyncio.to_thread(_workbook if path.suffix.lower() == ".xlsx" else _folder, path, found)
    counts = {name: len(rows) for name, (_, rows) in found.items()}
    await audit.record(tx, now, viewer.staff_code, "exported", path.name, counts)
    return counts


async def tables(tx: Tx, viewer: Staff, now: datetime) -> dict[str, Table]:
    """Heading and rows of each table, within the viewer's scope on this day."""
    zone = ZoneInfo(viewer.timezone)
    on = now.astimezone(zone).date()
    found = {name: await _table(tx, query, zone) for name, query in _queries(viewer, on).items()}
    if not sees_conduct(viewer):
        await _hide_conduct(tx, found["reports"])
    return found


async def _hide_conduct(tx: Tx, table: Table) -> None:
    """Cut the sentence that is for compliance alone out of what others get."""
    query = sa.select(facts.c.report_id, facts.c.fact).where(facts.c.field == CONDUCT)
    spans = {row.report_id: (row.fact.get("evidence") or {}) for row in await tx.execute(query)}
    number, text = table[0].index("report_id"), table[0].index("text")
    for row in table[1]:
        if row[number] in spans:
            row[text] = _without(row[text], spans[row[number]])


def _without(text: str, evidence: Mapping[str, Any]) -> str:
    words = evidence.get("text") or ""
    if not words or words not in text:
        return "…"
    start = text.index(words)
    end = start + len(words)
    before = max((text.rfind(mark, 0, start) for mark in SENTENCE_ENDS), default=-1) + 1
    after = min((place for mark in SENTENCE_ENDS if (place := text.find(mark, end)) >= 0), default=len(text))
    return f"{text[:before]}…{text[after:]}"


def _queries(viewer: Staff, on: date) -> dict[str, sa.Select[Any]]:
    mine = clause(viewer, on) if sees_reports(viewer) else sa.false()
    whose = (borrowers.c.borrower_code, borrowers.c.name.label("borrower"))
    return {
        "reports": _reports(whose).where(mine, reports.c.state == "confirmed").order_by(reports.c.id),
        "facts": _facts(whose).where(mine, *_no_conduct(viewer)).order_by(reports.c.id, facts.c.position),
        "cases": _cases(whose).where(mine, case_clause(viewer)).order_by(cases.c.id),
        "visits": _visits(whose).where(mine).order_by(visits.c.due_on, visits.c.id),
    }


def _reports(whose: Sequence[Any]) -> sa.Select[Any]:
    names = ("loan_no", "author", "reported_on", "visited_on", "confirmed_at", "lang", "text")
    columns = [reports.c[name] for name in names]
    return _beside(reports, reports.c.id.label("report_id"), *whose, *columns)


def _facts(whose: Sequence[Any]) -> sa.Select[Any]:
    query = sa.select(facts.c.report_id, *whose, reports.c.reported_on, facts.c.field, facts.c.fact)
    query = query.join(reports, reports.c.id == facts.c.report_id)
    query = query.join(borrowers, borrowers.c.borrower_code == reports.c.borrower_code)
    return query.where(facts.c.state == "confirmed", reports.c.state == "confirmed")


def _cases(whose: Sequence[Any]) -> sa.Select[Any]:
    names = (
        *(
            "code",
            "severity",
            "state",
            "author",
            "opened_at",
            "last_seen_at",
            "count",
            "report_ids",
            "due_at",
        ),
        *("acknowledged_at", "acknowledged_by", "closed_at", "closed_by", "close_reason", "previous_id"),
        *("policy_version", "evidence"),
    )
    return _beside(cases, cases.c.id.label("case_id"), *whose, *(cases.c[name] for name in names))


def _visits(whose: Sequence[Any]) -> sa.Select[Any]:
    names = ("loan_no", "kind", "staff_code", "due_on", "state", "first_due_on", "moved_times", "done_on")
    return _beside(visits, visits.c.id.label("visit_id"), *whose, *(visits.c[name] for name in names))


def _beside(table: sa.Table, *columns: Any) -> sa.Select[Any]:
    return sa.select(*columns).join_from(table, borrowers, table.c.borrower_code == borrowers.c.borrower_code)


def _no_conduct(viewer: Staff) -> list[sa.ColumnElement[bool]]:
    return [] if sees_conduct(viewer) else [facts.c.field != CONDUCT]


async def _table(tx: Tx, query: sa.Select[Any], zone: ZoneInfo) -> Table:
    result = await tx.execute(query)
    names = list(result.keys())
    heading = [name for name in names if name != "fact"]
    split = len(heading) < len(names)
    rows = [_row(row._mapping, zone) for row in result]
    return heading + ["value", "words", "approximate"] * split, rows


def _row(row: Any, zone: ZoneInfo) -> list[Any]:
    cells = [_cell(value, zone) for name, value in row.items() if name != "fact"]
    if "fact" not in row:
        return cells
    fact = row["fact"]
    words = (fact.get("evidence") or {}).get("text", "")
    return [*cells, _cell(fact["value"], zone), _cell(words, zone), bool(fact.get("approximate"))]


def _cell(value: Any, zone: ZoneInfo) -> Any:
    """Plain values; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list | dict | tuple):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    return value


def _folder(path: Path, found: dict[str, Table]) -> None:
    path.mkdir(parents=True, exist_ok=True)
    for name, (heading, rows) in found.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([heading, *rows])


def _workbook(path: Path, found: dict[str, Table]) -> None:
    book = Workbook(write_only=True)
    for name, (heading, rows) in found.items():
        sheet = book.create_sheet(name)
        for row in (heading, *rows):
            sheet.append(list(_fitting(row)))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _fitting(row: Iterable[Any]) -> Iterable[Any]:
    """A workbook's cell takes so much text and no control characters."""
    for value in row:
        if isinstance(value, str):
            value = "".join(char for char in value if char >= " " or char in "\n\t")[:CELL_LIMIT]
        yield value
