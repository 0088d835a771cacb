"""Everything that a rule may look at, frozen: the book, the report, what was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anomalies.model import EarlierText, SeenPhoto, Stated, Told
from anomalies.policy import Policy
from records.model import (
    Attempt,
    Balance,
    Borrower,
    Loan,
    Milestone,
    Promise,
    RelatedParty,
    Statement,
    Visit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One borrower on one day. `told` is the report just confirmed (None in a sweep), `before` the earlier
    confirmed ones, newest first. `named` is the loan that the report or its visit names. `proof_on` is the
    day of the newest document or photo. `times` counts earlier findings of a code about the author, `names`
    are all those that a text of theirs may bear, `zone` is the author's."""

    borrower: Borrower
    today: date
    policy: Policy
    loans: tuple[Loan, ...] = ()
    named: str | None = None
    milestones: tuple[Milestone, ...] = ()
    statements: tuple[Statement, ...] = ()
    related: tuple[RelatedParty, ...] = ()
    told: Told | None = None
    before: tuple[Told, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    promises: tuple[Promise, ...] = ()
    balances: tuple[Balance, ...] = ()
    visits: tuple[Visit, ...] = ()
    proof_on: date | None = None
    earlier_texts: tuple[EarlierText, ...] = ()
    seen_photos: tuple[SeenPhoto, ...] = ()
    times: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    zone: str = "Asia/Shanghai"

    @property
    def facts(self) -> tuple[Stated, ...]:
        return self.told.facts if self.told else ()

    def get(self, name: str) -> Stated | None:
        return self.told.get(name) if self.told else None

    def value(self, name: str) -> Any:
        return self.told.value(name) if self.told else None

    def signal(self, code: str) -> Stated | None:
        return self.told.signal(code) if self.told else None

    @property
    def day(self) -> date:
        """The day that the facts speak of: the visit's, else the report's, else today."""
        on = self.value("contact.on")
        if on:
            return date.fromisoformat(str(on))
        return self.told.day if self.told else self.today

    @property
    def last(self) -> Told | None:
        """What the rules call before: the last confirmed report that says more than whom it reached."""
        return next((told for told in self.before if _says_something(told)), None)

    def stated_before(self, name: str) -> tuple[Stated, Told] | None:
        """The newest earlier statement of a field, and the report it stands in."""
        return next(((fact, told) for fact, told in self.statements_of(name)), None)

    def statements_of(self, name: str) -> Iterator[tuple[Stated, Told]]:
        for told in self.before:
            fact = told.get(name)
            if fact is not None:
                yield fact, told


def _says_something(told: Told) -> bool:
    return any(not fact.field.startswith(("contact.", "next_contact")) for fact in told.facts)
