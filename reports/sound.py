"""What was spoken behind a report's text: the second of each word, hardly heard figures, mended names.

A part's text may have been corrected since, or be a piece of what was heard: places are found again by aligning it
with the transcript.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from facts.model import Fact
from records.model import Part, Report
from transcripts.alignment import Alignment
from transcripts.model import MendedName, Transcript

READ = ("text", "voice", "photo", "document")
"""Kinds of parts whose words are the report's text; a `correction`'s words have changed another part."""
CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice message in the report's text, from character `start` on."""

    part: Part
    start: int
    heard: Transcript
    alignment: Alignment

    def unclear(self) -> Iterator[tuple[int, int]]:
        """Spans in the report's text of figures that were hardly heard and not corrected."""
        for first, last in self.heard.doubts:
            span = self.alignment.shown_span(first, last)
            if span:
                yield self.start + span[0], self.start + span[1]

    def second_of(self, offset: int) -> float | None:
        place = self.alignment.heard_at(offset - self.start)
        return None if place is None else self.heard.second_of(place)

    def mended_names(self) -> Iterator[MendedName]:
        """Names that were written as the book does and still stand in the text."""
        for name in self.heard.mended_names:
            if self.alignment.shown_span(name.start, name.end):
                yield name


def spoken(report: Report, parts: Sequence[Part]) -> list[Spoken]:
    """The report's voice messages that have a transcript, in the order of the text."""
    heard, found, start = transcripts_of(report), [], 0
    for part in parts:
        if part.kind not in READ or not part.text.strip():
            continue
        if part.id in heard:
            transcript = Transcript.from_json(heard[part.id])
            found.append(Spoken(part, start, transcript, Alignment(part.text, transcript.text)))
        start += len(part.text) + 1
    return found


def transcripts_of(report: Report) -> dict[int, Mapping[str, Any]]:
    """Transcripts as JSON by part."""
    return {int(key): value for key, value in ((report.transcript or {}).get("parts") or {}).items()}


def linked(fact: Fact, voices: Sequence[Spoken]) -> Fact:
    """The fact with its second in the recording (`detail`: second, part), and in doubt where it was hardly heard.

    A mended fact is its author's own word and was said elsewhere.
    """
    plain = {key: value for key, value in fact.detail.items() if key not in ("second", "part")}
    fact = replace(fact, detail=plain) if len(plain) < len(fact.detail) else fact
    said = fact.evidence
    voice = next((one for one in reversed(voices) if said and one.start <= said.start), None)
    if said is None or voice is None or said.end > voice.start + len(voice.part.text) or "mended" in plain:
        return fact
    second = voice.second_of(said.start)
    if second is not None:
        fact = replace(fact, detail={**plain, "second": second, "part": voice.part.id})
    unclear = any(first < said.end and said.start < last for first, last in voice.unclear())
    return replace(fact, doubt="unclear_sound") if unclear and not fact.doubt else fact
