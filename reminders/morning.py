"""The morning digests of managers and of risk: once a working day, with what came since the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prompts.catalog import label
from prompts.message import Button, Message
from records import digest, people, planning, scope, statements, visits
from records.database import Tx
from records.model import Case, Promise, Staff, Visit
from records.statements import Paper
from reminders import lines, workdays
from reminders.hours import Hours, hours
from reminders.lines import Names
from reminders.policy import Policy

DIGESTED = 1
TOO_MUCH = 4  # items a working day, late ones included, that one person can hardly do
AHEAD = 5  # working days that are looked at for that
BACK = 14  # days for which an earlier digest is looked for
OPENERS = 6


@dataclass(frozen=True)
class Morning:
    """All that one digest speaks of; `flags` are of a manager's team, `red` and `orange` what waits for an answer."""

    day: date
    due: Mapping[str, int]
    late: Sequence[Visit]
    flags: Sequence[Case]
    promises: Sequence[Promise]
    papers: Sequence[Paper]
    loads: Mapping[str, int]
    red: Sequence[Case] = ()
    orange: Sequence[Case] = ()
    closed: int = 0

    def __bool__(self) -> bool:
        return any((self.due, self.late, self.flags, self.promises, self.papers, self.red, self.orange))


async def mornings(tx: Tx, late: list[Visit], *, now: datetime, policy: Policy) -> list[Message]:
    """The digests whose morning has come and that weren't sent yet. `late` are all items late enough for one."""
    messages = []
    receivers = [one for one in await people.everybody(tx, "manager", "risk") if _is_time(one, now, policy)]
    keys = {one.staff_code: key_of(one, hours(one, policy).today(now)) for one in receivers}
    said = await digest.said(tx, keys.values()) if keys else set()
    for person in receivers:
        if keys[person.staff_code] not in said:
            messages += await _digest(tx, person, late, now, policy)
    return messages


def _is_time(person: Staff, now: datetime, policy: Policy) -> bool:
    clock = hours(person, policy)
    awake = now >= clock.morning(clock.today(now)) and not clock.quiet(now)
    return bool(person.chat_id) and person.blocked_at is None and awake and clock.works(now)


def key_of(person: Staff, day: date) -> str:
    return f"digest:{person.staff_code}:{day}"


async def _digest(tx: Tx, person: Staff, late: list[Visit], now: datetime, policy: Policy) -> list[Message]:
    clock = hours(person, policy)
    team = {one.staff_code: one for one in await team_of(tx, person, clock.today(now))}
    risk = person.role == "risk"
    found = await _morning(tx, person, list(team), clock, late, now)
    if not found:
        return []
    if not risk:
        fresh = [visit for visit in found.late if visit.escalated < DIGESTED]
        await visits.change_many(tx, [{"id": visit.id, "escalated": DIGESTED} for visit in fresh])
    spoken_of: list[Visit | Case | Promise] = [*found.late, *found.promises, *found.flags]
    borrowers = await planning.borrowers_of(
        tx, {one.borrower_code for one in [*spoken_of, *found.red, *found.orange]}
    )
    names = Names(person.language, found.day, team, borrowers)
    text = "\n".join(_risk_words(found, names) if risk else _manager_words(found, names))
    buttons = _openers(found, names) if risk else ()
    key, about = key_of(person, found.day), f"digest:{found.day}"
    return [Message(text, buttons, to=person.staff_code, key=key, about=about)]


async def team_of(tx: Tx, person: Staff, today: date) -> list[Staff]:
    """A manager's people; for risk those of the branch, and of branches that have nobody for risk."""
    visible = await scope.visible_staff(tx, person, today)
    if person.role != "risk":
        return visible
    served = {one.branch for one in await people.everybody(tx, "risk")}
    own = [one for one in visible if one.branch == person.branch or one.branch not in served]
    return own if any(one.role == "account_manager" for one in own) else visible


