"""A confirmed report moves what is known of its borrower: the last stated value of each field, and its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from facts.model import REPEATED_FIELDS, Fact
from records import standings, visits
from records.database import Tx
from records.model import Report, Standing

ON_SITE = ("first_check", "visit", "special", "maturity")
COLUMNS = {"level": "cash_stress.level", "percent": "progress.percent", "status": "progress.status"}


async def move(tx: Tx, report: Report, facts: Sequence[Fact], now: datetime) -> None:
    """Write the borrower's standing; a report on an earlier day changes only what nobody stated since."""
    if report.borrower_code is None:
        return
    before = await standings.get(tx, report.borrower_code)
    day = day_of(report)
    stated = merged(before.facts if before else {}, facts, day, report.id)
    values: dict[str, Any] = {"facts": stated, "updated_at": now}
    for column, name in COLUMNS.items():
        values[column] = (stated.get(name) or {}).get("value")
    if before is None or before.reported_on is None or day >= before.reported_on:
        values |= {"report_id": report.id, "reported_on": day}
    channel = await _channel(tx, report, facts)
    values |= _contact_days(before, facts, channel, day)
    await standings.put(tx, report.borrower_code, **values)


def day_of(report: Report) -> date:
    return report.visited_on or report.reported_on


def as_day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def merged(known: Mapping[str, Any], facts: Sequence[Fact], day: date, report_id: int) -> dict[str, Any]:
    """`known` with what this report states: {field: {"value", "on", "report_id"}}; repeated fields hold lists."""
    values: dict[str, Any] = {}
    for fact in facts:
        if fact.field in REPEATED_FIELDS:
            values.setdefault(fact.field, []).append(_plain(fact.value))
        else:
            values[fact.field] = fact.value
    if "cash_stress.level" in values:
        values.setdefault("cash_stress.signal", [])
    new = {
        name: {"value": value, "on": day.isoformat(), "report_id": report_id}
        for name, value in values.items()
    }
    older = {name for name in new if name in known and known[name]["on"] > day.isoformat()}
    return {**known, **{name: entry for name, entry in new.items() if name not in older}}


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


async def _channel(tx: Tx, report: Report, facts: Sequence[Fact]) -> str | None:
    """As stated, else as the visit that the report answers was meant."""
    stated = next((str(fact.value) for fact in facts if fact.field == "contact.channel"), None)
    if stated or report.visit_id is None:
        return stated
    visit = await visits.get(tx, report.visit_id)
    return ("visit" if visit.kind in ON_SITE else "phone") if visit else None


def _contact_days(
    before: Standing | None, facts: Sequence[Fact], channel: str | None, day: date
) -> dict[str, date | None]:
    outcome = next((str(fact.value) for fact in facts if fact.field == "contact.outcome"), None)
    says = any(not fact.field.startswith(("contact.", "next_contact")) for fact in facts)
    met = outcome == "reached" or (outcome is None and says)
    seen = channel == "visit" and outcome != "unreachable" and (outcome is not None or says)
    return {
        "last_contact_on": _later(before.last_contact_on if before else None, day if met else None),
        "last_visit_on": _later(before.last_visit_on if before else None, day if seen else None),
    }


def _later(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)
