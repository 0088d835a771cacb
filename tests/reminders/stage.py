"""A borrower, its people and a clock to move: what the tests of reminders play on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from facts.model import Evidence, Fact
from prompts.message import Message
from records import reports, standings, tables, visits
from records.database import Tx
from records.model import Report, Visit
from reminders import after, escalation, plan, policy, sweep

SHANGHAI = ZoneInfo("Asia/Shanghai")
POLICY = policy.load()


def local(day: date, clock: str = "09:00", zone: str = "Asia/Shanghai") -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def add_staff(tx: Tx, code: str, role: str = "account_manager", **more: Any) -> None:
    values = {
        "staff_code": code,
        "name": f"测试{code}",
        "role": role,
        "chat_id": hash(code) % 10**9,
        "preferences": {},
    }
    await tx.execute(sa.insert(tables.staff).values(values | more))


async def add_borrower(tx: Tx, code: str, owner: str, **more: Any) -> None:
    values = {
        "borrower_code": code,
        "name": f"示例市测试{code}有限公司",
        "short_name": f"测试{code}",
        "account_manager": owner,
    }
    await tx.execute(sa.insert(tables.borrowers).values(values | more))


async def add_loan(
    tx: Tx, number: str, borrower: str, start: date, named: date | None = None, **more: Any
) -> None:
    """A loan of a million, in the book since `named` or else since its disbursement."""
    million = Decimal(1_000_000)
    values = {"loan_no": number, "borrower_code": borrower, "product": "working_capital", "purposes": []}
    values |= {"amount": million, "drawn": million, "balance": million, "disbursed_on": start}
    await tx.execute(sa.insert(tables.loans).values(values | more))
    first = {"loan_no": number, "as_of": named or start, "balance": million, "drawn": million}
    await tx.execute(sa.insert(tables.balances).values(first))


@dataclass
class Stage:
    """One account manager AM under M, and one borrower B; `said` is everything that anybody was told."""

    tx: Tx
    policy: policy.Policy = POLICY
    said: list[tuple[datetime, Message]] = field(default_factory=list)

    async def set(self, named: date, *starts: date, **borrower: Any) -> None:
        await add_staff(self.tx, "M", "manager")
        await add_staff(self.tx, "AM", reports_to="M")
        await add_borrower(self.tx, "B", "AM", **borrower)
        for number, start in enumerate(starts, 1):
            await add_loan(self.tx, f"L{number}", "B", start, named)

    async def plan(self, day: date, clock: str = "05:00") -> int:
        codes = list((await self.tx.execute(sa.select(tables.borrowers.c.borrower_code))).scalars())
        return await plan.replan(self.tx, now=local(day, clock), policy=self.policy, borrower_codes=codes)

    async def open(self, kind: str | None = None) -> list[Visit]:
        return [one for one in await visits.open_of(self.tx, "B") if kind in (None, one.kind)]

    async def the(self, kind: str) -> Visit:
        (one,) = await self.open(kind)
        return one

    async def days(self) -> dict[str, date]:
        return {one.kind: one.due_on for one in await self.open()}

    async def sweep(self, now: datetime) -> list[Message]:
        heard: list[Message] = []
        while messages := await sweep.due(self.tx, now=now, policy=self.policy):
            heard += messages
        self.said += [(now, message) for message in heard]
        return heard

    async def escalate(self, now: datetime) -> list[Message]:
        heard = await escalation.escalate(self.tx, now=now, policy=self.policy)
        self.said += [(now, message) for message in heard]
        return heard

    async def report(
        self, day: date, *facts: tuple[str, Any], words: str = "", visit_id: int | None = None
    ) -> after.Outcome:
        """A confirmed report of that day, eleven o'clock; `words` are those of its next contact."""
        now = local(day, "11:00")
        report = await self._confirmed(day, visit_id, now)
        stated = [
            Fact(name, value, Evidence(0, len(words), words) if words else None) for name, value in facts
        ]
        seen = dict(facts)
        if seen.get("contact.outcome") != "unreachable":
            known = {"last_contact_on": day} | (
                {"last_visit_on": day} if seen.get("contact.channel") == "visit" else {}
            )
            await standings.put(self.tx, "B", updated_at=now, facts={}, **known)
        return await after.report_confirmed(self.tx, report, stated, (), now=now, policy=self.policy)

    async def _confirmed(self, day: date, visit_id: int | None, now: datetime) -> Report:
        return await reports.create(
            self.tx,
            author="AM",
            borrower_code="B",
            state="confirmed",
            reported_on=day,
            received_at=now,
            confirmed_at=now,
            visit_id=visit_id,
        )

    async def visited(self, day: date, **options: Any) -> after.Outcome:
        return await self.report(day, ("contact.channel", "visit"), ("contact.outcome", "reached"), **options)

    async def called(self, day: date, **options: Any) -> after.Outcome:
        return await self.report(day, ("contact.channel", "phone"), ("contact.outcome", "reached"), **options)

    async def flag(self, code: str, severity: str, now: datetime, audience: str = "all") -> int:
        values = {
            "borrower_code": "B",
            "code": code,
            "severity": severity,
            "state": "open",
            "audience": audience,
        }
        query = (
            sa.insert(tables.cases)
            .values(opened_at=now, last_seen_at=now, **values)
            .returning(tables.cases.c.id)
        )
        return int((await self.tx.execute(query)).scalar_one())


def day_after(day: date, days: int) -> date:
    return day + timedelta(days)
