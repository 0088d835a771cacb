"""The speech settings, as `transcripts` takes them."""

from __future__ import annotations

from bot.settings import Settings
from transcripts.model import SpeechConfig


def speech_config(settings: Settings) -> SpeechConfig:
    return SpeechConfig(
        engine=settings.speech,
        model=settings.speech_model,
        api_base=settings.speech_api_base,
        api_key=settings.speech_api_key.get_secret_value(),
        api_model=settings.speech_api_model,
        threads=settings.speech_threads,
        models=str(settings.data / "models"),
    )
