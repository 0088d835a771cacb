"""What isn't reported climbs: into the manager's morning digest, then to the manager at once."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prompts.catalog import label, say
from prompts.message import Message
from records import digest, people, planning, scope, visits
from records.database import Tx
from records.model import Borrower, Case, Promise, Staff, Visit
from reminders import workdays
from reminders.hours import Hours, hours
from reminders.policy import Policy
from reminders.wording import why_words

LINES = 10
DIGEST, AT_ONCE = 1, 2


@dataclass(frozen=True)
class Morning:
    """All that one superior's digest speaks of."""

    day: date
    due: dict[str, int]
    late: list[Visit]
    flags: list[Case]
    promises: list[Promise]

    def __bool__(self) -> bool:
        return bool(self.due or self.late or self.flags or self.promises)


async def escalate(tx: Tx, *, now: datetime, policy: Policy) -> list[Message]:
    """Digests whose morning has come, and whatever is so late that the superior is told at once.

    To be called every few minutes; nothing is said twice, and nothing in anybody's quiet hours.
    """
    latest = now.date() + timedelta(1) - timedelta(policy.late.digest_days)
    late = await visits.late(tx, latest)
    return [*await _at_once(tx, late, now, policy), *await _digests(tx, late, now, policy)]


# --- at once ------------------------------------------------------------------------------------


async def _at_once(tx: Tx, late: list[Visit], now: datetime, policy: Policy) -> list[Message]:
    told: dict[str, list[Visit]] = defaultdict(list)
    superiors: dict[str, Staff | None] = {}
    owners = await planning.staff_of(tx, {visit.staff_code for visit in late})
    for visit in late:
        today = hours(owners.get(visit.staff_code), policy).today(now)
        if visit.escalated >= AT_ONCE or (today - visit.due_on).days < policy.late.at_once_days:
            continue
        if visit.staff_code not in superiors:
            superiors[visit.staff_code] = await superior(tx, visit.staff_code)
        above = superiors[visit.staff_code]
        if above and not hours(above, policy).quiet(now):
            told[above.staff_code].append(visit)
    marks = [{"id": visit.id, "escalated": AT_ONCE} for mine in told.values() for visit in mine]
    await visits.change_many(tx, marks)
    known = {one.staff_code: one for one in superiors.values() if one}
    return [await _urgent(tx, known[code], mine, owners, now, policy) for code, mine in told.items()]


async def superior(tx: Tx, staff_code: str) -> Staff | None:
    """The nearest one above who can be told."""
    above = await people.chain_above(tx, staff_code)
    return next((one for one in above if one.chat_id and one.blocked_at is None), None)


async def _urgent(
    tx: Tx, manager: Staff, late: list[Visit], owners: dict[str, Staff], now: datetime, policy: Policy
) -> Message:
    today, lang = hours(manager, policy).today(now), manager.language
    borrowers = await planning.borrowers_of(tx, {visit.borrower_code for visit in late})
    lines = [
        _urgent_line(visit, borrowers[visit.borrower_code], owners, today, lang) for visit in late[:LINES]
    ]
    if len(late) > LINES:
        lines.append(say("reminders.digest.more", lang, count=len(late) - LINES))
    ids = ",".join(str(visit.id) for visit in late)
    key = f"late:{manager.staff_code}:{today}:{hashlib.sha256(ids.encode()).hexdigest()[:16]}"
    about = f"visit:{late[0].id}" if len(late) == 1 else f"late:{today}"
    return Message("\n".join(lines), to=manager.staff_code, key=key, about=about)


def _urgent_line(visit: Visit, borrower: Borrower, owners: dict[str, Staff], today: date, lang: str) -> str:
    return say(
        "reminders.digest.at_once",
        lang,
        name=borrower.called,
        kind=label("visit_kind", visit.kind, lang),
        late=(today - visit.due_on).days,
        who=_name(owners, visit.staff_code),
        day=visit.due_on,
        why=why_words(visit, lang),
    )


# --- the morning digest -------------------------------------------------------------------------


async def _digests(tx: Tx, late: list[Visit], now: datetime, policy: Policy) -> list[Message]:
    messages = []
    for manager in await people.everybody(tx, "manager"):
        clock = hours(manager, policy)
        key = f"digest:{manager.staff_code}:{clock.today(now)}"
        if manager.chat_id and _is_time(clock, now) and not await visits.was_said(tx, key):
            message = await _digest(tx, manager, clock, late, now, key)
            messages += [message] if message else []
    return messages


