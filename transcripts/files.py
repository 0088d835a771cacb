"""Files to lines, for `huifang transcribe`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

from transcripts.model import Hints, Progress, Transcript, TranscriptsError
from transcripts.transcriber import Transcriber

FileProgress = Callable[[str, Progress], None]


async def transcribed(
    paths: Iterable[Path],
    transcriber: Transcriber,
    hints: Hints | None = None,
    progress: FileProgress | None = None,
) -> AsyncIterator[dict[str, Any]]:
    """One mapping a file: file, text, language, seconds, segments, problems; `error` (a code) where it failed."""
    for path in paths:
        name = str(path)
        told = None if progress is None else lambda news, name=name: progress(name, news)
        try:
            sound = await asyncio.to_thread(path.read_bytes)
            yield line(name, await transcriber.transcribe(sound, hints, progress=told))
        except TranscriptsError as error:
            yield _failed(name, error.code, error.values)
        except OSError:
            yield _failed(name, "unreadable", {})


def line(name: str, transcript: Transcript) -> dict[str, Any]:
    return {
        "file": name,
        "text": transcript.text,
        "language": transcript.language,
        "seconds": transcript.seconds,
        "segments": [
            {
                "start": segment.start,
                "end": segment.end,
                "text": segment.text,
                "confidence": segment.confidence,
            }
            for segment in transcript.segments
        ],
        "problems": list(transcript.problems),
    }


def _failed(name: str, code: str, values: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "file": name,
        "text": "",
        "language": None,
        "seconds": 0.0,
        "segments": [],
        "problems": [],
    }
    return {**empty, "error": code, "values": values}
