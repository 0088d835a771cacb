"""The report that an answer rests on: its words and its facts, as far as the viewer may read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portfolio.asking import local_day
from portfolio.values import as_day, words
from prompts import catalog
from prompts.message import Message
from records import dossier, owed, people
from records.database import Tx
from records.model import Staff
from records.owed import Told
from records.scope import sees_conduct

HIDDEN = "conduct.money"
SENTENCE_END = re.compile(r"[。!?!?;;\n]|\.(?=\s)")


async def show(tx: Tx, viewer: Staff, report_id: int, now: datetime) -> Message | None:
    """None where there is no such confirmed report in the viewer's scope."""
    on = local_day(viewer, now)
    told = await owed.report(tx, viewer, on, report_id)
    if told is None or told.report.borrower_code is None:
        return None
    file = await dossier.get(tx, viewer, on, told.report.borrower_code)
    author = await people.by_code(tx, told.report.author)
    if file is None:
        return None
    head = catalog.say(
        "portfolio.report", viewer.language, name=file.borrower.called, report=told.report,
        author=author.name if author else told.report.author, text=readable(told, viewer),
    )  # fmt: skip
    return Message("\n".join([head, *_facts(told, viewer)]), about=f"report:{report_id}")


def readable(told: Told, viewer: Staff) -> str:
    """The text without the sentences that are for compliance alone; its author knows them anyway."""
    text = told.report.text
    if sees_conduct(viewer) or viewer.staff_code == told.report.author:
        return text
    spans = [_sentence(text, fact.get("evidence")) for fact in told.facts.get(HIDDEN, ())]
    if not spans:
        return text
    cut = catalog.say("portfolio.cut", viewer.language)
    for start, end in sorted(set(spans), reverse=True):
        text = f"{text[:start]}{cut}{text[end:]}"
    return text


def _sentence(text: str, evidence: Mapping[str, Any] | None) -> tuple[int, int]:
    """The sentence around the words; the whole text where it isn't known which words."""
    if not evidence:
        return 0, len(text)
    start, end = int(evidence["start"]), int(evidence["end"])
    if text[start:end] != evidence.get("text"):
        return 0, len(text)
    before = [m.end() for m in SENTENCE_END.finditer(text, 0, start)]
    after = SENTENCE_END.search(text, end)
    return before[-1] if before else 0, after.end() if after else len(text)


def _facts(told: Told, viewer: Staff) -> list[str]:
    lang = viewer.language
    shown = [(field, facts) for field, facts in told.facts.items() if field != HIDDEN or sees_conduct(viewer)]
    return [
        catalog.say(
            "portfolio.fact", lang, name=catalog.label("field", field, lang),
            value=words(field, [fact.get("value") for fact in facts], lang), extra="", on=as_day(None),
        )
        for field, facts in shown
    ]  # fmt: skip
