"""One recording on its way through an engine, a piece at a step; blocking, for one worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcripts.decoding import Sound, blocks
from transcripts.engines.shape import Clip, Engine
from transcripts.loudness import Loudness, measure
from transcripts.mending import Heard
from transcripts.model import Hints, Segment, SpeechConfig, Word
from transcripts.pieces import Piece, cut
from transcripts.voice_activity import somebody_speaks

_SHORTEST = 0.1


class Hearing:
    """`step` until it says False. `done` are segments of pieces finished before: those pieces aren't heard again."""

    def __init__(
        self,
        sound: bytes,
        info: Sound,
        engine: Engine,
        config: SpeechConfig,
        hints: Hints,
        language: str | None,
        done: Sequence[Segment] = (),
    ) -> None:
        self._sound, self._info, self._engine, self._config, self._hints = sound, info, engine, config, hints
        self._language = language or config.language
        self._prompt: tuple[str, ...] | None = None
        self._loudness, self._foreign = Loudness(), False
        self._done_until = max((segment.end for segment in done), default=0.0)
        self._pieces = cut(blocks(sound), *engine.piece_seconds)
        self.segments: list[Segment] = list(done)
        self.position = 0.0

    def step(self) -> bool:
        """Hear the next piece that isn't done; False when there is none."""
        for piece in self._pieces:
            self.position = piece.end
            if piece.start >= self._done_until:
                self._hear(piece)
                return True
        return False

    def result(self) -> Heard:
        return Heard(
            segments=tuple(self.segments),
            seconds=max(self.position, 0.0),
            engine=self._engine.name,
            model=self._engine.model,
            prompt=self._prompt or (),
            loudness=self._loudness,
            foreign=self._foreign,
            truncated=self._info.truncated,
        )

    def _hear(self, piece: Piece) -> None:
        loudness = measure(piece.samples)
        self._loudness += loudness
        if piece.end - piece.start < _SHORTEST or loudness.still:
            return
        clip = self._clip(piece)
        if not self._worth_hearing(clip, loudness):
            return
        if self._prompt is None:
            self._prompt = self._engine.prompt(self._hints, self._language)
        for segment in self._engine.transcribe(clip, self._prompt, self._language):
            self.segments.append(_moved(segment, piece))

    def _clip(self, piece: Piece) -> Clip:
        whole = piece.start == 0 and piece.last
        return Clip(piece.samples, self._sound if whole else None, self._info.container)

    def _worth_hearing(self, clip: Clip, loudness: Loudness) -> bool:
        """Whether somebody speaks there in a language of ours; asked until the language is known."""
        if self._language is not None and self._engine.filters_silence and loudness.kind != "music":
            return True
        if not somebody_speaks(clip.samples, loudness):
            return False
        heard = self._language or self._engine.language_of(clip, self._config.languages)
        if heard is not None and self._language is None and heard not in self._config.languages:
            self._foreign = True
            return False
        self._language = heard
        return True


def _moved(segment: Segment, piece: Piece) -> Segment:
    """From the piece's time to the recording's; engines overshoot the end by some hundredths."""

    def second(at: float) -> float:
        return round(min(piece.start + max(at, 0.0), piece.end), 3)

    words = tuple(
        Word(second(word.start), second(word.end), word.text, word.confidence) for word in segment.words
    )
    return replace(segment, start=second(segment.start), end=second(segment.end), words=words)
