"""The shape that every engine has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from transcripts.decoding import Samples
from transcripts.model import RATE, Hints, Segment

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


def nearest_language(probabilities: dict[str, float], among: Sequence[str]) -> str:
    """The likeliest of `among` (Cantonese counts as Chinese), or another that is surer than 60 %."""
    chances = dict(probabilities)
    chances["zh"] = chances.get("zh", 0.0) + chances.pop("yue", 0.0)
    top = max(chances, key=lambda code: chances[code])
    ours = max(among, key=lambda code: chances.get(code, 0.0))
    return top if top not in among and chances[top] > 0.6 else ours
