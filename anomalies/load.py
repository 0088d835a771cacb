"""Situations out of the records: one for a report, many at once for a sweep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from anomalies.model import EarlierText, FactLike, SeenPhoto, Stated, Told
from anomalies.policy import Policy
from anomalies.situation import Situation
from records import cases, people, watch
from records.database import Tx
from records.model import Report

HISTORY = 24  # confirmed reports of a borrower that rules look back over
PER_AUTHOR = ("report.copied", "report.far")
DAYS_BACK = 400  # of balances and attempts
FAR_APART = 64


async def situations(tx: Tx, codes: Sequence[str], *, today: date, policy: Policy) -> dict[str, Situation]:
    """What is known around each of these borrowers; one that isn't active is left out."""
    book = await watch.around(tx, codes, since=today - timedelta(days=DAYS_BACK))
    told = await watch.history(tx, codes, HISTORY)
    return {
        code: Situation(
            borrower=borrower,
            today=today,
            policy=policy,
            loans=book.loans.get(code, ()),
            milestones=book.milestones.get(code, ()),
            statements=book.statements.get(code, ()),
            related=book.related.get(code, ()),
            attempts=book.attempts.get(code, ()),
            promises=book.promises.get(code, ()),
            balances=book.balances.get(code, ()),
            visits=book.visits.get(code, ()),
            proof_on=book.proof_on.get(code),
            before=tuple(_told(confirmed) for confirmed in told.get(code, ())),
        )
        for code, borrower in book.borrowers.items()
    }


async def of_report(
    tx: Tx, report: Report, facts: Sequence[FactLike], *, today: date, policy: Policy
) -> Situation | None:
    """The situation of a report just confirmed; None when its borrower isn't in the book."""
    code = report.borrower_code
    around = await situations(tx, [code], today=today, policy=policy) if code else {}
    if code is None or code not in around:
        return None
    parts = tuple(await watch.parts_of(tx, report.id))
    told = Told(report, tuple(Stated.from_json(fact.to_json()) for fact in facts), parts)
    texts = await watch.texts_of(tx, report)
    author = await people.by_code(tx, report.author)
    s = around[code]
    return replace(
        s,
        told=told,
        named=report.loan_no or await watch.visit_loan(tx, report.visit_id),
        before=tuple(t for t in s.before if _is_before(t, told)),
        earlier_texts=tuple(
            EarlierText(t.report_id, t.text, t.reported_on, t.short_name or t.name or "") for t in texts
        ),
        seen_photos=await _seen(tx, report),
        times=await cases.times(tx, report.author, PER_AUTHOR, report.id),
        names=_names(s, texts, told),
        zone=author.timezone if author else "Asia/Shanghai",
    )


def _told(confirmed: watch.Confirmed) -> Told:
    return Told(confirmed.report, tuple(Stated.from_json(fact) for fact in confirmed.facts))


def _is_before(earlier: Told, now: Told) -> bool:
    """Reports count in the order of the days they speak of, however late they came."""
    return earlier.report.id != now.report.id and earlier.day <= now.day


def _names(s: Situation, texts: Sequence[watch.TextRow], told: Told) -> tuple[str, ...]:
    names = {s.borrower.name, s.borrower.short_name, s.borrower.contact_name}
    names |= {name for row in texts for name in (row.name, row.short_name, row.contact_name) if name}
    person = told.value("contact.person")
    return tuple(sorted({*names, str(person or "")} - {""}))


async def _seen(tx: Tx, report: Report) -> tuple[SeenPhoto, ...]:
    own = await watch.pictures_of(tx, report.id)
    if not own:
        return ()
    looks = dict(own)
    rows = await watch.pictures_before(tx, report, list(looks), [look for look in looks.values() if look])
    return tuple(
        SeenPhoto(row.report_id, row.reported_on, row.short_name or row.name or "", _bits(looks, row))
        for row in rows
    )


def _bits(own: Mapping[str, str | None], row: watch.PhotoRow) -> int:
    """In how many bits the nearest own picture differs; FAR_APART where that can't be said."""
    if row.sha256 in own:
        return 0
    if not row.look or not _tells_apart(row.look):
        return FAR_APART
    near = [look for look in own.values() if look and len(look) == len(row.look)]
    return min(((int(look, 16) ^ int(row.look, 16)).bit_count() for look in near), default=FAR_APART)


def _tells_apart(look: str) -> bool:
    """A plain surface has hardly a bit set, and looks like every other."""
    share = int(look, 16).bit_count() / (4 * len(look))
    return 0.25 <= share <= 0.75
