"""An engine that says what it is told to: for what the tiny model can't be brought to say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

from transcripts.engines.shape import Clip, Fetching
from transcripts.hints import chosen
from transcripts.model import Hints, Segment

Says = Callable[[int, Clip], Sequence[Segment]]


class Scripted:
    """Calls `says(number of the piece, clip)`; remembers threads, prompts and how often it was loaded and let go."""

    name = "scripted"
    model = "none"
    piece_seconds = (18.0, 28.0)
    filters_silence = True

    def __init__(self, says: Says, language: str | None = "zh") -> None:
        self._says, self._language = says, language
        self.heard = self.loaded = self.released = 0
        self.threads: set[int] = set()
        self.prompts: list[tuple[str, ...]] = []

    def ready(self, fetching: Fetching) -> None:
        self.loaded += 1

    def language_of(self, clip: Clip, among: Sequence[str]) -> str | None:
        return self._language

    def prompt(self, hints: Hints, language: str | None) -> tuple[str, ...]:
        return chosen(hints, 60, lang=language or "zh")

    def transcribe(self, clip: Clip, prompt: Sequence[str], language: str | None) -> Iterator[Segment]:
        self.threads.add(threading.get_ident())
        self.prompts.append(tuple(prompt))
        self.heard += 1
        yield from self._says(self.heard, clip)

    def release(self) -> None:
        self.released += 1


def saying(*texts: str, confidence: float = 0.9, no_speech: float = 0.01) -> Says:
    """Every piece says the same texts, one after the other."""

    def says(number: int, clip: Clip) -> list[Segment]:
        share = clip.seconds / max(1, len(texts))
        return [
            Segment(place * share, (place + 1) * share, text, confidence, no_speech, 1.0)
            for place, text in enumerate(texts)
        ]

    return says
