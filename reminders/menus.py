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
    return Message(text, (tuple(row[:2]), tuple(row[2:])), about=f"later:{visit.id}")


def later_chosen(visit: Visit, borrower: Borrower, clock: Hours, lang: str) -> Message:
    assert visit.due_at is not None
    when, kind = moment_words(visit.due_at, clock, lang), label("visit_kind", visit.kind, lang)
    text = say("reminders.reminder_set", lang, name=borrower.called, when=when, kind=kind)
    return Message(text, about=f"later:{visit.id}", edits=f"later:{visit.id}")


def later_days(visit: Visit, borrower: Borrower, today: date, lang: str) -> Message:
    days = calendar("later_to", visit, today + timedelta(1), today + timedelta(PICK_DAYS), lang)
    about = f"later:{visit.id}"
    return Message(say("reminders.move_which", lang, name=borrower.called), days, about=about, edits=about)


def moved(visit: Visit, borrower: Borrower, today: date, latest: date, lang: str) -> Message:
    text, about = _moved_words("moved", visit, borrower, lang), f"move:{visit.id}"
    return Message(text, calendar("move_to", visit, today, latest, lang), about=about)


def moved_chosen(visit: Visit, borrower: Borrower, lang: str) -> Message:
    about = f"move:{visit.id}"
    return Message(_moved_words("moved_chosen", visit, borrower, lang), about=about, edits=about)


def _moved_words(key: str, visit: Visit, borrower: Borrower, lang: str) -> str:
    kind = label("visit_kind", visit.kind, lang)
    return say(f"reminders.{key}", lang, name=borrower.called, kind=kind, day=visit.due_on)


def tried(done: Tried, borrower: Borrower, lang: str) -> Message:
    text = say("reminders.tried", lang, name=borrower.called, days=done.days, day=done.visit.due_on)
    reasons = [
        Button(label("reason", reason, lang), "tried", (str(done.attempt.id), reason)) for reason in REASONS
    ]
    return Message(text, (tuple(reasons[:3]), tuple(reasons[3:])), about=f"tried:{done.visit.id}")


def tried_why(visit_id: int, name: str, reason: str, lang: str) -> Message:
    words, about = label("reason", reason, lang), f"tried:{visit_id}"
    return Message(say("reminders.tried_reason", lang, name=name, reason=words), about=about, edits=about)


def off_asked(visit: Visit, borrower: Borrower, lang: str) -> Message:
    row = [
        Button(say(f"reminders.excuse.{name}", lang), "off_why", (str(visit.id), name)) for name in EXCUSES
    ]
    text = say("reminders.off_asked", lang, name=borrower.called)
    return Message(text, (tuple(row),), about=f"off_why:{visit.id}")


def off_noted(visit: Visit, borrower: Borrower, reason: str, lang: str) -> Message:
    about = f"off_why:{visit.id}"
    text = say("reminders.off_noted", lang, name=borrower.called, reason=excuse_words(reason, lang))
    return Message(text, about=about, edits=about)


def excuse_words(reason: str, lang: str) -> str:
    return say(f"reminders.excuse.{reason}", lang) if reason in EXCUSES else reason


def off_manager(visit: Visit, borrower: Borrower, who: Staff, manager: Staff, *, now: datetime) -> Message:
    """The superior is asked; the reason comes into the same message when one is told."""
    lang, reason = manager.language, str(visit.why.get("off", {}).get("reason", ""))
    text = say(
        "reminders.off_manager",
        lang,
        who=who.name,
        name=borrower.called,
        kind=label("visit_kind", visit.kind, lang),
        day=visit.due_on,
        reason=excuse_words(reason, lang) or say("reminders.off_unsaid", lang),
    )
    args = (str(visit.id),)
    row = (
        Button(say("reminders.decide.agree", lang), "off_agree", args),
        Button(say("reminders.decide.refuse", lang), "off_refuse", args),
    )
    key = f"off:{visit.id}:{manager.staff_code}:{now.date()}:{reason}"[:160]
    about = f"off:{visit.id}"
    return Message(text, (row,), to=manager.staff_code, key=key, about=about, edits=about if reason else None)


def off_decided(visit: Visit, borrower: Borrower, agreed: bool, asked: Staff, lang: str) -> Message:
    """What the superior's question becomes once it is answered."""
    about, kind = f"off:{visit.id}", label("visit_kind", visit.kind, lang)
    text = say("reminders.off_done", lang, who=asked.name, name=borrower.called, kind=kind, agreed=agreed)
    return Message(text, about=about, edits=about)


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
