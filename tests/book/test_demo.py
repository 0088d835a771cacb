"""The demo book and its year: always the same for a day, sound, and in order."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import demo, scenario
from facts import grammar
from records import loanbook

MONDAY = date(2026, 11, 23)
SAMPLE = (
    "今天去了华兴机械,老板在。贷款500万,320万买了两台注塑机,100万付了原料款,剩80万还在账上。"
    "工程进度六成五,比计划晚半个月。"
)

NEXT = re.compile(
    "再来。|再访|再去。|再去看看|再跑一趟|下次上门|下次定在|Next visit on|come back on|visit again on|be back on"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    demo.build(MONDAY, folder)
    return folder


@pytest.mark.parametrize("today", [MONDAY + timedelta(days=n) for n in (0, 1, 5, 6, 39, 130, 220)])
def test_both_books_are_sound_on_any_day(tmp_path: Path, today: date) -> None:
    book, _ = demo.build(today, tmp_path)
    before, now = loanbook.read(book), loanbook.read(demo.today_book(tmp_path))
    assert len(before.rows("borrowers")) == len(now.rows("borrowers")) == 40
    assert {row["overdue_days"] for row in before.rows("loans")} == {0}
    assert all(row["received_on"] is None or row["received_on"] <= today for row in now.rows("statements"))


def test_the_people_are_those_a_branch_has(built: Path) -> None:
    staff = loanbook.read(built / "book").rows("staff")
    roles = Counter(row["role"] for row in staff)
    assert roles == {"account_manager": 3, "manager": 2, "risk": 1, "compliance": 1, "admin": 1}


def test_every_product_and_risk_class_of_the_stories_is_in_the_book(built: Path) -> None:
    book = loanbook.read(built / "book-today")
    assert {row["product"] for row in book.rows("loans")} == {
        "working_capital",
        "fixed_asset",
        "project_finance",
    }
    assert {"normal", "special_mention", "substandard"} == {
        row["risk_class"] for row in book.rows("borrowers")
    }


def test_the_same_day_gives_the_same_year(built: Path, tmp_path: Path) -> None:
    _, again = demo.build(MONDAY, tmp_path)
    assert again.read_bytes() == (built / "year.jsonl").read_bytes()


@pytest.mark.parametrize("today", [MONDAY, MONDAY + timedelta(days=6), date(2027, 2, 28)])
def test_the_year_is_in_order_and_ends_before_today(tmp_path: Path, today: date) -> None:
    _, path = demo.build(today, tmp_path)
    lines = scenario.read(path)
    assert lines[-1].at.date() < today
    assert (today - lines[0].at.date()).days >= 360
    assert all(line.at.weekday() < 5 for line in lines if line.act != "tick")


def test_there_are_250_to_350_reports_and_each_is_confirmed(built: Path) -> None:
    lines = scenario.read(built / "year.jsonl")
    reports = [line for line in lines if line.act == "text" and line.about]
    confirms = [line for line in lines if line.act == "tap" and line.value == "confirm"]
    assert 250 <= len(reports) <= 350 and len(confirms) == len(reports)
    assert {line.about for line in reports} == {f"B{n:03}" for n in range(2, 41)}


def test_nobody_speaks_twice_within_a_minute(built: Path) -> None:
    last: dict[str, object] = {}
    for line in scenario.read(built / "year.jsonl"):
        assert last.get(line.who) != line.at
        last[line.who] = line.at


def test_no_two_reports_read_alike(built: Path) -> None:
    texts = [line.value for line in scenario.read(built / "year.jsonl") if line.act == "text" and line.about]
    assert len(set(texts)) == len(texts)


def test_days_that_a_report_names_are_filled_in(built: Path) -> None:
    words = (built / "year.jsonl").read_text("utf-8")
    assert "{+" not in words
    assert json.loads(words.splitlines()[0])["tick"] is True


def test_a_named_day_is_read_as_the_next_contact(built: Path) -> None:
    lines = [line for line in scenario.read(built / "year.jsonl") if line.act == "text" and line.about]
    named = [line for line in lines if NEXT.search(line.value)]
    assert len(named) > 20
    found = [grammar.read(line.value, line.at.date()).get("next_contact") for line in named]
    assert sum(fact is not None for fact in found) >= 0.9 * len(named)


def test_the_first_check_of_the_issues_sample_is_due_today(built: Path) -> None:
    book = loanbook.read(built / "book")
    loan = book.keyed("loans")[("L001",)]
    assert (loan["amount"], loan["disbursed_on"]) == (5_000_000, MONDAY - timedelta(days=15))
    uses = [f.value for f in grammar.read(SAMPLE, MONDAY).facts if f.field == "fund_usage"]
    purposes = {use["purpose"] for use in uses if isinstance(use, dict)}
    assert "raw_materials" in purposes - set(loan["purposes"])
    plan = [row["percent"] for row in book.rows("milestones") if row["loan_no"] == "L001"]
    assert min(plan) > 65
