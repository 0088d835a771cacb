"""faster-whisper: the local default, int8 on the processor."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Sequence
from typing import Any

from transcripts import hints as hinting
from transcripts.engines import fetching
from transcripts.engines.shape import Clip, Fetching, nearest_language
from transcripts.memory import give_back
from transcripts.model import Hints, Segment, SpeechConfig, Word

TEMPERATURES = (0.0, 0.2, 0.4)
"""Tried in turn while a piece looks like a loop or is too unlikely; the first is deterministic."""


class FasterWhisper:
    """Loads at first use. Hints go in as hotwords, bounded by `config.hint_tokens` of the model's own tokens."""

    name = "faster"
    piece_seconds = (18.0, 28.0)
    filters_silence = True

    def __init__(self, config: SpeechConfig) -> None:
        self.model = fetching.called(config)
        self._config = config
        self._loaded: Any = None
        self._hint_tokens = 0

    def ready(self, fetching_: Fetching) -> None:
        if self._loaded is None:
            folder = fetching.converted_model(self._config, fetching_)
            self._hint_tokens = fetching.hint_tokens(self._config, folder)
            from faster_whisper import WhisperModel

            with fetching.loading(folder):
                self._loaded = WhisperModel(
                    str(folder), device="cpu", compute_type="int8", cpu_threads=fetching.threads(self._config)
                )

    def language_of(self, clip: Clip, among: Sequence[str]) -> str | None:
        if not self._loaded.model.is_multilingual:
            return "en"
        code, chance, chances = self._loaded.detect_language(clip.samples)
        return nearest_language(dict(chances or [(code, chance)]), among)

    def prompt(self, hints: Hints, language: str | None) -> tuple[str, ...]:
        return (
            hinting.chosen(hints, self._hint_tokens, self._tokens, lang=language or "zh")
            if self._hint_tokens
            else ()
        )

    def transcribe(self, clip: Clip, prompt: Sequence[str], language: str | None) -> Iterator[Segment]:
        segments, info = self._loaded.transcribe(
            clip.samples,
            language=language,
            vad_filter=True,
            condition_on_previous_text=False,
            hotwords="，".join(prompt) or None,
            temperature=list(TEMPERATURES),
            word_timestamps=True,
        )
        for segment in segments:
            yield _segment(segment, info.language)

    def release(self) -> None:
        if self._loaded is not None:
            self._loaded.model.unload_model()
            self._loaded = None
            gc.collect()
            give_back()

    def _tokens(self, text: str) -> int:
        return len(self._loaded.hf_tokenizer.encode(text, add_special_tokens=False).ids)


def _segment(heard: Any, language: str) -> Segment:
    return Segment(
        start=float(heard.start),
        end=float(heard.end),
        text=heard.text,
        confidence=round(math.exp(heard.avg_logprob), 4),
        no_speech=round(float(heard.no_speech_prob), 4),
        compression_ratio=round(float(heard.compression_ratio), 3),
        words=tuple(
            Word(float(word.start), float(word.end), word.word, round(float(word.probability), 4))
            for word in heard.words or ()
        ),
        language=language,
    )
