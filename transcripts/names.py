"""Names that an engine misheard, mended to the book's where they sound the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from transcripts.model import MendedName

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'&-]*")
_FIGURES = frozenset("零〇一二两三四五六七八九十百千万亿元点半几多年月日号个")
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    sounds: tuple[frozenset[str], ...]


class Book:
    """The names of a person's book, to be found by how they sound. Building it costs a lookup a character."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(name for name in names if len(name) >= 2)
        self._starts: dict[str, list[_Name]] = defaultdict(list)
        self._latin = [
            name
            for name in self.names
            if len(_LATIN.findall(name)) >= 2 or re.fullmatch(r"[A-Za-z]{6,}", name)
        ]
        for text in sorted(self.names, key=len, reverse=True):
            if _HAN.fullmatch(text):
                name = _Name(text, tuple(_sounds(char) for char in text))
                for first in name.sounds[0]:
                    self._starts[first].append(name)

    def mend(self, text: str) -> tuple[str, tuple[MendedName, ...]]:
        """The text with misheard names mended, and where; a mended name is as long as what was heard in Chinese."""
        finds = sorted((*self._chinese(text), *self._english(text)))
        out: list[str] = []
        mended: list[MendedName] = []
        done = shift = 0
        for start, end, name in finds:
            if start < done:
                continue
            out += (text[done:start], name)
            mended.append(MendedName(start + shift, start + shift + len(name), text[start:end], name))
            shift += len(name) - (end - start)
            done = end
        return "".join((*out, text[done:])), tuple(mended)

    def _chinese(self, text: str) -> Iterator[tuple[int, int, str]]:
        for run in _HAN.finditer(text):
            at = run.start()
            while at < run.end():
                name = self._at(text, at, run.end())
                if name and text[at : at + len(name)] != name:
                    yield at, at + len(name), name
                at += len(name) if name else 1

    def _at(self, text: str, at: int, end: int) -> str | None:
        """The one name that is heard at this place; None for none, or for two that sound alike."""
        alike = [
            name
            for sound in _sounds(text[at])
            for name in self._starts.get(sound, ())
            if at + len(name.text) <= end and _sounds_like(text[at : at + len(name.text)], name)
        ]
        written = next((name.text for name in alike if text.startswith(name.text, at)), None)
        if written or not alike:
            return written
        longest = max(len(name.text) for name in alike)
        heard = text[at : at + longest]
        names = _closest(heard, {name for name in alike if len(name.text) == longest})
        return names[0].text if len(names) == 1 and not self._known(text, at, heard) else None

    def _known(self, text: str, at: int, heard: str) -> bool:
        """Another name of the book covers these characters as they stand, so nothing was misheard."""
        around = text[max(0, at - 8) : at + len(heard) + 8]
        return any(heard in name and name in around for name in self.names)

    def _english(self, text: str) -> Iterator[tuple[int, int, str]]:
        words = list(_LATIN.finditer(text)) if self._latin else []
        for name in self._latin:
            size = len(name.split())
            for first in range(len(words) - size + 1):
                start, end = words[first].start(), words[first + size - 1].end()
                heard = text[start:end]
                if heard != name and heard not in self.names and _one_breath(heard, name):
                    yield start, end, name


def _one_breath(heard: str, name: str) -> bool:
    return heard.lower() != name.lower() and fuzz.ratio(heard.lower(), name.lower()) >= 88


def _closest(heard: str, names: set[_Name]) -> list[_Name]:
    """Those that sound the same in every syllable, before those that are a letter off."""
    return [name for name in names if not _off(heard, name)] or list(names)


def _off(heard: str, name: _Name) -> list[int]:
    """The places at which another syllable was heard."""
    return [at for at, char in enumerate(heard) if not _sounds(char) & name.sounds[at]]


def _sounds_like(heard: str, name: _Name) -> bool:
    """Same syllables without tones; from four syllables on, one may be a letter off; two must be no known word."""
    if heard == name.text:
        return True
    if all(char in _FIGURES for char in heard):
        return False
    off = _off(heard, name)
    if len(heard) == 2:
        return not off and not _is_word(heard)
    near = len(off) == 1 and len(heard) >= 4 and off[0] > 0 and _near(heard[off[0]], name.sounds[off[0]])
    return not off or near


def _near(char: str, sounds: frozenset[str]) -> bool:
    return any(Levenshtein.distance(a, b) <= 1 for a in _sounds(char) for b in sounds)


@lru_cache(maxsize=8192)
def _sounds(char: str) -> frozenset[str]:
    """A character's toneless readings, with what southern speakers and engines mix up made equal."""
    from pypinyin import Style, pinyin

    return frozenset(_folded(sound) for sound in pinyin(char, style=Style.NORMAL, heteronym=True)[0])


def _folded(sound: str) -> str:
    for wide, narrow in _ALIKE[:3]:
        if sound.startswith(wide):
            sound = narrow + sound[len(wide) :]
    return sound[:-1] if sound.endswith("ng") else sound


@cache
def _phrases() -> frozenset[str]:
    from pypinyin.constants import PHRASES_DICT

    return frozenset(phrase for phrase in PHRASES_DICT if len(phrase) == 2)


def _is_word(heard: str) -> bool:
    return heard in _phrases()
