"""faster-whisper: the local default, int8 on the processor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from transcripts.engines import fetching
from transcripts.engines.shape import Clip, Fetching, Local, nearest_language, segment, word
from transcripts.model import Segment, SpeechConfig


class FasterWhisper(Local):
    """Hints go in as hotwords, bounded by `config.hint_tokens` of the model's own tokens."""

    name = "faster"
    filters_silence = True

    def __init__(self, config: SpeechConfig) -> None:
        super().__init__(config, fetching.called(config))

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

    def transcribe(self, clip: Clip, prompt: Sequence[str], language: str | None) -> Iterator[Segment]:
        hotwords = "，".join(prompt) or None
        segments, info = self._loaded.transcribe(
            clip.samples, vad_filter=True, hotwords=hotwords, **self._options(language)
        )
        for heard in segments:
            yield _segment(heard, info.language)

    def _unload(self) -> None:
        self._loaded.model.unload_model()

    def _tokens(self, text: str) -> int:
        return len(self._loaded.hf_tokenizer.encode(text, add_special_tokens=False).ids)


def _segment(heard: Any, language: str) -> Segment:
    words = [word(one.start, one.end, one.word, one.probability) for one in heard.words or ()]
    measures = heard.avg_logprob, heard.no_speech_prob, heard.compression_ratio
    return segment((heard.start, heard.end), heard.text, measures, words, language)
