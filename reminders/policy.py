"""The lender's policy on visits and reminders: read from TOML, checked, and named by its content."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from prompts.catalog import label
from records.model import PURPOSES, RISK_CLASSES

SHIPPED = Path(__file__).with_name("policy.toml")
Days = Annotated[int, Field(ge=1, le=3650)]
Some = Annotated[int, Field(ge=0, le=3650)]
Product = Literal["working_capital", "fixed_asset", "project_finance"]


class Problem(NamedTuple):
    """`words` say what is wrong and what is allowed; `line` is that of the key in the file, None for none."""

    key: str
    words: str
    line: int | None = None


class PolicyError(ValueError):
    """The file at `source` can't be used."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.source, self.problems = source, tuple(problems)
        super().__init__("; ".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """Each problem as FILE:LINE: key: words."""
        return [
            f"{self.source}{f':{problem.line}' if problem.line else ''}: {problem.key}: {problem.words}"
            for problem in self.problems
        ]


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

    @field_validator("also", "never")
    @classmethod
    def _known(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [code for code in codes if label("rule", code, "en") == code]
        if unknown:
            raise ValueError(f"no such flag: {', '.join(unknown)}; docs/rules.md has their names")
        return codes


class Construction(Part):
    products: tuple[Product, ...]
    purposes: tuple[str, ...]
    every_days: Some
    drawdown_days: Some

    @field_validator("purposes")
    @classmethod
    def _known(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        if set(codes) - set(PURPOSES):
            raise ValueError(f"no such purpose; allowed are {', '.join(PURPOSES)}")
        return codes


class Promised(Part):
    call: bool
    within_days: Some


class Over(Part):
    over_days: Some


class Merge(Part):
    days: Some


class Retry(Part):
    working_days: Days


class Sooner(Part):
    products: dict[Product, Days]
    borrowers: dict[str, Days]
    amount: Annotated[float, Field(ge=0)]
    amount_days: Days
    collateral: Annotated[float, Field(ge=0)]
    collateral_days: Days


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

    @model_validator(mode="after")
    def _climbs(self) -> Late:
        if self.at_once_days < self.digest_days:
            raise ValueError("must be in order: digest_days <= at_once_days")
        return self


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
    construction: Construction
    promise: Promised
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
        """Days between two visits, by class, product, borrower and amount alone."""
        return self.interval(borrower_code, risk_class, products, amount)[0]

    def interval(
        self,
        borrower_code: str,
        risk_class: str,
        products: set[str],
        amount: float,
        *,
        uncovered: float = 0.0,
        building: bool = False,
    ) -> tuple[int, str]:
        """Days between two visits, and by what: class, product, borrower, amount, collateral or construction.

        `amount` is that of the largest loan, `uncovered` its balance as a share of the collateral's value
        (inf where there is none). The shortest rule wins, the class where they are equal.
        """
        sooner = self.sooner
        days = [(int(getattr(self.visit, risk_class if risk_class in RISK_CLASSES else "normal")), "class")]
        if borrower_code in sooner.borrowers:
            days.append((sooner.borrowers[borrower_code], "borrower"))
        if building and self.construction.every_days:
            days.append((self.construction.every_days, "construction"))
        days += [(every, "product") for name, every in sooner.products.items() if name in products]
        if 0 < sooner.amount <= amount:
            days.append((sooner.amount_days, "amount"))
        if 0 < sooner.collateral < uncovered:
            days.append((sooner.collateral_days, "collateral"))
        return min(days, key=lambda one: one[0])


def load(path: Path | None = None) -> Policy:
    """The shipped policy, with what the file at `path` says instead. Raises PolicyError."""
    words = _read(SHIPPED)[0]
    own, text = _read(path) if path is not None else ({}, "")
    try:
        return Policy.model_validate(_over(words, own))
    except ValidationError as error:
        lines = _lines(text)
        raise PolicyError(str(path or SHIPPED), [_problem(item, lines) for item in error.errors()]) from None


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_text("utf-8-sig")
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        at = re.search(r"at line (\d+)", str(error))
        raise PolicyError(str(path), [Problem("TOML", str(error), int(at[1]) if at else None)]) from None
    except OSError as error:
        raise PolicyError(str(path), [Problem("file", error.strerror or "can't be read")]) from None


def _over(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in top.items():
        below = merged.get(key)
        merged[key] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _lines(text: str) -> dict[str, int]:
    """The line of each section and key of a TOML text, by dotted name."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            section = head[1]
            found.setdefault(section, number)
        elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            found.setdefault(f"{section}.{key[1]}".lstrip("."), number)
    return found


def _problem(error: Any, lines: dict[str, int]) -> Problem:
    parts = [str(part) for part in error["loc"] if part != "[key]"]
    names = [".".join(parts[:end]) for end in range(len(parts), 0, -1)]
    line = next((lines[name] for name in names if name in lines), None)
    key = names[0] if names else "policy"
    if error["type"] == "extra_forbidden":
        return Problem(key, f"no such key; allowed are {', '.join(_allowed(parts[:-1]))}", line)
    words = error["msg"].removeprefix("Value error, ")
    given = "" if error["type"] == "missing" or isinstance(error["input"], dict) else error["input"]
    return Problem(key, words + (f" (given: {given!r})" if given != "" else ""), line)


def _allowed(section: list[str]) -> list[str]:
    model: Any = Policy
    for part in section:
        model = model.model_fields[part].annotation
    return sorted(model.model_fields)


@cache
def _country(code: str) -> str:
    import holidays

    known = holidays.list_supported_countries()
    if code not in known:
        raise ValueError(f"no such country; allowed are {', '.join(sorted(known))}")
    return code
