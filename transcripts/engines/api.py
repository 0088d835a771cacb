"""A transcription API that speaks OpenAI's tongue; any base URL."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import stamina
from openai import BadRequestError, OpenAI

from prompts import api
from transcripts import hints as hinting
from transcripts.decoding import encode
from transcripts.engines.shape import Clip, Fetching
from transcripts.model import EngineError, Hints, Segment, SpeechConfig

_FILES = {
    "ogg": "ogg",
    "mp3": "mp3",
    "wav": "wav",
    "flac": "flac",
    "matroska,webm": "webm",
    "mov,mp4,m4a,3gp,3g2,mj2": "m4a",
}
"""FFmpeg's container names to the file names that the API takes; Telegram's `.oga` is refused there, `.ogg` is not."""
_MOST_BYTES = 24_000_000
_PROMPT_TOKENS, _KEYWORDS = 200, 100


class ApiEngine:
    """Sends a recording as it came where it is short enough, else pieces of it as Opus."""

    name = "api"
    piece_seconds = (240.0, 600.0)
    filters_silence = False

    def __init__(
        self, config: SpeechConfig, *, timeout: float = 120.0, attempts: int = 5, first_pause: float = 1.0
    ) -> None:
        self.model = config.api_model
        self._config = config
        self._timeout, self._attempts, self._pause = timeout, attempts, first_pause
        self._client: OpenAI | None = None

    def ready(self, fetching: Fetching) -> None:
        if self._client is None:
            self._client = OpenAI(
                api_key=self._config.api_key or "none",
                base_url=self._config.api_base or None,
                timeout=self._timeout,
                max_retries=0,
            )

    def language_of(self, clip: Clip, among: Sequence[str]) -> str | None:
        return None

    def prompt(self, hints: Hints, language: str | None) -> tuple[str, ...]:
        chosen = hinting.chosen(
            hints, _PROMPT_TOKENS * (4 if self._takes_keywords else 1), lang=language or "zh"
        )
        return tuple(islice(chosen, _KEYWORDS))

    def transcribe(self, clip: Clip, prompt: Sequence[str], language: str | None) -> Iterator[Segment]:
        answer = self._asked(_file(clip), self._options(prompt, language))
        yield from _segments(answer, clip.seconds)

    def release(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    @property
    def _takes_keywords(self) -> bool:
        return self.model.startswith("gpt-transcribe")

    def _options(self, prompt: Sequence[str], language: str | None) -> dict[str, Any]:
        """What this family of models takes: keywords and languages, log probabilities, or segments."""
        if self._takes_keywords:
            languages = [language] if language else list(self._config.languages)
            return {"response_format": "json", "languages": languages} | (
                {"keywords": list(prompt)} if prompt else {}
            )
        options: dict[str, Any] = {"language": language} if language else {}
        options |= {"prompt": "，".join(prompt)} if prompt else {}
        if self.model.startswith("gpt-4o"):
            return options | {"response_format": "json", "include": ["logprobs"]}
        return options | {"response_format": "verbose_json", "timestamp_granularities": ["segment"]}

    def _asked(self, file: tuple[str, bytes], options: dict[str, Any]) -> Any:
        try:
            try:
                return self._patiently(file, options)
            except BadRequestError:
                return self._patiently(file, {"response_format": "json"})
        except Exception as error:
            raise EngineError(api.code(error)) from error

    def _patiently(self, file: tuple[str, bytes], options: dict[str, Any]) -> Any:
        assert self._client is not None
        for attempt in stamina.retry_context(
            on=api.again,
            attempts=self._attempts,
            timeout=600.0,
            wait_initial=self._pause,
            wait_max=30.0,
            wait_jitter=self._pause,
        ):
            with attempt:
                answer = self._client.audio.transcriptions.create(file=file, model=self.model, **options)
                if not isinstance(getattr(answer, "text", None), str):
                    raise ValueError("no text in the answer")
                return answer
        raise AssertionError("stamina ends by returning or raising")


def _file(clip: Clip) -> tuple[str, bytes]:
    extension = _FILES.get(clip.container)
    if clip.file is not None and extension and len(clip.file) <= _MOST_BYTES:
        return f"voice.{extension}", clip.file
    return "voice.ogg", encode(clip.samples)


def _segments(answer: Any, seconds: float) -> Iterator[Segment]:
    language = _language(answer)
    parts = getattr(answer, "segments", None)
    for part in parts or ():
        yield Segment(
            start=float(part.start),
            end=float(part.end),
            text=part.text,
            confidence=None if part.avg_logprob is None else round(math.exp(part.avg_logprob), 4),
            no_speech=part.no_speech_prob,
            compression_ratio=part.compression_ratio,
            language=language,
        )
    if not parts and answer.text.strip():
        yield Segment(0.0, seconds, answer.text, confidence=_likelihood(answer), language=language)


def _likelihood(answer: Any) -> float | None:
    known = [token.logprob for token in getattr(answer, "logprobs", None) or () if token.logprob is not None]
    return round(math.exp(sum(known) / len(known)), 4) if known else None


_NAMED = {"chinese": "zh", "mandarin": "zh", "cantonese": "zh", "yue": "zh", "english": "en"}


def _language(answer: Any) -> str | None:
    """A code: models answer `languages` of objects with codes, `language` as code or English word, or nothing."""
    several = getattr(answer, "languages", None) or ()
    named = next((getattr(each, "code", None) or getattr(each, "language", None) for each in several), None)
    named = str(named or getattr(answer, "language", None) or "").lower()
    return _NAMED.get(named, named.split("-")[0]) or None
