"""Handing borrowers over: looked at by the manager first, then everything at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from records import handovers, scope, visits
from records.database import Tx
from records.handovers import Load
from records.model import Borrower, Handover, Staff, Visit
from reminders.actions import Refused
from reminders.hours import hours
from reminders.plan import remind_at
from reminders.policy import Policy


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-over as its manager looks at it before it is done."""

    handover: Handover
    giver: Staff
    taker: Staff
    borrowers: tuple[Borrower, ...]
    load: Load


async def team(tx: Tx, manager: Staff, today: date) -> list[Staff]:
    """Between whom this person may move borrowers. Raises Refused for anybody but a manager."""
    if manager.role != "manager":
        raise Refused("managers_only")
    seen = await scope.visible_staff(tx, manager, today)
    return [one for one in seen if one.role in ("account_manager", "manager")]


async def begin(tx: Tx, manager: Staff, giver: str, today: date, now: datetime) -> Handover:
    """Everything that `giver` has, to somebody who is still to be named."""
    await _member(tx, manager, giver, today)
    mine = [one.borrower_code for one in await handovers.owned(tx, giver)]
    if not mine:
        raise Refused("nothing_to_hand")
    return await handovers.propose(tx, giver, None, mine, manager.staff_code, now, whole=True)


async def propose(
    tx: Tx,
    manager: Staff,
    giver: str,
    taker: str,
    codes: Sequence[str],
    *,
    today: date,
    now: datetime,
    whole: bool = False,
) -> Offer:
    """Some borrowers of one, or with `whole` all, for the manager to look at. Raises Refused."""
    if not codes:
        raise Refused("nothing_to_hand")
    made = await handovers.propose(tx, giver, taker, codes, manager.staff_code, now, whole=whole)
    return await look(tx, made.id, manager, today)


async def look(tx: Tx, handover_id: int, manager: Staff, today: date) -> Offer:
    """What would go along as things are now. Raises Refused: gone, not_yours, handed, same_person."""
    handover = await handovers.get(tx, handover_id)
    if handover is None or handover.to_staff is None:
        raise Refused("gone")
    if handover.asked_by != manager.staff_code:
        raise Refused("not_yours")
    if handover.done_at is not None:
        raise Refused("handed")
    if handover.to_staff == handover.from_staff:
        raise Refused("same_person")
    giver = await _member(tx, manager, handover.from_staff, today)
    taker = await _member(tx, manager, handover.to_staff, today)
    mine = await handovers.owned(tx, giver.staff_code)
    chosen = [one for one in mine if handover.whole or one.borrower_code in handover.borrower_codes]
    if not chosen:
        raise Refused("nothing_to_hand")
    codes = [one.borrower_code for one in chosen]
    return Offer(
        handover, giver, taker, tuple(chosen), await handovers.load_of(tx, codes, giver.staff_code, today)
    )


async def name_taker(
    tx: Tx, handover_id: int, taker: str, manager: Staff, today: date, now: datetime, giver: str = ""
) -> Offer:
    """Who takes it. Another choice is another hand-over, so that a preview is never done otherwise than shown.

    With `giver` it must be theirs. Raises Refused.
    """
    found = await handovers.get(tx, handover_id)
    if found is None:
        raise Refused("gone")
    if found.asked_by != manager.staff_code or giver not in ("", found.from_staff):
        raise Refused("not_yours")
    if found.done_at is None and found.to_staff is None:
        found = await handovers.change(tx, found.id, to_staff=taker)
    elif found.to_staff != taker:
        values = (found.from_staff, taker, found.borrower_codes, manager.staff_code, now)
        found = await handovers.propose(tx, *values, whole=found.whole)
    return await look(tx, found.id, manager, today)


async def carry_out(tx: Tx, handover_id: int, manager: Staff, *, now: datetime, policy: Policy) -> Offer:
    """All of it, in the caller's transaction. Raises Refused("changed") where it isn't what the manager saw."""
    offer = await look(tx, handover_id, manager, hours(manager, policy).today(now))
    codes = sorted(one.borrower_code for one in offer.borrowers)
    if codes != sorted(offer.handover.borrower_codes):
        await handovers.change(tx, handover_id, borrower_codes=codes)
        raise Refused("changed")
    moved = await handovers.carry_out(tx, offer.handover, manager.staff_code, now, offer.load)
    await visits.change_many(tx, [_reminder(visit, offer.taker, now, policy) for visit in moved])
    return offer


def _reminder(visit: Visit, taker: Staff, now: datetime, policy: Policy) -> dict[str, Any]:
    """The new one hears of each item by their own clock."""
    due_at = remind_at(visit.kind, visit.due_on, hours(taker, policy), now)
    return {"id": visit.id, "due_at": due_at, "state": "planned"}


async def _member(tx: Tx, manager: Staff, staff_code: str, today: date) -> Staff:
    found = next((one for one in await team(tx, manager, today) if one.staff_code == staff_code), None)
    if found is None:
        raise Refused("not_in_team")
    return found
