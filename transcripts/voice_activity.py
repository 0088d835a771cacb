"""Whether anybody speaks in a stretch of sound: faster-whisper's Silero where installed, else energy alone."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from transcripts.decoding import Samples
from transcripts.loudness import measure


def somebody_speaks(samples: Samples) -> bool:
    """False only where it is certain enough that no engine should be asked (engines invent speech there)."""
    if not len(samples) or measure(samples).kind == "silence":
        return False
    return _silero(samples) if _has_silero() else True


@cache
def _has_silero() -> bool:
    return find_spec("faster_whisper") is not None


def _silero(samples: Samples) -> bool:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    return bool(get_speech_timestamps(samples, VadOptions(threshold=0.4, min_speech_duration_ms=100)))
