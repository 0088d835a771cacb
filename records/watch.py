"""What the rules look at: the book around borrowers, their confirmed reports, an author's texts and pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

from records.database import Tx
from records.model import (
    Attempt,
    Balance,
    Borrower,
    Loan,
    Milestone,
    Part,
    Promise,
    RelatedParty,
    Report,
    Statement,
    StoredFact,
    Visit,
    as_model,
)
from records.tables import (
    attempts,
    balances,
    borrowers,
    facts,
    loans,
    media,
    milestones,
    parts,
    promises,
    related_parties,
    reports,
    statements,
    visits,
)

T = TypeVar("T")
Rows = dict[str, tuple[T, ...]]
REPORT_DAY = sa.func.coalesce(reports.c.visited_on, reports.c.reported_on)
PROOFS = ("photo", "document")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The book around some borrowers, each part by borrower code."""

    borrowers: Mapping[str, Borrower]
    loans: Rows[Loan] = field(default_factory=dict)
    milestones: Rows[Milestone] = field(default_factory=dict)
    statements: Rows[Statement] = field(default_factory=dict)
    related: Rows[RelatedParty] = field(default_factory=dict)
    attempts: Rows[Attempt] = field(default_factory=dict)
    promises: Rows[Promise] = field(default_factory=dict)
    balances: Rows[Balance] = field(default_factory=dict)
    visits: Rows[Visit] = field(default_factory=dict)
    proof_on: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmed report with the facts that its author let stand."""

    report: Report
    facts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class TextRow:
    report_id: int
    text: str
    reported_on: date
    name: str | None
    short_name: str | None
    contact_name: str | None


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """An earlier part with a picture: `look` is its perceptual hash in hex."""

    report_id: int
    sha256: str
    look: str | None
    reported_on: date
    name: str | None
    short_name: str | None


async def around(tx: Tx, codes: Sequence[str], *, since: date) -> Surroundings:
    """The book around these borrowers; attempts and balances from `since` on, visits that are open."""
    of_loan = {"join": loans}
    return Surroundings(
        borrowers={b.borrower_code: b for b in await _borrowers(tx, codes)},
        loans=await _by_code(tx, Loan, loans, codes, loans.c.active),
        milestones=await _by_code(tx, Milestone, milestones, codes, loans.c.active, **of_loan),
        statements=await _by_code(tx, Statement, statements, codes),
        related=await _by_code(tx, RelatedParty, related_parties, codes),
        attempts=await _by_code(tx, Attempt, attempts, codes, attempts.c.on_day >= since),
        promises=await _by_code(tx, Promise, promises, codes, promises.c.state.in_(("open", "broken"))),
        balances=await _by_code(tx, Balance, balances, codes, balances.c.as_of >= since, **of_loan),
        visits=await _by_code(tx, Visit, visits, codes, visits.c.state.in_(("planned", "reminded"))),
        proof_on=await _proofs(tx, codes),
    )


async def history(tx: Tx, codes: Sequence[str], limit: int) -> dict[str, list[Confirmed]]:
    """The newest confirmed reports of each borrower, at most `limit` each, newest first."""
    order = (REPORT_DAY.desc(), reports.c.confirmed_at.desc(), reports.c.id.desc())
    place = sa.func.row_number().over(partition_by=reports.c.borrower_code, order_by=order).label("place")
    newest = sa.select(reports.c.id, place).where(
        reports.c.borrower_code.in_(codes), reports.c.state == "confirmed"
    )
    ids = newest.subquery()
    query = sa.select(reports).join(ids, ids.c.id == reports.c.id).where(ids.c.place <= limit)
    rows = [
        as_model(Report, row) for row in await tx.execute(query.order_by(reports.c.borrower_code, *order))
    ]
    stated = await _facts(tx, [report.id for report in rows])
    found: dict[str, list[Confirmed]] = defaultdict(list)
    for report in rows:
        found[str(report.borrower_code)].append(Confirmed(report, tuple(stated.get(report.id, ()))))
    return found


async def parts_of(tx: Tx, report_id: int) -> list[Part]:
    query = sa.select(parts).where(parts.c.report_id == report_id).order_by(parts.c.id)
    return [as_model(Part, row) for row in await tx.execute(query)]


async def visit_loan(tx: Tx, visit_id: int | None) -> str | None:
    """The loan that a visit is about."""
    if visit_id is None:
        return None
    return await tx.scalar(sa.select(visits.c.loan_no).where(visits.c.id == visit_id))


async def texts_of(tx: Tx, report: Report, limit: int = 300) -> list[TextRow]:
    """The author's other confirmed texts on anybody, newest first; not of the message that made this report."""
    named = (borrowers.c.name, borrowers.c.short_name, borrowers.c.contact_name)
    query = (
        sa.select(reports.c.id.label("report_id"), reports.c.text, reports.c.reported_on, *named)
        .outerjoin(borrowers, borrowers.c.borrower_code == reports.c.borrower_code)
        .where(reports.c.author == report.author, reports.c.state == "confirmed", reports.c.id != report.id)
        .where(reports.c.received_at <= report.received_at, ~_shares_message(report.id))
        .order_by(reports.c.id.desc())
        .limit(limit)
    )
    return [as_model(TextRow, row) for row in await tx.execute(query)]


