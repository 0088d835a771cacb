"""The reading of one report: laid out as a page, then every frame takes from it what it states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from facts import conduct, contact, nextvisit, operations, pledge, project, promise, stress, unused, uses
from facts.checks import notes
from facts.corrections import settle
from facts.model import Fact, Reading
from facts.page import Page, lay
from facts.script import script
from facts.sources import sourced

FRAMES: tuple[Callable[[Page], list[Fact]], ...] = (
    contact.facts, uses.uses, unused.facts, project.facts, stress.facts, pledge.facts, promise.facts,
    operations.facts, nextvisit.facts, conduct.facts,
)  # fmt: skip


def page_of(text: str, reported_on: date, lang: str | None = None, names: Sequence[str] = ()) -> Page:
    """The page that the frames read; `text` is a transcript or a typed report of any length."""
    return lay(settle(script(text, lang), reported_on), reported_on, names)


def read(text: str, reported_on: date, lang: str | None = None, names: Sequence[str] = ()) -> Reading:
    """All that the report states, in the order of its words; `reported_on` is the day dates count from.

    `names` are those of the firm reported on, where it is known: 机械 in its name is no machine that it bought.
    """
    page = page_of(text, reported_on, lang, names)
    found = _agree([fact for frame in FRAMES for fact in frame(page)])
    facts = tuple(sorted(sourced(page, found), key=_place))
    return Reading(facts, notes(page, facts), page.lang)


def _place(fact: Fact) -> int:
    return fact.evidence.start if fact.evidence else 0


def _agree(facts: list[Fact]) -> list[Fact]:
    """One day or sum is one fact: a promise is no visit, what lies unused or is the author's own isn't spent."""
    taken = {
        f.evidence.start
        for f in facts
        if f.evidence and f.field.startswith(("repayment.promise", "unused_funds"))
    }
    others = [f for f in facts if f.field in ("repayment.promise_amount", "conduct.money")]
    idle = {f.evidence.start for f in facts if f.evidence and f.field == "unused_funds.amount"}
    return [
        fact
        for fact in facts
        if not (fact.field == "next_contact" and _place(fact) in taken)
        and not (fact.field == "fund_usage" and any(_holds(fact, other) for other in others))
        and not (fact.field == "fund_usage" and _place(fact) in idle)
    ]


def _holds(fact: Fact, other: Fact) -> bool:
    """Whether the words of the other begin within those of the fact, or the fact's within its."""
    a, b = fact.evidence, other.evidence
    if a is None or b is None:
        return False
    return a.start <= b.start < a.end or (other.field == "conduct.money" and b.start <= a.start < b.end)
