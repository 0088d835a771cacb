"""The people around borrowers: who is told of a case, by role, chain and scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from records import delegations, people, watch
from records.database import Tx
from records.model import Borrower, Case, Loan, Staff

REPORT_RULES = "report."


@dataclass(slots=True)
class Circle:
    """The people around the borrowers of one round of notices, each looked up once."""

    tx: Tx
    now: datetime
    borrowers: dict[str, Borrower] = field(default_factory=dict)
    loans: dict[str, Loan] = field(default_factory=dict)
    roles: dict[str, list[Staff]] = field(default_factory=dict)
    chains: dict[str, list[Staff]] = field(default_factory=dict)
    known: dict[str, Staff | None] = field(default_factory=dict)
    stand_ins: dict[str, str] | None = None

    async def load(self, found: Sequence[Case]) -> None:
        codes = sorted({case.borrower_code for case in found})
        self.borrowers |= await watch.borrowers_by_code(self.tx, codes)
        for borrower in self.borrowers.values():
            await self.person(borrower.account_manager)
        numbers = sorted({str(case.details["loan_no"]) for case in found if case.details.get("loan_no")})
        self.loans |= await watch.loans_by_number(self.tx, numbers)

    async def person(self, staff_code: str | None) -> list[Staff]:
        """The person, or nobody when they have left."""
        if not staff_code:
            return []
        if staff_code not in self.known:
            self.known[staff_code] = await people.by_code(self.tx, staff_code)
        found = self.known[staff_code]
        return [found] if found and found.active else []

    async def account_manager(self, case: Case) -> list[Staff]:
        """Who looks after the borrower, and who stands in for them today."""
        if self.stand_ins is None:
            self.stand_ins = await delegations.stand_ins(self.tx, self.now.date())
        code = self.borrowers[case.borrower_code].account_manager
        return [*await self.person(code), *await self.person(self.stand_ins.get(code))]

    async def chain(self, case: Case) -> list[Staff]:
        code = self.borrowers[case.borrower_code].account_manager
        if code not in self.chains:
            above = await people.chain_above(self.tx, code)
            self.chains[code] = [person for person in above if person.role == "manager"]
        return self.chains[code]

    async def role(self, role: str, near: Sequence[Staff] = ()) -> list[Staff]:
        """Everybody of a role; those of the same branch where it has any."""
        if role not in self.roles:
            self.roles[role] = await people.everybody(self.tx, role)
        branches = {person.branch for person in near}
        own = [person for person in self.roles[role] if person.branch in branches]
        return own or self.roles[role]


async def recipients(circle: Circle, case: Case) -> list[Staff]:
    """Red: the account manager, the whole chain above and risk; orange: the account manager and the manager
    above; yellow: the account manager; blue: the author. A doubt about a report goes to its author too.
    What is for compliance goes to nobody else."""
    if case.audience == "compliance":
        return await circle.role("compliance")
    author = await circle.person(case.author)
    if case.severity == "blue":
        return author or await circle.account_manager(case)
    told = await circle.account_manager(case)
    if case.code.startswith(REPORT_RULES):
        told = [*author, *told]
    chain = await circle.chain(case)
    if case.severity == "orange":
        told = [*told, *chain[:1]]
    if case.severity == "red":
        told = [*told, *chain, *await circle.role("risk", told)]
    return list({person.staff_code: person for person in told}.values())
