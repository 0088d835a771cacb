"""The shape that every engine has."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from transcripts import hints as hinting
from transcripts.decoding import Samples
from transcripts.memory import give_back
from transcripts.model import RATE, Hints, Segment, SpeechConfig, Word

Fetching = Callable[[float, float | None], None]
"""Told bytes so far and in all while a model is fetched; called on the engine's thread."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Something to hear: samples, and the file that they are the whole of, where they are."""

    samples: Samples
    file: bytes | None = None
    container: str = ""

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


class Engine(Protocol):
    """Blocking and used by one thread at a time; Transcriber keeps it off the event loop."""

    name: str
    model: str
    piece_seconds: tuple[float, float]
    """How long a piece should be, at least and at most."""
    filters_silence: bool
    """Whether it leaves out by itself what its voice detector takes for silence."""

    def ready(self, fetching: Fetching) -> None:
        """Find or fetch the model and load it. Raises ModelMissing."""

    def language_of(self, clip: Clip, among: Sequence[str]) -> str | None:
        """The language heard; one of `among` unless it is surely another; None where the engine can't tell."""

    def prompt(self, hints: Hints, language: str | None) -> tuple[str, ...]:
        """The hints that fit, as they will be given."""

    def transcribe(self, clip: Clip, prompt: Sequence[str], language: str | None) -> Iterator[Segment]:
        """Segments in seconds from the clip's start. Raises EngineError."""

    def release(self) -> None:
        """Let the model's memory go; the next call loads it anew."""


TEMPERATURES = (0.0, 0.2, 0.4)
"""Tried in turn while a piece looks like a loop or is too unlikely; the first is deterministic."""


class Local:
    """What both local engines share: a model that is loaded at first use and let go, and hints within its tokens."""

    piece_seconds = (18.0, 28.0)

    def __init__(self, config: SpeechConfig, model: str) -> None:
        self.model = model
        self._config = config
        self._loaded: Any = None
        self._hint_tokens = 0

    def prompt(self, hints: Hints, language: str | None) -> tuple[str, ...]:
        if not self._hint_tokens:
            return ()
        return hinting.chosen(hints, self._hint_tokens, self._tokens, lang=language or "zh")

    def release(self) -> None:
        if self._loaded is not None:
            self._unload()
            self._loaded = None
            gc.collect()
            give_back()

    def _unload(self) -> None:
        """What the library wants done before its model is forgotten."""

    def _tokens(self, text: str) -> int:
        return hinting.rough_tokens(text)

    def _options(self, language: str | None) -> dict[str, Any]:
        """What both libraries call alike."""
        return {
            "language": language,
            "condition_on_previous_text": False,
            "temperature": TEMPERATURES,
            "word_timestamps": True,
        }


def segment(
    span: tuple[float, float],
    text: str,
    measures: tuple[float, float, float],
    words: Sequence[Word],
    language: str,
) -> Segment:
    """A segment of either library; `measures` are its mean log probability, no-speech probability, compression."""
    likely, silent, compressed = measures
    return Segment(
        start=float(span[0]),
        end=float(span[1]),
        text=text,
        confidence=round(math.exp(likely), 4),
        no_speech=round(float(silent), 4),
        compression_ratio=round(float(compressed), 3),
        words=tuple(words),
        language=language,
    )


def word(start: float, end: float, text: str, probability: float) -> Word:
    return Word(float(start), float(end), text, round(float(probability), 4))


def nearest_language(probabilities: dict[str, float], among: Sequence[str]) -> str:
    """The likeliest of `among` (Cantonese counts as Chinese), or another that is surer than 60 %."""
    chances = dict(probabilities)
    chances["zh"] = chances.get("zh", 0.0) + chances.pop("yue", 0.0)
    top = max(chances, key=lambda code: chances[code])
    ours = max(among, key=lambda code: chances.get(code, 0.0))
    return top if top not in among and chances[top] > 0.6 else ours
