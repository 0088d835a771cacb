"""Whole years played by chance: what must hold whatever people do."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from records import tables, visits
from records.database import Database
from records.model import Visit, as_model
from reminders import actions, workdays
from tests import databases
from tests.reminders import year
from tests.reminders.stage import POLICY, Stage, local

START = date(2026, 1, 5)
DAYS = 400
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Urumqi")


async def play(stage: Stage, seed: int, diligence: float) -> list[tuple[date, str]]:
    """A year and more of an account manager who does what is due with some probability a day."""
    chance = random.Random(seed)
    contacts: list[tuple[date, str]] = []
    for n in range(DAYS):
        day = START + timedelta(n)
        await stage.plan(day)
        for clock in ("03:00", "07:45", "08:30", "08:31", "12:10", "18:00", "21:30"):
            await stage.sweep(local(day, clock))
        await stage.escalate(local(day, "09:00"))
        for item in await stage.open():
            if item.due_on <= day and chance.random() < diligence:
                contacts += await act(stage, item, day, chance)
    return contacts


async def act(stage: Stage, item: Visit, day: date, chance: random.Random) -> list[tuple[date, str]]:
    item = await visits.get(stage.tx, item.id) or item
    if item.state not in visits.OPEN:
        return []
    what = chance.choice(("done", "done", "done", "tried", "later"))
    if what == "tried":
        await actions.unreachable(stage.tx, item.id, "AM", now=local(day, "15:00"), policy=POLICY)
    elif what == "later":
        await actions.later(
            stage.tx, item.id, chance.choice(actions.LATER), now=local(day, "20:40"), policy=POLICY
        )
    elif item.kind == "callback":
        await stage.called(day, visit_id=item.id)
        return [(day, "call")]
    else:
        await stage.visited(day, visit_id=item.id)
        return [(day, "visit")]
    return []


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("year") / "empty.sqlite3"
    databases.schema_now(databases.sqlite_url(path))
    return path


async def a_year(path: Path, seed: int, risk_class: str, zone: str, diligence: float) -> None:
    database = Database(databases.sqlite_url(path))
    async with database.begin() as tx:
        stage = Stage(tx)
        await stage.set(START, START, START - timedelta(300), risk_class=risk_class)
        await tx.execute(sa.update(tables.staff).values(timezone=zone))
        contacts = await play(stage, seed, diligence)
        nothing_in_quiet_hours(stage, zone)
        nothing_twice(stage)
        await seen_as_often_as_owed(stage, contacts, risk_class)
    await database.close()


def nothing_in_quiet_hours(stage: Stage, zone: str) -> None:
    clocks = {moment.astimezone(ZoneInfo(zone)).strftime("%H:%M") for moment, _ in stage.said}
    assert stage.said and not [clock for clock in clocks if clock < "08:00" or clock >= "21:00"]


def nothing_twice(stage: Stage) -> None:
    keys = Counter(
        message.key for _, message in stage.said if message.key and not message.key.startswith("digest")
    )
    assert not [key for key, times in keys.items() if times > 1]


async def seen_as_often_as_owed(stage: Stage, contacts: list[tuple[date, str]], risk_class: str) -> None:
    """On every day the borrower was seen within the class's days, or an item stood open for it."""
    every = POLICY.every_days("B", risk_class, set(), 0)
    rows = await stage.tx.execute(sa.select(tables.visits))
    trips = [visit for row in rows if (visit := as_model(Visit, row)).kind != "callback"]
    seen = {day for day, what in contacts if what == "visit"}
    for n in range(every + 20, DAYS):
        day = START + timedelta(n)
        lately = any(day - timedelta(every) <= one <= day for one in seen)
        assert lately or any(owed(visit, day) for visit in trips), day


def owed(visit: Visit, day: date) -> bool:
    """It was due by then, and not settled before."""
    due = visit.first_due_on or visit.due_on
    return due <= day and (visit.done_on is None or visit.done_on >= day)


@settings(max_examples=2, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    risk_class=st.sampled_from(("normal", "special_mention", "substandard", "loss")),
    zone=st.sampled_from(ZONES),
    diligence=st.sampled_from((0.05, 0.4, 1.0)),
)
def test_a_year_by_chance_keeps_its_promises(
    template: Path, seed: int, risk_class: str, zone: str, diligence: float
) -> None:
    path = template.with_name(f"{seed}.sqlite3")
    path.write_bytes(template.read_bytes())
    asyncio.run(a_year(path, seed, risk_class, zone, diligence))
    path.unlink()


@given(
    st.dates(date(2020, 1, 1), date(2034, 12, 31)),
    st.sampled_from(("CN", "US", "GB", "SG")),
    st.integers(1, 10),
)
def test_working_days_add_up(day: date, country: str, count: int) -> None:
    after = workdays.add(day, count, country)
    span = [day + timedelta(n) for n in range(1, (after - day).days + 1)]
    assert sum(workdays.is_working(one, country) for one in span) == count
    assert workdays.is_working(after, country)


async def test_an_outage_of_three_days_loses_nothing(stage: Stage) -> None:
    """With and without it the same items are told of; the outage says them in one message."""
    await stage.set(START, START, risk_class="loss")
    await stage.plan(START)
    for n in range(40):
        day = START + timedelta(n)
        if not 14 <= n <= 17:
            await stage.plan(day)
            await stage.sweep(local(day))
    moments: list[datetime] = [moment for moment, _ in stage.said]
    assert local(START + timedelta(18)) in moments
    assert (await stage.the("first_check")).reminded_times == len(moments)


@pytest.mark.slow
async def test_a_lenders_year_keeps_its_promises_through_kills_outages_and_summer_time() -> None:
    """The properties are in `tests.reminders.year`; `make year` plays them with 2,000 borrowers."""
    done = await year.play(borrowers=50, days=365)
    assert done.counts["reports"] > 500 and done.counts["messages"] > 1000 and done.counts["kills"] > 20
