"""The second reading: a model reads what the grammar has read, outside any transaction, and the guard judges it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from facts import guard, masking
from facts.answer import Said
from facts.guard import AGREED, Ground, Judged
from facts.masking import Masked
from facts.model import Reading
from facts.subject import Names
from prompts import asking
from prompts.asking import Words
from records import audit, modelled, people, reports
from records.database import Database, Tx
from records.model import Report, Staff
from reports import proposals, subject
from reports.holding import Holding, Lost, Put, claimed
from reports.model import local_day
from reports.reading import current, names_for, read_words, text_of
from reports.showing import show

ATTEMPTS = 3
WITHIN = timedelta(hours=12)
"""A report read longer ago is left to its author: a model set up today does not read last month's drafts."""
DAY = timedelta(hours=24)
FREE = {"owner": None, "lease_until": None, "attempts": 0}


class Answered(Protocol):
    """What is used of `prompts.client.Answer`."""

    @property
    def said(self) -> Any: ...
    @property
    def failure(self) -> str | None: ...
    @property
    def tokens_in(self) -> int: ...
    @property
    def tokens_out(self) -> int: ...
    @property
    def calls(self) -> int: ...


class Asker(Protocol):
    """Asks a model for an answer of a shape, at most for so many tokens; never raises for what the endpoint does."""

    async def ask(self, words: Words, shape: type[Any], most: int) -> Answered: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """Which model, what it may spend (tokens a report, and of all in 24 hours), and its price a million tokens."""

    name: str
    report_tokens: int = 30_000
    day_tokens: int = 2_000_000
    price_in: float = 0.0
    price_out: float = 0.0

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        return round((tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000, 6)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a report's words, and what is needed to judge the answer."""

    text: str
    words: Words
    masked: Masked
    ground: Ground

    def judge(self, said: Said) -> tuple[Judged, ...]:
        return guard.judge(said.facts, self.ground, self.masked)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking about a text."""

    text: str
    answer: Answered
    found: tuple[Judged, ...]


async def claim(
    tx: Tx, owner: str, now: datetime, lease: timedelta, limit: int, *, read_by: datetime
) -> list[int]:
    """As `reports.work.claim`, of reports that were read not long before `read_by`."""
    return await modelled.claim(tx, owner, now, lease, limit, since=read_by - WITHIN)


async def do(
    database: Database,
    report_id: int,
    owner: str,
    *,
    asker: Asker,
    terms: Terms,
    clock: Callable[[], datetime],
    put: Put,
) -> None:
    """Read a claimed report with the model; whatever the endpoint does, the grammar's reading stands."""
    async with database.read() as tx:
        mine = await claimed(tx, report_id, owner)
        if mine is None:
            return
        report, author = mine
        question = await _question(tx, report, author, clock())
        most = await _most(tx, report, terms, clock())
    job = Holding(database, report_id, owner, report.attempts, author, clock, put)
    answer: Answered = NOTHING
    if question.text.strip() and report.attempts <= ATTEMPTS:
        answer = await asker.ask(question.words, Said, most)
    found = await asyncio.to_thread(question.judge, answer.said) if answer.said is not None else ()
    with suppress(Lost):
        async with job.held() as (tx, held):
            await _note(tx, job, held, Outcome(question.text, answer, found), terms)


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Nobody was asked: tried too often, or no words."""

    said: None = None
    failure: str = "given_up"
    tokens_in: int = 0
    tokens_out: int = 0
    calls: int = 0


NOTHING = _Nothing()


async def _question(tx: Tx, report: Report, author: Staff, now: datetime) -> Question:
    text = text_of(await reports.parts_of(tx, report.id))
    names = await names_for(tx, report)
    reading = read_words(text, report.reported_on, names)
    known, book = await _known(tx, text, author, local_day(author, now))
    return question(text, report.reported_on, reading, names, known=known, book=book)


async def names(
    tx: Tx, text: str, staff_code: str | None, on: date
) -> tuple[list[tuple[str, str]], Names | None]:
    """Names of the whole book that stand in the text, and those of one person's borrowers to look for."""
    author = await people.by_code(tx, staff_code) if staff_code else None
    return await _known(tx, text, author, on)


async def _known(
    tx: Tx, text: str, author: Staff | None, on: date
) -> tuple[list[tuple[str, str]], Names | None]:
    own = (await subject.book(tx, author, on)).names if author else None
    return await modelled.names_in(tx, text), own


def question(
    text: str,
    on: date,
    reading: Reading,
    names: tuple[str, ...] = (),
    *,
    known: Iterable[tuple[str, str]] = (),
    book: Names | None = None,
) -> Question:
    """What is asked about a text: `known` names of the whole book stand in it, `book` finds the author's own."""
    said = [
        (f.evidence.start, f.evidence.end)
        for f in reading.facts
        if f.field == "contact.person" and f.evidence
    ]
    secrets = masking.secrets(text, known, said)
    for one in book.mentions(text) if book else ():
        kind = "person" if one.why in ("contact", "title") else "firm"
        secrets.append(masking.Secret(one.start, one.end, kind))
    masked = masking.mask(text, secrets, reading.lang)
    ground = guard.ground(text, on, reading, names)
    return Question(text, asking.reading(masked.text, on, reading.lang), masked, ground)


async def _most(tx: Tx, report: Report, terms: Terms, now: datetime) -> int:
    """Tokens that this report may still spend, of its own and of the day's."""
    used = report.read_by.get("model") or {}
    own = terms.report_tokens - int(used.get("tokens_in", 0)) - int(used.get("tokens_out", 0))
    day, _ = await modelled.tokens_since(tx, now - DAY)
    return min(own, terms.day_tokens - day)


async def _note(tx: Tx, job: Holding, report: Report, outcome: Outcome, terms: Terms) -> None:
    """Write down what it cost, and what it said if the words are still those.

    Offers change the card but none of its facts: its version stays, and so do buttons that were sent before.
    """
    parts = await reports.parts_of(tx, report.id)
    answer, found = outcome.answer, outcome.found
    is_current = report.state == "read" and text_of(parts) == outcome.text
    model = _spent(report, answer, terms, job.clock())
    if is_current:
        came = {"failure": answer.failure} if answer.failure else {"judged": _kept(found)}
        model |= {"text": proposals.digest(outcome.text), **came}
    report = await reports.change(tx, report.id, read_by={**report.read_by, "model": model}, **FREE)
    if answer.calls:
        await _audit(tx, job, report, answer, terms)
    if is_current and any(one.verdict != AGREED for one in found):
        card = await show(tx, job.author, await current(tx, report))
        await job.put(tx, card, job.clock())


def _kept(found: tuple[Judged, ...]) -> list[dict[str, Any]]:
    return [one.to_json() for one in found if one.verdict != AGREED]


def _spent(report: Report, answer: Answered, terms: Terms, now: datetime) -> dict[str, Any]:
    """The model's part of `read_by`: which model, with which words, and all that it took for this report."""
    before = report.read_by.get("model") or {}
    cost = before.get("cost", 0.0) + terms.cost(answer.tokens_in, answer.tokens_out)
    return {
        **{name: value for name, value in before.items() if name not in ("failure", "judged", "text")},
        "name": terms.name,
        "prompt": asking.version(),
        "at": now.isoformat(),
        "calls": before.get("calls", 0) + answer.calls,
        "tokens_in": before.get("tokens_in", 0) + answer.tokens_in,
        "tokens_out": before.get("tokens_out", 0) + answer.tokens_out,
        "cost": round(cost, 6),
    }


async def _audit(tx: Tx, job: Holding, report: Report, answer: Answered, terms: Terms) -> None:
    """That words left the house is on record, and what for."""
    detail = {"model": terms.name, "tokens": [answer.tokens_in, answer.tokens_out], "failure": answer.failure}
    await audit.record(tx, job.clock(), "system", "report.read_by_model", f"report:{report.id}", detail)
