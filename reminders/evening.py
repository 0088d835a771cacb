"""Six in the evening: what of today's places is reported, and what is still to be said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from prompts.catalog import say
from prompts.message import Message
from records import delegations, digest, people, planning
from records.database import Tx
from records.model import Report, Staff, Visit
from reminders import wording, workdays
from reminders.hours import Hours, hours
from reminders.policy import Policy


@dataclass(frozen=True, slots=True)
class Tally:
    """A person's day: `done` borrowers are reported, `rest` items aren't, `cards` wait for the person's word."""

    done: frozenset[str]
    rest: tuple[Visit, ...]
    cards: frozenset[str]

    @property
    def places(self) -> int:
        return len(self.done | {visit.borrower_code for visit in self.rest} | self.cards)


async def wrap_up(tx: Tx, *, now: datetime, policy: Policy) -> list[Message]:
    """To each whose evening has come and who has something left of today: one message, once.

    Who is told the evening before hears the same in that digest, and gets none here. Late items count only
    where somebody set out for them today.
    """
    crew = [
        one for one in await people.everybody(tx, "account_manager", "manager") if _is_time(one, now, policy)
    ]
    keys = {one.staff_code: f"evening:{one.staff_code}:{hours(one, policy).today(now)}" for one in crew}
    said = await digest.said(tx, keys.values()) if keys else set()
    crew = [one for one in crew if keys[one.staff_code] not in said]
    tallies = await tally(tx, crew, now=now, policy=policy)
    return [
        await _message(tx, one, tallies[one.staff_code], hours(one, policy).today(now), keys[one.staff_code])
        for one in crew
        if tallies[one.staff_code].rest
    ]


def _is_time(person: Staff, now: datetime, policy: Policy) -> bool:
    clock = hours(person, policy)
    if clock.eve or not person.chat_id or person.blocked_at is not None or clock.quiet(now):
        return False
    return now >= clock.at(clock.today(now), policy.reminders.evening)


@dataclass(frozen=True, slots=True)
class Day:
    """A day's bounds, in UTC; what falls on the days off up to `until` was for today."""

    today: date
    until: date
    midnight: datetime
    evening: datetime


async def tally(tx: Tx, crew: Iterable[Staff], *, now: datetime, policy: Policy) -> dict[str, Tally]:
    """By staff code, a deputy's with those stood in for. People whose day is the same are looked up together."""
    by_day: dict[Day, list[str]] = defaultdict(list)
    for person in crew:
        by_day[_day(hours(person, policy), now)].append(person.staff_code)
    stand_ins = await delegations.stand_ins(tx, now.date()) if by_day else {}
    found: dict[str, Tally] = {}
    for day, codes in by_day.items():
        owners = {code: _owners(code, stand_ins) for code in codes}
        everybody = {*codes, *(owner for mine in owners.values() for owner in mine)}
        owed = await digest.places_of(tx, everybody, day.today, day.until, day.midnight)
        done = await digest.done_on(tx, everybody, day.today)
        seen = await digest.seen_on(tx, codes, day.today)
        seen |= {(one.staff_code, one.borrower_code) for one in done}
        cards = await digest.lying_of(tx, codes)
        found |= {code: _tally(code, owners[code], owed, seen, cards, day.evening) for code in codes}
    return found


def _owners(code: str, stand_ins: Mapping[str, str]) -> set[str]:
    """Whose items a person is told of today: their own unless somebody stands in, and those they stand in for."""
    mine = set() if code in stand_ins else {code}
    return mine | {owner for owner, deputy in stand_ins.items() if deputy == code}


def _day(clock: Hours, now: datetime) -> Day:
    """On a day off itself nothing is due: it was asked for on the working day before."""
    today, one = clock.today(now), timedelta(1)
    until = workdays.add(today, 1, clock.country) - one if clock.works(now) else today - one
    evening = clock.at(today, clock.policy.reminders.evening)
    return Day(today, until, clock.at(today, time(0)), evening)


def _tally(
    code: str,
    owners: set[str],
    owed: Sequence[Visit],
    seen: set[tuple[str, str]],
    cards: Sequence[Report],
    evening: datetime,
) -> Tally:
    """What somebody put off to this evening comes by itself; what has a card is asked for with the card."""
    unsaid = {str(card.borrower_code) for card in cards if card.author == code}
    mine = [one for one in owed if one.staff_code in owners]
    asked = {one.id for one in mine if one.due_at and evening <= one.due_at < evening + timedelta(hours=6)}
    rest = [one for one in mine if one.id not in asked and one.borrower_code not in unsaid]
    reported = {borrower for who, borrower in seen if who == code or who in owners}
    places = {one.borrower_code for one in mine} | reported
    return Tally(frozenset(reported), tuple(rest), frozenset(unsaid & places))


async def _message(tx: Tx, person: Staff, found: Tally, today: date, key: str) -> Message:
    lang = person.language
    borrowers = await planning.borrowers_of(tx, {visit.borrower_code for visit in found.rest})
    shown = found.rest[: wording.LISTED]
    rows = tuple(wording.short_buttons(visit, number, lang) for number, visit in enumerate(shown, 1))
    texts = [
        wording.item_line(visit, borrowers[visit.borrower_code], today, lang, number)
        for number, visit in enumerate(shown, 1)
    ]
    text = "\n".join((tally_words(found, lang), say("digests.evening_rest", lang), *texts))
    return Message(text, rows, to=person.staff_code, key=key, about=f"evening:{today}")


def tally_words(found: Tally, lang: str) -> str:
    return say(
        "digests.evening",
        lang,
        places=found.places,
        done=len(found.done),
        cards=len(found.cards - found.done),
    )
