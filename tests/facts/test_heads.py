"""Looking at the first character finds what the pattern alone would find."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from facts.grammar import page_of
from facts.heads import heads, quick
from facts.signals import ZH, pattern
from facts.signals_en import EN

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("欠|拖欠", "欠拖"),
        ("(?:客户|下游)[^，]{0,4}欠", "客下"),
        ("(?<!门)关着", "关"),
        ("没?发", "没发"),
        ("(?:已|都){0,2}停", "已都停"),
        ("[一二]分利", "一二"),
        ("[^，]停", None),
        (".停", None),
        ("停?", None),
        (r"\bwages", "w"),
    ],
)
def test_a_pattern_shows_what_it_can_begin_with(pattern: str, first: str | None) -> None:
    assert heads(pattern) == first


@pytest.mark.parametrize("signal", sorted(ZH))
def test_a_look_ahead_changes_nothing_that_is_found(signal: str) -> None:
    for line in (DATA / "developed.jsonl").read_text(encoding="utf-8").splitlines()[:80]:
        row = json.loads(line)
        page = page_of(row["text"], date.fromisoformat(row["reported_on"]), row["lang"])
        zh = page.lang == "zh"
        words = "|".join((ZH if zh else EN)[signal])
        plain = re.compile(words if zh else rf"(?<![a-z])(?:{words})")
        spans = [m.span() for m in pattern(page.lang, signal).finditer(page.sk)]
        assert spans == [m.span() for m in plain.finditer(page.sk)]


def test_what_cannot_be_told_is_left_as_it_is() -> None:
    assert quick("停|.产") == "停|.产"
