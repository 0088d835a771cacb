"""Reading a report anew: all its words, then everything that its author mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from facts import grammar
from facts.model import Fact, Note, Reading
from facts.orders import orders, without_orders
from facts.subject import names_of
from facts.version import grammar_version
from prompts import catalog
from records import borrowers, reports
from records.database import Tx
from records.model import Part, Report
from reports import mends, proposals
from reports.sound import READ, linked, spoken, transcripts_of


def text_of(parts: Sequence[Part]) -> str:
    """The words of all messages in the order they came: typed, heard, written under pictures."""
    return "\n".join(part.text for part in parts if part.kind in READ and part.text.strip())


def is_waiting(part: Part) -> bool:
    """A voice message that nobody has heard yet."""
    return part.kind == "voice" and not part.text and part.failure is None


@lru_cache(maxsize=128)
def read_words(text: str, on: date, names: tuple[str, ...] = ()) -> Reading:
    """The grammar's reading; a message is read to see what it is, and then once more as part of its report.

    What the text says to a machine that may read it states nothing.
    """
    given = orders(text)
    if not given:
        return grammar.read(text, on, names=names)
    reading = grammar.read(without_orders(text, given), on, names=names)
    return replace(reading, notes=(*reading.notes, Note("order", given)))


@dataclass(frozen=True, slots=True)
class Read:
    report: Report
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]


async def read(tx: Tx, report: Report, now: datetime) -> Read:
    """Read the report's text and write down facts, notes and state; the card gets a new version."""
    parts = await reports.parts_of(tx, report.id)
    facts, values = _read(report, parts, await names_for(tx, report))
    await reports.replace_facts(tx, report.id, _stored(facts))
    renewed = await reports.renew(tx, report.id, read_at=now, **values)
    return Read(renewed, facts, tuple(parts))


async def begin(tx: Tx, begun: Mapping[str, Any], part: Part, now: datetime) -> Read:
    """Write a new report whose first words are in `part`, as `read` would leave it; `begun` are its other fields."""
    draft = Report(id=0, **begun)
    facts, values = _read(draft, (part,), await names_for(tx, draft))
    report = await reports.create(tx, **{**begun, **values}, read_at=now)
    kept = replace(part, report_id=report.id)
    await reports.add_part(tx, kept)
    await reports.add_facts(tx, report.id, _stored(facts))
    return Read(report, facts, (kept,))


def _read(
    report: Report, parts: Sequence[Part], names: tuple[str, ...]
) -> tuple[tuple[Fact, ...], dict[str, Any]]:
    """The facts, and what the report becomes by them."""
    text = text_of(parts)
    reading = read_words(text, report.reported_on, names)
    voices = spoken(report, parts)
    model = proposals.kept(report, text)
    facts = tuple(linked(fact, voices) for fact in mends.apply(reading.facts, report.mends, text))
    values = _values(report, parts, mends.with_words(text, report.mends), reading, facts)
    return facts, {**values, "read_by": _read_by(model)}


def _stored(facts: Sequence[Fact]) -> list[tuple[str, dict[str, Any]]]:
    return [(fact.field, fact.to_json()) for fact in facts]


async def names_for(tx: Tx, report: Report) -> tuple[str, ...]:
    borrower = await borrowers.get(tx, report.borrower_code) if report.borrower_code else None
    return names_of(borrower.name, borrower.short_name) if borrower else ()


async def current(tx: Tx, report: Report) -> Read:
    """What was read, without reading it again."""
    stored = await reports.facts_of(tx, report.id, "read", "confirmed")
    facts = tuple(Fact.from_json(row.fact) for row in stored)
    return Read(report, facts, tuple(await reports.parts_of(tx, report.id)))


def _values(
    report: Report, parts: Sequence[Part], text: str, reading: Reading, facts: Sequence[Fact]
) -> dict[str, Any]:
    return {
        "state": "received" if any(map(is_waiting, parts)) else "read",
        "text": text,
        "original": _original(report, parts, text),
        "lang": reading.lang,
        "notes": [asdict(note) for note in reading.notes],
        "visited_on": _visited_on(facts),
    }


def _read_by(model: Mapping[str, Any]) -> dict[str, Any]:
    """Which versions read it; `model` is what `reports.second` wrote down."""
    versions = {"reader": "grammar", "grammar": grammar_version(), "words": _words_version()}
    return {**versions, "reader": "both", "model": dict(model)} if model else versions


def _original(report: Report, parts: Sequence[Part], text: str) -> str:
    """As it came: for a voice message what the engine wrote before anything was mended."""
    heard = transcripts_of(report)
    if not heard:
        return text
    words = [heard.get(part.id, {}).get("original") or part.text for part in parts if part.kind in READ]
    return "\n".join(filter(None, words))


def _visited_on(facts: Sequence[Fact]) -> date | None:
    stated = next((str(fact.value) for fact in facts if fact.field == "contact.on"), None)
    try:
        return date.fromisoformat(stated) if stated else None
    except ValueError:
        return None


@cache
def _words_version() -> str:
    return catalog.version()
