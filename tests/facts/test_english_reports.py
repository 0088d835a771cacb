"""English reports by several hands, and the many ways to say one sign of stress or to deny it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from facts.evaluate import evaluate
from facts.grammar import read

DATA = Path(__file__).parent / "data"
PHRASES = json.loads((DATA / "phrases_en.json").read_text(encoding="utf-8"))
DAY = date(2026, 11, 17)


def values(text: str, field: str) -> list[object]:
    return [f.value for f in read(text, DAY, "en").facts if f.field == field]


def signs(text: str) -> set[object]:
    return set(values(text, "cash_stress.signal"))


def uses(text: str) -> list[tuple[object, object]]:
    return [(use["amount"], use["purpose"]) for use in values(text, "fund_usage")]  # type: ignore[index]


def test_the_score_on_english_reports_keeps_its_floor() -> None:
    assert evaluate(DATA / "developed_en.jsonl").rates()[2] >= 0.965


@pytest.mark.parametrize("sign", sorted(PHRASES["said"]))
def test_the_ways_of_saying_a_sign_are_heard(sign: str) -> None:
    assert [p for p in PHRASES["said"][sign] if sign not in signs(p + ".")] == []


def test_what_is_denied_settled_feared_or_of_others_is_no_sign() -> None:
    assert {p: signs(p + ".") for p in PHRASES["no_sign"] if signs(p + ".")} == {}


def test_a_sum_without_its_unit_carries_that_of_the_sum_before() -> None:
    said = "Of the two hundred thousand she put one hundred and twenty into the ovens and fifty on flour."
    assert uses(said) == [(120_000, "equipment"), (50_000, "raw_materials")]


def test_a_small_number_of_people_is_no_sum() -> None:
    assert values("They drew 300 thousand. Nineteen on the rota.", "operations.headcount") == [19]


def test_a_list_of_uses_needs_no_verb() -> None:
    said = (
        "Loan of Rs 75 lakh: machinery 52 lakh, shed 14 lakh, balance 9 lakh lying unutilised in the account."
    )
    assert uses(said) == [(5_200_000, "equipment"), (1_400_000, "construction")]


def test_a_title_with_a_dot_ends_no_sentence() -> None:
    assert values("Turnover fell, i.e. by 15%, as Mr. Tan told us.", "operations.revenue_change_percent") == [
        -15
    ]


def test_a_neighbour_who_speaks_is_nobody_of_the_borrower() -> None:
    said = "Gate locked. The bloke from the tyre shop opposite says he hasn't seen the owner for weeks."
    assert values(said, "contact.outcome") == ["unreachable"]


def test_a_forecast_is_no_change() -> None:
    assert values("She expects sales to rise by 20%.", "operations.revenue_change_percent") == []


def test_a_weekday_with_its_date_is_one_day() -> None:
    assert values("I'll visit on Monday 7 December.", "next_contact") == ["2026-12-07"]
