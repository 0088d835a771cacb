"""What the author changed after the reading: kept as changes, so that a text read anew keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from facts.model import SINGLE_FIELDS, Fact


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after: None before is a fact added, None after one dropped."""

    before: Fact | None
    after: Fact | None

    def to_json(self) -> dict[str, Any]:
        return {
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Change:
        before, after = data.get("before"), data.get("after")
        return cls(Fact.from_json(before) if before else None, Fact.from_json(after) if after else None)


def entry(words: str, changes: Sequence[Change]) -> dict[str, Any]:
    """A mend as the report keeps it: the author's words (empty for a tap) and what they changed."""
    return {"words": words, "changes": [change.to_json() for change in changes]}


def difference(old: Sequence[Fact], new: Sequence[Fact]) -> list[Change]:
    """What leads from one list of facts to another; facts of one field are paired in order."""
    gone = _without(old, new)
    come = _without(new, old)
    changes = []
    for fact in gone:
        partner = next((other for other in come if other.field == fact.field), None)
        if partner:
            come.remove(partner)
        changes.append(Change(fact, partner))
    return changes + [Change(None, fact) for fact in come]


def with_words(text: str, mends: Sequence[Mapping[str, Any]]) -> str:
    """The report's text and after it the words of each mend, so that mended facts have words to stand on."""
    return "\n".join((text, *(mend["words"] for mend in mends if mend["words"])))


def apply(facts: Sequence[Fact], mends: Sequence[Mapping[str, Any]], text: str) -> list[Fact]:
    """The facts of `text` with every kept change made again; new evidence points into `with_words`."""
    mended = list(facts)
    for number, mend in enumerate(mends):
        offset = len(with_words(text, mends[:number])) + 1
        for data in mend["changes"]:
            change = Change.from_json(data)
            after = (
                _moved(change.after, mend["words"], offset) if mend["words"] else _kept(change.after, text)
            )
            _change(mended, Change(change.before, after))
    return mended


def _moved(fact: Fact | None, words: str, offset: int) -> Fact | None:
    if fact is None:
        return None
    marked, said = _marked(fact), fact.evidence
    if said is None or words[said.start : said.end] != said.text:
        return replace(marked, evidence=None)
    return marked.shifted(offset)


def _kept(fact: Fact | None, text: str) -> Fact | None:
    """A tap has no words of its own: the fact keeps those of the report, where it has them from there."""
    if fact is None:
        return None
    said = fact.evidence
    stands = said is not None and text[said.start : said.end] == said.text
    return _marked(fact) if stands else replace(_marked(fact), evidence=None)


def _marked(fact: Fact) -> Fact:
    return replace(fact, doubt=None, detail={**fact.detail, "mended": True})


def _change(facts: list[Fact], change: Change) -> None:
    place = _place(facts, change)
    if change.after is None:
        if place is not None:
            del facts[place]
    elif place is None:
        facts.append(change.after)
    else:
        facts[place] = change.after


def _place(facts: Sequence[Fact], change: Change) -> int | None:
    """Where the change belongs: the same fact, else for a field that has one value the fact of that field."""
    if change.before:
        same = _index(facts, change.before)
        if same is not None:
            return same
    target = change.after
    if target is None or target.field not in SINGLE_FIELDS:
        return _index(facts, target) if target else None
    return next((i for i, fact in enumerate(facts) if fact.field == target.field), None)


def _index(facts: Sequence[Fact], wanted: Fact) -> int | None:
    same = (i for i, fact in enumerate(facts) if fact.field == wanted.field and fact.value == wanted.value)
    return next(same, None)


def _without(facts: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    rest = [(fact.field, fact.value) for fact in others]
    left = []
    for fact in facts:
        key = (fact.field, fact.value)
        if key in rest:
            rest.remove(key)
        else:
            left.append(fact)
    return left
