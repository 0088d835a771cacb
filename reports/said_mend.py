"""What a sentence changes in a list of facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from facts.model import Fact


def said_mend(words: str, facts: Sequence[Fact], on: date, fact: Fact | None = None) -> list[Fact] | None:
    """The facts after the mend; None where the words mend nothing."""
    return None
