"""What a model read otherwise than the grammar: kept with the report, in no record until its author chooses it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from facts.guard import CHECK, Judged, same
from facts.model import SINGLE_FIELDS, Fact
from facts.stress import SEVERE
from records.model import Report
from reports.mends import Change

OFFERED = 6
LEVEL, SIGNAL = "cash_stress.level", "cash_stress.signal"
LEVELS = ("none", "mild", "severe")
PICKED = re.compile(
    r"\s*(?:采用|采纳|选用?|用|要|按|取)?\s*(?:第|模型的?第?)?\s*(?P<zh>\d{1,2}|[一二三四五六])\s*(?:条|个|项|号|种)?\s*(?:吧|的)?[。.!！]?\s*"
    r"|\s*(?:take|use|accept|choose|pick)\s+(?:the\s+)?(?:no\.?\s*|number\s+|#)?(?P<en>\d{1,2}|one|two|three|four|five|six|first|second|third|fourth|fifth|sixth)(?:\s+one)?[.!]?\s*",
    re.I,
)
ALL = re.compile(
    r"\s*(?:都|全部?)(?:采用|采纳|要|用|选)[。.!！]?\s*|\s*(?:take|use|accept)\s+(?:all|both|them all)[.!]?\s*",
    re.I,
)
VERB = re.compile(r"采用|采纳|选|用|要|按|取|take|use|accept|choose|pick", re.I)
NUMBERS = {word: n for n, word in enumerate("一二三四五六", 1)}
NUMBERS |= {word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)}
NUMBERS |= {word: n for n, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)}


def digest(text: str) -> str:
    """Which words a model has read."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def kept(report: Report, text: str) -> dict[str, Any]:
    """The model's part of `read_by` as it goes on: of other words than it read only what it cost is left."""
    model = dict(report.read_by.get("model") or {})
    if model.get("text") not in (None, digest(text)):
        model = {name: value for name, value in model.items() if name not in ("text", "judged", "failure")}
    return model


def judged(model: Mapping[str, Any]) -> tuple[Judged, ...]:
    return tuple(Judged.from_json(one) for one in model.get("judged") or ())


def level(facts: Sequence[Fact]) -> Change | None:
    """What a signal that has come does to the level of cash stress: it only ever rises."""
    signals = [fact for fact in facts if fact.field == SIGNAL]
    if not signals:
        return None
    worst = next((fact for fact in signals if fact.value in SEVERE), signals[0])
    wanted = "severe" if worst.value in SEVERE else "mild"
    old = next((fact for fact in facts if fact.field == LEVEL), None)
    if old and old.value in LEVELS and LEVELS.index(str(old.value)) >= LEVELS.index(wanted):
        return None
    return Change(old, replace(old or Fact(LEVEL, wanted), value=wanted, evidence=worst.evidence))


def _changed(facts: list[Fact], change: Change) -> list[Fact]:
    rest = [change.after if fact is change.before else fact for fact in facts]
    added = [change.after] if change.before is None else []
    return [fact for fact in (*rest, *added) if fact is not None]


def waiting(report: Report, facts: Sequence[Fact]) -> list[Judged]:
    """What a person is to choose on: not on the card yet, and of nothing that the author has put right since."""
    return [
        one
        for one in judged(report.read_by.get("model") or {})
        if one.verdict == CHECK and not any(same(one.fact, fact) for fact in facts) and not _moot(one, facts)
    ][:OFFERED]


def _moot(one: Judged, facts: Sequence[Fact]) -> bool:
    own = [fact for fact in facts if fact.field == one.fact.field and "mended" in fact.detail]
    if one.against is not None:
        return not any(same(one.against, fact) for fact in facts)
    return bool(own) and one.fact.field in SINGLE_FIELDS


def picked(words: str, offered: Sequence[Judged]) -> list[Judged]:
    """The offers that the words choose: 采用2, 第二条, take the first, 都采用; none where they say something else."""
    if ALL.fullmatch(words):
        return list(offered)
    found = PICKED.fullmatch(words)
    if not found or not offered or not (VERB.search(words) or "第" in words or "条" in words):
        return []
    said = (found["zh"] or found["en"]).lower()
    number = int(said) if said.isdecimal() else NUMBERS[said]
    return [offered[number - 1]] if 1 <= number <= len(offered) else []


def changes(chosen: Sequence[Judged], facts: Sequence[Fact]) -> list[Change]:
    """What taking them changes on the card."""
    made: list[Change] = []
    now = list(facts)
    for one in chosen:
        change = Change(_replaced(one, now), one.fact)
        made.append(change)
        now = _changed(now, change)
        raised = level(now) if one.fact.field == SIGNAL else None
        if raised:
            made.append(raised)
            now = _changed(now, raised)
    return made


def _replaced(one: Judged, facts: Sequence[Fact]) -> Fact | None:
    if one.against is not None:
        return next((fact for fact in facts if same(one.against, fact)), None)
    if one.fact.field not in SINGLE_FIELDS:
        return None
    return next((fact for fact in facts if fact.field == one.fact.field), None)
