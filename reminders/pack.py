"""What to know before going: the loan, the last report, open flags, promises due, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from records import planning, statements, visits
from records.database import Tx
from records.model import Case, Promise, Visit
from records.planning import Known
from records.statements import Paper
from reminders.places import map_links

QUESTIONS = 3
PAPERS_AHEAD = 14  # days before its day that a statement is asked for


@dataclass(frozen=True, slots=True)
class Question:
    """`code` names the sentence; the first ones matter most."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pack:
    visit: Visit
    known: Known
    promises: tuple[Promise, ...]
    questions: tuple[Question, ...]
    papers: tuple[Paper, ...] = ()

    @property
    def map_url(self) -> str | None:
        """The site on the map that people use there."""
        links = map_links(self.known.borrower)
        return links[0][1] if links else None


async def pack(tx: Tx, visit: Visit, today: date) -> Pack:
    known = (await planning.page(tx, "", 1, [visit.borrower_code]))[0]
    promises = await visits.promises_of(tx, visit.borrower_code, "open", "broken")
    papers = await statements.owed(tx, today, statements.of_borrower(visit.borrower_code), ahead=PAPERS_AHEAD)
    asked = questions(known, promises, today)[:QUESTIONS]
    return Pack(visit, known, tuple(promises), tuple(asked), tuple(papers))


def stated(known: Known, field: str) -> Any:
    """The value last stated of a field, None where no report ever said it."""
    entry = known.standing.facts.get(field) if known.standing else None
    return entry.get("value") if isinstance(entry, Mapping) else None


def questions(known: Known, promises: Sequence[Promise], today: date) -> list[Question]:
    """What is unknown or doubtful, the riskiest first."""
    asked = [_flags(known.cases), _promised(promises, today), _use(known), _arrears(known)]
    asked += [_project(known), _collateral(known), _cash(known), _work(known)]
    return [question for question in asked if question]


def _flags(cases: Sequence[Case]) -> Question | None:
    loud = [
        case for case in cases if case.severity in ("red", "orange") and not case.code.startswith("schedule")
    ]
    return Question("flag", {"code": loud[0].code}) if loud else None


def _promised(promises: Sequence[Promise], today: date) -> Question | None:
    due = [one for one in promises if one.due_on and one.due_on <= today]
    return (
        Question(f"promise.{due[0].kind}", {"amount": due[0].amount, "day": due[0].due_on}) if due else None
    )


def _use(known: Known) -> Question | None:
    """Money that went out and no report has accounted for."""
    drawn = sum((loan.drawn for loan in known.loans), Decimal(0))
    used = stated(known, "fund_usage")
    if not used:
        return Question("use", {"drawn": drawn}) if drawn else None
    uses = used if isinstance(used, list) else [used]
    sums = [use.get("amount") for use in uses if isinstance(use, Mapping)]
    if not sums or any(amount is None for amount in sums):
        return Question("use_sum", {})
    left = drawn - sum(Decimal(str(amount)) for amount in sums)
    return Question("use_left", {"left": left}) if left > drawn / 20 else None


def _arrears(known: Known) -> Question | None:
    signals = stated(known, "cash_stress.signal") or []
    signals = signals if isinstance(signals, list) else [signals]
    return Question("signal", {"signal": signals[0]}) if signals else None


def _project(known: Known) -> Question | None:
    if all(loan.product == "working_capital" for loan in known.loans):
        return None
    percent = stated(known, "progress.percent")
    if percent is None:
        return Question("progress", {})
    return Question("progress_since", {"percent": percent}) if float(percent) < 100 else None


def _collateral(known: Known) -> Question | None:
    pledged = next((loan.collateral for loan in known.loans if loan.collateral), None)
    return Question("collateral", {"collateral": pledged}) if pledged else None


def _cash(known: Known) -> Question | None:
    return Question("cash", {}) if stated(known, "cash_stress.level") in (None, "mild") else None


def _work(known: Known) -> Question | None:
    return Question("work", {}) if stated(known, "operations.headcount") is None else None
