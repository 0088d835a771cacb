"""A flag becomes a case, or part of the one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from anomalies.model import CaseChange, Flag, loudest, rank
from anomalies.policy import Policy
from anomalies.registry import FOR_COMPLIANCE
from records import cases
from records.database import Tx
from records.model import Case, Report

SYSTEM = "system"
QUOTES = 20


async def from_report(
    tx: Tx, flag: Flag, report: Report, *, now: datetime, policy: Policy
) -> CaseChange | None:
    """A report's flag counts once for each report; None when it has counted already."""
    assert report.borrower_code is not None
    case = await cases.standing(tx, report.borrower_code, flag.code)
    if case is None:
        closed = await cases.last_closed(tx, report.borrower_code, flag.code)
        return await _open(tx, flag, report.borrower_code, report, closed, now, policy)
    if report.id in case.report_ids:
        return None
    return await _again(tx, case, flag, report, now, policy)


async def from_book(
    tx: Tx, flag: Flag, borrower_code: str, *, now: datetime, policy: Policy
) -> CaseChange | None:
    """A state of things opens a case once, and only makes it louder; a closed one stays closed for what it was."""
    case = await cases.standing(tx, borrower_code, flag.code)
    if case is not None:
        louder = rank(flag.severity) > rank(case.severity)
        return await _again(tx, case, flag, None, now, policy) if louder else None
    closed = await cases.last_closed(tx, borrower_code, flag.code)
    if closed is not None and _is_settled(closed, flag):
        return None
    return await _open(tx, flag, borrower_code, None, closed, now, policy)


async def from_contact(
    tx: Tx, flag: Flag, borrower_code: str, *, now: datetime, policy: Policy
) -> CaseChange | None:
    """Like the book's, but one more day of trying is seen again."""
    case = await cases.standing(tx, borrower_code, flag.code)
    if case is None or case.details == _details(flag):
        return await from_book(tx, flag, borrower_code, now=now, policy=policy)
    return await _again(tx, case, flag, None, now, policy)


def plain(details: Mapping[str, Any]) -> dict[str, Any]:
    """Details as JSON keeps them: days as ISO text, amounts as numbers."""
    return {name: _plain(value) for name, value in details.items()}


def due_at(severity: str, now: datetime, policy: Policy) -> datetime | None:
    hours = {
        "red": policy.case.red_hours,
        "orange": policy.case.orange_hours,
        "yellow": policy.case.yellow_hours,
    }.get(severity)
    return None if hours is None else now + timedelta(hours=hours)


async def _open(
    tx: Tx,
    flag: Flag,
    borrower_code: str,
    report: Report | None,
    closed: Case | None,
    now: datetime,
    policy: Policy,
) -> CaseChange | None:
    case = await cases.open_case(
        tx,
        borrower_code=borrower_code,
        code=flag.code,
        severity=flag.severity,
        audience="compliance" if flag.code in FOR_COMPLIANCE else "all",
        author=report.author if report else None,
        opened_at=now,
        last_seen_at=now,
        report_ids=[report.id] if report else [],
        details=_details(flag),
        evidence=_quotes(flag, report),
        policy_version=policy.version,
        due_at=due_at(flag.severity, now, policy),
        escalated_at=now,
        previous_id=closed.id if closed else None,
    )
    if case is None:
        return None
    await _note(tx, case, now, "opened", flag, report)
    return CaseChange(case, "opened", flag)


async def _again(
    tx: Tx, case: Case, flag: Flag, report: Report | None, now: datetime, policy: Policy
) -> CaseChange:
    severity = loudest(case.severity, flag.severity)
    raised = severity != case.severity
    values: dict[str, Any] = {
        "count": case.count + 1,
        "last_seen_at": now,
        "report_ids": [*case.report_ids, report.id] if report else list(case.report_ids),
        "details": _details(flag),
        "evidence": [*case.evidence, *_quotes(flag, report)][-QUOTES:],
        "policy_version": policy.version,
        "severity": severity,
    }
    changed = await cases.change(tx, case.id, **values, **(_awake(severity, now, policy) if raised else {}))
    await _note(tx, changed, now, "raised" if raised else "updated", flag, report)
    return CaseChange(changed, "raised" if raised else "updated", flag)


def _awake(severity: str, now: datetime, policy: Policy) -> dict[str, Any]:
    """A case that got louder asks again for everything that was done about the quieter one."""
    return {
        "state": "open",
        "due_at": due_at(severity, now, policy),
        "acknowledged_at": None,
        "acknowledged_by": None,
        "escalated_to": 0,
        "escalated_at": now,
    }


async def _note(tx: Tx, case: Case, now: datetime, action: str, flag: Flag, report: Report | None) -> None:
    number = report.id if report else None
    await cases.note(tx, case.id, now, SYSTEM, action, severity=flag.severity, report_id=number)


def _is_settled(closed: Case, flag: Flag) -> bool:
    """The closed case was as loud, and the trouble is not younger than its closing."""
    if closed.closed_at is None or rank(closed.severity) < rank(flag.severity):
        return False
    return flag.since is None or flag.since <= closed.closed_at.date()


def _details(flag: Flag) -> dict[str, Any]:
    return {**plain(flag.details), "loan_no": flag.loan_no}


def _quotes(flag: Flag, report: Report | None) -> list[dict[str, Any]]:
    return [{"report_id": report.id if report else None, "text": words} for words in flag.evidence if words]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return plain(value) if isinstance(value, Mapping) else value
