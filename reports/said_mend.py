"""What a sentence, or a tap, changes in a list of facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from facts import mending
from facts.cues import DELETE
from facts.model import Evidence, Fact
from facts.script import language
from facts.stress import SEVERE
from reports.mends import Change

PREFIX = {"zh": "改成", "en": "change it to "}


@dataclass(frozen=True, slots=True)
class Said:
    """The changes that the words make, or the facts of which they may mean one."""

    changes: tuple[Change, ...] = ()
    ambiguous: tuple[Fact, ...] = ()


def said(words: str, facts: Sequence[Fact], on: date) -> Said | None:
    """None where the words mend nothing: a report, a question, small talk, or only something to add."""
    found = mending.mend(facts, words, on)
    if found is None:
        return None
    changes = tuple(Change(change.before, change.after) for change in found.changes)
    if not changes:
        return Said(ambiguous=found.ambiguous) if found.ambiguous else None
    return Said(changes) if any(change.before for change in changes) else None


def said_of(words: str, fact: Fact, on: date) -> Said | None:
    """The words as the new value of one fact; None where they give none."""
    lang = language(words)
    if DELETE[lang].search(words):
        return Said((Change(fact, None),))
    if fact.field == "contact.person":
        return Said((Change(fact, replace(fact, value=words.strip(), evidence=_whole(words))),))
    found = mending.mend([fact], words, on)
    if found is not None and found.changes:
        return Said(tuple(Change(change.before, change.after) for change in found.changes))
    return _bare(words, fact, on, PREFIX[lang])


def _bare(words: str, fact: Fact, on: date, prefix: str) -> Said | None:
    found = mending.mend([fact], prefix + words, on)
    if found is None or not found.changes:
        return None
    return Said(tuple(Change(c.before, c.after and c.after.shifted(-len(prefix))) for c in found.changes))


def _whole(words: str) -> Evidence:
    return Evidence(0, len(words), words)


def struck(fact: Fact, facts: Sequence[Fact]) -> list[Change]:
    """Dropping a fact; the level of cash stress follows the signals that are left."""
    changes = [Change(fact, None)]
    if fact.field != "cash_stress.signal":
        return changes
    signals = [one for one in facts if one.field == fact.field and one is not fact]
    old = next((one for one in facts if one.field == "cash_stress.level"), None)
    if old is None or old.value == "none":
        return changes
    if not signals:
        return [*changes, Change(old, None)]
    level = "severe" if any(one.value in SEVERE for one in signals) else "mild"
    if level != old.value:
        changes.append(Change(old, replace(old, value=level, evidence=None)))
    return changes
