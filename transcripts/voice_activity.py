"""Whether anybody speaks in a stretch of sound: faster-whisper's Silero where installed, else energy alone."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from transcripts.decoding import Samples
from transcripts.loudness import Loudness
from transcripts.model import RATE

_SHORT, _LONG = 2 * RATE, 30 * RATE


def somebody_speaks(samples: Samples, loudness: Loudness) -> bool:
    """False only where it is certain enough that no engine should be asked: engines invent speech there.

    In what is mostly tones the detector must be surer: a plucked string deceives it, speech over music doesn't.
    """
    if loudness.still:
        return False
    if not _has_silero():
        return loudness.kind != "music"
    if loudness.kind == "music":
        return _silero(samples, 0.75, _LONG)  # a window that begins within a tone deceives the detector
    return _silero(samples, 0.4, _SHORT)


@cache
def _has_silero() -> bool:
    return find_spec("faster_whisper") is not None


def _silero(samples: Samples, threshold: float, window: int) -> bool:
    """A window at a time, up to the first speech."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(threshold=threshold, min_speech_duration_ms=100)
    pieces = (samples[at : at + window] for at in range(0, len(samples), window))
    return any(get_speech_timestamps(piece, options) for piece in pieces)
