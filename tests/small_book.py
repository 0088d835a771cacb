"""A small fictional loan book for tests: seven people, six borrowers, and a Monday morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from records import tables
from records.database import Database

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
CHATS = {"AM1": 1001, "AM2": 1002, "M1": 2001, "M2": 2002, "R1": 3001, "C1": 4001, "A1": 5001}


@dataclass(frozen=True)
class SmallBook:
    """`today` is Monday 2 March 2026 and `now` nine o'clock that morning in Shanghai; all have joined.

    B001 华兴机械 (AM1, fixed_asset L001, 5,000,000, first check due on `today`, milestones, a related party),
    B002 青禾食品 (AM1, working_capital L002), B003 远帆物流 (AM1, special_mention, working_capital L003),
    B004 云溪水泥 (AM2, project_finance L004, milestones), B005 蓝杉服饰 (AM2, substandard, L005 12 days overdue),
    B006 松柏电子 (AM2, working_capital L006).
    """

    database: Database
    today: date = TODAY
    now: datetime = NOW

    def chat(self, staff_code: str) -> int:
        return CHATS[staff_code]


def _staff(code: str, name: str, role: str, reports_to: str | None, language: str = "zh") -> dict[str, Any]:
    return {
        "staff_code": code,
        "name": name,
        "role": role,
        "branch": "测试支行",
        "reports_to": reports_to,
        "language": language,
        "timezone": "Asia/Shanghai",
        "chat_id": CHATS[code],
        "joined_at": NOW,
        "active": True,
        "preferences": {},
    }


STAFF = [
    _staff("M2", "测试总经理", "manager", None),
    _staff("M1", "测试主管", "manager", "M2"),
    _staff("AM1", "测试经理甲", "account_manager", "M1"),
    _staff("AM2", "Test Manager B", "account_manager", "M1", "en"),
    _staff("R1", "测试风险", "risk", None),
    _staff("C1", "测试合规", "compliance", None),
    _staff("A1", "测试管理员", "admin", None),
]


def _borrower(code: str, name: str, short: str, industry: str, manager: str, **more: Any) -> dict[str, Any]:
    return {
        "borrower_code": code,
        "name": name,
        "short_name": short,
        "industry": industry,
        "contact_name": "",
        "contact_role": "老板",
        "contact_phone": "",
        "address": "示例市示例路1号",
        "latitude": 30.2741,
        "longitude": 120.1551,
        "risk_class": "normal",
        "account_manager": manager,
        "group": "",
        "active": True,
    } | more


BORROWERS = [
    _borrower("B001", "示例市华兴机械有限公司", "华兴机械", "机械制造", "AM1", contact_name="华老板"),
    _borrower("B002", "示例市青禾食品有限公司", "青禾食品", "食品加工", "AM1", contact_name="青总"),
    _borrower("B003", "示例市远帆物流有限公司", "远帆物流", "物流", "AM1", risk_class="special_mention"),
    _borrower("B004", "示例市云溪水泥有限公司", "云溪水泥", "建材", "AM2", contact_name="云总"),
    _borrower("B005", "示例市蓝杉服饰有限公司", "蓝杉服饰", "服装", "AM2", risk_class="substandard"),
    _borrower("B006", "示例市松柏电子有限公司", "松柏电子", "电子", "AM2", contact_name="松总"),
]


def _loan(
    number: str,
    borrower: str,
    product: str,
    amount: int,
    purposes: list[str],
    start: date,
    end: date,
    **more: Any,
) -> dict[str, Any]:
    return {
        "loan_no": number,
        "borrower_code": borrower,
        "product": product,
        "amount": Decimal(amount),
        "drawn": Decimal(amount),
        "balance": Decimal(amount),
        "currency": "CNY",
        "purpose": "",
        "purposes": purposes,
        "disbursed_on": start,
        "matures_on": end,
        "overdue_days": 0,
        "collateral": "",
        "collateral_value": None,
        "approved_ltv": None,
        "guarantor": "",
        "active": True,
    } | more


LOANS = [
    _loan(
        "L001",
        "B001",
        "fixed_asset",
        5_000_000,
        ["equipment"],
        date(2026, 2, 15),
        date(2029, 2, 14),
        purpose="购置注塑机",
        collateral="机器设备",
        collateral_value=Decimal(8_000_000),
        guarantor="华老板",
    ),
    _loan("L002", "B002", "working_capital", 2_000_000, ["raw_materials"], date(2025, 11, 3), date(2026, 11, 2)),
    _loan("L003", "B003", "working_capital", 1_500_000, ["working_capital"], date(2025, 9, 1), date(2026, 8, 31)),
    _loan(
        "L004", "B004", "project_finance", 30_000_000, ["construction", "equipment"], date(2025, 6, 2), date(2031, 6, 1),
        drawn=Decimal(18_000_000), balance=Decimal(18_000_000),
    ),
    _loan(
        "L005", "B005", "working_capital", 1_000_000, ["raw_materials", "wages"], date(2025, 4, 1), date(2026, 3, 31),
        overdue_days=12,
    ),
    _loan("L006", "B006", "working_capital", 3_000_000, ["working_capital"], date(2025, 12, 1), date(2026, 11, 30)),
]  # fmt: skip

MILESTONES = [
    {"loan_no": "L001", "due_on": date(2026, 2, 25), "percent": 60.0, "title": "设备到货"},
    {"loan_no": "L001", "due_on": date(2026, 4, 15), "percent": 100.0, "title": "投产"},
    {"loan_no": "L004", "due_on": date(2025, 12, 1), "percent": 40.0, "title": "主体封顶"},
    {"loan_no": "L004", "due_on": date(2026, 6, 1), "percent": 80.0, "title": "设备安装"},
    {"loan_no": "L004", "due_on": date(2026, 12, 1), "percent": 100.0, "title": "投产"},
]
STATEMENTS = [
    {
        "borrower_code": "B006",
        "period_end": date(2025, 12, 31),
        "due_on": date(2026, 1, 31),
        "received_on": date(2026, 1, 28),
        "current_ratio": 1.4,
        "debt_ratio": 0.55,
        "interest_cover": 3.2,
        "revenue": Decimal(12_000_000),
    }
]
RELATED = [{"borrower_code": "B001", "name": "示例市华盛贸易有限公司", "relation": "老板妻弟控股"}]

ROWS: list[tuple[sa.Table, list[dict[str, Any]]]] = [
    (tables.staff, STAFF),
    (tables.borrowers, BORROWERS),
    (tables.loans, LOANS),
    (tables.milestones, MILESTONES),
    (tables.statements, STATEMENTS),
    (tables.related_parties, RELATED),
]


async def load(database: Database) -> SmallBook:
    async with database.begin() as tx:
        for table, rows in ROWS:
            await tx.execute(sa.insert(table), rows)
    return SmallBook(database)
