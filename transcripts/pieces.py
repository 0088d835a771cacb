"""Long recordings cut where nobody speaks, so that each piece can be heard, shown and kept on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from transcripts.decoding import Samples
from transcripts.model import RATE

_FRAME = RATE // 50
_CALM = 15
"""A cut lies in the middle of the quietest 15 frames of 20 ms: 0.3 s, longer than a plosive's pause."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`samples` from second `start` of the recording; `last` when nothing follows."""

    start: float
    samples: Samples
    last: bool

    @property
    def end(self) -> float:
        return self.start + len(self.samples) / RATE


def cut(blocks: Iterable[Samples], shortest: float = 18.0, longest: float = 28.0) -> Iterator[Piece]:
    """Pieces of at most `longest` seconds, cut at the quietest moment after `shortest`.

    The same sound gives the same pieces, so that a restart finds its place. Holds one piece and one block.
    """
    held, start = np.zeros(0, np.float32), 0
    for block in blocks:
        held = np.concatenate((held, block))
        while len(held) > longest * RATE:
            at = quietest(held, int(shortest * RATE), int(longest * RATE))
            yield Piece(start / RATE, held[:at], last=False)
            held, start = held[at:], start + at
    yield Piece(start / RATE, held, last=True)


def quietest(samples: Samples, first: int, last: int) -> int:
    """The sample between `first` and `last` in the middle of the calmest stretch; the latest of equals."""
    part = samples[first:last]
    frames = part[: len(part) // _FRAME * _FRAME].reshape(-1, _FRAME)
    if len(frames) < _CALM:
        return last
    power = np.convolve((frames.astype(np.float64) ** 2).mean(axis=1), np.ones(_CALM) / _CALM, "valid")
    calmest = np.flatnonzero(power <= power.min() * 1.05 + 1e-9)[-1]
    return first + (int(calmest) + _CALM // 2) * _FRAME
