"""Traditional characters folded to simplified, one for one, so that offsets and figures stay."""

from __future__ import annotations

from functools import cache
from typing import Any


def simplify(text: str) -> str:
    """Simplified text of the same length; where OpenCC would change the length it goes by single characters."""
    folded = str(_converter().convert(text))
    if len(folded) == len(text):
        return folded
    return "".join(_single(char) for char in text)


@cache
def _single(char: str) -> str:
    folded = str(_converter().convert(char))
    return folded if len(folded) == 1 else char


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
