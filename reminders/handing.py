"""Handing borrowers over: a preview with counts, then everything at once, and both are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from prompts.catalog import label, say
from prompts.message import Button, Message
from records import delegations, handovers, people, scope, visits, workload
from records.database import Tx
from records.handovers import Load
from records.model import Borrower, Handover, Staff, Visit
from reminders.actions import Refused
from reminders.hours import hours
from reminders.plan import remind_at
from reminders.policy import Policy

NAMED = 8


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


# --- words --------------------------------------------------------------------------------------


async def who(tx: Tx, manager: Staff, today: date, lang: str) -> Message:
    """Whose borrowers? One button a person who has any."""
    crew = await team(tx, manager, today)
    loads = await workload.carried(tx, [one.staff_code for one in crew], today, today)
    rows = [
        (Button(_named(person, carried.borrowers, lang), "hand_from", (person.staff_code,)),)
        for person, carried in zip(crew, loads, strict=True)
        if carried.borrowers
    ]
    return Message(say("handover.who" if rows else "handover.nobody", lang), tuple(rows))


async def to_whom(tx: Tx, handover: Handover, manager: Staff, today: date, lang: str) -> Message:
    """Those who carry least come first; who is away today isn't offered."""
    away = await delegations.stand_ins(tx, today)
    crew = [
        one for one in await team(tx, manager, today) if one.staff_code not in {handover.from_staff, *away}
    ]
    loads = await workload.carried(tx, [one.staff_code for one in crew], today, today)
    both = sorted(zip(crew, loads, strict=True), key=lambda one: (one[1].borrowers, one[0].staff_code))
    rows = [
        (Button(_named(person, load.borrowers, lang), "hand_to", (str(handover.id), person.staff_code)),)
        for person, load in both
    ]
    giver = await people.by_code(tx, handover.from_staff)
    values = {"who": giver.name if giver else handover.from_staff, "count": len(handover.borrower_codes)}
    return Message(say("handover.to_whom", lang, **values), tuple(rows))


async def one_to_whom(
    tx: Tx, handover: Handover, manager: Staff, today: date, name: str, lang: str, *, action: str
) -> Message:
    """Who takes this one borrower; how much the others carry is nobody's business but the manager's."""
    crew = [one for one in await team(tx, manager, today) if one.staff_code != handover.from_staff]
    rows = tuple((Button(one.name, action, (str(handover.id), one.staff_code)),) for one in crew)
    words = say("handover.one_to_whom", lang, name=name) if rows else say("handover.alone", lang)
    return Message(words, rows)


def preview(offer: Offer, lang: str) -> Message:
    """All counts first; nothing has moved yet."""
    args = (str(offer.handover.id),)
    row = (
        Button(say("handover.do", lang), "hand_do", args),
        Button(say("handover.leave", lang), "hand_drop", args),
    )
    text = say("handover.preview", lang, **_values(offer, lang))
    return Message(text, (row,), about=f"handover:{offer.handover.id}")


def done(offer: Offer, lang: str) -> Message:
    return Message(say("handover.done", lang, **_values(offer, lang)))


def told(offer: Offer) -> list[Message]:
    """What both are told, each in their language."""
    key = f"handover:{offer.handover.id}"
    giver = say("handover.giver", offer.giver.language, **_values(offer, offer.giver.language))
    taker = say("handover.taker", offer.taker.language, **_values(offer, offer.taker.language))
    return [
        Message(giver, to=offer.giver.staff_code, key=f"{key}:from"),
        Message(taker, to=offer.taker.staff_code, key=f"{key}:to"),
    ]


def _values(offer: Offer, lang: str) -> dict[str, Any]:
    names = [one.called for one in offer.borrowers[:NAMED]]
    return {
        "giver": offer.giver.name,
        "taker": offer.taker.name,
        "load": offer.load,
        "names": (", " if lang == "en" else "、").join(names),
        "more": max(len(offer.borrowers) - NAMED, 0),
        "whole": offer.handover.whole,
    }


def _named(person: Staff, count: int, lang: str) -> str:
    role = label("role", person.role, lang) if person.role != "account_manager" else ""
    return say("handover.person", lang, name=person.name, role=role, count=count)
