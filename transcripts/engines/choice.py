"""Which engine hears, and why."""

from __future__ import annotations

from pathlib import Path

from transcripts.engines import fetching
from transcripts.engines.shape import Engine
from transcripts.model import Finding, ModelMissing, SpeechConfig


def chosen(config: SpeechConfig) -> str | None:
    """The engine's name. `auto` takes a model brought by hand, else an API key, else what is installed."""
    if config.engine != "auto":
        return None if config.engine == "off" else config.engine
    path = Path(config.model).expanduser()
    if path.suffix == ".pt" and fetching.installed("whisper"):
        return "whisper"
    if path.is_dir() and fetching.installed("faster_whisper"):
        return "faster"
    if config.api_key:
        return "api"
    return next((name for name, module in _LIBRARIES if fetching.installed(module)), None)


_LIBRARIES = (("faster", "faster_whisper"), ("whisper", "whisper"))


def choose(config: SpeechConfig) -> Engine | None:
    """The engine for these settings, nothing loaded yet; None when speech is off or nothing can hear."""
    name = chosen(config)
    if name == "api":
        from transcripts.engines.api import ApiEngine

        return ApiEngine(config)
    if name == "faster":
        from transcripts.engines.faster import FasterWhisper

        return FasterWhisper(config)
    if name == "whisper":
        from transcripts.engines.whisper import OpenAIWhisper

        return OpenAIWhisper(config)
    return None


def explain(config: SpeechConfig) -> list[Finding]:
    """For doctor: which engine and why, whether its model is here, and what to do where it isn't. No network."""
    name = chosen(config)
    if name is None:
        return [Finding("doctor_off", True)] if config.engine == "off" else [Finding("doctor_nothing", False)]
    if name == "api":
        place = config.api_base or "OpenAI"
        return [Finding("doctor_api" if config.api_key or config.api_base else "doctor_no_key", bool(config.api_key or config.api_base), {"model": config.api_model, "place": place})]  # fmt: skip
    if not fetching.installed(dict(_LIBRARIES)[name]):
        return [
            Finding(
                "doctor_no_library",
                False,
                {"engine": name, "extra": "speech" if name == "faster" else "whisper"},
            )
        ]
    return [Finding(f"doctor_{name}", True, {"threads": fetching.threads(config)}), _model(config, name)]


def _model(config: SpeechConfig, name: str) -> Finding:
    values = {"model": config.model, "folder": config.models}
    try:
        found = (fetching.local_converted if name == "faster" else fetching.local_torch)(config)
        if found is None and name == "faster":
            fetching.repository(config.model)
    except ModelMissing as missing:
        return Finding(f"doctor_{missing.code}", False, values | missing.values)
    if found is None:
        return Finding("doctor_model_to_fetch", True, values)
    return Finding("doctor_model_here", True, values | {"folder": str(found)})
