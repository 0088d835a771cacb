"""What people choose for themselves: whether they are told in the morning or the evening before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from prompts.catalog import say
from prompts.message import Button, Message
from records import people, visits
from records.database import Tx
from records.model import Staff
from reminders import workdays
from reminders.hours import Hours, hours
from reminders.policy import Policy

DIGESTS = ("morning", "evening")


async def choose_digest(tx: Tx, person: Staff, when: str, *, now: datetime, policy: Policy) -> Staff:
    """Keep the choice (`when` of DIGESTS) and move the reminders that the plan has set; asked-for times stay."""
    chosen = replace(person, preferences={**person.preferences, "digest": when})
    await people.change(tx, person.staff_code, preferences=dict(chosen.preferences))
    before, after = hours(person, policy), hours(chosen, policy)
    if before.eve != after.eve:
        owed = await visits.of_staff(tx, [person.staff_code], date.max)
        moved = [(one, _moved(one.due_at, before, after, now)) for one in owed]
        rows: list[dict[str, Any]] = [{"id": one.id, "due_at": at} for one, at in moved if at != one.due_at]
        await visits.change_many(tx, rows)
    return chosen


def _moved(due_at: datetime | None, before: Hours, after: Hours, now: datetime) -> datetime | None:
    """The same working day's digest, an evening earlier or a morning later, unless that has passed."""
    if due_at is None or due_at <= now or not before.is_digest(due_at):
        return due_at
    day = before.today(due_at)
    if before.eve:
        day = workdays.add(day, 1, before.country)
    moved = after.told_of(day)
    return moved if moved > now and workdays.is_working(day, after.country) else due_at


def settings_message(person: Staff, policy: Policy) -> Message:
    """What is chosen, and a button for what else there is."""
    lang, clock = person.language, hours(person, policy)
    times = {"morning": policy.reminders.morning, "evening": policy.reminders.evening}
    text = say(
        "digests.settings",
        lang,
        eve=clock.eve,
        morning=f"{times['morning']:%H:%M}",
        evening=f"{times['evening']:%H:%M}",
        zone=person.timezone,
        quiet_from=f"{policy.reminders.quiet_from:%H:%M}",
        quiet_to=f"{policy.reminders.quiet_to:%H:%M}",
    )
    chosen = "evening" if clock.eve else "morning"
    row = [
        Button(say(f"digests.choose.{name}", lang, on=name == chosen), "digest", (name,)) for name in DIGESTS
    ]
    languages = [Button(say(f"digests.language.{one}", lang), "language", (one,)) for one in ("zh", "en")]
    return Message(text, (tuple(row), tuple(languages)), about="settings", edits="settings")
