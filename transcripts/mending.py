"""From what an engine wrote to a transcript: unsaid things out, simplified, punctuated, names mended, doubts marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from transcripts.figures import doubtful
from transcripts.guards import guarded
from transcripts.loudness import Loudness
from transcripts.model import Hints, MendedName, Segment, Transcript
from transcripts.names import Book
from transcripts.punctuation import punctuated
from transcripts.simplified import simplify

_UNCLEAR = 0.4


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is known when the last piece is done; segments as the engine gave them."""

    segments: tuple[Segment, ...]
    seconds: float
    engine: str
    model: str
    prompt: tuple[str, ...] = ()
    loudness: Loudness = field(default_factory=Loudness)
    foreign: bool = False
    truncated: bool = False


def mended(heard: Heard, hints: Hints) -> Transcript:
    """The transcript; the same segments always give the same one."""
    kept, dropped = guarded(heard.segments, heard.prompt)
    folded = [replace(segment, text=simplify(segment.text)) for segment in kept]
    texts, names = _named(_joined(punctuated(folded)), Book(hints.names))
    segments = tuple(replace(segment, text=text) for segment, text in zip(kept, texts, strict=True))
    return Transcript(
        text="".join(texts),
        language=_language(segments),
        seconds=round(heard.seconds, 2),
        segments=segments,
        engine=heard.engine,
        model=heard.model,
        problems=tuple(dict.fromkeys(_problems(heard, segments, [out.code for out in dropped]))),
        original="".join(segment.text for segment in kept).strip(),
        mended_names=names,
        doubts=doubtful(segments, texts),
        dropped=tuple(dropped),
    )


def _joined(texts: Iterable[str]) -> list[str]:
    """Texts that can be put together as they are: a space before a segment only between Latin words."""
    out: list[str] = []
    for text in (text.strip() for text in texts):
        before = out[-1][-1:] if out else ""
        apart = before.isascii() and before != "" and text[:1].isascii() and text[:1].isalnum()
        out.append(f" {text}" if apart else text)
    return out


def _named(texts: Sequence[str], book: Book) -> tuple[list[str], tuple[MendedName, ...]]:
    parts = [book.mend(text) for text in texts]
    starts = accumulate((len(text) for text, _ in parts), initial=0)
    names = tuple(
        replace(name, start=name.start + start, end=name.end + start)
        for start, (_, found) in zip(starts, parts, strict=False)
        for name in found
    )
    return [text for text, _ in parts], names


def _language(segments: Sequence[Segment]) -> str | None:
    """What most letters are written in, whatever the engine said."""
    letters = [char for segment in segments for char in segment.text if char.isalpha()]
    if not letters:
        return None
    return "zh" if sum("\u3400" <= char <= "\u9fff" for char in letters) * 4 >= len(letters) else "en"


def _problems(heard: Heard, segments: Sequence[Segment], dropped: Sequence[str]) -> list[str]:
    problems = [code for code, _ in Counter(dropped).most_common()]
    if heard.foreign:
        problems.append("wrong_language")
    if not segments and not problems:
        problems.append(heard.loudness.kind)
    if heard.truncated:
        problems.append("truncated")
    sure = [segment.confidence for segment in segments if segment.confidence is not None]
    if sure and sum(sure) / len(sure) < _UNCLEAR:
        problems.append("unclear")
    return problems
