"""How alike two texts are once names, figures and dates are gone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from rapidfuzz.distance import Indel

_FIGURES = re.compile(
    r"(?:20\d\d[-/年])?\d{1,2}[-/月]\d{1,2}[日号]?|[\d０-９.,，%％]+(?=\d)|[\d０-９]+(?:\.\d+)?[%％]?|"
    r"[零〇一二两三四五六七八九十百千万亿几成半]+"
)
_DAYS = re.compile(
    r"今天|昨天|前天|明天|后天|上午|下午|早上|晚上|刚才|本周|这周|上周|下周|上?下?个?月底?|礼拜|星期|周[一二三四五六日天]|年|月|日|号|"
    r"\b(?:today|yesterday|tomorrow|morning|afternoon|this|next|last|week|month|on|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|"
    r"october|november|december)\b",
    re.I,
)
_TOKEN = re.compile(r"[a-z']+|[\u4e00-\u9fff]", re.I)


def bare(text: str, names: Iterable[str] = ()) -> list[str]:
    """The words of a text (characters, in Chinese) without names, figures and dates."""
    for name in sorted((name for name in names if len(name) >= 2), key=len, reverse=True):
        text = text.replace(name, " ")
    return _TOKEN.findall(_DAYS.sub(" ", _FIGURES.sub(" ", text)).lower())


def likeness(one: list[str], other: list[str]) -> float:
    """0 to 1: by the pairs of words that both have, whatever their order, or by what an edit would leave."""
    if not one or not other:
        return 0.0
    ours, theirs = _pairs(one), _pairs(other)
    shared = 2 * len(ours & theirs) / ((len(ours) + len(theirs)) or 1)
    return max(shared, Indel.normalized_similarity(one, other))


def _pairs(words: list[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))
