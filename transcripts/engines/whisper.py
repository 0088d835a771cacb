"""openai-whisper on the machine, given samples so that no ffmpeg program is needed; the extra `whisper`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from transcripts.engines import fetching
from transcripts.engines.shape import Clip, Fetching, Local, nearest_language, segment, word
from transcripts.model import RATE, Segment, SpeechConfig

_WINDOW = 30 * RATE


class OpenAIWhisper(Local):
    """The reference implementation in torch. Hints go in as the initial prompt."""

    name = "whisper"
    filters_silence = False

    def __init__(self, config: SpeechConfig) -> None:
        super().__init__(config, fetching.called(config))

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

    def transcribe(self, clip: Clip, prompt: Sequence[str], language: str | None) -> Iterator[Segment]:
        words = "，".join(prompt) or None
        heard = self._loaded.transcribe(
            clip.samples, fp16=False, verbose=None, initial_prompt=words, **self._options(language)
        )
        for one in heard["segments"]:
            yield _segment(one, heard["language"])


def _segment(heard: Mapping[str, Any], language: str) -> Segment:
    words = [
        word(one["start"], one["end"], one["word"], one["probability"]) for one in heard.get("words", ())
    ]
    measures = heard["avg_logprob"], heard["no_speech_prob"], heard["compression_ratio"]
    return segment((heard["start"], heard["end"]), heard["text"], measures, words, language)
