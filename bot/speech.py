"""Speech to text, as the settings say; nothing of it is loaded before the first sound comes."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.settings import Settings
from transcripts.model import SpeechConfig, Transcript


def speech_config(settings: Settings) -> SpeechConfig:
    return SpeechConfig(
        engine=settings.speech,
        model=settings.speech_model,
        api_base=settings.speech_api_base,
        api_key=settings.speech_api_key.get_secret_value(),
        api_model=settings.speech_api_model,
        threads=settings.speech_threads,
        models=str(settings.data / "models"),
        models_url=settings.speech_hub or None,
    )


class Ears:
    """A `Transcriber` that is made with the first sound: decoders and arrays take 30 MB."""

    def __init__(self, config: SpeechConfig) -> None:
        self.config = config
        self._making = asyncio.Lock()
        self._transcriber: Any = None

    async def transcribe(self, *args: Any, **options: Any) -> Transcript:
        """As `Transcriber.transcribe`."""
        async with self._making:
            if self._transcriber is None:
                self._transcriber = await asyncio.to_thread(_transcriber, self.config)
        heard: Transcript = await self._transcriber.transcribe(*args, **options)
        return heard

    async def close(self) -> None:
        if self._transcriber is not None:
            await self._transcriber.close()


def _transcriber(config: SpeechConfig) -> Any:
    from transcripts.transcriber import Transcriber

    return Transcriber(config)
