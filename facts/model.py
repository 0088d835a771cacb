"""What a report says, as values that each carry the words that say it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Value = str | int | float | bool | Mapping[str, Any]

SINGLE_FIELDS = (
    "contact.channel",
    "contact.outcome",
    "contact.person",
    "contact.on",
    "unused_funds.amount",
    "progress.percent",
    "progress.status",
    "progress.delay_days",
    "cash_stress.level",
    "collateral.status",
    "collateral.value",
    "repayment.promise_date",
    "repayment.promise_amount",
    "repayment.paid_amount",
    "operations.headcount",
    "operations.capacity_percent",
    "operations.orders_change_percent",
    "operations.revenue_change_percent",
    "next_contact",
    "conduct.money",
)
REPEATED_FIELDS = ("fund_usage", "cash_stress.signal")
FIELDS = (*SINGLE_FIELDS, *REPEATED_FIELDS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Exact words: `transcript[start:end] == text`; offsets count characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one field of FIELDS.

    `value` is a number in base units (yuan, percent points, days, people), an ISO date, a code of the fact
    contract, or for `fund_usage` a mapping `{"amount": number | None, "purpose": code}`.
    `low` and `high` keep both ends of a range; `source` is seen, told, document or heard, with `teller`
    where somebody is named. `detail` holds what a rule needs beyond the value (wage_arrears: {"days": 60}).
    `doubt` is a code that says why a person should check it (model_only, unclear_sound, contradiction, sums).
    """

    field: str
    value: Value
    evidence: Evidence | None = None
    approximate: bool = False
    low: float | None = None
    high: float | None = None
    source: str | None = None
    teller: str | None = None
    doubt: str | None = None
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        evidence = self.evidence
        return {
            "field": self.field,
            "value": self.value,
            "evidence": evidence and {name: getattr(evidence, name) for name in Evidence.__slots__},
            "approximate": self.approximate,
            "low": self.low,
            "high": self.high,
            "source": self.source,
            "teller": self.teller,
            "doubt": self.doubt,
            "detail": dict(self.detail),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Fact:
        evidence = data.get("evidence")
        return cls(**{**data, "evidence": Evidence(**evidence) if evidence else None})

    def shifted(self, offset: int) -> Fact:
        """The same fact in a text where its clause starts `offset` characters later."""
        if self.evidence is None:
            return self
        moved = replace(self.evidence, start=self.evidence.start + offset, end=self.evidence.end + offset)
        return replace(self, evidence=moved)


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the report itself: `code` is contradiction or sums, with the spans it rests on."""

    code: str
    spans: tuple[Evidence, ...] = ()
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All facts of one report, in the order of the text."""

    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    lang: str = "zh"

    def get(self, name: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.field == name), None)

    def contract(self) -> dict[str, Any]:
        return contract(self.facts)


def contract(facts: Iterable[Fact]) -> dict[str, Any]:
    """The nested shape that scoring and replay print: only what the report states."""
    nested: dict[str, Any] = {}
    for fact in facts:
        _place(nested, fact)
    return nested


def _place(nested: dict[str, Any], fact: Fact) -> None:
    if fact.field == "fund_usage":
        nested.setdefault("fund_usage", []).append(dict(fact.value))  # type: ignore[arg-type]
    elif fact.field == "cash_stress.signal":
        nested.setdefault("cash_stress", {}).setdefault("signals", []).append(fact.value)
    elif "." in fact.field:
        group, name = fact.field.split(".", 1)
        nested.setdefault(group, {})[name] = fact.value
    else:
        nested[fact.field] = fact.value
