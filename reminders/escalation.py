"""What isn't reported climbs: into the manager's morning digest, then to the manager at once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date, datetime, timedelta

from prompts.catalog import label, say
from prompts.message import Message
from records import people, planning, visits
from records.database import Tx
from records.model import Borrower, Staff, Visit
from reminders.hours import hours
from reminders.morning import mornings
from reminders.policy import Policy
from reminders.wording import why_words

LINES = 10
AT_ONCE = 2


async def escalate(tx: Tx, *, now: datetime, policy: Policy) -> list[Message]:
    """Digests whose morning has come, and whatever is so late that the superior is told at once.

    To be called every few minutes; nothing is said twice, and only in the waking hours of working days.
    """
    latest = now.date() + timedelta(1) - timedelta(policy.late.digest_days)
    late = await visits.late(tx, latest)
    return [*await _at_once(tx, late, now, policy), *await mornings(tx, late, now=now, policy=policy)]


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
        if above and hours(above, policy).office(now) is None:
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
        lines.append(say("digests.more", lang, count=len(late) - LINES))
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
        who=owners[visit.staff_code].name if visit.staff_code in owners else visit.staff_code,
        day=visit.due_on,
        why=why_words(visit, lang),
    )