async def _morning(
    tx: Tx, person: Staff, team: list[str], clock: Hours, late: list[Visit], now: datetime
) -> Morning:
    today, risk = clock.today(now), person.role == "risk"
    since = await _since(tx, person, clock, now)
    papers = [
        one for one in await statements.owed(tx, today, statements.of_owners(team)) if one.due_on < today
    ]
    flags = await digest.flags_since(tx, team, since)
    days = clock.policy.late.at_once_days if risk else clock.policy.late.digest_days
    first = today - timedelta(days)
    return Morning(
        today,
        {} if risk else await digest.due_on(tx, team, today),
        [visit for visit in late if visit.staff_code in team and visit.due_on <= first],
        [case for case in flags if not risk or case.severity in ("red", "orange")],
        [] if risk else await digest.promises_past(tx, team, today),
        papers,
        {} if risk else await _loads(tx, team, today, clock),
        await digest.red_unacknowledged(tx, team) if risk else (),
        await digest.orange_unanswered(tx, team, now) if risk else (),
        (await digest.flow(tx, team, since, today, today)).closed if risk else 0,
    )


async def _since(tx: Tx, person: Staff, clock: Hours, now: datetime) -> datetime:
    """The last digest, however long ago the service went down; else the working morning before."""
    today = clock.today(now)
    before = clock.morning(workdays.add(today, -1, clock.country))
    last = await digest.last_said(tx, [key_of(person, today - timedelta(n)) for n in range(1, BACK)])
    return min(last, before) if last else before


async def _loads(tx: Tx, team: list[str], today: date, clock: Hours) -> dict[str, int]:
    """Who has more to do over the next working days than can be done, late items included."""
    until = workdays.add(today, AHEAD - 1, clock.country)
    owed = await digest.due_within(tx, team, date.min, until)
    return {code: count for code, count in owed.items() if count > TOO_MUCH * AHEAD}


def _manager_words(found: Morning, names: Names) -> list[str]:
    words = [names.say("morning", day=found.day)]
    if found.due:
        count = sum(found.due.values())
        words.append(names.say("due", count=count, people=lines.load_words(found.due, names)))
    words += lines.block("late", [lines.late_line(one, names) for one in found.late], names)
    words += lines.block("flags", [lines.flag_line(one, names) for one in found.flags], names)
    words += lines.block("promises", [lines.promise_line(one, names) for one in found.promises], names)
    words += lines.block("papers", [lines.paper_line(one, names) for one in found.papers], names)
    most = dict(Counter(visit.staff_code for visit in found.late).most_common(3))
    if len(most) > 1:
        words.append(names.say("most_late", loads=lines.load_words(most, names)))
    if found.loads:
        words.append(names.say("too_much", days=AHEAD, loads=lines.load_words(found.loads, names)))
    return words


def _risk_words(found: Morning, names: Names) -> list[str]:
    words = [names.say("risk", day=found.day, closed=found.closed)]
    words += lines.block("red", [lines.flag_line(one, names) for one in found.red], names)
    words += lines.block("orange", [lines.flag_line(one, names) for one in found.orange], names)
    known = {case.id for case in (*found.red, *found.orange)}
    fresh = [case for case in found.flags if case.id not in known]
    words += lines.block("flags", [lines.flag_line(one, names) for one in fresh], names)
    words += lines.block("very_late", [lines.late_line(one, names) for one in found.late], names)
    words += lines.block("papers", [lines.paper_line(one, names) for one in found.papers], names)
    return words


def _openers(found: Morning, names: Names) -> tuple[tuple[Button, ...], ...]:
    """A button that opens each of the loudest."""
    waiting = list({case.id: case for case in (*found.red, *found.orange, *found.flags)}.values())[:OPENERS]
    return tuple(
        (Button(f"{_icon(one, names)} {names.borrower(one.borrower_code)}", "case", (str(one.id),)),)
        for one in waiting
    )


def _icon(case: Case, names: Names) -> str:
    return label("severity_icon", case.severity, names.lang)
