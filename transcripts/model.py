"""What was heard, as values; and what can go wrong, as types with codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

RATE = 16_000
"""Samples a second of all sound inside this room: mono float32 between -1 and 1."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or character as the engine gave it; seconds from the recording's start, probability 0 to 1."""

    start: float
    end: float
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech; seconds from the recording's start.

    `confidence` is the mean token probability (0 to 1), `no_speech` the engine's probability that nobody
    spoke, `compression_ratio` over 2.4 smells of a loop. None where the engine gives no measure.
    """

    start: float
    end: float
    text: str
    confidence: float | None = None
    no_speech: float | None = None
    compression_ratio: float | None = None
    words: tuple[Word, ...] = ()
    language: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Segment:
        return cls(**{**data, "words": tuple(Word(**word) for word in data.get("words") or ())})


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something an engine wrote that nobody said; `code` is a problem code."""

    code: str
    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class MendedName:
    """`text[start:end]` of the transcript is `mended`, the book's name; the engine wrote `heard`."""

    start: int
    end: int
    heard: str
    mended: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, in simplified Chinese or English, figures as spoken.

    `text` is the segments' texts joined. `original` is what the engine wrote before simplifying, punctuating
    and mending names. `problems` are codes (PROBLEMS); with an empty text they say why. `doubts` are
    character spans of figures heard with low confidence. `dropped` never counts as speech.
    """

    text: str
    language: str | None
    seconds: float
    segments: tuple[Segment, ...]
    engine: str
    model: str
    problems: tuple[str, ...] = ()
    original: str = ""
    mended_names: tuple[MendedName, ...] = ()
    doubts: tuple[tuple[int, int], ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Transcript:
        return cls(
            **{
                **data,
                "segments": tuple(map(Segment.from_json, data["segments"])),
                "problems": tuple(data["problems"]),
                "mended_names": tuple(MendedName(**name) for name in data["mended_names"]),
                "doubts": tuple((start, end) for start, end in data["doubts"]),
                "dropped": tuple(Dropped(**dropped) for dropped in data["dropped"]),
            }
        )

    def second_of(self, offset: int) -> float | None:
        """The second in the recording at which the character at `offset` was said.

        None past the text, and where the engine gave no times.
        """
        position = 0
        for segment in self.segments:
            if offset < position + len(segment.text):
                return _second_in(segment, offset - position)
            position += len(segment.text)
        return None


LONGEST_GUESS = 30.0


def _second_in(segment: Segment, offset: int) -> float | None:
    """By the engine's words where they are the text's letters one by one, else by the share of a short text."""
    times = [word.start for word in segment.words for char in word.text if char.isalnum()]
    if times and len(times) == sum(char.isalnum() for char in segment.text):
        letter = sum(char.isalnum() for char in segment.text[:offset])
        return round(times[min(letter, len(times) - 1)], 2)
    if segment.end - segment.start > LONGEST_GUESS:
        return None
    return round(segment.start + offset / len(segment.text) * (segment.end - segment.start), 2)


PROBLEMS = (
    "silence",
    "noise",
    "music",
    "no_speech",
    "loop",
    "phantom",
    "prompt_echo",
    "wrong_language",
    "unclear",
    "truncated",
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What is likely to be said, likeliest first: names of the author's book, and words of the trade."""

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `stage` is fetching (done and total in bytes) or hearing (in seconds of sound).

    `segments` are all of the pieces finished so far, as the engine gave them: keep them, and a restart goes on
    from there (`done=` of `Transcriber.transcribe`). `total` is None where nobody knows.
    """

    stage: str
    done: float
    total: float | None
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeechConfig:
    """How speech becomes text.

    `engine` is auto, api, faster, whisper or off. `model` is a size (tiny, base, small, medium, large-v3,
    turbo), a folder with a converted model, or a .pt file; `models` the folder that fetched models go to.
    `language` is what recordings are taken to be in; None listens for it among `languages`. `hint_tokens`
    bounds the names and words given to a local engine (0 gives none); `idle_seconds` lets a model go.
    """

    engine: str = "auto"
    model: str = "small"
    models: str = "data/models"
    models_url: str | None = None
    api_base: str | None = None
    api_key: str | None = None
    api_model: str = "gpt-transcribe"
    threads: int | None = None
    language: str | None = None
    languages: tuple[str, ...] = ("zh", "en")
    hint_tokens: int = 100
    idle_seconds: float = 600.0
    longest_seconds: float = 4 * 3600.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A line for `doctor`: `say("transcripts." + code, lang, **values)`; `good` is whether all is well."""

    code: str
    good: bool
    values: Mapping[str, Any] = field(default_factory=dict)


class TranscriptsError(Exception):
    """Something this room can name; `code` has its sentence in the catalogs as `transcripts.<code>`."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class SoundError(TranscriptsError):
    """The bytes give no sound: empty, not_sound, broken, truncated, protected, too_long."""


class ModelMissing(TranscriptsError):
    """No model to hear with: model_no_network, model_unknown, model_incomplete, model_no_space, no_library."""


class EngineError(TranscriptsError):
    """The engine failed: api_key_refused, api_busy, api_timeout, api_unreachable, api_refused, api_failed,
    api_garbled, no_engine."""
