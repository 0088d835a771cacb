"""The thresholds of the rules, read from a commented TOML file."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

DEFAULT = Path(__file__).with_name("policy.toml")
Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Days = Annotated[int, Field(ge=0, le=3650)]
Hours = Annotated[int, Field(ge=1, le=720)]
Hour = Annotated[int, Field(ge=0, le=24)]


class PolicyError(Exception):
    """A policy that cannot be used. `code` is policy.missing, policy.toml or policy.value; `problems` say where."""

    def __init__(self, code: str, path: Path, problems: tuple[str, ...]) -> None:
        super().__init__(f"{code} {path}: {'; '.join(problems)}")
        self.code, self.path, self.problems = code, path, problems


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class UsePolicy(_Section):
    related_red_from: Share
    cash_over: Share
    exceeds_over: Annotated[float, Field(ge=1, le=10)]
    unproved_yellow_from: Days
    unproved_orange_from: Days
    unproved_until: Days


class CashPolicy(_Section):
    wages_red_from: Days
    overdue_yellow_from: Annotated[int, Field(ge=1)]
    overdue_orange_from: Days
    overdue_red_from: Days
    orders_orange_from: Points


class OpsPolicy(_Section):
    capacity_under: Points
    capacity_drop_from: Points
    headcount_yellow_from: Share
    headcount_orange_from: Share
    revenue_yellow_from: Points
    revenue_orange_from: Points


class ProjectPolicy(_Section):
    behind_plan_over: Points
    behind_plan_red_from: Points
    delay_over: Days
    delay_red_from: Days
    behind_money_over: Points
    behind_money_red_from: Points
    backwards_over: Points


class CollateralPolicy(_Section):
    approved_ltv: Annotated[float, Field(gt=0, le=1.5)]
    value_drop_from: Share


class PromisePolicy(_Section):
    broken_from: Days


class ContactPolicy(_Section):
    attempts: Annotated[int, Field(ge=1)]
    look_back: Days


class SchedulePolicy(_Section):
    yellow_from: Days
    orange_from: Days
    first_check_after: Days
    first_check_red_from: Days


class StatementPolicy(_Section):
    late_from: Days
    look_back: Days


class RatioPolicy(_Section):
    current_under: float
    debt_over: float
    cover_under: float
    worsening_periods: Annotated[int, Field(ge=1, le=12)]


class ReportPolicy(_Section):
    copied_from: Share
    copied_characters: Annotated[int, Field(ge=1)]
    far_over_km: Annotated[float, Field(gt=0)]
    late_over: Days
    off_over: Share
    photo_bits: Annotated[int, Field(ge=0, le=32)]


class CasePolicy(_Section):
    orange_hours: Hours
    red_hours: Hours
    yellow_hours: Hours
    nag_hours: Hours
    nag_from: Hour
    nag_until: Hour
    bundle_over: Annotated[int, Field(ge=1)]


class Policy(_Section):
    """All thresholds; `version` changes with any of them and with nothing else."""

    use: UsePolicy
    cash: CashPolicy
    ops: OpsPolicy
    project: ProjectPolicy
    collateral: CollateralPolicy
    promise: PromisePolicy
    contact: ContactPolicy
    schedule: SchedulePolicy
    statement: StatementPolicy
    ratio: RatioPolicy
    report: ReportPolicy
    case: CasePolicy

    @property
    def version(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


def load(path: Path | None = None) -> Policy:
    """Read a policy file, the shipped one by default. Raises PolicyError."""
    path = path or DEFAULT
    try:
        return Policy.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise PolicyError("policy.missing", path, (type(error).__name__,)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError("policy.toml", path, (str(error),)) from error
    except ValidationError as error:
        raise PolicyError("policy.value", path, tuple(_problem(e) for e in error.errors())) from error


def _problem(error: object) -> str:
    assert isinstance(error, dict)
    return f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
