"""openai-whisper on the machine, given samples so that no ffmpeg program is needed; the extra `whisper`."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from transcripts import hints as hinting
from transcripts.engines import fetching
from transcripts.engines.shape import Clip, Fetching, nearest_language
from transcripts.memory import give_back
from transcripts.model import Hints, Segment, SpeechConfig, Word

_WINDOW = 30 * 16_000


class OpenAIWhisper:
    """The reference implementation in torch; loads at first use. Hints go in as the initial prompt."""

    name = "whisper"
    piece_seconds = (18.0, 28.0)
    filters_silence = False

    def __init__(self, config: SpeechConfig) -> None:
        self.model = fetching.called(config)
        self._config = config
        self._loaded: Any = None
        self._hint_tokens = 0

    def ready(self, fetching_: Fetching) -> None:
        if self._loaded is None:
            path = fetching.torch_model(self._config, fetching_)
            self._hint_tokens = fetching.hint_tokens(self._config, path.parent)
            import whisper

            import_module("torch").set_num_threads(fetching.threads(self._config))
            with fetching.loading(path):
                self._loaded = whisper.load_model(str(path), device="cpu")

    def language_of(self, clip: Clip, among: Sequence[str]) -> str | None:
        if not self._loaded.is_multilingual:
            return "en"
        from whisper.audio import log_mel_spectrogram, pad_or_trim

        mel = log_mel_spectrogram(pad_or_trim(clip.samples[:_WINDOW]), self._loaded.dims.n_mels)
        _, chances = self._loaded.detect_language(mel)
        return nearest_language(chances, among)

    def prompt(self, hints: Hints, language: str | None) -> tuple[str, ...]:
        return hinting.chosen(hints, self._hint_tokens, lang=language or "zh") if self._hint_tokens else ()

    def transcribe(self, clip: Clip, prompt: Sequence[str], language: str | None) -> Iterator[Segment]:
        heard = self._loaded.transcribe(
            clip.samples,
            language=language,
            fp16=False,
            verbose=None,
            condition_on_previous_text=False,
            initial_prompt="，".join(prompt) or None,
            temperature=(0.0, 0.2, 0.4),
            word_timestamps=True,
        )
        for segment in heard["segments"]:
            yield _segment(segment, heard["language"])

    def release(self) -> None:
        self._loaded = None
        gc.collect()
        give_back()


def _segment(heard: dict[str, Any], language: str) -> Segment:
    return Segment(
        start=float(heard["start"]),
        end=float(heard["end"]),
        text=heard["text"],
        confidence=round(math.exp(heard["avg_logprob"]), 4),
        no_speech=round(float(heard["no_speech_prob"]), 4),
        compression_ratio=round(float(heard["compression_ratio"]), 3),
        words=tuple(
            Word(float(word["start"]), float(word["end"]), word["word"], round(float(word["probability"]), 4))
            for word in heard.get("words", ())
        ),
        language=language,
    )