async def pictures_of(tx: Tx, report_id: int) -> list[tuple[str, str | None]]:
    """(sha256, look) of the report's pictures."""
    query = (
        sa.select(parts.c.sha256, media.c.look)
        .join(media, media.c.sha256 == parts.c.sha256)
        .where(parts.c.report_id == report_id, _is_picture())
    )
    return [(row.sha256, row.look) for row in await tx.execute(query)]


async def pictures_before(
    tx: Tx, report: Report, hashes: Sequence[str], looks: Sequence[str], limit: int = 2000
) -> list[PhotoRow]:
    """Earlier pictures that may be the same: of the same bytes or look anywhere, and all of the author's or
    the borrower's latest; a void report's don't count, nor the message that this report came with."""
    same = sa.or_(media.c.sha256.in_(hashes), media.c.look.in_(looks))
    near = sa.or_(reports.c.author == report.author, reports.c.borrower_code == report.borrower_code)
    query = (
        sa.select(
            reports.c.id.label("report_id"),
            media.c.sha256,
            media.c.look,
            reports.c.reported_on,
            borrowers.c.name,
            borrowers.c.short_name,
        )
        .join(parts, parts.c.report_id == reports.c.id)
        .join(media, media.c.sha256 == parts.c.sha256)
        .outerjoin(borrowers, borrowers.c.borrower_code == reports.c.borrower_code)
        .where(reports.c.id != report.id, reports.c.state.not_in(("void", "failed")))
        .where(reports.c.received_at <= report.received_at, _is_picture(), ~_shares_message(report.id))
    )
    exact = await tx.execute(query.where(same).order_by(reports.c.id.desc()).limit(50))
    found = [as_model(PhotoRow, row) for row in exact]
    others = await tx.execute(query.where(near).order_by(reports.c.id.desc()).limit(limit)) if looks else ()
    return found + [as_model(PhotoRow, row) for row in others]


async def settle_promise(tx: Tx, promise_id: int, state: str, on: date | None) -> None:
    """state: kept or broken."""
    query = sa.update(promises).where(promises.c.id == promise_id)
    await tx.execute(query.values(state=state, settled_on=on))


async def borrowers_by_code(tx: Tx, codes: Sequence[str]) -> dict[str, Borrower]:
    query = sa.select(borrowers).where(borrowers.c.borrower_code.in_(codes))
    return {row.borrower_code: as_model(Borrower, row) for row in await tx.execute(query)}


async def loans_by_number(tx: Tx, numbers: Sequence[str]) -> dict[str, Loan]:
    query = sa.select(loans).where(loans.c.loan_no.in_(numbers))
    return {row.loan_no: as_model(Loan, row) for row in await tx.execute(query)}


def _is_picture() -> sa.ColumnElement[bool]:
    return sa.or_(parts.c.kind == "photo", sa.and_(parts.c.kind == "document", media.c.mime.like("image/%")))


def _shares_message(report_id: int) -> sa.ColumnElement[bool]:
    """Of a report: it came out of a message that made `report_id` too."""
    own, its = parts.alias(), parts.alias()
    same = sa.and_(own.c.chat_id == its.c.chat_id, own.c.message_id == its.c.message_id)
    return sa.exists().where(own.c.report_id == report_id, its.c.report_id == reports.c.id, same)


async def _borrowers(tx: Tx, codes: Sequence[str]) -> list[Borrower]:
    query = sa.select(borrowers).where(borrowers.c.borrower_code.in_(codes), borrowers.c.active)
    return [as_model(Borrower, row) for row in await tx.execute(query)]


async def _by_code(
    tx: Tx, kind: type[T], table: sa.Table, codes: Sequence[str], *limits: Any, join: sa.Table | None = None
) -> Rows[T]:
    owner = (table if join is None else join).c.borrower_code.label("of_borrower")
    query = sa.select(table, owner).where(owner.in_(codes), *limits)
    if join is not None:
        query = query.join(join, join.c.loan_no == table.c.loan_no)
    return _grouped((row.of_borrower, as_model(kind, row)) for row in await tx.execute(query))


def _grouped(pairs: Iterable[tuple[str, T]]) -> Rows[T]:
    found: dict[str, list[T]] = defaultdict(list)
    for code, row in pairs:
        found[code].append(row)
    return {code: tuple(rows) for code, rows in found.items()}


async def _proofs(tx: Tx, codes: Sequence[str]) -> dict[str, date]:
    """The day of the newest document or photo that came with a report on each borrower."""
    query = (
        sa.select(reports.c.borrower_code, sa.func.max(reports.c.reported_on).label("proof_on"))
        .join(parts, parts.c.report_id == reports.c.id)
        .where(reports.c.borrower_code.in_(codes), reports.c.state.not_in(("void", "failed")))
        .where(parts.c.kind.in_(PROOFS))
        .group_by(reports.c.borrower_code)
    )
    return {row.borrower_code: row.proof_on for row in await tx.execute(query)}


async def _facts(tx: Tx, report_ids: Sequence[int]) -> dict[int, list[Mapping[str, Any]]]:
    query = sa.select(facts).where(facts.c.report_id.in_(report_ids), facts.c.state != "dropped")
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in await tx.execute(query.order_by(facts.c.report_id, facts.c.position)):
        found[row.report_id].append(as_model(StoredFact, row).fact)
    return found
