"""Sound to words for a report: what came of it, and what its author must be told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from transcripts.model import EngineError, Hints, ModelMissing, Progress, Segment, SoundError, Transcript

PASSING = ("api_busy", "api_timeout", "api_unreachable")
WHY = (
    "silence",
    "noise",
    "music",
    "no_speech",
    "loop",
    "phantom",
    "prompt_echo",
    "wrong_language",
    "unclear",
    "truncated",
    "empty",
    "not_sound",
    "broken",
    "protected",
    "too_long",
)


@dataclass(frozen=True, slots=True)
class Heard:
    """`failure` is why there are no words: "unheard" may be heard later, anything else never.

    `words` is what to tell the author (a key of `reports`), `why` its reason. With `again` it is worth trying
    again in a while.
    """

    transcript: Transcript | None = None
    failure: str | None = None
    words: str = ""
    why: str = ""
    again: bool = False


def heard_in(report_id: int, message_id: int) -> str:
    """What the answer to a voice message is about: it is changed in place as the hearing goes on."""
    return f"report:{report_id}:{message_id}"


async def hear(
    transcriber: Any,
    content: bytes,
    hints: Hints,
    done: tuple[Segment, ...],
    progress: Callable[[Progress], Awaitable[None]],
) -> Heard:
    if transcriber is None:
        return Heard(failure="unheard", words="no_transcriber")
    try:
        transcript: Transcript = await transcriber.transcribe(content, hints, done=done, progress=progress)
    except SoundError as error:
        return _nothing(error.code)
    except ModelMissing:
        return Heard(failure="unheard", words="waiting_for_model")
    except EngineError as error:
        return Heard(failure="unheard", words="no_transcriber", again=error.code in PASSING)
    if transcript.text.strip():
        return Heard(transcript)
    return _nothing(next(iter(transcript.problems), "no_speech"), transcript)


def _nothing(code: str, transcript: Transcript | None = None) -> Heard:
    why = code if code in WHY else "other"
    return Heard(transcript, failure=code[:40], words="not_heard", why=why)
