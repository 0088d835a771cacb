"""Who is told of a case, in their language; and who is told again while nobody has acknowledged it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from anomalies import bundles
from anomalies.bundles import News
from anomalies.circle import Circle, recipients
from anomalies.model import CaseChange
from anomalies.policy import Policy
from prompts.catalog import say
from prompts.message import Message
from records import cases, outbox
from records.database import Tx
from records.model import Case, Staff

BUNDLE_OVER = 5
NAG = "orange"  # a flag that is red is told on any day, but climbs only in working hours
STEPS = 3  # so many nags some hours apart, later ones a day apart
DAILY = timedelta(hours=24)

WaitUntil = Callable[[Staff, str], datetime | None]
"""When a person may be told of something of this severity; None is at once."""


def at_once(_person: Staff, _severity: str) -> datetime | None:
    return None


async def notices(
    tx: Tx,
    changes: Sequence[CaseChange],
    *,
    now: datetime,
    wait_until: WaitUntil = at_once,
    bundle_over: int = BUNDLE_OVER,
) -> list[Message]:
    """One message to each who must know of cases that are new or louder, with the buttons of each case.

    Of more than `bundle_over` the red ones are one message and the rest is a list. What somebody is to be told
    later is put off, and comes from `put_off_till_now`.
    """
    told = [change for change in changes if change.what != "updated"]
    circle = Circle(tx, now)
    await circle.load([change.case for change in told])
    news = [
        News(person, change.case, change.what)
        for change in told
        for person in await recipients(circle, change.case)
    ]
    now_told = [one for one in news if not await _put_off(circle, one, wait_until)]
    return await bundles.messages(circle, now_told, bundle_over)


async def _put_off(circle: Circle, news: News, wait_until: WaitUntil) -> bool:
    until = wait_until(news.person, news.case.severity)
    if until is None or news.person.chat_id is None:
        return False
    added = await outbox.put_off(
        circle.tx,
        staff_code=news.person.staff_code,
        chat_id=news.person.chat_id,
        payload={"case_id": news.case.id, "what": news.what},
        key=bundles.key_of(news),
        not_before=until,
        created_at=circle.now,
    )
    if added:
        await _count_from(circle, news, until)
    return True


async def _count_from(circle: Circle, news: News, told_at: datetime) -> None:
    """Who must answer has as long as ever from when they are told; a red one's nag counts from then too."""
    case, changed = news.case, {}
    if case.due_at and circle.borrowers[case.borrower_code].account_manager == news.person.staff_code:
        changed["due_at"] = case.due_at + (told_at - circle.now)
    if case.severity == "red":
        changed["escalated_at"] = told_at
    if changed:
        await cases.change(circle.tx, case.id, **changed)


async def put_off_till_now(
    tx: Tx, *, now: datetime, wait_until: WaitUntil = at_once, bundle_over: int = BUNDLE_OVER
) -> list[Message]:
    """What waited for people's mornings, as far as it is still open: one message each, however many reports."""
    circle, news = Circle(tx, now), []
    for row in await outbox.put_off_until(tx, now):
        case = await cases.get(tx, int(row.payload["case_id"]))
        for person in await circle.person(row.staff_code) if case and case.state != "closed" else ():
            assert case is not None
            later = wait_until(person, case.severity)
            await outbox.settle(tx, row.id, **({"not_before": later} if later else {"state": "sent"}))
            news += [] if later else [News(person, case, str(row.payload["what"]))]
    await circle.load([one.case for one in news])
    return await bundles.messages(circle, news, bundle_over)


async def nag(tx: Tx, *, now: datetime, policy: Policy, wait_until: WaitUntil = at_once) -> list[Message]:
    """Red ones that nobody has acknowledged climb the chain step by step; orange ones without an answer in time
    go to the manager once. Nobody is nagged outside the hours of the policy, by their own clock."""
    red = [case for case in await _unacknowledged(tx, now, policy) if _is_due(case, now)]
    orange = await cases.unanswered_orange(tx, now)
    circle = Circle(tx, now)
    await circle.load([*red, *orange])
    told: dict[str, list[tuple[Staff, Case]]] = defaultdict(list)
    for case in [*red, *orange]:
        for person in await _nagged_now(circle, case, policy, wait_until):
            told[person.staff_code].append((person, case))
    return [message for pairs in told.values() for message in _nags(circle, pairs)]


async def _unacknowledged(tx: Tx, now: datetime, policy: Policy) -> list[Case]:
    return await cases.unacknowledged_red(tx, now - timedelta(hours=policy.case.nag_hours))


def _is_due(case: Case, now: datetime) -> bool:
    """Once the whole chain has been told, once a day is enough."""
    last = case.escalated_at or case.opened_at
    return case.escalated_to < STEPS or now - last >= DAILY


async def _nagged_now(circle: Circle, case: Case, policy: Policy, wait_until: WaitUntil) -> list[Staff]:
    """Those who may be told now, once each; the step is noted when there is anybody."""
    found = {person.staff_code: person for person in await _nagged(circle, case)}
    awake = [
        person
        for person in found.values()
        if _is_awake(person, circle.now, policy) and wait_until(person, NAG) is None
    ]
    if awake:
        step = case.escalated_to + 1
        await cases.change(circle.tx, case.id, escalated_to=step, escalated_at=circle.now)
        await cases.note(circle.tx, case.id, circle.now, "system", "nagged", severity=case.severity)
    return awake


def _nags(circle: Circle, pairs: Sequence[tuple[Staff, Case]]) -> list[Message]:
    """One message a person and round, however many cases wait."""
    if len(pairs) > 1:
        return [bundles.as_list(circle, pairs[0][0], [case for _, case in pairs], "nag_head")]
    return [_nag_message(circle, case, person) for person, case in pairs]


async def _nagged(circle: Circle, case: Case) -> list[Staff]:
    """Each time one step higher, and risk with them."""
    if case.audience == "compliance":
        return await circle.role("compliance")
    manager, chain = await circle.account_manager(case), await circle.chain(case)
    if case.severity == "orange":
        return [*manager, *chain[:1]]
    return [*manager, *chain[: case.escalated_to + 1], *await circle.role("risk", manager)]


def _is_awake(person: Staff, now: datetime, policy: Policy) -> bool:
    hour = now.astimezone(ZoneInfo(person.timezone)).hour
    return policy.case.nag_from <= hour < policy.case.nag_until


def _nag_message(circle: Circle, case: Case, person: Staff) -> Message:
    kind = "nag" if case.severity == "red" else "unanswered"
    head = say(f"anomalies.notice.{kind}", person.language)
    text = head + "\n" + bundles.body(circle, case, person)
    key = f"nag:{case.id}:{case.severity}:{case.escalated_to + 1}:{person.staff_code}"
    return bundles.message(case, person, text, key)
