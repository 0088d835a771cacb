"""The lender's policy on visits and reminders: read from TOML, checked, and named by its content."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from records.model import PRODUCTS, RISK_CLASSES

SHIPPED = Path(__file__).with_name("policy.toml")
Days = Annotated[int, Field(ge=1, le=3650)]
Some = Annotated[int, Field(ge=0, le=3650)]


class PolicyError(ValueError):
    """The file can't be used; `problems` are (key, what is wrong and what is allowed)."""

    def __init__(self, source: str, problems: list[tuple[str, str]]) -> None:
        self.source, self.problems = source, problems
        super().__init__(source + ": " + "; ".join(f"{key}: {words}" for key, words in problems))


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FirstCheck(Part):
    after_days: Days
    backlog_days: Some


class Visiting(Part):
    normal: Days
    special_mention: Days
    substandard: Days
    doubtful: Days
    loss: Days


class Callback(Part):
    share: Annotated[float, Field(ge=0, lt=1)]


class Maturity(Part):
    before_days: Days
    early_days: Some


class Special(Part):
    working_days: Days
    also: tuple[str, ...]
    never: tuple[str, ...]


class Over(Part):
    over_days: Some


class Merge(Part):
    days: Some


class Retry(Part):
    working_days: Days


class Sooner(Part):
    products: dict[Literal["working_capital", "fixed_asset", "project_finance"], Days]
    borrowers: dict[str, Days]
    amount: Annotated[float, Field(ge=0)]
    amount_days: Days


class Times(Part):
    morning: time
    evening: time
    quiet_from: time
    quiet_to: time
    special_lead: Some

    @model_validator(mode="after")
    def _awake(self) -> Times:
        if not (self.quiet_to <= self.morning < self.evening < self.quiet_from):
            raise ValueError("must be in order: quiet_to <= morning < evening < quiet_from")
        return self


class Late(Part):
    digest_days: Days
    at_once_days: Days


class Working(Part):
    country: str
    branches: dict[str, str]

    @field_validator("country")
    @classmethod
    def _known(cls, country: str) -> str:
        return _country(country)

    @field_validator("branches")
    @classmethod
    def _all_known(cls, branches: dict[str, str]) -> dict[str, str]:
        return {branch: _country(country) for branch, country in branches.items()}


class Policy(Part):
    """Frozen; `version` is a hash of the values, the same for files that only differ in comments."""

    first_check: FirstCheck
    visit: Visiting
    callback: Callback
    maturity: Maturity
    special: Special
    agreed: Over
    merge: Merge
    move: Over
    retry: Retry
    sooner: Sooner
    reminders: Times
    late: Late
    calendar: Working

    @property
    def version(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    def country(self, branch: str) -> str:
        return self.calendar.branches.get(branch, self.calendar.country)

    def every_days(self, borrower_code: str, risk_class: str, products: set[str], amount: float) -> int:
        """Days between two visits: the class's, or fewer where `sooner` names the borrower."""
        days = [int(getattr(self.visit, risk_class if risk_class in RISK_CLASSES else "normal"))]
        days += [
            self.sooner.products[name]
            for name in PRODUCTS
            if name in products and name in self.sooner.products
        ]
        if borrower_code in self.sooner.borrowers:
            days.append(self.sooner.borrowers[borrower_code])
        if 0 < self.sooner.amount <= amount:
            days.append(self.sooner.amount_days)
        return min(days)


def load(path: Path | None = None) -> Policy:
    """The shipped policy, with what the file at `path` says instead. Raises PolicyError, OSError."""
    words = _read(SHIPPED)
    if path is not None:
        words = _over(words, _read(path))
    try:
        return Policy.model_validate(words)
    except ValidationError as error:
        raise PolicyError(str(path or SHIPPED), [_problem(item) for item in error.errors()]) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(str(path), [("TOML", str(error))]) from None


def _over(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in top.items():
        below = merged.get(key)
        merged[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _problem(error: Any) -> tuple[str, str]:
    key = ".".join(str(part) for part in error["loc"]) or "policy"
    given = "" if isinstance(error["input"], dict) else f" (given: {error['input']!r})"
    if error["type"] != "extra_forbidden":
        return key, error["msg"] + given
    model: Any = Policy
    for part in error["loc"][:-1]:
        model = model.model_fields[part].annotation
    return key, f"no such key; allowed are {', '.join(sorted(model.model_fields))}"


@cache
def _country(code: str) -> str:
    import holidays

    known = holidays.list_supported_countries()
    if code not in known:
        raise ValueError(f"no such country; allowed are {', '.join(sorted(known))}")
    return code
