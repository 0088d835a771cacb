"""What is said after a tap, and the choices that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from prompts.catalog import day_words, label, say
from prompts.message import Button, Message
from records.model import Borrower, Staff, Visit
from reminders.actions import EXCUSES, LATER, REASONS, Tried
from reminders.hours import Hours

PICK_DAYS = 28


def moment_words(moment: datetime, clock: Hours, lang: str) -> str:
    local = moment.astimezone(clock.zone)
    return f"{day_words(local.date(), lang)} {local:%H:%M}"


def later(visit: Visit, borrower: Borrower, clock: Hours, lang: str) -> Message:
    assert visit.due_at is not None
    when = moment_words(visit.due_at, clock, lang)
    text = say("reminders.later_done", lang, name=borrower.called, when=when)
    names = (*LATER, "pick")
    row = [Button(say(f"reminders.later.{name}", lang), "later_to", (str(visit.id), name)) for name in names]
    return Message(text, (tuple(row[:2]), tuple(row[2:])), about=f"visit:{visit.id}")


def later_chosen(visit: Visit, borrower: Borrower, clock: Hours, lang: str) -> Message:
    assert visit.due_at is not None
    when, kind = moment_words(visit.due_at, clock, lang), label("visit_kind", visit.kind, lang)
    text = say("reminders.reminder_set", lang, name=borrower.called, when=when, kind=kind)
    return Message(text, about=f"visit:{visit.id}")


def later_days(visit: Visit, borrower: Borrower, today: date, lang: str) -> Message:
    days = calendar("later_to", visit, today + timedelta(1), today + timedelta(PICK_DAYS), lang)
    return Message(say("reminders.move_which", lang, name=borrower.called), days, about=f"visit:{visit.id}")


def moved(visit: Visit, borrower: Borrower, today: date, latest: date, lang: str) -> Message:
    kind = label("visit_kind", visit.kind, lang)
    text = say("reminders.moved", lang, name=borrower.called, kind=kind, day=visit.due_on)
    return Message(text, calendar("move_to", visit, today, latest, lang), about=f"visit:{visit.id}")


def tried(done: Tried, borrower: Borrower, lang: str) -> Message:
    text = say("reminders.tried", lang, name=borrower.called, days=done.days, day=done.visit.due_on)
    reasons = [
        Button(label("reason", reason, lang), "tried", (str(done.attempt.id), reason)) for reason in REASONS
    ]
    return Message(text, (tuple(reasons[:3]), tuple(reasons[3:])), about=f"visit:{done.visit.id}")


def off_asked(visit: Visit, borrower: Borrower, lang: str) -> Message:
    row = [
        Button(say(f"reminders.excuse.{name}", lang), "off_why", (str(visit.id), name)) for name in EXCUSES
    ]
    text = say("reminders.off_asked", lang, name=borrower.called)
    return Message(text, (tuple(row),), about=f"visit:{visit.id}")


def off_manager(visit: Visit, borrower: Borrower, who: Staff, manager: Staff, *, now: datetime) -> Message:
    """The superior is asked; asked again, with the reason, when one is told."""
    lang, reason = manager.language, str(visit.why.get("off", {}).get("reason", ""))
    words = say(f"reminders.excuse.{reason}", lang) if reason in EXCUSES else reason
    text = say(
        "reminders.off_manager",
        lang,
        who=who.name,
        name=borrower.called,
        kind=label("visit_kind", visit.kind, lang),
        day=visit.due_on,
        reason=words or say("reminders.off_unsaid", lang),
    )
    args = (str(visit.id),)
    row = (
        Button(say("reminders.decide.agree", lang), "off_agree", args),
        Button(say("reminders.decide.refuse", lang), "off_refuse", args),
    )
    key = f"off:{visit.id}:{manager.staff_code}:{now.date()}:{reason}"[:160]
    return Message(text, (row,), to=manager.staff_code, key=key, about=f"off:{visit.id}")


def calendar(action: str, visit: Visit, first: date, last: date, lang: str) -> tuple[tuple[Button, ...], ...]:
    """The days from `first` to `last`, a week a row from Monday on; the first day of a month shows it."""
    start = first - timedelta(first.weekday())
    weeks = range(0, (last - start).days + 1, 7)
    head = tuple(Button(name, "pick", (str(visit.id),)) for name in say("reminders.weekdays", lang))
    days = [[start + timedelta(week + n) for n in range(7)] for week in weeks]
    return (head, *(tuple(_day(action, visit, day, first, last) for day in week) for week in days))


def _day(action: str, visit: Visit, day: date, first: date, last: date) -> Button:
    if not first <= day <= last:
        return Button("·", "pick", (str(visit.id),))
    name = f"{day.month}/{day.day}" if day.day == 1 or day == first else str(day.day)
    return Button(name, action, (str(visit.id), str(day)))


def names(borrowers: Sequence[Borrower], lang: str) -> str:
    return (", " if lang == "en" else "、").join(borrower.called for borrower in borrowers)
