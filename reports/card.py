"""The card: what was read, each fact with the words that said it, what is missing, and what one can do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from facts.model import Evidence, Fact
from prompts import catalog
from prompts.message import Button, Message
from records.model import Borrower, Part, Report
from reports.missing import Question

ICONS = {
    "contact": "👤",
    "fund_usage": "💰",
    "unused_funds": "🏦",
    "progress": "🏗",
    "cash_stress": "💧",
    "collateral": "🔒",
    "repayment": "🤝",
    "operations": "🏭",
    "next_contact": "📅",
    "conduct": "❗",
}
QUOTE_LIMIT = 24
SHOWN_TEXT_LIMIT = 600
MONEY = ("unused_funds.amount", "collateral.value", "repayment.promise_amount", "repayment.paid_amount")
LABELS = {
    "contact.channel": "channel",
    "contact.outcome": "outcome",
    "progress.status": "status",
    "cash_stress.level": "level",
    "cash_stress.signal": "signal",
    "collateral.status": "collateral",
}


def value_words(fact: Fact, lang: str) -> str:
    """The value as people read it: 320万元, 65%, 上门, 12月1日（周二）. Plain text, not yet escaped."""
    value: Any = fact.value
    if fact.field == "fund_usage":
        return _use_words(value, lang)
    if fact.field in LABELS:
        return catalog.label(LABELS[fact.field], str(value), lang)
    if fact.field in MONEY:
        return catalog.money(value, lang)
    if fact.field.endswith("change_percent"):
        return f"{'▼' if value < 0 else '▲'}{catalog.number(abs(value))}%"
    if fact.field.endswith("percent"):
        return f"{catalog.number(value)}%"
    return _other_words(fact.field, value, lang)


def _use_words(use: Any, lang: str) -> str:
    purpose = catalog.label("purpose", str(use.get("purpose")), lang)
    amount = use.get("amount")
    return purpose if amount is None else f"{purpose} {catalog.money(amount, lang)}"


def _other_words(name: str, value: Any, lang: str) -> str:
    if name in ("next_contact", "contact.on", "repayment.promise_date"):
        return _day_words(str(value), lang)
    if name == "progress.delay_days":
        return catalog.say("reports.days", lang, count=value)
    if name == "operations.headcount":
        return catalog.say("reports.people", lang, count=value)
    if name == "conduct.money":
        return "❗"
    return str(value)


def _day_words(value: str, lang: str) -> str:
    try:
        return catalog.day_words(date.fromisoformat(value), lang)
    except ValueError:
        return value


def quote(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    words = " ".join(evidence.text.split())
    limit = QUOTE_LIMIT * (2 if words.isascii() else 1)
    return words if len(words) <= limit else f"{words[: limit - 1]}…"


def fact_line(fact: Fact, lang: str) -> str:
    """One line of HTML: icon, what, value, the words, and a mark where a person should look twice."""
    return catalog.say(
        "reports.fact",
        lang,
        icon=ICONS.get(fact.field.split(".")[0], "•"),
        name=catalog.label("field", fact.field, lang),
        value=value_words(fact, lang),
        approximate=fact.approximate,
        quote=quote(fact.evidence),
        doubt=catalog.label("doubt", fact.doubt, lang) if fact.doubt else "",
        mended="mended" in fact.detail,
    )


def card(
    report: Report,
    borrower: Borrower | None,
    facts: Sequence[Fact],
    parts: Sequence[Part],
    lang: str,
    *,
    questions: Sequence[Question] = (),
    candidates: Sequence[Borrower] = (),
) -> Message:
    """The card of a report, sent once and changed in place afterwards."""
    lines = [_header(report, borrower, facts, lang), *(fact_line(fact, lang) for fact in facts)]
    if not facts:
        lines.append(catalog.say("reports.no_facts", lang))
    lines += _notes(report, lang)
    lines += _attached(parts, lang)
    lines += _heard(parts, lang)
    lines += _asked(questions, lang) if borrower else [catalog.say("reports.whose", lang)]
    buttons = _buttons(report, lang) if borrower else choices(report, candidates, lang)
    about = f"card:{report.id}"
    return Message("\n".join(lines), buttons, to=report.author, about=about, edits=about)


def _header(report: Report, borrower: Borrower | None, facts: Iterable[Fact], lang: str) -> str:
    channel = next((f.value for f in facts if f.field == "contact.channel"), None)
    return catalog.say(
        "reports.header",
        lang,
        name=borrower.called if borrower else "",
        day=report.visited_on or report.reported_on,
        channel=catalog.label("channel", str(channel), lang) if channel else "",
        confirmed=report.state == "confirmed",
    )


def _notes(report: Report, lang: str) -> list[str]:
    """What doesn't fit together inside the report itself, with the words on both sides."""
    notes = []
    for note in report.notes:
        words = [quote(Evidence(**span)) for span in note.get("spans", ())]
        code = catalog.label("doubt", note.get("code", ""), lang)
        notes.append(catalog.say("reports.note", lang, code=code, words=words))
    return notes


def _attached(parts: Sequence[Part], lang: str) -> list[str]:
    kinds = ("photo", "document", "location")
    counts = [(kind, sum(part.kind == kind for part in parts)) for kind in kinds]
    shown = [f"{catalog.label('part', kind, lang)} {count}" for kind, count in counts if count]
    return [catalog.say("reports.attached", lang, items=shown)] if shown else []


def _heard(parts: Sequence[Part], lang: str) -> list[str]:
    """The transcript, which the author has not seen; what was typed needs no repeating."""
    lines = []
    for part in parts:
        if part.kind != "voice":
            continue
        if part.text:
            lines.append(catalog.say("reports.transcript", lang, text=part.text[:SHOWN_TEXT_LIMIT]))
        elif part.failure:
            later = part.failure == "unheard"
            lines.append(catalog.say("reports.unheard_yet" if later else "reports.unheard", lang))
        else:
            lines.append(catalog.say("reports.hearing", lang))
    return lines


def _asked(questions: Sequence[Question], lang: str) -> list[str]:
    if not questions:
        return []
    words = [catalog.say(f"reports.ask.{question.code}", lang, **question.values) for question in questions]
    return [catalog.say("reports.missing", lang), *(f"{n}. {text}" for n, text in enumerate(words, 1))]


def _buttons(report: Report, lang: str) -> tuple[tuple[Button, ...], ...]:
    def button(action: str) -> Button:
        return Button(
            catalog.say(f"reports.button.{action}", lang), action, (str(report.id), str(report.version))
        )

    return (button("confirm"),), (button("mend"), button("add"), button("drop"))


def choices(report: Report, candidates: Sequence[Borrower], lang: str) -> tuple[tuple[Button, ...], ...]:
    """A button for each borrower that it may be, and one to drop the report."""
    rows = [(Button(b.called, "choose", (str(report.id), b.borrower_code)),) for b in candidates[:6]]
    args = (str(report.id), str(report.version))
    return (*rows, (Button(catalog.say("reports.button.drop", lang), "drop", args),))
