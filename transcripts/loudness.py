"""What a sound is when nobody speaks in it: silence, noise or music, by measures of its spectrum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcripts.decoding import Samples

_WINDOW = 1024
_SILENT = 10 ** (-55 / 20)
"""Root mean square under which a window is silent: -55 dB of full scale."""
_AROUND, _PEAK, _LOWEST = 8, 16.0, 6
"""A frequency over 16 times its surroundings (12 dB) is a peak: common in tones, rare in noise of any colour."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """Windows of 64 ms counted: all, the loud ones, and of these the noisy (no peaks) and tonal ones (mostly peaks)."""

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
    def still(self) -> bool:
        """Too little sound for a word: under a fifth of a second is loud."""
        return self.loud < 3

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
    loud = windows[np.sqrt(np.square(windows).mean(axis=1)) > _SILENT]
    power = np.square(np.abs(np.fft.rfft(loud * np.hanning(_WINDOW), axis=1)))[:, _LOWEST:] + 1e-9
    peaks = power / _surroundings(power)
    in_peaks = np.where(peaks > _PEAK, power, 0).sum(axis=1) / power.sum(axis=1)
    return Loudness(len(windows), len(loud), int((in_peaks < 0.1).sum()), int((in_peaks > 0.5).sum()))


def _surroundings(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """The geometric mean of the 17 frequencies around each: the spectrum's shape without its peaks."""
    padded = np.pad(np.log(power), ((0, 0), (_AROUND + 1, _AROUND)), mode="reflect")
    sums = np.cumsum(padded, axis=1)
    return np.asarray(np.exp((sums[:, 2 * _AROUND + 1 :] - sums[:, : -2 * _AROUND - 1]) / (2 * _AROUND + 1)))
