"""Scope: own, team at any depth, everything, nothing; delegation for a time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from records import scope
from records.database import Database
from records.model import Staff
from records.people import by_code
from records.tables import borrowers, cases, delegations, staff

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 2, tzinfo=UTC)

PEOPLE = [
    {"staff_code": "TOP", "name": "总管", "role": "manager", "reports_to": None},
    {"staff_code": "MID", "name": "中管", "role": "manager", "reports_to": "TOP"},
    {"staff_code": "SEN", "name": "老甲", "role": "account_manager", "reports_to": "MID"},
    {"staff_code": "JUN", "name": "小乙", "role": "account_manager", "reports_to": "SEN"},
    {"staff_code": "OTH", "name": "别组", "role": "manager", "reports_to": "TOP"},
    {"staff_code": "FAR", "name": "小丙", "role": "account_manager", "reports_to": "OTH"},
    {"staff_code": "RSK", "name": "风险", "role": "risk", "reports_to": None},
    {"staff_code": "CMP", "name": "合规", "role": "compliance", "reports_to": None},
    {"staff_code": "ADM", "name": "管理", "role": "admin", "reports_to": None},
]


@pytest.fixture
async def house(database: Database) -> Database:
    async with database.begin() as tx:
        await tx.execute(sa.insert(staff), PEOPLE)
        await tx.execute(
            sa.insert(borrowers),
            [
                {"borrower_code": f"B-{am}", "name": f"虚构企业{am}", "account_manager": am}
                for am in ("SEN", "JUN", "FAR", "MID")
            ],
        )
    return database


async def seen(house: Database, code: str, on: date = DAY) -> set[str]:
    async with house.read() as tx:
        viewer = await by_code(tx, code)
        assert viewer is not None
        return {b.borrower_code for b in await scope.visible_borrowers(tx, viewer, on)}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SEN", {"B-SEN"}),
        ("JUN", {"B-JUN"}),
        ("MID", {"B-SEN", "B-JUN", "B-MID"}),
        ("OTH", {"B-FAR"}),
        ("TOP", {"B-SEN", "B-JUN", "B-MID", "B-FAR"}),
        ("RSK", {"B-SEN", "B-JUN", "B-MID", "B-FAR"}),
        ("CMP", {"B-SEN", "B-JUN", "B-MID", "B-FAR"}),
        ("ADM", {"B-SEN", "B-JUN", "B-MID", "B-FAR"}),
    ],
)
async def test_everybody_sees_their_own_part_of_the_book(
    house: Database, code: str, expected: set[str]
) -> None:
    assert await seen(house, code) == expected


async def delegate(house: Database, giver: str, taker: str, **values: Any) -> None:
    row = {
        "from_staff": giver,
        "to_staff": taker,
        "starts_on": date(2026, 3, 9),
        "ends_on": date(2026, 3, 11),
        "created_at": NOW,
    }
    async with house.begin() as tx:
        await tx.execute(sa.insert(delegations).values(**{**row, **values}))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 8), {"B-FAR"}),
        (date(2026, 3, 9), {"B-FAR", "B-SEN"}),
        (date(2026, 3, 11), {"B-FAR", "B-SEN"}),
        (date(2026, 3, 12), {"B-FAR"}),
    ],
)
async def test_a_delegation_moves_scope_for_its_days_alone(
    house: Database, day: date, expected: set[str]
) -> None:
    await delegate(house, "SEN", "FAR")
    assert await seen(house, "FAR", day) == expected


async def test_a_revoked_delegation_gives_nothing(house: Database) -> None:
    await delegate(house, "SEN", "FAR", revoked_at=NOW)
    assert await seen(house, "FAR") == {"B-FAR"}


async def test_the_deputy_of_a_manager_sees_the_whole_team(house: Database) -> None:
    await delegate(house, "MID", "FAR")
    assert await seen(house, "FAR") == {"B-FAR", "B-MID", "B-SEN", "B-JUN"}


async def test_a_loop_of_managers_ends(house: Database) -> None:
    async with house.begin() as tx:
        await tx.execute(sa.update(staff).where(staff.c.staff_code == "TOP").values(reports_to="MID"))
    assert await seen(house, "MID") == {"B-SEN", "B-JUN", "B-MID", "B-FAR"}


async def test_a_person_who_left_sees_nothing(house: Database) -> None:
    gone = Staff("RSK", "风险", "risk", active=False)
    async with house.read() as tx:
        assert await scope.visible_borrowers(tx, gone, DAY) == []
    assert not scope.sees_reports(gone)


async def test_can_see_answers_for_one_borrower(house: Database) -> None:
    async with house.read() as tx:
        viewer = await by_code(tx, "JUN")
        assert viewer is not None
        assert await scope.can_see(tx, viewer, "B-JUN", DAY)
        assert not await scope.can_see(tx, viewer, "B-SEN", DAY)
        assert not await scope.can_see(tx, viewer, "no-such", DAY)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("manager", {"cash.wages"}),
        ("risk", {"cash.wages"}),
        ("compliance", {"cash.wages", "conduct.money"}),
        ("admin", set()),
    ],
)
async def test_a_case_for_compliance_exists_for_nobody_else(
    house: Database, role: str, expected: set[str]
) -> None:
    row = {"borrower_code": "B-SEN", "severity": "red", "opened_at": NOW, "last_seen_at": NOW}
    async with house.begin() as tx:
        for code, audience in (("cash.wages", "all"), ("conduct.money", "compliance")):
            await tx.execute(sa.insert(cases).values(code=code, audience=audience, **row))
        found = await tx.execute(sa.select(cases.c.code).where(scope.case_clause(Staff("X", "x", role))))
        assert set(found.scalars()) == expected


def test_the_administrator_reads_no_reports() -> None:
    assert not scope.sees_reports(Staff("ADM", "a", "admin"))
    assert scope.sees_reports(Staff("AM", "a", "account_manager"))
    assert scope.sees_conduct(Staff("C", "c", "compliance"))
    assert not scope.sees_conduct(Staff("R", "r", "risk"))
