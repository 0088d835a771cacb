"""The card: what was read, each fact with the words that said it, what is missing, and what one can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from facts.model import Evidence, Fact
from prompts import catalog
from prompts.message import Button, Message
from records.model import Borrower, Part, Report
from records.reports import OPEN
from reports.hearing import clock_words
from reports.missing import Question
from reports.promised import read as read_promises
from reports.sound import Spoken, spoken

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
NUMBERS = "①②③④⑤⑥⑦⑧⑨"
SHOWN_DOUBTS = 5
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


def fact_line(fact: Fact, lang: str, voices: Sequence[Spoken] = ()) -> str:
    """One line of HTML: icon, what, value, the words, when they were said, a mark where to look twice."""
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
        at=_said_at(fact, voices),
    )


def _said_at(fact: Fact, voices: Sequence[Spoken]) -> str:
    """0:12, which clients make a link into the voice message that the card answers; ② for the second of several."""
    second = fact.detail.get("second")
    if second is None:
        return ""
    place = next((n for n, one in enumerate(voices) if one.part.id == fact.detail.get("part")), 0)
    number = f"{NUMBERS[min(place, len(NUMBERS) - 1)]} " if len(voices) > 1 else ""
    return f"{number}{clock_words(second)}"


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
    voices = spoken(report, parts)
    lines = [_header(report, borrower, facts, lang), *(fact_line(fact, lang, voices) for fact in facts)]
    if not facts:
        lines.append(catalog.say("reports.no_facts", lang))
    lines += _promised(report, lang)
    lines += _notes(report, lang)
    lines += _attached(parts, lang)
    lines += _heard(parts, lang)
    lines += _to_check(voices, lang)
    lines += _asked(questions, lang) if borrower else [catalog.say("reports.whose", lang)]
    buttons = _buttons(report, lang) if borrower else choices(report, candidates, lang)
    buttons += listening(report, parts, lang)
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


def _promised(report: Report, lang: str) -> list[str]:
    """What else was promised, as it will be kept and asked for."""
    return [
        catalog.say(
            "promises.card", lang, kind=one.kind, day=one.due_on, quote=quote(Evidence(0, 0, one.words))
        )
        for one in read_promises(report.text, report.reported_on)
    ]


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
            lines.append(catalog.say("reports.transcript", lang, text=_shortened(part.text)))
        elif part.failure:
            later = part.failure == "unheard"
            lines.append(catalog.say("reports.unheard_yet" if later else "reports.unheard", lang))
        else:
            lines.append(catalog.say("reports.hearing", lang))
    return lines


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_TEXT_LIMIT else f"{text[:SHOWN_TEXT_LIMIT]}…"


def _to_check(voices: Sequence[Spoken], lang: str) -> list[str]:
    """What the author should look at twice in what was heard: figures, names, stretches that were left out."""
    return [line for voice in voices for line in (*_doubts(voice, lang), *_problems(voice, lang))]


def _doubts(voice: Spoken, lang: str) -> Iterator[str]:
    text, start = voice.part.text, voice.start
    figures = [text[first - start : last - start] for first, last in voice.unclear()]
    if figures:
        yield catalog.say("transcripts.heard_unclear", lang, words=figures[:SHOWN_DOUBTS])
    for heard, mended in dict.fromkeys((one.heard, one.mended) for one in voice.mended_names()):
        yield catalog.say("transcripts.name_mended", lang, heard=heard, mended=mended)


def _problems(voice: Spoken, lang: str) -> Iterator[str]:
    dropped = voice.heard.dropped
    for problem in voice.heard.problems:
        times = [clock_words(one.start) for one in dropped if one.code == problem][:SHOWN_DOUBTS]
        if times:
            why = catalog.say(f"transcripts.why.{problem}", lang)
            yield catalog.say("transcripts.left_out", lang, times=times, why=why)
        elif problem in ("truncated", "unclear"):
            yield catalog.say(f"transcripts.{problem}", lang, at=clock_words(voice.heard.seconds))


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


def listening(report: Report, parts: Sequence[Part], lang: str) -> tuple[tuple[Button, ...], ...]:
    """A row to hear the recording again and to correct what was heard; only hearing once it is confirmed."""
    if not any(part.kind == "voice" and part.sha256 for part in parts):
        return ()
    actions = ["listen"]
    if report.state in OPEN and any(part.kind == "voice" and part.text for part in parts):
        actions.append("retype")
    row = [Button(catalog.say(f"transcripts.button.{one}", lang), one, (str(report.id),)) for one in actions]
    return (tuple(row),)


def choices(report: Report, candidates: Sequence[Borrower], lang: str) -> tuple[tuple[Button, ...], ...]:
    """A button for each borrower that it may be, and one to drop the report."""
    rows = [(Button(b.called, "choose", (str(report.id), b.borrower_code)),) for b in candidates[:6]]
    args = (str(report.id), str(report.version))
    return (*rows, (Button(catalog.say("reports.button.drop", lang), "drop", args),))
