"""Punctuation where an engine gave none; no word, figure or mark that is there is ever changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcripts.model import Segment

_MARKS = frozenset("，。！？；：、,.!?;:…")
_FIGURE = frozenset("0123456789零〇一二两三四五六七八九十百千万亿点半几多")
_OPENERS = (
    "但是", "不过", "另外", "而且", "所以", "然后", "因为", "还有", "目前", "现在", "同时", "此外", "接下来",
    "其中", "据说", "他说", "她说", "老板说", "下一步", "总的来说", "不管", "虽然", "如果", "后来", "最后",
)  # fmt: skip
_OPENER = re.compile("|".join(sorted(_OPENERS, key=len, reverse=True)))
_NOT_AFTER = frozenset("的是在到和跟与把被对从就都也还了说要有了这那个不没,，")
_CLAUSE, _PAUSE, _STOP = 6, 0.45, 0.9
"""Characters that a clause has at least, and the pauses in seconds that read as a comma and as a full stop."""


def punctuated(segments: Sequence[Segment]) -> list[str]:
    """The segments' texts with marks added where there were none; spaces between Chinese words may give way to one."""
    if any(char in _MARKS for segment in segments for char in _inner(segment.text)):
        return [segment.text for segment in segments]
    texts = []
    for place, segment in enumerate(segments):
        after = segments[place + 1] if place + 1 < len(segments) else None
        text = segment.text.strip() if _chinese(segment.text) else segment.text.rstrip()
        if not text or text[-1] in _MARKS:
            texts.append(text)
        elif _chinese(text):
            texts.append(_commas(text, _pauses(segment)) + ("，" if _runs_on(segment, after) else "。"))
        else:
            texts.append(text + ("," if _runs_on(segment, after) else "."))
    return texts


def words_of(text: str) -> str:
    """Everything but marks and spaces: what punctuating must leave alone."""
    return "".join(char for char in text if char not in _MARKS and not char.isspace())


def _inner(text: str) -> str:
    """Without the marks inside figures (3.5, 1,200), which are no punctuation."""
    return re.sub(r"(?<=\d)[.,:](?=\d)", "", text)


def _runs_on(segment: Segment, after: Segment | None) -> bool:
    return after is not None and after.start - segment.end < _STOP


def _commas(text: str, pauses: frozenset[int]) -> str:
    out: list[str] = []
    since, letter = 0, 0
    openers = {match.start() for match in _OPENER.finditer(text)}
    for at, char in enumerate(text):
        gap = char.isspace() and 0 < at < len(text) - 1
        if (
            since >= 2
            and (gap or letter in pauses or (at in openers and since >= _CLAUSE))
            and _may_part(text, at)
        ):
            out.append("，")
            since = 0
            if gap:
                continue
        out.append(char)
        since, letter = since + 1, letter + (not char.isspace())
    return "".join(out)


def _may_part(text: str, at: int) -> bool:
    """Not between the parts of a figure, not after a word that carries on, not where Latin words stand apart."""
    before, after = text[:at].rstrip()[-1:], text[at:].lstrip()[:1]
    if before in _FIGURE and after in _FIGURE:
        return False
    return before not in _NOT_AFTER and not (before.isascii() or after.isascii())


def _pauses(segment: Segment) -> frozenset[int]:
    return frozenset(_gaps(segment))


def _gaps(segment: Segment) -> Iterator[int]:
    """Counts of letters after which the speaker paused, where the engine timed the words."""
    letters = 0
    for word, after in zip(segment.words, segment.words[1:], strict=False):
        letters += sum(not char.isspace() for char in word.text)
        if after.start - word.end >= _PAUSE:
            yield letters


def _chinese(text: str) -> bool:
    return sum("\u3400" <= char <= "\u9fff" for char in text) * 3 > len(text)
