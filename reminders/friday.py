"""The week's digest with its figures by person: on its last working day, for managers and risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from prompts.message import Message
from records import digest, people
from records.database import Tx
from records.digest import Flow
from records.model import Staff
from reminders import workdays
from reminders.hours import Hours, hours
from reminders.lines import Names
from reminders.morning import team_of
from reminders.policy import Policy

AT = time(16, 30)


@dataclass(frozen=True, slots=True)
class Row:
    """One person's week: items done in it, late by now, due in the next."""

    name: str
    done: int
    late: int
    coming: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """A message and what its chart shows; where nobody had or has anything there are no rows."""

    message: Message
    rows: tuple[Row, ...]
    caption: str
    lang: str


async def weeklies(tx: Tx, *, now: datetime, policy: Policy) -> list[Weekly]:
    """Those whose hour has come and that weren't sent yet."""
    receivers = [one for one in await people.everybody(tx, "manager", "risk") if _is_time(one, now, policy)]
    keys = {one.staff_code: _key(one, hours(one, policy).today(now)) for one in receivers}
    said = await digest.said(tx, keys.values()) if keys else set()
    fresh = [one for one in receivers if keys[one.staff_code] not in said]
    found = [await _weekly(tx, person, hours(person, policy), now) for person in fresh]
    return [one for one in found if one.rows]


def _is_time(person: Staff, now: datetime, policy: Policy) -> bool:
    clock = hours(person, policy)
    today = clock.today(now)
    if not person.chat_id or person.blocked_at is not None or clock.quiet(now) or now < clock.at(today, AT):
        return False
    return today == last_working_day(today, clock.country)


def last_working_day(day: date, country: str) -> date | None:
    """Of the week that begins on Monday; None where it has none."""
    monday = day - timedelta(day.weekday())
    week = [monday + timedelta(n) for n in range(7)]
    return next((one for one in reversed(week) if workdays.is_working(one, country)), None)


def _key(person: Staff, day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"week:{person.staff_code}:{year}-{week:02}"


async def _weekly(tx: Tx, person: Staff, clock: Hours, now: datetime) -> Weekly:
    today = clock.today(now)
    monday = today - timedelta(today.weekday())
    team = {one.staff_code: one for one in await team_of(tx, person, today)}
    rows = await _rows(tx, team, monday, today)
    flow = await digest.flow(tx, list(team), clock.at(monday, time(0)), monday, today)
    names = Names(person.language, today, team)
    text = "\n".join(_words(rows, flow, monday, names))
    message = Message(text, to=person.staff_code, key=_key(person, today), about=f"week:{monday}")
    return Weekly(message, rows, names.say("week_chart", first=monday, last=today), person.language)


async def _rows(tx: Tx, team: Mapping[str, Staff], monday: date, today: date) -> tuple[Row, ...]:
    """Those who had or have anything, the busiest first."""
    done = await digest.done_within(tx, team, monday, today)
    late = await digest.due_within(tx, team, date.min, today - timedelta(1))
    following = monday + timedelta(7)
    coming = await digest.due_within(tx, team, today, following + timedelta(6))
    busy = sorted({*done, *late, *coming}, key=lambda code: (-late.get(code, 0), -done.get(code, 0), code))
    return tuple(
        Row(team[code].name, done.get(code, 0), late.get(code, 0), coming.get(code, 0)) for code in busy
    )


def _words(rows: tuple[Row, ...], flow: Flow, monday: date, names: Names) -> list[str]:
    total = Row("", *(sum(getattr(row, part) for row in rows) for part in ("done", "late", "coming")))
    words = [names.say("week", first=monday, last=names.day), names.say("week_total", row=total)]
    words.append(names.say("week_flow", opened=flow.opened, flow=flow))
    return words + [names.say("week_row", row=row) for row in rows]
