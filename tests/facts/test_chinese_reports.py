"""Chinese reports by many hands, and the many ways to say one sign of stress or to deny it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from facts.evaluate import evaluate
from facts.grammar import read

DATA = Path(__file__).parent / "data"
PHRASES = json.loads((DATA / "phrases_zh.json").read_text(encoding="utf-8"))
DAY = date(2026, 11, 17)


def signs(text: str) -> set[object]:
    return {f.value for f in read(text, DAY, "zh").facts if f.field == "cash_stress.signal"}


@pytest.mark.parametrize(("name", "floor"), [("developed_zh", 0.89), ("held_out_zh", 0.83)])
def test_the_score_on_chinese_reports_keeps_its_floor(name: str, floor: float) -> None:
    assert evaluate(DATA / f"{name}.jsonl").rates()[2] >= floor


@pytest.mark.parametrize("sign", sorted(PHRASES["said"]))
def test_the_ways_of_saying_a_sign_are_heard(sign: str) -> None:
    unheard = [p for p in PHRASES["said"][sign] if sign not in signs(p + "。")]
    assert unheard == []


def test_what_is_denied_settled_feared_or_of_others_is_no_sign() -> None:
    assert {p: signs(p + "。") for p in PHRASES["no_sign"] if signs(p + "。")} == {}
