"""Where the characters of a corrected text were in what was heard, and whether a text corrects another."""

from __future__ import annotations

import re
from bisect import bisect_right

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Postfix, Prefix

_SENTENCE = re.compile(r"[^。！？!?\n；;，,]+[。！？!?\n；;，,]*|[。！？!?\n；;，,]+")
_END = re.compile(r"[。！？!?\n；;，,]")
_SHORTEST, _MOST_CLAUSES = 4, 400
"""A correction has that many letters at least; in a longer recording the clauses are not tried each with each."""


class Alignment:
    """Between `shown` (corrected, or a piece) and `heard` (the whole as the engine gave it)."""

    def __init__(self, shown: str, heard: str) -> None:
        self._same = _lines_of(shown, heard) or [
            (block.src_start, block.dest_start, block.src_end - block.src_start)
            for block in Indel.opcodes(shown, heard)
            if block.tag == "equal"
        ]
        self._starts = [start for start, _, _ in self._same]

    def heard_at(self, offset: int) -> int | None:
        """The place in `heard` of the character at `offset` of `shown`, or of the last one before that was kept."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return 0 if self._same else None
        start, there, length = self._same[place]
        return there + min(offset - start, length - 1)

    def shown_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the characters `heard[start:end]` are in `shown`; None where any of them was changed."""
        for here, there, length in self._same:
            if there <= start and end <= there + length:
                return here + start - there, here + end - there
        return None


def _lines_of(shown: str, heard: str) -> list[tuple[int, int, int]]:
    """The lines of a piece where they stand in `heard` word for word, in order; [] where one doesn't."""
    found, here, there = [], 0, 0
    for line in shown.split("\n"):
        there = heard.find(line, there)
        if there < 0:
            return []
        if line:
            found.append((here, there, len(line)))
        here, there = here + len(line) + 1, there + len(line)
    return found


def corrected(heard: str, said: str, alike: float = 0.6) -> str | None:
    """`heard` with the clauses that `said` is another wording of replaced by it; None where it corrects nothing.

    `alike` is the share of letters (0 to 1) that both have in common, in order. The same words correct nothing.
    """
    bare = _bare(said)
    if len(bare) < _SHORTEST or bare == _bare(heard):
        return None
    span = _likest(heard, bare, alike)
    if span is None or _bare(heard[slice(*span)]) == bare:
        return None
    return heard[: span[0]] + _closed(said.strip(), heard[slice(*span)]) + heard[span[1] :]


def difference(before: str, after: str) -> tuple[str, str]:
    """The clauses that changed between two texts."""
    same = Prefix.similarity(before, after)
    start = max((end.end() for end in _END.finditer(before, 0, same)), default=0)
    tail = Postfix.similarity(before[start:], after[start:])
    ends = [end.end() for end in _END.finditer(before, len(before) - tail)]
    kept = len(before) - ends[0] if ends else 0
    return before[start : len(before) - kept], after[start : len(after) - kept]


def _likest(heard: str, said: str, alike: float) -> tuple[int, int] | None:
    """The span of neighbouring clauses that is most like `said`."""
    clauses = [match.span() for match in _SENTENCE.finditer(heard)]
    if len(clauses) > _MOST_CLAUSES:
        return None
    best, span = alike * 100, None
    for first, (start, _) in enumerate(clauses):
        for _, end in clauses[first:]:
            words = _bare(heard[start:end])
            if len(words) > 2 * len(said) + 8:
                break
            score = fuzz.ratio(words, said, score_cutoff=best)
            if score > best or (score == best and span is None and score):
                best, span = score, (start, end)
    return span


def _closed(said: str, before: str) -> str:
    """With the mark that the replaced words ended with, where it has none."""
    mark = before.rstrip()[-1:]
    return said if said[-1:] in "。！？!?；;，,.…" or mark.isalnum() else said + mark


def _bare(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
