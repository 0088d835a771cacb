"""What a report leaves open: at most three questions, the riskiest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from facts.model import Fact
from records.model import Loan, Standing

LIMIT = 3
PROJECT_PRODUCTS = ("fixed_asset", "project_finance")


@dataclass(frozen=True, slots=True)
class Question:
    """`code` names its sentence, `reports.ask.<code>`; the heavier, the sooner it is asked."""

    code: str
    weight: int
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """The report's facts by field, what was last known, and the loans."""

    fields: Mapping[str, Fact]
    before: Mapping[str, Any]
    products: Collection[str]
    loans: Sequence[Loan]
    uses: Sequence[Fact]

    def last(self, name: str) -> Any:
        return (self.before.get(name) or {}).get("value")


def missing(facts: Sequence[Fact], standing: Standing | None, loans: Sequence[Loan]) -> list[Question]:
    """Nobody reached: nothing but the next try is asked for."""
    known = _Known(
        fields={fact.field: fact for fact in facts},
        before=standing.facts if standing else {},
        products={loan.product for loan in loans},
        loans=loans,
        uses=[fact for fact in facts if fact.field == "fund_usage"],
    )
    outcome = known.fields.get("contact.outcome")
    if outcome and outcome.value != "reached":
        return list(_next(known))
    found = [*_cash(known), *_uses(known), *_progress(known), *_promise(known), *_rest(known), *_next(known)]
    return sorted(found, key=lambda question: -question.weight)[:LIMIT]


def _cash(known: _Known) -> Iterable[Question]:
    if "cash_stress.level" in known.fields or "cash_stress.signal" in known.fields:
        return
    level = known.last("cash_stress.level")
    if level in ("mild", "severe"):
        yield Question("cash_again", 90, {"level": level})
    else:
        yield Question("cash", 60)


def _uses(known: _Known) -> Iterable[Question]:
    unsaid = next((fact for fact in known.uses if fact.value.get("amount") is None), None)  # type: ignore[union-attr]
    if unsaid:
        yield Question("use_amount", 55, {"purpose": unsaid.value["purpose"]})  # type: ignore[index]
    if known.uses or known.last("fund_usage"):
        return
    if "unused_funds.amount" not in known.fields:
        yield Question("use", 85)


def _progress(known: _Known) -> Iterable[Question]:
    stated = {"progress.percent", "progress.status"} & known.fields.keys()
    done = known.last("progress.status") == "completed"
    if stated or done or not known.products & set(PROJECT_PRODUCTS):  # type: ignore[operator]
        return
    last = known.last("progress.percent")
    yield Question("progress_since", 80, {"percent": last}) if last is not None else Question("progress", 80)


def _promise(known: _Known) -> Iterable[Question]:
    overdue = max((loan.overdue_days for loan in known.loans), default=0)
    stated = {
        "repayment.promise_date",
        "repayment.promise_amount",
        "repayment.paid_amount",
    } & known.fields.keys()
    if overdue > 0 and not stated:
        yield Question("promise", 95, {"days": overdue})


def _rest(known: _Known) -> Iterable[Question]:
    secured = any(loan.collateral for loan in known.loans)
    channel = known.fields.get("contact.channel")
    if secured and channel and channel.value == "visit" and "collateral.status" not in known.fields:
        yield Question("collateral", 40)
    if "contact.channel" not in known.fields:
        yield Question("channel", 50)
    if not {"operations.headcount", "operations.capacity_percent"} & known.fields.keys():
        yield Question("operations", 20)


def _next(known: _Known) -> Iterable[Question]:
    if "next_contact" not in known.fields:
        yield Question("next", 30)
