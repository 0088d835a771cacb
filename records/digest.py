"""What digests count: of some people's borrowers, on a day, since a moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from records.database import Tx
from records.model import Case, Promise, Report, Visit, as_model
from records.tables import borrowers, cases, outgoing, promises, reports, visits
from records.visits import IS_OPEN

OPEN = visits.c.state.in_(("planned", "reminded"))
LOUDNESS = sa.case({"red": 0, "orange": 1, "yellow": 2}, value=cases.c.severity, else_=3)


async def due_on(tx: Tx, staff_codes: Collection[str], day: date) -> dict[str, int]:
    """How many open items fall on a day, by person."""
    return await due_within(tx, staff_codes, day, day)


async def due_within(tx: Tx, staff_codes: Collection[str], first: date, last: date) -> dict[str, int]:
    """How many open items fall on the days from `first` to `last`, by person."""
    days = visits.c.due_on.between(first, last)
    return await _by_person(tx, visits.c.staff_code.in_(staff_codes), OPEN, days)


async def done_within(tx: Tx, staff_codes: Collection[str], first: date, last: date) -> dict[str, int]:
    """How many items were done on the days from `first` to `last`, by person."""
    days = visits.c.done_on.between(first, last)
    return await _by_person(tx, visits.c.staff_code.in_(staff_codes), visits.c.state == "done", days)


async def _by_person(tx: Tx, *conditions: sa.ColumnElement[bool]) -> dict[str, int]:
    query = sa.select(visits.c.staff_code, sa.func.count()).where(*conditions)
    rows = await tx.execute(query.group_by(visits.c.staff_code).order_by(visits.c.staff_code))
    return {row[0]: row[1] for row in rows}


async def flags_since(tx: Tx, staff_codes: Collection[str], since: datetime) -> list[Case]:
    """Cases on these people's borrowers, opened since and still open, the loudest first; none for compliance alone."""
    query = _flags(staff_codes).where(cases.c.opened_at >= since, cases.c.state != "closed")
    query = query.where(cases.c.severity != "blue")
    return [as_model(Case, row) for row in await tx.execute(query.order_by(LOUDNESS, cases.c.id))]


async def red_unacknowledged(tx: Tx, staff_codes: Collection[str]) -> list[Case]:
    query = _flags(staff_codes).where(cases.c.state != "closed", cases.c.severity == "red")
    query = query.where(cases.c.acknowledged_at.is_(None)).order_by(cases.c.opened_at, cases.c.id)
    return [as_model(Case, row) for row in await tx.execute(query)]


async def orange_unanswered(tx: Tx, staff_codes: Collection[str], now: datetime) -> list[Case]:
    """Orange cases past the day by which they were to be answered."""
    query = _flags(staff_codes).where(cases.c.state == "open", cases.c.severity == "orange")
    query = query.where(cases.c.due_at <= now).order_by(cases.c.due_at, cases.c.id)
    return [as_model(Case, row) for row in await tx.execute(query)]


@dataclass(frozen=True, slots=True)
class Flow:
    """What happened to cases and promises in a time: how many by severity, how many promises were kept or broken."""

    opened: Mapping[str, int]
    closed: int
    kept: int
    broken: int


async def flow(tx: Tx, staff_codes: Collection[str], since: datetime, first: date, last: date) -> Flow:
    """Of cases since a moment, of promises settled on the days from `first` to `last`."""
    flags = _flags(staff_codes).subquery()
    opened = sa.select(flags.c.severity, sa.func.count()).where(flags.c.opened_at >= since)
    by_severity = {row[0]: int(row[1]) for row in await tx.execute(opened.group_by(flags.c.severity))}
    closed = await tx.scalar(sa.select(sa.func.count()).where(flags.c.closed_at >= since))
    settled = sa.select(promises.c.state, sa.func.count()).join_from(promises, borrowers)
    settled = settled.where(borrowers.c.account_manager.in_(staff_codes))
    settled = settled.where(promises.c.settled_on.between(first, last)).group_by(promises.c.state)
    states = {row[0]: int(row[1]) for row in await tx.execute(settled)}
    return Flow(by_severity, int(closed or 0), states.get("kept", 0), states.get("broken", 0))


def _flags(staff_codes: Collection[str]) -> sa.Select[tuple[object, ...]]:
    query = sa.select(cases).join(borrowers, borrowers.c.borrower_code == cases.c.borrower_code)
    return query.where(borrowers.c.account_manager.in_(staff_codes), cases.c.audience == "all")


async def promises_past(tx: Tx, staff_codes: Collection[str], day: date) -> list[Promise]:
    """The team's promises that were due before a day and are neither kept nor settled."""
    query = sa.select(promises).join(borrowers, borrowers.c.borrower_code == promises.c.borrower_code)
    query = query.where(borrowers.c.account_manager.in_(staff_codes), promises.c.due_on < day)
    query = query.where(promises.c.state.in_(("open", "broken")))
    return [
        as_model(Promise, row) for row in await tx.execute(query.order_by(promises.c.due_on, promises.c.id))
    ]


# --- a person's own day -------------------------------------------------------------------------


async def places_of(
    tx: Tx, staff_codes: Collection[str], today: date, until: date, midnight: datetime
) -> list[Visit]:
    """Open items of the days from `today` to `until`, and earlier ones that somebody set out for since `midnight`."""
    set_out = visits.c.why["on_way"].as_string() >= midnight.isoformat()
    due = visits.c.due_on.between(today, until)
    query = sa.select(visits).where(IS_OPEN, visits.c.staff_code.in_(staff_codes))
    query = query.where(visits.c.due_on <= max(today, until), sa.or_(due, set_out)).order_by(
        visits.c.due_on, visits.c.id
    )
    return [as_model(Visit, row) for row in await tx.execute(query)]


async def done_on(tx: Tx, staff_codes: Collection[str], day: date) -> list[Visit]:
    query = sa.select(visits).where(visits.c.staff_code.in_(staff_codes), visits.c.done_on == day)
    return [as_model(Visit, row) for row in await tx.execute(query.where(visits.c.state == "done"))]


async def seen_on(tx: Tx, authors: Collection[str], day: date) -> set[tuple[str, str]]:
    """(author, borrower code) of the confirmed reports on contacts of a day, planned or not."""
    of_day = sa.func.coalesce(reports.c.visited_on, reports.c.reported_on) == day
    query = sa.select(reports.c.author, reports.c.borrower_code).where(reports.c.author.in_(authors), of_day)
    rows = await tx.execute(query.where(reports.c.state == "confirmed"))
    return {(row.author, row.borrower_code) for row in rows}


async def lying_of(tx: Tx, authors: Collection[str]) -> list[Report]:
    """Reports that wait for their authors' word."""
    query = sa.select(reports).where(reports.c.author.in_(authors), reports.c.state == "read")
    return [as_model(Report, row) for row in await tx.execute(query.order_by(reports.c.id))]


# --- what was said ------------------------------------------------------------------------------


async def said(tx: Tx, keys: Collection[str]) -> set[str]:
    """Those keys of which a message has been written."""
    query = sa.select(outgoing.c.key).where(outgoing.c.key.in_(keys))
    return {str(row[0]) for row in await tx.execute(query)}


async def last_said(tx: Tx, keys: Collection[str]) -> datetime | None:
    """When the newest message of these keys was written."""
    query = sa.select(sa.func.max(outgoing.c.created_at)).where(outgoing.c.key.in_(keys))
    moment: datetime | None = (await tx.execute(query)).scalar()
    return moment
