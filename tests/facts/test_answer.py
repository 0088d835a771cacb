"""The shape of a model's answer: what fits a field, and what is told back where it doesn't."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from facts import answer
from facts.answer import CODES, DAYS, FIELDS, Said, Stated
from facts.model import FIELDS as ALL_FIELDS
from facts.stress import SEVERE


def stated(name: str, value: Any, purpose: str | None = None) -> Stated:
    return Stated(field=name, value=value, purpose=purpose, quote="x")  # type: ignore[arg-type]


def test_it_knows_every_field_but_conduct_which_is_for_compliance() -> None:
    assert set(ALL_FIELDS) - set(FIELDS) == {"conduct.money"}
    assert set(SEVERE) <= set(CODES["cash_stress.signal"])


@pytest.mark.parametrize(
    ("name", "given_value", "value"),
    [
        ("progress.percent", "65%", 65),
        ("progress.percent", 66.7, 66.7),
        ("unused_funds.amount", "3,200,000", 3_200_000),
        ("operations.orders_change_percent", -30, -30),
        ("next_contact", "2026-03-11", "2026-03-11"),
        ("contact.channel", "visit", "visit"),
        ("contact.person", "王总", "王总"),
        ("operations.headcount", 80.0, 80),
    ],
)
def test_a_value_is_taken_as_it_is_meant(name: str, given_value: Any, value: Any) -> None:
    made = stated(name, given_value).fact(None)
    assert (made.field, made.value, type(made.value)) == (name, value, type(value))


def test_a_use_may_have_no_sum_but_must_have_a_purpose() -> None:
    assert stated("fund_usage", None, "wages").fact(None).value == {"amount": None, "purpose": "wages"}
    with pytest.raises(ValidationError, match="purpose must be given"):
        stated("fund_usage", 100)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("contact.outcome", "met", "reached, unreachable, refused"),
        ("next_contact", "2026-02-30", "YYYY-MM-DD"),
        ("next_contact", "20260302", "YYYY-MM-DD"),
        ("progress.percent", 101, "between 0 and 100"),
        ("progress.percent", None, "plain number"),
        ("progress.percent", float("nan"), "plain number"),
        ("unused_funds.amount", float("inf"), "plain number"),
        ("unused_funds.amount", 1e14, "plain number"),
        ("unused_funds.amount", "八十万", "plain number"),
        ("unused_funds.amount", "٣", "plain number"),
        ("operations.headcount", -1, "not be negative"),
        ("contact.person", "", "a name"),
        ("contact.person", "王" * 201, "a name"),
    ],
)
def test_what_does_not_fit_is_told_in_words_that_help(name: str, value: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        stated(name, value)


@given(
    st.sampled_from(FIELDS),
    st.one_of(st.none(), st.floats(), st.text(max_size=20), st.integers(), st.booleans()),
    st.one_of(
        st.none(), st.sampled_from(answer.Stated.model_fields["purpose"].annotation.__args__[0].__args__)
    ),  # type: ignore[union-attr]
)
def test_whatever_fits_makes_a_fact_of_the_contract(name: str, value: Any, purpose: Any) -> None:
    try:
        fact = stated(name, value, purpose).fact(None)
    except ValidationError:
        return
    if name in CODES:
        assert fact.value in CODES[name]
    elif name == "fund_usage":
        assert isinstance(fact.value, dict) and fact.value["purpose"]
    elif name in DAYS or name == "contact.person":
        assert isinstance(fact.value, str)
    else:
        assert isinstance(fact.value, int | float) and abs(fact.value) <= 1e13


def test_keys_that_nobody_asked_for_are_left_aside() -> None:
    fact = {"field": "next_contact", "value": "2026-03-11", "purpose": None, "quote": "x", "sure": 1}
    assert Said.model_validate({"facts": [fact], "note": "hi"}).facts[0].field == "next_contact"
