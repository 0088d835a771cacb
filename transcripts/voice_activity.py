"""Whether anybody speaks in a stretch of sound: faster-whisper's Silero where installed, else energy alone."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from transcripts.decoding import Samples
from transcripts.loudness import measure
from transcripts.model import RATE

_WINDOW = 30 * RATE


def somebody_speaks(samples: Samples) -> bool:
    """False only where it is certain enough that no engine should be asked (engines invent speech there)."""
    if not len(samples) or measure(samples).still:
        return False
    return _silero(samples) if _has_silero() else True


@cache
def _has_silero() -> bool:
    return find_spec("faster_whisper") is not None


def _silero(samples: Samples) -> bool:
    """Half a minute at a time, up to the first speech."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(threshold=0.4, min_speech_duration_ms=100)
    windows = (samples[at : at + _WINDOW] for at in range(0, len(samples), _WINDOW))
    return any(get_speech_timestamps(window, options) for window in windows)
