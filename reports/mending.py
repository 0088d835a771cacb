"""Mending an unconfirmed report by talking or tapping; every mend can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from facts.model import Fact
from prompts.catalog import label, say
from prompts.message import Button, Message
from records import reports
from records.database import Tx
from records.model import Report, Staff
from reports import mends, proposals
from reports.card import value_words
from reports.deciding import Refused
from reports.mends import Change
from reports.reading import Read, current, read
from reports.said_mend import said, said_of, struck
from reports.showing import show

OFFERED = 30


@dataclass(frozen=True, slots=True)
class Mended:
    """The report after it, and what changed."""

    read: Read
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """The words may mean any of these facts, by their positions."""

    report: Report
    positions: tuple[int, ...]


async def mend(tx: Tx, report: Report, words: str, now: datetime) -> Mended | Unclear | None:
    """Take the words as a mend of the report; None where they are none."""
    done = await current(tx, report)
    chosen = proposals.picked(words, proposals.waiting(report, done.facts))
    if chosen:
        return await _keep(tx, report, "", proposals.changes(chosen, done.facts), now)
    found = said(words, done.facts, report.reported_on)
    if found is None:
        return None
    if not found.changes:
        return Unclear(report, tuple(done.facts.index(fact) for fact in found.ambiguous))
    return await _keep(tx, report, words, found.changes, now)


async def mend_fact(tx: Tx, report: Report, position: int, words: str, now: datetime) -> Mended | None:
    """Take the words as the new value of one fact. Raises Refused("no_fact")."""
    found = said_of(words, await fact_at(tx, report, position), report.reported_on)
    return await _keep(tx, report, words, found.changes, now) if found else None


async def take(tx: Tx, report: Report, position: int, now: datetime) -> Mended:
    """Take what a model read, by its place among the card's offers. Raises Refused("no_fact")."""
    done = await current(tx, report)
    offered = proposals.waiting(report, done.facts)
    if not 0 <= position < len(offered):
        raise Refused("no_fact")
    return await _keep(tx, report, "", proposals.changes([offered[position]], done.facts), now)


async def strike(tx: Tx, report: Report, position: int, now: datetime) -> Mended:
    """Drop the fact at this position. Raises Refused("no_fact")."""
    fact = await fact_at(tx, report, position)
    facts = (await current(tx, report)).facts
    return await _keep(tx, report, "", struck(fact, facts), now)


async def undo(tx: Tx, report: Report, now: datetime) -> Read | None:
    """Take back the last mend; None where there is none."""
    if not report.mends:
        return None
    shorter = await reports.change(tx, report.id, mends=list(report.mends)[:-1])
    return await read(tx, shorter, now)


async def fact_at(tx: Tx, report: Report, position: int) -> Fact:
    """The fact that a button names by its position. Raises Refused("no_fact")."""
    done = await current(tx, report)
    if not 0 <= position < len(done.facts):
        raise Refused("no_fact")
    return done.facts[position]


async def _keep(tx: Tx, report: Report, words: str, changes: Sequence[Change], now: datetime) -> Mended:
    kept = [*report.mends, mends.entry(words, changes)]
    changed = await reports.change(tx, report.id, mends=kept)
    return Mended(await read(tx, changed, now), tuple(changes))


async def shown(tx: Tx, author: Staff, mended: Mended) -> list[Message]:
    """Before → after with a way back, and the card changed in place."""
    lang, report = author.language, mended.read.report
    lines = [say("reports.mended", lang), *(change_line(change, lang) for change in mended.changes)]
    undo_button = Button(say("reports.button.undo", lang), "undo", (str(report.id), str(report.version)))
    told = Message("\n".join(lines), ((undo_button,),), to=author.staff_code, about=f"report:{report.id}")
    return [await show(tx, author, mended.read), told]


def change_line(change: Change, lang: str) -> str:
    fact = change.after or change.before
    assert fact is not None
    key = "change" if change.before and change.after else "added" if change.after else "dropped"
    return say(
        f"reports.mended_{key}",
        lang,
        name=label("field", fact.field, lang),
        before=value_words(change.before, lang) if change.before else "",
        after=value_words(change.after, lang) if change.after else "",
    )


async def offer(tx: Tx, author: Staff, report: Report, positions: Sequence[int] | None = None) -> Message:
    """The facts as buttons, to tap the one that is wrong or, of `positions`, the one that was meant."""
    done, lang = await current(tx, report), author.language
    wanted = range(min(len(done.facts), OFFERED)) if positions is None else positions
    rows = [
        (
            Button(
                _button_words(done.facts[one], lang), "fact", (str(report.id), str(report.version), str(one))
            ),
        )
        for one in wanted
    ]
    words = say("reports.mend_now" if positions is None else "reports.mend_which", lang)
    about = f"mend:{report.id}"
    return Message(words, tuple(rows), to=author.staff_code, about=about)


async def offer_fact(tx: Tx, author: Staff, report: Report, position: int) -> Message:
    """What to do with one fact. Raises Refused."""
    fact, lang = await fact_at(tx, report, position), author.language
    args = (str(report.id), str(report.version), str(position))
    words = say(
        "reports.mend_fact", lang, name=label("field", fact.field, lang), value=value_words(fact, lang)
    )
    button = Button(say("reports.button.strike", lang), "strike", args)
    about = f"mend:{report.id}"
    return Message(words, ((button,),), to=author.staff_code, about=about)


def _button_words(fact: Fact, lang: str) -> str:
    return f"{label('field', fact.field, lang)} {value_words(fact, lang)}"[:60]
