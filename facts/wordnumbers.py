"""English numerals: figures with k, m and million, and numbers spoken as words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from facts.numerals import Numeral

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
ONES = {word: n for n, word in enumerate(_UNITS.split())}
TENS = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
} | {"fourty": 40}
SCALES = {"hundred": 100.0, "thousand": 1e3, "grand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mil": 1e6,
          "mill": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6, "crore": 1e7, "billion": 1e9, "bn": 1e9, "b": 1e9, "thousands": 1e3}  # fmt: skip
WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[a-z]+")
ODD = {"couple": 2.0, "dozen": 12.0}
_HEADS = {*ONES, *TENS, "a", "an", "half", "hundred", "couple", "dozen", "several", "few"}
RANGE = {"to", "or", "and", "-"}


def english(text: str) -> Iterator[Numeral]:
    """Every numeral of an English text, none overlapping."""
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    i = 0
    while i < len(words):
        found = _read(text, words, i)
        if found:
            numeral, i = found
            yield numeral
        else:
            i += 1


Words = list[tuple[str, int, int]]


def _read(text: str, words: Words, i: int) -> tuple[Numeral, int] | None:
    head = words[i][0]
    if head[0].isdigit():
        return _figures(text, words, i)
    if head not in _HEADS or (i and text[words[i][1] - 1] in "'’"):
        return None
    return _spoken(text, words, i)


def _figures(text: str, words: Words, i: int) -> tuple[Numeral, int]:
    word, start, end = words[i]
    value, big, i = float(word.replace(",", "")), "," in word, i + 1
    while i < len(words) and words[i][0] in SCALES and text[end : words[i][1]] in ("", " "):
        if words[i][0] in ("m", "b", "k") and text[words[i][2] : words[i][2] + 1] in ("2", "²"):
            break
        value, big, end = value * SCALES[words[i][0]], True, words[i][2]
        i += 1
    more = [w[0] for w in words[i : i + 3]]
    if value >= 1e6 and more[1:] == ["hundred", "thousand"] and more[0].isdigit():
        value, end, i = value + int(more[0]) * 1e5, words[i + 2][2], i + 3
    return Numeral(start, end, round(value, 4), big=big, form="digits"), i


def _spoken(text: str, words: Words, i: int) -> tuple[Numeral, int] | None:
    """A number in words; None where the words only look like one (a, half of the staff)."""
    state = _State()
    start, end, n = words[i][1], words[i][1], i
    whole: tuple[int, int, Numeral] | None = None
    while n < len(words) and (n == i or text[end : words[n][1]] in (" ", "-")):
        ahead = words[n + 1][0] if n + 1 < len(words) else ""
        if whole and SCALES.get(words[n][0], 0) >= 1000 and SCALES[words[n][0]] >= state.scale:
            return whole[2], whole[0]
        if not state.take(words[n][0], ahead):
            break
        end, n = words[n][2], n + 1
        if SCALES.get(words[n - 1][0], 0) >= 1000:
            whole = (n, end, state.numeral(start, end))
    while n > i and words[n - 1][0] in ("and", "a", "of", "point"):
        n -= 1
        end = words[n - 1][2] if n > i else start
    return (state.numeral(start, end), n) if state.good and n > i else None


class _State:
    """Adds words up: `total` above the last thousand, `part` below it."""

    def __init__(self) -> None:
        self.total, self.part, self.good, self.big = 0.0, 0.0, False, False
        self.decimals, self.vague, self.approximate, self.scale = 0, False, False, 0.0
        self.last = ""
        self.other: float | None = None

    def take(self, word: str, ahead: str) -> bool:
        known = self._digit(word) or self._scale(word) or self._small(word, ahead)
        self.last = word if known else self.last
        return known

    def _digit(self, word: str) -> bool:
        value = ONES.get(word, TENS.get(word))
        if value is None or (self.last in ONES and not self.decimals and self.last not in ("point",)):
            return False
        if self.decimals:
            self.part += value / 10**self.decimals
            self.decimals += 1
        else:
            if (
                self.part
                and self.part % 100
                and not (self.part % 10 == 0 and self.part % 100 >= 20 and value < 10)
            ):
                return False
            self.part += value
        self.good = True
        return True

    def _scale(self, word: str) -> bool:
        if word.isdigit():
            return False
        factor = SCALES.get(word)
        if factor is None or (word in ("k", "m", "b", "mil", "mill") and not self.good):
            return False
        self.good, self.decimals = True, 0
        if factor == 100:
            self.part = (self.part or 1.0) * 100
            return True
        self.total += (self.part or 1.0) * factor
        self.part, self.big, self.scale = 0.0, True, factor
        return True

    def _small(self, word: str, ahead: str) -> bool:
        if word == "point" and self.good and ahead in ONES:
            self.decimals = 1
            return True
        if word == "odd" and self.good and ahead in SCALES:
            self.approximate = True
            return True
        if word in ("several", "few"):
            self.vague = True
            return ahead in SCALES or ahead == "dozen"
        if word in ODD:
            self.part, self.good, self.approximate = (self.part or 1.0) * ODD[word], True, True
            return True
        return self._joins(word, ahead)

    def _joins(self, word: str, ahead: str) -> bool:
        if word == "half":
            if self.big and self.last == "a":
                self.total += self.scale / 2
            elif self.good and self.last in ("a", "and"):
                self.part += 0.5
            else:
                self.part, self.good = 0.5, ahead in ("a", "million", "mil", "of", "billion")
            return self.good
        if word in ("a", "an"):
            return (ahead in SCALES and ahead not in ("m", "b", "k")) or ahead in (
                "half",
                "quarter",
                "couple",
                "few",
                "dozen",
            )
        if word == "of":
            return self.last in ("couple", "half") and (ahead in SCALES or ahead == "a")
        return word == "and" and self.good and (ahead in ONES or ahead in TENS or ahead in ("a", "half"))

    def numeral(self, start: int, end: int) -> Numeral:
        return Numeral(
            start,
            end,
            round(self.total + self.part, 4),
            approximate=self.approximate,
            vague=self.vague,
            big=self.big,
            form="en",
        )
