"""What is known, as frozen dataclasses: one a table, the same names as its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")

ROLES = ("account_manager", "manager", "risk", "compliance", "admin")
RISK_CLASSES = ("normal", "special_mention", "substandard", "doubtful", "loss")
PRODUCTS = ("working_capital", "fixed_asset", "project_finance")
PURPOSES = (
    "equipment",
    "raw_materials",
    "construction",
    "wages",
    "rent_utilities",
    "working_capital",
    "tax",
    "debt_repayment",
    "related_party",
    "real_estate",
    "securities",
    "private_lending",
    "personal",
    "cash_withdrawal",
    "other",
)
REPORT_STATES = ("received", "transcribed", "read", "confirmed", "void", "failed")
VISIT_KINDS = ("first_check", "visit", "callback", "special", "maturity")
SEVERITIES = ("blue", "yellow", "orange", "red")


def as_model(kind: type[T], row: Any) -> T:
    """A row as its dataclass; columns that it doesn't have are left out."""
    names, places = _shape(cast(Any, kind), row._fields)
    return kind(**dict(zip(names, [row[place] for place in places], strict=True)))


@cache
def fields_of(kind: Any) -> frozenset[str]:
    return frozenset(f.name for f in fields(kind))


@cache
def _shape(kind: Any, columns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    names = tuple(f.name for f in fields(kind) if f.name in columns)
    return names, tuple(columns.index(name) for name in names)


@dataclass(frozen=True, slots=True)
class Staff:
    staff_code: str
    name: str
    role: str
    branch: str = ""
    reports_to: str | None = None
    language: str = "zh"
    timezone: str = "Asia/Shanghai"
    chat_id: int | None = None
    joined_at: datetime | None = None
    blocked_at: datetime | None = None
    active: bool = True
    preferences: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Borrower:
    borrower_code: str
    name: str
    account_manager: str
    short_name: str = ""
    industry: str = ""
    contact_name: str = ""
    contact_role: str = ""
    contact_phone: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    risk_class: str = "normal"
    group: str = ""
    active: bool = True

    @property
    def called(self) -> str:
        """What people call it: the short name, else the whole one."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Loan:
    """Amounts in the currency's base unit; `approved_ltv` and other rates are fractions."""

    loan_no: str
    borrower_code: str
    product: str
    amount: Decimal
    drawn: Decimal
    balance: Decimal
    currency: str = "CNY"
    purpose: str = ""
    purposes: tuple[str, ...] | list[str] = ()
    disbursed_on: date | None = None
    matures_on: date | None = None
    overdue_days: int = 0
    collateral: str = ""
    collateral_value: Decimal | None = None
    approved_ltv: float | None = None
    guarantor: str = ""
    active: bool = True
    drawn_on: date | None = None
    drawn_more: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    loan_no: str
    due_on: date
    percent: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Ratios are fractions (debt 0.65); `revenue` in base units."""

    borrower_code: str
    period_end: date
    due_on: date | None = None
    received_on: date | None = None
    current_ratio: float | None = None
    debt_ratio: float | None = None
    interest_cover: float | None = None
    revenue: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RelatedParty:
    borrower_code: str
    name: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    loan_no: str
    as_of: date
    balance: Decimal
    drawn: Decimal
    overdue_days: int = 0


@dataclass(frozen=True, slots=True)
class Delegation:
    id: int
    from_staff: str
    to_staff: str
    starts_on: date
    ends_on: date
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Media:
    sha256: str
    mime: str
    size: int
    stored_at: datetime
    filename: str = ""
    look: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report on one borrower. `text` is what is read (simplified, mended); `original` as it came."""

    id: int
    author: str
    state: str
    reported_on: date
    received_at: datetime
    borrower_code: str | None = None
    loan_no: str | None = None
    visit_id: int | None = None
    visited_on: date | None = None
    text: str = ""
    original: str = ""
    lang: str = "zh"
    transcript: Mapping[str, Any] | None = None
    notes: list[Any] | tuple[Any, ...] = ()
    version: int = 1
    read_at: datetime | None = None
    confirmed_at: datetime | None = None
    asked_at: datetime | None = None
    asked_times: int = 0
    failure: str | None = None
    read_by: Mapping[str, Any] = field(default_factory=dict)
    mends: list[Any] | tuple[Any, ...] = ()
    attempts: int = 0
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A message that belongs to a report: kind is text, voice, photo, document or location."""

    report_id: int
    kind: str
    chat_id: int
    message_id: int
    sent_at: datetime
    id: int = 0
    text: str = ""
    sha256: str | None = None
    file_id: str | None = None
    filename: str = ""
    seconds: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFact:
    """`fact` is `facts.model.Fact.to_json()`; state is read, confirmed, dropped."""

    id: int
    report_id: int
    position: int
    field: str
    fact: Mapping[str, Any]
    state: str = "read"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a borrower now; `facts` maps each field to {"value", "on", "report_id"} as last stated."""

    borrower_code: str
    updated_at: datetime
    report_id: int | None = None
    reported_on: date | None = None
    last_visit_on: date | None = None
    last_contact_on: date | None = None
    level: str | None = None
    percent: float | None = None
    status: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a borrower said would be done by a day. kind: pay, papers, restart. state: open, kept, broken."""

    id: int
    borrower_code: str
    report_id: int
    made_on: date
    due_on: date | None = None
    amount: Decimal | None = None
    words: str = ""
    state: str = "open"
    settled_on: date | None = None
    kind: str = "pay"


@dataclass(frozen=True, slots=True)
class Handover:
    """Borrowers to go, or gone, from one person to another; `whole` where it is everything that they have."""

    id: int
    from_staff: str
    asked_by: str
    asked_at: datetime
    to_staff: str | None = None
    borrower_codes: tuple[str, ...] | list[str] = ()
    whole: bool = False
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar's private address. `digest` is of the plan last given out, `changed_at` when that was first."""

    staff_code: str
    created_at: datetime
    token_hash: str = ""
    read_at: datetime | None = None
    digest: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Something owed to a borrower. state: planned, reminded, done, cancelled. `why` = {"code": …, …}."""

    id: int
    borrower_code: str
    kind: str
    due_on: date
    staff_code: str
    created_at: datetime
    loan_no: str | None = None
    due_at: datetime | None = None
    state: str = "planned"
    why: Mapping[str, Any] = field(default_factory=dict)
    first_due_on: date | None = None
    moved_times: int = 0
    reminded_at: datetime | None = None
    reminded_times: int = 0
    escalated: int = 0
    done_on: date | None = None
    plan_key: str | None = None
    policy_version: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that reached nobody. reason: no_answer, off, refused, wrong_number, nobody_there."""

    borrower_code: str
    staff_code: str
    at: datetime
    on_day: date
    channel: str
    reason: str
    id: int = 0
    visit_id: int | None = None
    report_id: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A flag that somebody must work on. state: open, answered, closed; audience: all or compliance."""

    id: int
    borrower_code: str
    code: str
    severity: str
    state: str
    opened_at: datetime
    last_seen_at: datetime
    audience: str = "all"
    author: str | None = None
    count: int = 1
    report_ids: list[int] | tuple[int, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    evidence: list[Any] | tuple[Any, ...] = ()
    policy_version: str = ""
    due_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    escalated_to: int = 0
    escalated_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    close_reason: str | None = None
    previous_id: int | None = None
