"""What a sound is when nobody speaks in it: silence, noise or music, by measures of its spectrum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transcripts.decoding import Samples

_WINDOW = 1024
_SILENT = 10 ** (-50 / 20)
"""Root mean square under which a window is silent: -50 dB of full scale."""
_FLAT, _TONAL = 0.15, 0.05


@dataclass(frozen=True, slots=True)
class Loudness:
    """Windows of 64 ms counted: all, the loud ones, and of these the noisy (flat spectrum) and tonal ones."""

    windows: int = 0
    loud: int = 0
    flat: int = 0
    tonal: int = 0

    def __add__(self, other: Loudness) -> Loudness:
        return Loudness(
            self.windows + other.windows,
            self.loud + other.loud,
            self.flat + other.flat,
            self.tonal + other.tonal,
        )

    @property
    def kind(self) -> str:
        """silence, noise, music or no_speech (sound that is none of these)."""
        if self.loud <= self.windows * 0.02:
            return "silence"
        if self.tonal > self.loud * 0.6:
            return "music"
        return "noise" if self.flat > self.loud * 0.5 else "no_speech"


def measure(samples: Samples) -> Loudness:
    """Count the windows of a piece; a rest under 64 ms is left out."""
    windows = samples[: len(samples) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    level = np.sqrt((windows.astype(np.float64) ** 2).mean(axis=1))
    loud = windows[level > _SILENT]
    flatness = _flatness(loud)
    return Loudness(len(windows), len(loud), int((flatness > _FLAT).sum()), int((flatness < _TONAL).sum()))


def _flatness(windows: Samples) -> np.ndarray:
    """Geometric over arithmetic mean of the power spectrum: 0.56 for white noise, near 0 for tones."""
    power = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW), axis=1))[:, 2:] ** 2 + 1e-12
    return np.asarray(np.exp(np.log(power).mean(axis=1)) / power.mean(axis=1))
