"""A model's facts beside the grammar's: one counts where the grammar reads it in the text too, else a person says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from facts.answer import Stated
from facts.grammar import read
from facts.masking import Masked
from facts.model import Evidence, Fact, Reading
from facts.orders import orders, without_orders
from facts.scoring import same as same_value

AGREED, CHECK = "agreed", "check"
MOST, LONGEST_QUOTE = 100, 400
"""An answer with more facts, or a longer quote, is no reading: what is over is not looked at."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A model's fact with its verdict.

    agreed: the grammar reads it in the text too. check: a person must say; `why` is not_in_text, order (the words
    talk to the machine), context (the grammar reads it in the quoted words alone, not where they stand) or not_read.
    `against` is the grammar's fact that it differs from.
    """

    fact: Fact
    verdict: str
    why: str = ""
    against: Fact | None = None

    def to_json(self) -> dict[str, Any]:
        against = self.against.to_json() if self.against else None
        return {"fact": self.fact.to_json(), "verdict": self.verdict, "why": self.why, "against": against}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Judged:
        against = Fact.from_json(data["against"]) if data.get("against") else None
        return cls(Fact.from_json(data["fact"]), data["verdict"], data.get("why", ""), against)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a model's facts are held against: the text and the grammar's reading of it, orders aside."""

    text: str
    on: date
    reading: Reading
    given: tuple[Evidence, ...]
    names: tuple[str, ...] = ()


def ground(text: str, on: date, reading: Reading, names: Sequence[str] = ()) -> Ground:
    return Ground(text, on, reading, orders(text), tuple(names))


def laid(text: str, on: date, lang: str | None = None, names: Sequence[str] = ()) -> Ground:
    """The same from the text alone; what it says to the machine is not read."""
    return ground(text, on, read(without_orders(text, orders(text)), on, lang, names), names)


def judge(stated: Iterable[Stated], on: Ground, masked: Masked) -> tuple[Judged, ...]:
    """Each fact once, in the order of the answer."""
    found: list[Judged] = []
    for one in islice(stated, MOST):
        restored = one.model_copy(update={"value": _restored(one.value, masked)})
        judged = _judged(restored, masked.find(one.quote), on)
        if not any(same(judged.fact, other.fact) for other in found):
            found.append(judged)
    return tuple(found)


def same(a: Fact, b: Fact) -> bool:
    """One field and one value: amounts within 0.5 %, percents within 0.5 points, names where one holds the other."""
    if a.field != b.field:
        return False
    if a.field == "contact.person":
        return str(a.value) in str(b.value) or str(b.value) in str(a.value)
    if a.field == "fund_usage":
        return same_value(a.field, _use(a), _use(b))
    return same_value("amount" if a.field == "collateral.value" else a.field, a.value, b.value)


def _restored(value: Any, masked: Masked) -> Any:
    return masked.restore(value) if isinstance(value, str) else value


def _judged(stated: Stated, spans: Sequence[tuple[int, int]], on: Ground) -> Judged:
    fact = stated.fact(_evidence(on.text, spans[0]) if spans else None)
    is_today = fact.field == "contact.on" and fact.value == on.on.isoformat()
    if is_today or any(same(fact, other) for other in on.reading.facts):
        return Judged(fact, AGREED)
    against = _against(fact, spans, on.reading.facts)
    why = [_why(fact, span, on) for span in spans]
    return Judged(fact, CHECK, min(why, key=WHY.index) if why else "not_in_text", against)


WHY = ("context", "not_read", "order")


def _why(fact: Fact, span: tuple[int, int], on: Ground) -> str:
    """What the quoted words say by themselves."""
    start, end = span
    if end - start > LONGEST_QUOTE:
        return "not_read"
    if any(one.start < end and start < one.end for one in on.given):
        return "order"
    alone = read(on.text[start:end], on.on, on.reading.lang, on.names)
    return "context" if any(same(one, fact) for one in alone.facts) else "not_read"


def _against(fact: Fact, spans: Sequence[tuple[int, int]], facts: Sequence[Fact]) -> Fact | None:
    """The grammar's fact that can't be true beside it."""
    rivals = [one for one in facts if one.field == fact.field]
    if fact.field == "cash_stress.signal":
        return None
    if fact.field != "fund_usage":
        return next(iter(rivals), None)
    return next((one for one in rivals if _is_same_use(fact, one, spans)), None)


def _is_same_use(fact: Fact, other: Fact, spans: Sequence[tuple[int, int]]) -> bool:
    """The same sum for something else, or other things read in the very words."""
    (amount, purpose), (sum_, used) = _use(fact), _use(other)
    if purpose != used and amount is not None and same_value("amount", amount, sum_):
        return True
    said = other.evidence
    meets = said is not None and any(start < said.end and said.start < end for start, end in spans)
    return meets and (purpose == used or amount is None)


def _use(fact: Fact) -> tuple[Any, Any]:
    value: Any = fact.value
    return value.get("amount"), value.get("purpose")


def _evidence(text: str, span: tuple[int, int]) -> Evidence:
    return Evidence(*span, text[slice(*span)])
