"""What the author decides on a report: whose it is, that it is right, that it is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from facts.model import Fact
from records import audit, borrowers, reports, scope, visits
from records.database import Tx
from records.model import Attempt, Borrower, Promise, Report, Staff
from reports import promised, standing
from reports.model import local_day
from reports.reading import Read, current, is_waiting

REASONS = {"visit": "nobody_there", "phone": "no_answer", "message": "no_answer"}


class Refused(Exception):
    """It can't be done now; `code` has its sentence as `reports.refused.<code>`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was recorded; `read` is the report as its card showed it."""

    report: Report
    borrower: Borrower
    read: Read
    attempt: Attempt | None
    promise: Promise | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.read.facts


async def own(tx: Tx, report_id: int, author: Staff, version: int | None = None) -> Report:
    """The author's open report, locked. Raises Refused: unknown, not_yours, done, void, old_card."""
    report = await reports.hold(tx, report_id)
    if report is None:
        raise Refused("unknown")
    if report.author != author.staff_code:
        raise Refused("not_yours")
    if report.state not in reports.OPEN:
        raise Refused("done" if report.state == "confirmed" else "void")
    if version is not None and version != report.version:
        raise Refused("old_card")
    return report


async def confirm(tx: Tx, report_id: int, version: int, author: Staff, now: datetime) -> Confirmed:
    """Make it a record: facts, attempt, promise, standing, audit. Raises Refused."""
    report = await own(tx, report_id, author, version)
    if report.borrower_code is None:
        raise Refused("no_borrower")
    done = await current(tx, report)
    if any(map(is_waiting, done.parts)):
        raise Refused("hearing")
    borrower = await borrowers.get(tx, report.borrower_code)
    if borrower is None:
        raise Refused("unknown")
    await reports.settle_facts(tx, report.id, "confirmed")
    report = await reports.change(tx, report.id, state="confirmed", confirmed_at=now)
    attempt = await _attempt(tx, report, done, now)
    promise = await _promise(tx, report, done.facts)
    await _other_promises(tx, report)
    await standing.move(tx, report, done.facts, now)
    await _audit(tx, now, author, report, done)
    return Confirmed(report, borrower, done, attempt, promise)


async def drop(tx: Tx, report_id: int, version: int, author: Staff, now: datetime) -> Report:
    """Void it: the words stay, no record is made. Raises Refused."""
    report = await own(tx, report_id, author, version)
    await reports.settle_facts(tx, report.id, "dropped")
    await audit.record(tx, now, author.staff_code, "report.dropped", f"report:{report.id}", {})
    return await reports.renew(tx, report.id, state="void", failure="dropped")


async def choose(tx: Tx, report_id: int, borrower_code: str, author: Staff, now: datetime) -> Read:
    """The author says whose report it is. Raises Refused; unknown for a borrower that isn't theirs to see."""
    report = await own(tx, report_id, author)
    if not await scope.can_see(tx, author, borrower_code, local_day(author, now)):
        raise Refused("unknown")
    if report.borrower_code != borrower_code:
        report = await reports.renew(tx, report.id, borrower_code=borrower_code, visit_id=None, loan_no=None)
    return await current(tx, report)


def stated(facts: tuple[Fact, ...], name: str) -> Any:
    return next((fact.value for fact in facts if fact.field == name), None)


async def _attempt(tx: Tx, report: Report, done: Read, now: datetime) -> Attempt | None:
    """Nobody reached counts as one try on the day that the report speaks of."""
    outcome = stated(done.facts, "contact.outcome")
    if outcome != "unreachable":
        return None
    channel = str(stated(done.facts, "contact.channel") or "phone")
    return await visits.add_attempt(
        tx,
        borrower_code=report.borrower_code,
        visit_id=report.visit_id,
        staff_code=report.author,
        at=min(report.received_at, now),
        on_day=standing.day_of(report),
        channel=channel,
        reason=REASONS.get(channel, "no_answer"),
        report_id=report.id,
    )


async def _promise(tx: Tx, report: Report, facts: tuple[Fact, ...]) -> Promise | None:
    due_on, amount = stated(facts, "repayment.promise_date"), stated(facts, "repayment.promise_amount")
    if due_on is None and amount is None:
        return None
    told = [
        fact.evidence.text for fact in facts if fact.field.startswith("repayment.promise") and fact.evidence
    ]
    return await visits.add_promise(
        tx,
        borrower_code=report.borrower_code,
        report_id=report.id,
        made_on=standing.day_of(report),
        due_on=standing.as_day(due_on),
        amount=None if amount is None else Decimal(str(amount)),
        words=" · ".join(dict.fromkeys(told)),
        state="open",
    )


async def _other_promises(tx: Tx, report: Report) -> None:
    """Papers to come, work to start again: as the card showed them."""
    for one in promised.read(report.text, report.reported_on):
        await visits.add_promise(
            tx,
            borrower_code=report.borrower_code,
            report_id=report.id,
            made_on=standing.day_of(report),
            due_on=one.due_on,
            words=one.words,
            state="open",
            kind=one.kind,
        )


async def _audit(tx: Tx, now: datetime, author: Staff, report: Report, done: Read) -> None:
    detail = {
        "borrower_code": report.borrower_code,
        "version": report.version,
        "facts": [[fact.field, fact.value] for fact in done.facts],
        "media": [part.sha256 for part in done.parts if part.sha256],
    }
    await audit.record(tx, now, author.staff_code, "report.confirmed", f"report:{report.id}", detail)
