"""Sound to words for a report: what came of it, and what its author must be told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from transcripts.model import (
    PROBLEMS,
    EngineError,
    Hints,
    ModelMissing,
    Progress,
    Segment,
    SoundError,
    Transcript,
)

PASSING = ("api_busy", "api_timeout", "api_unreachable", "api_failed", "api_garbled")
UNHEARD = "unheard"
"""The failure of a voice message that may be heard later."""
LONG_SECONDS = 60
STEPS, MEGABYTE = 10, 1_000_000


@dataclass(frozen=True, slots=True)
class Heard:
    """`failure` is why there are no words: "unheard" may be heard later, anything else never.

    `words` is what to tell the author (a catalog key with its `values`). With `again` it is worth trying again
    in a while.
    """

    transcript: Transcript | None = None
    failure: str | None = None
    words: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
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
        return Heard(failure=UNHEARD, words="reports.no_transcriber")
    try:
        transcript: Transcript = await transcriber.transcribe(content, hints, done=done, progress=progress)
    except SoundError as error:
        return Heard(failure=error.code, words=f"transcripts.{error.code}", values=error.values)
    except ModelMissing as error:
        nothing = error.code == "no_library"
        return Heard(failure=UNHEARD, words=f"reports.{'no_transcriber' if nothing else 'waiting_for_model'}")
    except EngineError as error:
        nothing = error.code == "no_engine"
        words = "reports.no_transcriber" if nothing else "transcripts.waiting_for_engine"
        return Heard(failure=UNHEARD, words=words, again=error.code in PASSING)
    return Heard(transcript) if transcript.text.strip() else _nothing_said(transcript)


def _nothing_said(transcript: Transcript) -> Heard:
    code = next((one for one in transcript.problems if one in PROBLEMS), "no_speech")
    values = {"at": clock_words(transcript.seconds)} if code == "truncated" else {}
    return Heard(transcript, failure=code, words=f"transcripts.{code}", values=values)


def clock_words(seconds: float) -> str:
    """Minutes and seconds of a recording: 0:12, 61:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


@dataclass(slots=True)
class Told:
    """How far the author was told that it is: a tenth at a time, and nothing of a short recording."""

    step: int = -1
    stage: str = ""

    def news(self, news: Progress) -> tuple[str, dict[str, Any]] | None:
        """The catalog key and values of what is new; None where nothing is."""
        if news.stage == "hearing" and (news.total or 0) <= LONG_SECONDS:
            return None
        step = int(STEPS * news.done / news.total) if news.total else int(news.done / MEGABYTE / 50)
        if (self.stage, self.step) == (news.stage, step):
            return None
        self.stage, self.step = news.stage, step
        percent = min(100, round(100 * news.done / news.total)) if news.total else None
        if news.stage == "hearing":
            return "reports.how_far", {"percent": percent}
        total = round(news.total / MEGABYTE) if news.total else None
        return "transcripts.fetching", {"percent": percent, "total_mb": total}
