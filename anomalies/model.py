"""What a rule sees and says: stated facts, a report as it was told, and flags."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from records.model import SEVERITIES, Case, Part, Report


class FactLike(Protocol):
    """A fact as the reader gives it; only its JSON shape is used."""

    def to_json(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact of a report. `start` is where its words stand in the report's text, -1 when unknown."""

    field: str
    value: Any
    words: str = ""
    start: int = -1
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    doubt: str | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Stated:
        evidence = data.get("evidence") or {}
        words, start = evidence.get("text", ""), evidence.get("start", -1)
        return cls(data["field"], data["value"], words, start, data.get("detail") or {}, data.get("doubt"))


@dataclass(frozen=True, slots=True)
class Told:
    """A report with what it states and what was sent with it."""

    report: Report
    facts: tuple[Stated, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def day(self) -> date:
        """The day that the report speaks of."""
        return self.report.visited_on or self.report.reported_on

    def get(self, name: str) -> Stated | None:
        return next((fact for fact in self.facts if fact.field == name), None)

    def value(self, name: str) -> Any:
        fact = self.get(name)
        return None if fact is None else fact.value

    def all(self, name: str) -> tuple[Stated, ...]:
        return tuple(fact for fact in self.facts if fact.field == name)

    def signal(self, code: str) -> Stated | None:
        return next((fact for fact in self.all("cash_stress.signal") if fact.value == code), None)


@dataclass(frozen=True, slots=True)
class EarlierText:
    """An earlier report of the same author, on any borrower."""

    report_id: int
    text: str
    on: date
    borrower: str = ""


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A picture of this report that came before, in report `report_id`; `bits` of its look differ (0: same)."""

    report_id: int
    on: date
    borrower: str = ""
    bits: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """One rule's finding. `details` fill its wording; `since` is the day the trouble began, where one is known."""

    code: str
    severity: str
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    loan_no: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What a flag did to the cases. `what` is opened, raised (severity went up) or updated."""

    case: Case
    what: str
    flag: Flag


def rank(severity: str) -> int:
    return SEVERITIES.index(severity)


def loudest(*severities: str) -> str:
    return max(severities, key=rank)
