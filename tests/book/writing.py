"""Small books as files, sound but for what a test changes."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from records import loanbook

Rows = Sequence[Mapping[str, str]]
STAFF = [
    {"staff_code": "AM1", "name": "测试甲", "role": "account_manager", "reports_to": "M1"},
    {"staff_code": "M1", "name": "测试乙", "role": "manager", "reports_to": ""},
    {"staff_code": "C1", "name": "测试丙", "role": "compliance", "reports_to": ""},
]
BORROWERS = [
    {
        "borrower_code": "B1",
        "name": "示例市纸船有限公司",
        "short_name": "纸船",
        "latitude": "30.1",
        "longitude": "120.2",
        "risk_class": "normal",
        "account_manager": "AM1",
    },
    {
        "borrower_code": "B2",
        "name": "<b>尖括号</b>&公司",
        "short_name": "尖括号",
        "latitude": "",
        "longitude": "",
        "risk_class": "",
        "account_manager": "AM1",
    },
]
LOANS = [
    {
        "loan_no": "L1",
        "borrower_code": "B1",
        "product": "fixed_asset",
        "amount": "5000000",
        "drawn": "4000000",
        "balance": "3000000",
        "currency": "CNY",
        "purposes": "equipment",
        "disbursed_on": "2026-03-02",
        "matures_on": "2029-03-01",
        "overdue_days": "0",
        "guarantor": "",
    },
    {
        "loan_no": "L2",
        "borrower_code": "B2",
        "product": "working_capital",
        "amount": "100",
        "drawn": "100",
        "balance": "100",
        "currency": "CNY",
        "purposes": "",
        "disbursed_on": "2026-03-02",
        "matures_on": "2027-03-01",
        "overdue_days": "",
        "guarantor": "",
    },
]


def sheet(rows: Rows, first: Mapping[str, str]) -> list[Mapping[str, str]]:
    """The rows with the first one changed."""
    return [{**rows[0], **first}, *rows[1:]]


def folder_of(path: Path, encoding: str = "utf-8", **sheets: Rows) -> Path:
    """A folder of CSV files; sheets not given are the sound ones."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in ({"staff": STAFF, "borrowers": BORROWERS, "loans": LOANS} | sheets).items():
        with (path / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return path


def problems_of(path: Path) -> list[loanbook.Problem]:
    try:
        loanbook.read(path)
    except loanbook.BookErrors as errors:
        return errors.problems
    return []
