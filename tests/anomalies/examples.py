"""For each rule: situations in which it is raised, with its severity, and near misses (None)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from anomalies.model import EarlierText, SeenPhoto
from anomalies.situation import Situation
from records.model import Attempt, Balance, Milestone, Part, Promise, RelatedParty, Statement, Visit
from tests.anomalies.situations import NOON, TODAY, book, earlier, fact, loan, signal, situation, use

Example = tuple[str, Situation, str | None]
WAN = 10_000


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def project(percent: float | None = None, drawn: int = 5_000_000, **more: Any) -> Situation:
    """A project of 10 million with its plan at 50 % today."""
    stones = (Milestone("L001", ago(-100), 100.0),)
    own = loan("project_finance", "construction", drawn=Decimal(drawn), disbursed_on=ago(100))
    facts = [fact("progress.percent", percent)] if percent is not None else []
    return situation(*facts, *more.pop("facts", ()), loans=(own,), milestones=stones, **more)


def attempts(*days: int, reason: str = "no_answer") -> tuple[Attempt, ...]:
    return tuple(Attempt("B001", "AM1", NOON - timedelta(days=n), ago(n), "phone", reason) for n in days)


def visit(kind: str, due: date, **more: Any) -> Visit:
    return Visit(1, "B001", kind, due, "AM1", NOON, loan_no="L001", **more)


def promised(days: int, **more: Any) -> Situation:
    made = Promise(7, "B001", 50, ago(days + 10), ago(days), Decimal(500_000), "月底还50万")
    return book(promises=(made,), **more)


def statement(months: int, **more: Any) -> Statement:
    end = date(2025, 12, 31) - timedelta(days=91 * months)
    return Statement("B001", end, **{"received_on": end + timedelta(days=20), **more})


def secured(balance: int, value: int, **more: Any) -> Any:
    return loan(balance=Decimal(balance), collateral_value=Decimal(value), collateral="厂房", **more)


def revalued(value: int, **more: Any) -> Situation:
    return situation(fact("collateral.value", value), loans=(secured(5_000_000, 10_000_000, **more),))


def pictured(bits: int) -> Situation:
    return situation(seen_photos=(SeenPhoto(3, ago(30), "青禾食品", bits),))


TEXT = (
    "车间里机器都在转，工人正常上班，仓库原料堆得整齐，老板说下个月订单排满，账上资金够用，抵押的设备都在。"
)


def texted(text: str, times: int = 0) -> Situation:
    old = EarlierText(9, text, ago(20), "青禾食品")
    return situation(text=TEXT, earlier_texts=(old,), times={"report.copied": times})


def placed(latitude: float, channel: str = "visit", times: int = 0) -> Situation:
    part = Part(100, "location", 1, 1, NOON, latitude=latitude, longitude=120.1551)
    facts = fact("contact.channel", channel)
    return situation(facts, parts=(part,), times={"report.far": times})


def signalled(code: str, name: str, severity: str) -> dict[str, list[Example]]:
    return {
        code: [
            ("stated", situation(signal(name)), severity),
            ("not stated", situation(fact("cash_stress.level", "severe")), None),
        ]
    }


USE: dict[str, list[Example]] = {
    "use.securities": [
        ("stated", situation(use("securities", 100 * WAN)), "red"),
        ("named by the contract", situation(use("securities"), loans=(loan("working_capital", "securities"),)), "red"),
        ("raw materials", situation(use("raw_materials", 100 * WAN)), None),
    ],
    "use.real_estate": [
        ("stated", situation(use("real_estate", 100 * WAN)), "red"),
        ("named", situation(use("real_estate"), loans=(loan("project_finance", "real_estate"),)), None),
    ],
    "use.fixed_assets": [
        ("equipment", situation(use("equipment", 100 * WAN)), "orange"),
        ("covered by working capital", situation(use("construction"), loans=(loan("working_capital", "working_capital"),)), "orange"),
        ("named", situation(use("equipment"), loans=(loan("working_capital", "equipment"),)), None),
        ("fixed-asset product", situation(use("equipment"), loans=(loan("fixed_asset", "construction"),)), None),
    ],
    "use.related_party": [
        ("of unstated size", situation(use("related_party")), "orange"),
        ("just under 30 %", situation(use("related_party", 299 * WAN)), "orange"),
        ("30 %", situation(use("related_party", 300 * WAN)), "red"),
        ("named", situation(use("related_party"), loans=(loan("working_capital", "related_party"),)), None),
    ],
    "use.debt_repayment": [
        ("stated", situation(use("debt_repayment", 100 * WAN)), "orange"),
        ("named", situation(use("debt_repayment"), loans=(loan("working_capital", "debt_repayment"),)), None),
    ],
    "use.private_lending": [
        ("stated", situation(use("private_lending", 100 * WAN)), "red"),
        ("wages", situation(use("wages")), None),
    ],
    "use.personal": [
        ("stated", situation(use("personal", 10 * WAN)), "red"),
        ("wages", situation(use("wages")), None),
    ],
    "use.cash": [
        ("over 20 %", situation(use("cash_withdrawal", 201 * WAN)), "orange"),
        ("20 %", situation(use("cash_withdrawal", 200 * WAN)), None),
        ("of unstated size", situation(use("cash_withdrawal")), None),
        ("share of what was drawn", situation(use("cash_withdrawal", 150 * WAN), loans=(loan(drawn=Decimal(5_000_000)),)), "orange"),
    ],
    "use.off_contract": [
        ("wages", situation(use("wages", 10 * WAN)), "orange"),
        ("something else", situation(use("other", 10 * WAN)), "orange"),
        ("equipment of a project", situation(use("equipment"), loans=(loan("project_finance", "construction"),)), "orange"),
        ("covered by working capital", situation(use("wages"), loans=(loan("working_capital", "working_capital"),)), None),
        ("has its own rule", situation(use("personal")), None),
        ("has its own rule too", situation(use("equipment")), None),
    ],
    "use.exceeds_loan": [
        ("uses and unused", situation(use("raw_materials", 600 * WAN), fact("unused_funds.amount", 451 * WAN)), "blue"),
        ("105 %", situation(use("raw_materials", 600 * WAN), fact("unused_funds.amount", 450 * WAN)), None),
    ],
    "use.unproved": [
        ("15 days", book(loans=(loan(disbursed_on=ago(15)),)), "yellow"),
        ("30 days", book(loans=(loan(disbursed_on=ago(30)),)), "orange"),
        ("14 days", book(loans=(loan(disbursed_on=ago(14)),)), None),
        ("a photo came", book(loans=(loan(disbursed_on=ago(30)),), proof_on=ago(3)), None),
        ("a photo of before", book(loans=(loan(disbursed_on=ago(30)),), proof_on=ago(31)), "orange"),
    ],
}  # fmt: skip

CASH: dict[str, list[Example]] = {
    "cash.wages": [
        ("stated", situation(signal("wage_arrears")), "orange"),
        ("59 days", situation(signal("wage_arrears", days=59)), "orange"),
        ("60 days", situation(signal("wage_arrears", days=60)), "red"),
        ("before too", situation(signal("wage_arrears"), before=(earlier(signal("wage_arrears")),)), "red"),
        ("before only", situation(before=(earlier(signal("wage_arrears")),)), None),
    ],
    "cash.halt": [
        ("stated", situation(signal("production_halt", "停产了"), text="订单没了，厂里停产了。"), "red"),
        ("maintenance", situation(signal("production_halt", "停产"), text="设备大修，停产十天。"), None),
    ],
    "cash.overdue": [
        ("stated", situation(signal("loan_overdue")), "yellow"),
        ("1 day", book(loans=(loan(overdue_days=1),)), "yellow"),
        ("29 days", book(loans=(loan(overdue_days=29),)), "yellow"),
        ("30 days", book(loans=(loan(overdue_days=30),)), "orange"),
        ("60 days", book(loans=(loan(overdue_days=60),)), "red"),
        ("stated with 60 in the book", situation(signal("loan_overdue"), loans=(loan(overdue_days=60),)), "red"),
        ("paid", book(), None),
    ],
    **signalled("cash.frozen", "account_frozen", "red"),
    **signalled("cash.private_borrowing", "private_borrowing", "red"),
    **signalled("cash.owner_missing", "owner_missing", "red"),
    **signalled("cash.lawsuit", "lawsuit", "orange"),
    **signalled("cash.receivables", "receivables_overdue", "orange"),
    **signalled("cash.inventory", "inventory_buildup", "yellow"),
    **signalled("cash.asset_sale", "asset_sale", "orange"),
    **signalled("cash.guarantor", "guarantor_trouble", "orange"),
    "cash.arrears": [
        ("taxes", situation(signal("tax_arrears")), "orange"),
        ("suppliers and rent", situation(signal("supplier_arrears"), signal("rent_arrears")), "orange"),
        ("utilities", situation(signal("utility_arrears")), "orange"),
        ("wages have their own", situation(signal("wage_arrears")), None),
    ],
    "cash.orders": [
        ("30 %", situation(signal("orders_drop"), fact("operations.orders_change_percent", -30)), "orange"),
        ("29 %", situation(signal("orders_drop"), fact("operations.orders_change_percent", -29)), "yellow"),
        ("of unstated size", situation(signal("orders_drop")), "yellow"),
        ("twice running", situation(signal("orders_drop"), before=(earlier(signal("orders_drop")),)), "orange"),
        ("up", situation(fact("operations.orders_change_percent", 30)), None),
    ],
    "cash.worsening": [
        ("to mild", situation(fact("cash_stress.level", "mild"), before=(earlier(fact("cash_stress.level", "none")),)), "yellow"),
        ("to severe", situation(fact("cash_stress.level", "severe"), before=(earlier(fact("cash_stress.level", "mild")),)), "orange"),
        ("never stated before", situation(fact("cash_stress.level", "severe"), before=(earlier(),)), None),
        ("the same", situation(fact("cash_stress.level", "mild"), before=(earlier(fact("cash_stress.level", "mild")),)), None),
    ],
}  # fmt: skip


def ops(name: str, now: float, before: float | None = None) -> Situation:
    field = f"operations.{name}"
    told = () if before is None else (earlier(fact(field, before)),)
    return situation(fact(field, now), before=told)


OPS: dict[str, list[Example]] = {
    "ops.capacity": [
        ("59", ops("capacity_percent", 59), "orange"),
        ("60", ops("capacity_percent", 60), None),
        ("20 points below", ops("capacity_percent", 70, 90), "orange"),
        ("19 points below", ops("capacity_percent", 70, 89), None),
    ],
    "ops.headcount": [
        ("20 % below", ops("headcount", 80, 100), "yellow"),
        ("40 % below", ops("headcount", 60, 100), "orange"),
        ("19 % below", ops("headcount", 81, 100), None),
        ("never stated", ops("headcount", 5), None),
    ],
    "ops.revenue": [
        ("-20", ops("revenue_change_percent", -20), "yellow"),
        ("-30", ops("revenue_change_percent", -30), "orange"),
        ("-19", ops("revenue_change_percent", -19), None),
    ],
}
PROJECT: dict[str, list[Example]] = {
    "project.behind_plan": [
        ("11 points", project(39), "orange"),
        ("10 points", project(40), None),
        ("25 points", project(25), "red"),
        ("31 days", project(facts=(fact("progress.delay_days", 31),)), "orange"),
        ("30 days", project(facts=(fact("progress.delay_days", 30),)), None),
        ("90 days", project(facts=(fact("progress.delay_days", 90),)), "red"),
        ("not started", project(facts=(fact("progress.status", "not_started"),)), "red"),
        ("completed", project(facts=(fact("progress.status", "completed"),)), None),
    ],
    "project.behind_money": [
        ("11 points", project(39), "orange"),
        ("10 points", project(40), None),
        ("25 points", project(50, drawn=7_500_000), "red"),
        ("no percent", project(facts=(fact("progress.status", "delayed"),)), None),
    ],
    "project.suspended": [
        ("stated", situation(fact("progress.status", "suspended", "停工了"), text="工地停工了。"), "red"),
        (
            "winter",
            situation(fact("progress.status", "suspended", "停工"), text="冬休停工，开春再干。"),
            None,
        ),
        ("delayed", situation(fact("progress.status", "delayed")), None),
    ],
    "project.backwards": [
        ("3 points", project(47, before=(earlier(fact("progress.percent", 50)),)), "blue"),
        ("2 points", project(48, before=(earlier(fact("progress.percent", 50)),)), None),
        ("after completion", project(95, before=(earlier(fact("progress.status", "completed")),)), "blue"),
    ],
}
COLLATERAL: dict[str, list[Example]] = {
    "collateral.status": [
        *((name, situation(fact("collateral.status", name)), "red") for name in ("damaged", "missing", "transferred", "seized")),
        ("intact", situation(fact("collateral.status", "intact")), None),
    ],
    "collateral.cover": [
        ("71 % in the book", book(loans=(secured(7_100_000, 10_000_000),)), "orange"),
        ("70 % in the book", book(loans=(secured(7_000_000, 10_000_000),)), None),
        ("its own rate", book(loans=(secured(7_100_000, 10_000_000, approved_ltv=0.8),)), None),
        ("no collateral", book(), None),
        ("revalued too low", revalued(7_000_000), "orange"),
        ("value 20 % down", revalued(8_000_000), "orange"),
        ("value 19 % down", revalued(8_100_000), None),
    ],
}  # fmt: skip
OWED: dict[str, list[Example]] = {
    "promise.broken": [
        ("3 days", promised(3), "orange"),
        ("2 days", promised(2), None),
        ("paid by a report", promised(3, before=(earlier(fact("repayment.paid_amount", 1000), on=ago(2), number=51),)), None),
        ("balance fell", promised(3, balances=(
            Balance("L001", ago(20), Decimal(100), Decimal(100)), Balance("L001", ago(1), Decimal(90), Decimal(100)),
        )), None),
        ("balance fell before", promised(3, balances=(
            Balance("L001", ago(40), Decimal(100), Decimal(100)), Balance("L001", ago(20), Decimal(90), Decimal(100)),
        )), "orange"),
    ],
    "contact.unreachable": [
        ("3 days", book(attempts=attempts(0, 1, 2)), "orange"),
        ("overdue too", book(attempts=attempts(0, 1, 2), loans=(loan(overdue_days=1),)), "red"),
        ("twice a day", book(attempts=attempts(0, 0, 1)), None),
        ("reached in between", book(attempts=attempts(0, 1, 2), before=(earlier(fact("contact.outcome", "reached"), on=ago(1)),)), None),
        ("refusals", book(attempts=attempts(0, 1, 2, reason="refused")), None),
    ],
    "contact.refused": [
        ("told", situation(fact("contact.outcome", "refused")), "orange"),
        ("reached", situation(fact("contact.outcome", "reached")), None),
    ],
    "schedule.missed": [
        ("3 days", book(visits=(visit("visit", ago(3)),)), "yellow"),
        ("2 days", book(visits=(visit("visit", ago(2)),)), None),
        ("10 days", book(visits=(visit("callback", ago(10)),)), "orange"),
        ("long ago, no first check", book(visits=(visit("visit", ago(40)),)), "orange"),
        ("first check 15 days", book(loans=(loan(disbursed_on=ago(30)),), visits=(visit("first_check", ago(15)),)), "red"),
        ("first check 14 days", book(loans=(loan(disbursed_on=ago(29)),), visits=(visit("first_check", ago(14)),)), "orange"),
        ("first check moved", book(loans=(loan(disbursed_on=ago(30)),), visits=(visit("first_check", ago(-5)),)), "red"),
        ("done", book(visits=(visit("visit", ago(9), state="done"),)), None),
    ],
    "statement.late": [
        ("15 days", book(statements=(statement(0, received_on=None, due_on=ago(15)),)), "yellow"),
        ("14 days", book(statements=(statement(0, received_on=None, due_on=ago(14)),)), None),
        ("came", book(statements=(statement(0, received_on=ago(1), due_on=ago(15)),)), None),
        ("comes tomorrow", book(statements=(statement(0, received_on=ago(-1), due_on=ago(15)),)), "yellow"),
    ],
    "ratio.line": [
        ("current", book(statements=(statement(0, current_ratio=0.99),)), "orange"),
        ("current at 1", book(statements=(statement(0, current_ratio=1.0),)), None),
        ("debt", book(statements=(statement(0, debt_ratio=0.71),)), "orange"),
        ("debt at 70 %", book(statements=(statement(0, debt_ratio=0.70),)), None),
        ("cover", book(statements=(statement(0, interest_cover=1.4),)), "orange"),
        ("cover at 1.5", book(statements=(statement(0, interest_cover=1.5),)), None),
        ("3 periods worse", book(statements=tuple(statement(n, debt_ratio=0.6 - n / 100) for n in range(4))), "orange"),
        ("only 3 statements", book(statements=tuple(statement(n, debt_ratio=0.6 - n / 100) for n in range(3))), None),
        ("not yet come", book(statements=(statement(0, current_ratio=0.5, received_on=ago(-1)),)), None),
        ("was over, is fine", book(statements=(statement(1, current_ratio=0.5), statement(0, current_ratio=1.2))), None),
    ],
}  # fmt: skip
REPORT: dict[str, list[Example]] = {
    "report.copied": [
        ("the same", texted(TEXT), "blue"),
        ("the second time", texted(TEXT, times=1), "orange"),
        ("other figures and dates", texted(TEXT.replace("下个月", "10月")), "blue"),
        ("another text", texted("电话里老板说原料涨价，利润薄了，准备换一家供应商，其他没有变化，月底再联系。"), None),
    ],
    "report.far": [
        ("2 km", placed(30.2921), "blue"),
        ("the second time", placed(30.2921, times=1), "orange"),
        ("900 m", placed(30.2822), None),
        ("a call", placed(30.4, channel="phone"), None),
    ],
    "report.photo_reused": [
        ("the same", pictured(0), "orange"),
        ("nearly the same", pictured(6), "orange"),
        ("another", pictured(7), None),
    ],
    "report.late": [
        ("4 days", situation(fact("contact.on", ago(4).isoformat())), "blue"),
        ("3 days", situation(fact("contact.on", ago(3).isoformat())), None),
        ("a photo of 4 days ago", situation(parts=(Part(100, "photo", 1, 1, NOON - timedelta(days=4)),)), "blue"),
        ("words 4 days after the photo", situation(on=ago(4), parts=(
            Part(100, "photo", 1, 1, NOON - timedelta(days=4)), Part(100, "text", 1, 2, NOON),
        )), "blue"),
        ("a call", situation(fact("contact.on", ago(4).isoformat()), fact("contact.channel", "phone")), None),
    ],
    "report.contradiction": [
        ("headcount", ops("headcount", 49, 100), "blue"),
        ("headcount up", ops("headcount", 151, 100), "blue"),
        ("half", ops("headcount", 50, 100), None),
        ("with a reason", situation(fact("operations.headcount", 40, "现在40人"), text="因为裁员，现在40人。", before=(earlier(fact("operations.headcount", 100)),)), None),
        ("an amount", situation(use("equipment", 100 * WAN), before=(earlier(use("equipment", 320 * WAN)),)), "blue"),
        ("a further payment", situation(use("equipment", 100 * WAN, "又付了100万"), text="又付了100万设备款。", before=(earlier(use("equipment", 320 * WAN)),)), None),
        ("spent on", situation(use("equipment", 600 * WAN), before=(earlier(use("equipment", 320 * WAN)),)), None),
        ("unused grew", situation(fact("unused_funds.amount", 200 * WAN), before=(earlier(fact("unused_funds.amount", 100 * WAN)),)), "blue"),
        ("unused shrank", situation(fact("unused_funds.amount", 10 * WAN), before=(earlier(fact("unused_funds.amount", 100 * WAN)),)), None),
        ("completed before", situation(fact("progress.status", "delayed"), before=(earlier(fact("progress.status", "completed")),)), "blue"),
        ("backwards goes before", situation(fact("progress.status", "delayed"), fact("progress.percent", 80), before=(earlier(fact("progress.status", "completed")),)), None),
    ],
    "report.sums": [
        ("noted", situation(notes=[{"code": "sums", "spans": [{"start": 0, "end": 2, "text": "合计"}]}]), "blue"),
        ("another note", situation(notes=[{"code": "contradiction", "spans": []}]), None),
    ],
    "conduct.money": [
        ("stated", situation(fact("conduct.money", "received", "客户经理代收了货款")), "red"),
        ("not stated", situation(), None),
    ],
}  # fmt: skip
EXAMPLES: dict[str, list[Example]] = {**USE, **CASH, **OPS, **PROJECT, **COLLATERAL, **OWED, **REPORT}
RELATED = (RelatedParty("B001", "示例市华盛贸易有限公司", "老板妻弟控股"),)
