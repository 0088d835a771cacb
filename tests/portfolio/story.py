"""What has happened in the small book by 2 March: reports with facts, visits, promises, cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from records import tables
from records.database import Database, Tx

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 2, 20, 3, 0, tzinfo=UTC)


def signal(code: str, **detail: Any) -> dict[str, Any]:
    return {"field": "cash_stress.signal", "value": code, "detail": detail}


def stated(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "value": value, "detail": {}}


async def report(
    tx: Tx, author: str, borrower: str, on: date, text: str, facts: Sequence[Mapping[str, Any]]
) -> int:
    moment = datetime(on.year, on.month, on.day, 8, tzinfo=UTC)
    values = {
        "author": author, "borrower_code": borrower, "state": "confirmed", "reported_on": on, "text": text,
        "original": text, "received_at": moment, "confirmed_at": moment, "visited_on": on,
    }  # fmt: skip
    number = int(
        (
            await tx.execute(sa.insert(tables.reports).values(**values).returning(tables.reports.c.id))
        ).scalar_one()
    )
    for position, fact in enumerate(facts):
        row = {
            "report_id": number,
            "position": position,
            "field": fact["field"],
            "fact": dict(fact),
            "state": "confirmed",
        }
        await tx.execute(sa.insert(tables.facts).values(**row))
    return number


async def standing(
    tx: Tx, borrower: str, on: date, report_id: int, values: Mapping[str, Any], **columns: Any
) -> None:
    facts = {name: {"value": value, "on": str(on), "report_id": report_id} for name, value in values.items()}
    row = {
        "borrower_code": borrower, "report_id": report_id, "reported_on": on, "last_visit_on": on,
        "last_contact_on": on, "facts": facts, "updated_at": LATER,
    }  # fmt: skip
    await tx.execute(sa.insert(tables.standings).values(**(row | columns)))


async def visit(tx: Tx, borrower: str, staff: str, due: date, kind: str = "visit") -> None:
    row = {"borrower_code": borrower, "kind": kind, "due_on": due, "staff_code": staff, "created_at": LATER}
    await tx.execute(sa.insert(tables.visits).values(**row, state="planned", why={}))


async def tell(database: Database) -> dict[str, int]:
    """Returns the report ids by name."""
    async with database.begin() as tx:
        ids = await _reports(tx)
        await _owed(tx, ids)
    return ids


async def _reports(tx: Tx) -> dict[str, int]:
    ids: dict[str, int] = {}
    early, late = date(2026, 2, 20), date(2026, 2, 26)
    ids["b1old"] = await report(
        tx, "AM1", "B001", early, "工资欠了一个月。进度四成。",
        [signal("wage_arrears", days=30), stated("cash_stress.level", "severe"), stated("progress.percent", 40)],
    )  # fmt: skip
    ids["b1"] = await report(
        tx, "AM1", "B001", late, "今天去了华兴机械,工资欠了两个月。进度四成五。",
        [
            signal("wage_arrears", days=60) | {"evidence": {"start": 9, "end": 16, "text": "工资欠了两个月"}},
            stated("cash_stress.level", "severe"), stated("progress.percent", 45), stated("contact.person", "老板"),
        ],
    )  # fmt: skip
    await standing(
        tx, "B001", late, ids["b1"],
        {
            "cash_stress.level": "severe", "cash_stress.signal": ["wage_arrears"], "progress.percent": 45,
            "progress.status": "delayed", "progress.delay_days": 15,
            "fund_usage": [{"amount": 3_200_000, "purpose": "equipment"}], "unused_funds.amount": 800_000,
        },
        level="severe", percent=45.0, status="delayed",
    )  # fmt: skip
    ids["b2"] = await report(tx, "AM1", "B002", early, "资金充裕。", [stated("cash_stress.level", "none")])
    await standing(tx, "B002", early, ids["b2"], {"cash_stress.level": "none"}, level="none")
    ids["b4"] = await report(
        tx, "AM2", "B004", early, "货款收不回来,有点紧。进度五成五。",
        [signal("receivables_overdue"), stated("cash_stress.level", "mild"), stated("progress.percent", 55)],
    )  # fmt: skip
    await standing(
        tx, "B004", early, ids["b4"],
        {"cash_stress.level": "mild", "cash_stress.signal": ["receivables_overdue"], "progress.percent": 55},
        level="mild", percent=55.0, status="on_schedule",
    )  # fmt: skip
    return ids


async def _owed(tx: Tx, ids: Mapping[str, int]) -> None:
    today = date(2026, 3, 2)
    await visit(tx, "B001", "AM1", today + timedelta(2))
    await visit(tx, "B003", "AM1", today - timedelta(5))
    await visit(tx, "B002", "AM1", today + timedelta(3), "callback")
    await visit(tx, "B005", "AM2", today + timedelta(1), "special")
    await visit(tx, "B006", "AM2", today + timedelta(9))
    for borrower, number, due, amount in (
        ("B001", ids["b1"], date(2026, 2, 23), 500_000_00),
        ("B004", ids["b4"], date(2026, 3, 6), None),
    ):
        row = {"borrower_code": borrower, "report_id": number, "made_on": date(2026, 2, 20), "due_on": due}
        await tx.execute(
            sa.insert(tables.promises).values(**row, amount=amount and amount / 100, state="open")
        )
    for borrower, code, severity, audience in (
        ("B001", "cash.wages", "red", "all"),
        ("B004", "cash.receivables", "orange", "all"),
        ("B004", "conduct.money", "red", "compliance"),
        ("B001", "use.off_contract", "orange", "all"),
    ):
        row = {
            "borrower_code": borrower, "code": code, "severity": severity, "audience": audience, "state": "open",
            "opened_at": LATER, "last_seen_at": LATER, "report_ids": [ids["b1"] if borrower == "B001" else ids["b4"]],
            "details": {}, "evidence": [], "policy_version": "test",
        }  # fmt: skip
        await tx.execute(sa.insert(tables.cases).values(**row))
