"""Flags for a report just confirmed, after a failed contact, and over the whole book as time goes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from anomalies import casework, load, registry
from anomalies.model import CaseChange, FactLike
from anomalies.policy import Policy
from anomalies.rules.promises import is_paid
from anomalies.situation import Situation
from records import cases, suspects, watch
from records.database import Tx
from records.model import Report

BATCH = 200
ZONE = "Asia/Shanghai"


async def assess_report(
    tx: Tx, report: Report, facts: Sequence[FactLike], *, now: datetime, policy: Policy
) -> list[CaseChange]:
    """Ask every rule about a confirmed report and write its cases; asked again, it changes nothing.

    `facts` are those that the author let stand.
    """
    s = await load.of_report(tx, report, facts, today=_today(now, ZONE), policy=policy)
    if s is None:
        return []
    found = [
        await casework.from_report(tx, flag, report, now=now, policy=policy)
        for flag in registry.flags(registry.ON_REPORT, s)
    ]
    return await _kept(tx, found, now, policy)


async def assess_contact(tx: Tx, borrower_code: str, *, now: datetime, policy: Policy) -> list[CaseChange]:
    """Ask the rules on contact after an attempt that failed."""
    around = await load.situations(tx, [borrower_code], today=_today(now, ZONE), policy=policy)
    found = [
        await casework.from_contact(tx, flag, code, now=now, policy=policy)
        for code, s in around.items()
        for flag in registry.flags(registry.ON_CONTACT, s)
    ]
    return await _kept(tx, found, now, policy)


async def assess_promise(tx: Tx, borrower_code: str, *, now: datetime, policy: Policy) -> list[CaseChange]:
    """Ask the rule on promises after somebody said that one wasn't kept."""
    around = await load.situations(tx, [borrower_code], today=_today(now, ZONE), policy=policy)
    found = [
        await casework.from_book(tx, flag, code, now=now, policy=policy)
        for code, s in around.items()
        for flag in registry.flags(registry.IN_BOOK, s, ["promise.broken"])
    ]
    return await _kept(tx, found, now, policy)


async def sweep(
    tx: Tx, *, now: datetime, policy: Policy, zone: str = ZONE, limit: int | None = None
) -> list[CaseChange]:
    """Ask the time-based rules of the borrowers that they may concern; a second sweep changes nothing.

    `limit` bounds how many borrowers one call looks at, for a book that is swept in pieces.
    """
    today = _today(now, zone)
    asked = await _suspects(tx, today, policy)
    changes: list[CaseChange] = []
    codes = sorted(asked)[:limit]
    for start in range(0, len(codes), BATCH):
        batch = codes[start : start + BATCH]
        around = await load.situations(tx, batch, today=today, policy=policy)
        for code, s in around.items():
            changes += await _swept(tx, s, asked[code], now, policy)
    return await _kept(tx, changes, now, policy)


async def _suspects(tx: Tx, today: date, policy: Policy) -> dict[str, list[str]]:
    """Borrower codes with the rules to ask of each."""
    use, cash, visit, ratio = policy.use, policy.cash, policy.schedule, policy.ratio
    first = (visit.first_check_red_from, visit.first_check_after)
    lines = (ratio.current_under, ratio.debt_over, ratio.cover_under)
    found = {
        "use.unproved": await suspects.unproved(
            tx, today, use.unproved_yellow_from, use.unproved_orange_from, use.unproved_until
        ),
        "cash.overdue": await suspects.overdue(
            tx, cash.overdue_yellow_from, cash.overdue_orange_from, cash.overdue_red_from
        ),
        "collateral.cover": await suspects.uncovered(tx, policy.collateral.approved_ltv),
        "contact.unreachable": await suspects.unreached(
            tx, today, policy.contact.attempts, policy.contact.look_back
        ),
        "schedule.missed": await suspects.missed(tx, today, visit.yellow_from, visit.orange_from, *first),
        "promise.broken": await suspects.promised(tx, today, policy.promise.broken_from),
        "statement.late": await suspects.unstated(
            tx, today, policy.statement.late_from, policy.statement.look_back
        ),
        "ratio.line": await suspects.ratios(tx, today, lines, ratio.worsening_periods),
    }
    return _turned(found)


def _turned(by_rule: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    by_borrower: dict[str, list[str]] = {}
    for rule, codes in by_rule.items():
        for code in codes:
            by_borrower.setdefault(code, []).append(rule)
    return by_borrower


async def _swept(
    tx: Tx, s: Situation, rules: Sequence[str], now: datetime, policy: Policy
) -> list[CaseChange]:
    code = s.borrower.borrower_code
    changes = [
        await casework.from_book(tx, flag, code, now=now, policy=policy)
        for flag in registry.flags(registry.IN_BOOK, s, rules)
    ]
    if "promise.broken" in rules:
        await _settle_promises(tx, s)
    return [change for change in changes if change]


async def _settle_promises(tx: Tx, s: Situation) -> None:
    """A promise whose day is well past is kept or broken, and isn't looked at again."""
    for promise in s.promises:
        if promise.state != "open" or promise.due_on is None:
            continue
        if (s.today - promise.due_on).days >= s.policy.promise.broken_from:
            paid = is_paid(s, promise)
            await watch.settle_promise(
                tx, promise.id, "kept" if paid else "broken", s.today if paid else None
            )


async def _kept(
    tx: Tx, found: Sequence[CaseChange | None], now: datetime, policy: Policy
) -> list[CaseChange]:
    """The changes that there were; the policy that made them is kept with its text."""
    changes = [change for change in found if change]
    if changes:
        text: Any = policy.model_dump_json()
        await cases.keep_policy(tx, policy.version, "anomalies", text, now)
    return changes


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
