"""What people do with a case: acknowledge, answer, close. Who may, and what is kept of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from anomalies import wording
from anomalies.circle import Circle
from prompts.catalog import say
from prompts.message import Message
from records import audit, cases, people
from records.database import Tx
from records.model import Case, Staff

SHORTEST_REASON = 2
LOUD = ("orange", "red")


class CaseError(Exception):
    """`code` is a key of the catalog's case table: gone, closed_already, acknowledged_by, not_own, say_reason."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


async def seen(tx: Tx, case_id: int, staff: Staff, now: datetime) -> Case:
    """The open case, if it exists for this person. Raises CaseError gone or closed_already."""
    case = await cases.hold(tx, case_id)
    if case is None or not await cases.can_see(tx, staff, case, today(staff, now)):
        raise CaseError("gone")
    if case.state == "closed":
        raise CaseError("closed_already")
    return case


async def acknowledge(tx: Tx, case_id: int, staff: Staff, now: datetime) -> Case:
    """Somebody has taken notice: the nagging ends. Raises CaseError, acknowledged_by when it was another's."""
    case = await seen(tx, case_id, staff, now)
    if case.acknowledged_by and case.acknowledged_by != staff.staff_code:
        raise CaseError("acknowledged_by", who=await _name(tx, case.acknowledged_by))
    return await _done(
        tx, case, staff, now, "acknowledged", acknowledged_at=now, acknowledged_by=staff.staff_code
    )


async def answer(tx: Tx, case_id: int, staff: Staff, text: str, now: datetime) -> Case:
    """What became of it, in somebody's words; whoever answers has acknowledged."""
    case = await seen(tx, case_id, staff, now)
    values: dict[str, Any] = {"state": "answered"}
    if case.acknowledged_at is None:
        values |= {"acknowledged_at": now, "acknowledged_by": staff.staff_code}
    return await _done(tx, case, staff, now, "answered", text, **values)


async def may_close(tx: Tx, case: Case, staff: Staff) -> bool:
    """Orange and red need somebody other than the borrower's account manager."""
    if not wording.may_close(case, staff):
        return False
    circle = Circle(tx, case.last_seen_at)
    await circle.load([case])
    return (
        case.severity not in LOUD or circle.borrowers[case.borrower_code].account_manager != staff.staff_code
    )


def needs_reason(case: Case) -> bool:
    return case.severity in LOUD


async def close(tx: Tx, case_id: int, staff: Staff, reason: str, now: datetime) -> Case:
    """Raises CaseError not_own for an account manager's loud case, say_reason where one is needed and missing."""
    case = await seen(tx, case_id, staff, now)
    if not await may_close(tx, case, staff):
        raise CaseError("not_own")
    if needs_reason(case) and len(reason.strip()) < SHORTEST_REASON:
        raise CaseError("say_reason")
    closing = {
        "state": "closed",
        "closed_at": now,
        "closed_by": staff.staff_code,
        "close_reason": reason or None,
    }
    return await _done(tx, case, staff, now, "closed", reason, **closing)


async def tell_others(
    tx: Tx, case: Case, staff: Staff, key: str, now: datetime, **values: Any
) -> list[Message]:
    """Tell the account manager and the manager above of an answer or a closing; of a quiet case nobody."""
    circle = Circle(tx, now)
    await circle.load([case])
    if case.audience == "compliance" or case.severity not in LOUD:
        return []
    told = [*await circle.account_manager(case), *(await circle.chain(case))[:1]]
    return [
        Message(
            _told(circle, case, person, staff, key, values), to=person.staff_code, about=f"case:{case.id}"
        )
        for person in told
        if person.staff_code != staff.staff_code
    ]


def today(staff: Staff, now: datetime) -> date:
    return now.astimezone(ZoneInfo(staff.timezone)).date()


def _told(circle: Circle, case: Case, person: Staff, staff: Staff, key: str, values: dict[str, Any]) -> str:
    return say(
        f"anomalies.case.{key}",
        person.language,
        who=staff.name,
        borrower=circle.borrowers[case.borrower_code].called,
        title=wording.title(case, person.language),
        **values,
    )


async def _done(
    tx: Tx, case: Case, staff: Staff, now: datetime, action: str, note: str = "", **values: Any
) -> Case:
    changed = await cases.change(tx, case.id, **values)
    await cases.note(tx, case.id, now, staff.staff_code, action, severity=case.severity, note=note or None)
    detail = {"code": case.code, "borrower": case.borrower_code, "note": note}
    await audit.record(tx, now, staff.staff_code, f"case.{action}", f"case:{case.id}", detail)
    return changed


async def _name(tx: Tx, staff_code: str) -> str:
    found = await people.by_code(tx, staff_code)
    return found.name if found else staff_code
