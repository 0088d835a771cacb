"""What is left to choose on a card where a model read otherwise: both readings, and a button for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from facts.guard import Judged
from facts.model import Fact
from prompts.catalog import label, say
from prompts.message import Button, Message
from records.model import Report
from reports.card import quote, value_words
from reports.proposals import waiting

LONGEST_LABEL = 40


def with_offers(card: Message, report: Report, facts: Sequence[Fact], lang: str) -> Message:
    """The card with what the model read otherwise below it; the same card where there is nothing to choose."""
    offered = waiting(report, facts)
    if not offered:
        return card
    lines = [card.text, say("proposals.head", lang), *_lines(offered, lang), say("proposals.how", lang)]
    rows = tuple((_button(report, n, one, lang),) for n, one in enumerate(offered, 1))
    at = 1 if card.buttons and card.buttons[0][0].action == "confirm" else 0
    return replace(
        card,
        text="\n".join(lines),
        buttons=(*card.buttons[:at], *rows, *card.buttons[at:]) if at else card.buttons,
    )


def _lines(offered: Sequence[Judged], lang: str) -> Iterator[str]:
    for number, one in enumerate(offered, 1):
        yield say(
            "proposals.line",
            lang,
            number=number,
            name=label("field", one.fact.field, lang),
            value=value_words(one.fact, lang),
            before=value_words(one.against, lang) if one.against else "",
            quote=quote(one.fact.evidence),
            why=say(f"proposals.why.{one.why}", lang),
        )


def _button(report: Report, number: int, one: Judged, lang: str) -> Button:
    value = f"{label('field', one.fact.field, lang)} {value_words(one.fact, lang)}"[:LONGEST_LABEL]
    words = say("proposals.take", lang, number=number, value=value)
    return Button(words, "take", (str(report.id), str(report.version), str(number - 1)))