def _is_time(clock: Hours, now: datetime) -> bool:
    today = clock.today(now)
    awake = now >= clock.morning(today) and not clock.quiet(now)
    return awake and workdays.is_working(today, clock.country)


async def _digest(
    tx: Tx, manager: Staff, clock: Hours, late: list[Visit], now: datetime, key: str
) -> Message | None:
    today = clock.today(now)
    team = {one.staff_code: one for one in await scope.visible_staff(tx, manager, today)}
    morning = await _morning(tx, list(team), clock, late, now)
    if not morning:
        return None
    fresh = [visit for visit in morning.late if visit.escalated < DIGEST]
    await visits.change_many(tx, [{"id": visit.id, "escalated": DIGEST} for visit in fresh])
    spoken_of: list[Visit | Case | Promise] = [*morning.late, *morning.flags, *morning.promises]
    codes = {one.borrower_code for one in spoken_of}
    borrowers = await planning.borrowers_of(tx, codes)
    text = digest_words(morning, borrowers, team, manager.language)
    return Message(text, to=manager.staff_code, key=key, about=f"digest:{today}")


async def _morning(tx: Tx, team: list[str], clock: Hours, late: list[Visit], now: datetime) -> Morning:
    today = clock.today(now)
    since = clock.morning(workdays.add(today, -1, clock.country))
    first = today - timedelta(clock.policy.late.digest_days)
    mine = [visit for visit in late if visit.staff_code in team and visit.due_on <= first]
    return Morning(
        today,
        await digest.due_on(tx, team, today),
        mine,
        await digest.flags_since(tx, team, since),
        await digest.promises_past(tx, team, today),
    )


def digest_words(morning: Morning, borrowers: dict[str, Borrower], team: dict[str, Staff], lang: str) -> str:
    lines = [say("reminders.digest.head", lang, day=morning.day)]
    if morning.due:
        each = [
            say("reminders.digest.load", lang, who=_name(team, c), count=n) for c, n in morning.due.items()
        ]
        lines.append(
            say("reminders.digest.due", lang, count=sum(morning.due.values()), people=_joined(each, lang))
        )
    lines += _block(
        "late", [_late_line(one, borrowers, team, morning.day, lang) for one in morning.late], lang
    )
    lines += _block("flags", [_flag_line(one, borrowers, lang) for one in morning.flags], lang)
    lines += _block("promises", [_promise_line(one, borrowers, lang) for one in morning.promises], lang)
    loads = Counter(visit.staff_code for visit in morning.late).most_common(3)
    if len(loads) > 1:
        each = [say("reminders.digest.load", lang, who=_name(team, code), count=n) for code, n in loads]
        lines.append(say("reminders.digest.load_head", lang, loads=_joined(each, lang)))
    return "\n".join(lines)


def _block(name: str, lines: Sequence[str], lang: str) -> list[str]:
    if not lines:
        return []
    more = [say("reminders.digest.more", lang, count=len(lines) - LINES)] if len(lines) > LINES else []
    return [say(f"reminders.digest.{name}_head", lang, count=len(lines)), *lines[:LINES], *more]


def _late_line(
    visit: Visit, borrowers: dict[str, Borrower], team: dict[str, Staff], today: date, lang: str
) -> str:
    return say(
        "reminders.digest.late",
        lang,
        name=borrowers[visit.borrower_code].called,
        kind=label("visit_kind", visit.kind, lang),
        who=_name(team, visit.staff_code),
        late=(today - visit.due_on).days,
        moved=visit.moved_times,
    )


def _flag_line(case: Case, borrowers: dict[str, Borrower], lang: str) -> str:
    icon, rule = label("severity_icon", case.severity, lang), label("rule", case.code, lang)
    return say("reminders.digest.flag", lang, icon=icon, name=borrowers[case.borrower_code].called, rule=rule)


def _promise_line(promise: Promise, borrowers: dict[str, Borrower], lang: str) -> str:
    name = borrowers[promise.borrower_code].called
    return say("reminders.digest.promise", lang, name=name, day=promise.due_on, amount=promise.amount)


def _name(people_by_code: dict[str, Staff], staff_code: str) -> str:
    person = people_by_code.get(staff_code)
    return person.name if person else staff_code


def _joined(words: list[str], lang: str) -> str:
    return (", " if lang == "en" else "、").join(words)
