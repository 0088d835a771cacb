"""Who is told of a case, in their language; and who is told again while nobody has acknowledged it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from anomalies import wording
from anomalies.model import CaseChange
from anomalies.policy import Policy
from prompts.catalog import label, say
from prompts.message import Button, Message
from records import cases, delegations, people, watch
from records.database import Tx
from records.model import Borrower, Case, Loan, Staff

BUNDLE_OVER = 5
OPENERS = 6
STEPS = 3  # so many nags some hours apart, later ones a day apart
DAILY = timedelta(hours=24)
LISTED = 30
REPORT_RULES = "report."
SEVERITIES = ("red", "orange", "yellow", "blue")


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


async def notices(
    tx: Tx, changes: Sequence[CaseChange], *, now: datetime, bundle_over: int = BUNDLE_OVER
) -> list[Message]:
    """A message to each who must know of a case that is new or louder.

    Who gets more than `bundle_over` at once gets the red ones singly and the rest as one list.
    """
    told = [change for change in changes if change.what != "updated"]
    circle = Circle(tx, now)
    await circle.load([change.case for change in told])
    by_person: dict[str, list[tuple[Staff, CaseChange]]] = defaultdict(list)
    for change in told:
        for person in await recipients(circle, change.case):
            by_person[person.staff_code].append((person, change))
    messages: list[Message] = []
    for pairs in by_person.values():
        loudest_first = sorted(pairs, key=lambda pair: SEVERITIES.index(pair[1].case.severity))
        messages += await _to_person(circle, loudest_first, bundle_over)
    return messages


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


async def nag(tx: Tx, *, now: datetime, policy: Policy) -> list[Message]:
    """Red ones that nobody has acknowledged climb the chain step by step; orange ones without an answer in time
    go to the manager once. Nobody is nagged outside the hours of the policy, by their own clock."""
    red = [case for case in await _unacknowledged(tx, now, policy) if _is_due(case, now)]
    orange = await cases.unanswered_orange(tx, now)
    circle = Circle(tx, now)
    await circle.load([*red, *orange])
    told: dict[str, list[tuple[Staff, Case]]] = defaultdict(list)
    for case in [*red, *orange]:
        for person in await _nagged_now(circle, case, policy):
            told[person.staff_code].append((person, case))
    return [message for pairs in told.values() for message in _nags(circle, pairs)]


async def _unacknowledged(tx: Tx, now: datetime, policy: Policy) -> list[Case]:
    return await cases.unacknowledged_red(tx, now - timedelta(hours=policy.case.nag_hours))


def _is_due(case: Case, now: datetime) -> bool:
    """Once the whole chain has been told, once a day is enough."""
    last = case.escalated_at or case.opened_at
    return case.escalated_to < STEPS or now - last >= DAILY


async def _nagged_now(circle: Circle, case: Case, policy: Policy) -> list[Staff]:
    """Those who are awake, once each; the step is noted when there is anybody."""
    found = {person.staff_code: person for person in await _nagged(circle, case)}
    awake = [person for person in found.values() if _is_awake(person, circle.now, policy)]
    if awake:
        step = case.escalated_to + 1
        await cases.change(circle.tx, case.id, escalated_to=step, escalated_at=circle.now)
        await cases.note(circle.tx, case.id, circle.now, "system", "nagged", severity=case.severity)
    return awake


def _nags(circle: Circle, pairs: Sequence[tuple[Staff, Case]]) -> list[Message]:
    """One message a person and round, however many cases wait."""
    if len(pairs) > 1:
        return [_list(circle, pairs[0][0], [case for _, case in pairs], "nag_head")]
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
    text = head + "\n" + _body(circle, case, person)
    key = f"nag:{case.id}:{case.severity}:{case.escalated_to + 1}:{person.staff_code}"
    return _message(case, person, text, key)


async def _to_person(
    circle: Circle, pairs: Sequence[tuple[Staff, CaseChange]], bundle_over: int
) -> list[Message]:
    quiet = [pair for pair in pairs if pair[1].case.severity != "red"]
    if len(pairs) <= bundle_over or len(quiet) < 2:
        return [await _notice(circle, person, change) for person, change in pairs]
    loud = [await _notice(circle, *pair) for pair in pairs if pair[1].case.severity == "red"]
    return [*loud, _list(circle, quiet[0][0], [change.case for _, change in quiet])]


async def _notice(circle: Circle, person: Staff, change: CaseChange) -> Message:
    case = change.case
    previous = await cases.get(circle.tx, case.previous_id) if case.previous_id else None
    closed_on = previous.closed_at.date() if previous and previous.closed_at else None
    extra = wording.history(change, closed_on, person.language)
    text = "\n".join([_body(circle, case, person, extra), *wording.due(case, person)])
    return _message(case, person, text, f"case:{case.id}:{case.severity}:{person.staff_code}")


def _body(circle: Circle, case: Case, person: Staff, extra: Iterable[str] = ()) -> str:
    loan = circle.loans.get(str(case.details.get("loan_no")))
    borrower = circle.borrowers[case.borrower_code].called
    return wording.body(case, borrower, loan, person.language, [*extra, *_whose(circle, case, person)])


def _whose(circle: Circle, case: Case, person: Staff) -> list[str]:
    """Whose borrower it is, for those who have many."""
    code = circle.borrowers[case.borrower_code].account_manager
    if person.role == "account_manager":
        return []
    manager = circle.known.get(code)
    return [say("anomalies.notice.manager", person.language, name=manager.name if manager else code)]


def _message(case: Case, person: Staff, text: str, key: str) -> Message:
    return Message(
        text, wording.buttons(case, person), to=person.staff_code, key=key, about=f"case:{case.id}"
    )


def _list(circle: Circle, person: Staff, found: Sequence[Case], head: str = "many_head") -> Message:
    """One message for many cases: a line each, the loudest first."""
    lang = person.language
    found = sorted(found, key=lambda case: (SEVERITIES.index(case.severity), case.id))
    lines = [say(f"anomalies.notice.{head}", lang, count=len(found))]
    lines += [_line(circle, case, lang) for case in found[:LISTED]]
    if len(found) > LISTED:
        lines.append(say("anomalies.case.more", lang, count=len(found) - LISTED))
    lines.append(say("anomalies.notice.many_tail", lang))
    key = f"{head}:{found[0].id}-{found[-1].id}:{circle.now.isoformat()}:{person.staff_code}"
    return Message("\n".join(lines), _openers(circle, found, lang), to=person.staff_code, key=key)


def _openers(circle: Circle, found: Sequence[Case], lang: str) -> tuple[tuple[Button, ...], ...]:
    """A button that shows each case whole, as far as they fit a phone."""

    def opener(case: Case) -> Button:
        icon = label("severity_icon", case.severity, lang)
        words = f"{icon} {circle.borrowers[case.borrower_code].called} · {wording.title(case, lang)}"
        return Button(words, "case", (str(case.id),))

    return tuple((opener(case),) for case in found[:OPENERS])


def _line(circle: Circle, case: Case, lang: str) -> str:
    return say(
        "anomalies.notice.many_line",
        lang,
        icon=label("severity_icon", case.severity, lang),
        borrower=circle.borrowers[case.borrower_code].called,
        title=wording.title(case, lang),
        what=wording.what(case.code, case.details, lang),
    )
