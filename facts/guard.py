"""A model's facts beside the grammar's: taken only where the words stand in the text and say the same to both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from facts import polarity
from facts.answer import Stated
from facts.grammar import page_of, read
from facts.masking import Masked
from facts.model import REPEATED_FIELDS, Evidence, Fact, Reading
from facts.orders import orders, without_orders
from facts.page import Page
from facts.scoring import same as same_value

AGREED, PASSED, CHECK = "agreed", "passed", "check"
PLANNED = {
    "zh": re.compile(
        r"(?:打算|准备|计划|拟|想(?!到)|要是|如果|将|争取|希望|预计|明年|下个?月|以后|再|应该|最好)[^，。；]{0,10}$"
    ),
    "en": re.compile(
        r"\b(?:plan\w*|intend\w*|want\w*|will|going to|would|hope\w*|expect\w*|should|if|next)\b[^.;,]{0,40}$"
    ),
}
AHEAD = ("repayment.promise_date", "repayment.promise_amount", "next_contact")
SAID_OF_CONTACT = "contact."


@dataclass(frozen=True, slots=True)
class Judged:
    """A model's fact with its verdict.

    agreed: the grammar has it. passed: taken, as the grammar reads it in the quote. check: a person must say; `why`
    is not_in_text, order (the words talk to the machine), not_read or context (what stands round the quote speaks
    against it). `against` is the grammar's fact that it differs from.
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
    """What a model's facts are held against: the text, the grammar's reading of it, and its page."""

    text: str
    reading: Reading
    page: Page
    given: tuple[Evidence, ...]
    names: tuple[str, ...] = ()


def ground(text: str, reading: Reading, page: Page, names: Sequence[str] = ()) -> Ground:
    return Ground(text, reading, page, orders(text), tuple(names))


def laid(text: str, on: date, lang: str | None = None, names: Sequence[str] = ()) -> Ground:
    """The same from the text alone; what it says to the machine is not read."""
    plain = without_orders(text, orders(text))
    page = page_of(plain, on, lang, names)
    return ground(text, read(plain, on, lang, names), page, names)


def judge(stated: Iterable[Stated], on: Ground, masked: Masked) -> tuple[Judged, ...]:
    """Each fact once, in the order of the answer; a field that has one value is taken from it once."""
    found: list[Judged] = []
    for one in stated:
        restored = one.model_copy(update={"value": _restored(one.value, masked)})
        judged = _judged(restored, masked.find(one.quote), on)
        if not any(same(judged.fact, other.fact) for other in found):
            found.append(_only(judged, found))
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


def _only(judged: Judged, before: Sequence[Judged]) -> Judged:
    """A second value for one thing is never taken by itself."""
    repeated = judged.fact.field in REPEATED_FIELDS
    if judged.verdict != PASSED or repeated or not any(one.fact.field == judged.fact.field for one in before):
        return judged
    return replace(judged, verdict=CHECK, why="not_read")


def _judged(stated: Stated, spans: Sequence[tuple[int, int]], on: Ground) -> Judged:
    fact = stated.fact(_evidence(on.text, spans[0]) if spans else None)
    if any(same(fact, other) for other in on.reading.facts):
        return Judged(fact, AGREED)
    against = _against(fact, spans, on.reading.facts)
    if not spans:
        return Judged(fact, CHECK, "not_in_text", against)
    verdicts = [_at(fact, span, on) for span in spans]
    taken = next((one for one in verdicts if isinstance(one, Fact)), None)
    if taken and against is None:
        return Judged(replace(taken, detail={**taken.detail, "by": "model"}), PASSED)
    return Judged(fact, CHECK, next((one for one in verdicts if isinstance(one, str)), ""), against)


def _at(fact: Fact, span: tuple[int, int], on: Ground) -> Fact | str:
    """The fact as the grammar reads it in these words, or why it can't be taken from them."""
    start, end = span
    if any(one.start < end and start < one.end for one in on.given):
        return "order"
    alone = read(on.text[start:end], on.page.today, on.reading.lang, on.names)
    told = next((one for one in alone.facts if same(one, fact)), None)
    if told is None:
        return "not_read"
    return told.shifted(start) if _stands(fact, start, end, on.page) else "context"


def _stands(fact: Fact, start: int, end: int, page: Page) -> bool:
    """Whether nothing round the quote takes it back, denies it, cuts its figure or makes it somebody else's."""
    first, last = _place(page, start), _place(page, end - 1)
    if first is None or last is None or _cuts(page, first, last + 1):
        return False
    if not fact.field.startswith(SAID_OF_CONTACT) and not polarity.holds(page, first, last + 1):
        return False
    return fact.field in AHEAD or not PLANNED[page.lang].search(page.left(first))


def _place(page: Page, raw: int) -> int | None:
    """Where a character of the raw text stands on the page; None where it was taken back or is no word."""
    try:
        return page.script.offsets.index(raw, 0, len(page.text))
    except ValueError:
        return None


def _cuts(page: Page, start: int, end: int) -> bool:
    """A quote that begins or ends inside a figure: 二十万 of 三百二十万."""
    whole = [(q.start, q.end) for q in page.items] + [(day.start, day.end) for day in page.days]
    return any(first < start < last or first < end < last for first, last in whole)


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
