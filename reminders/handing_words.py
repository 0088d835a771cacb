"""Handing borrowers over, in words: whose, to whom, the preview with its counts, and what both are told."""

from __future__ import annotations

from datetime import date
from typing import Any

from prompts.catalog import label, say
from prompts.message import Button, Message
from records import delegations, people, workload
from records.database import Tx
from records.model import Handover, Staff
from reminders import handing
from reminders.handing import Offer

NAMED = 8


async def who(tx: Tx, manager: Staff, today: date, lang: str) -> Message:
    """Whose borrowers? One button a person who has any."""
    crew = await handing.team(tx, manager, today)
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
        one
        for one in await handing.team(tx, manager, today)
        if one.staff_code not in {handover.from_staff, *away}
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
    crew = [one for one in await handing.team(tx, manager, today) if one.staff_code != handover.from_staff]
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
