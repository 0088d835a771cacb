"""Figures in a transcript that the engine was unsure of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcripts.model import Segment, Word
from transcripts.punctuation import words_of

_DIGIT = "0-9零〇一二两三四五六七八九十百千万亿"
FIGURE = re.compile(
    rf"百分之[{_DIGIT}点.]+"
    rf"|(?:\d[\d,.]*|[{_DIGIT}半几][{_DIGIT}点半几多来.]*)(?:万|亿|千|百)*(?:元|块|美元|%|成|天|号|日|个月|月|年|倍|人|折|平米|平方米|吨|台|套|笔|期)"
    rf"|\d[\d,.]*(?:万|亿)?|(?!万一)[{_DIGIT}][{_DIGIT}点半]+"
    r"|\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion)[ -]?)+\b",
    re.IGNORECASE,
)
UNSURE_WORD, UNSURE_SEGMENT = 0.5, 0.55


def doubtful(segments: Sequence[Segment], texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Character spans in the joined `texts` (one per segment, mended) of figures heard with low confidence."""
    spans, position = [], 0
    for segment, text in zip(segments, texts, strict=True):
        spans += [(position + start, position + end) for start, end in _in_segment(segment, text)]
        position += len(text)
    return tuple(spans)


def _in_segment(segment: Segment, text: str) -> Iterator[tuple[int, int]]:
    sure = _sureness(segment.words, text)
    for match in FIGURE.finditer(text):
        end = match.start() + len(match[0].rstrip(" -,."))
        if sure:
            letters = range(len(words_of(text[: match.start()])), len(words_of(text[:end])))
            least, bar = min((sure[letter] for letter in letters), default=1.0), UNSURE_WORD
        else:
            least, bar = 1.0 if segment.confidence is None else segment.confidence, UNSURE_SEGMENT
        if least < bar:
            yield match.start(), end


def _sureness(words: Sequence[Word], text: str) -> list[float] | None:
    """A probability for each letter of the text; None where words and text don't match letter by letter."""
    sure = [word.confidence for word in words for _ in words_of(word.text)]
    return sure if sure and len(sure) == len(words_of(text)) else None
