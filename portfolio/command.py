"""`huifang ask`: one question asked as somebody, for the command line."""

from __future__ import annotations

from datetime import datetime

from portfolio.answers import Answer, answer, respond
from portfolio.questions import Question
from records import people
from records.database import Tx

LINES = 200
LENGTH = 4096
"""Characters of the longest question, as of the longest message."""


class AskError(Exception):
    """Why a question can't be put at all; `code` is stable."""

    code = "ask"


class UnknownStaff(AskError):
    """Nobody active has this staff code."""

    code = "unknown_staff"


class EmptyQuestion(AskError):
    code = "empty_question"


class TooLong(AskError):
    code = "too_long"


async def ask(tx: Tx, staff_code: str, text: str, now: datetime, *, limit: int = LINES) -> Answer:
    """Answer `text` as `staff_code` would be answered; what is no question is answered as not understood.

    Raises UnknownStaff, EmptyQuestion and TooLong.
    """
    viewer = await people.by_code(tx, staff_code)
    if viewer is None or not viewer.active:
        raise UnknownStaff(staff_code)
    if not text.strip():
        raise EmptyQuestion(staff_code)
    if len(text) > LENGTH:
        raise TooLong(staff_code)
    found = await answer(tx, text, viewer, now=now, limit=limit)
    if found is not None:
        return found
    return await respond(tx, Question("none", text, viewer.language), viewer, now=now)
