"""Names in a question: borrowers, colleagues, industries and places that the asker may know of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

LEGAL = re.compile(
    r"(?:集团|股份|有限|责任|公司|总厂|合作社|个体工商户|(?:co|ltd|llc|inc|limited|company|group|plc)\.?$)+",
    re.IGNORECASE,
)
PLACE = re.compile(r"^.{2,7}?(?:省|市|县|区|镇|自治州)")
CLOSE = 92.0
CJK = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that can be asked about by one of its names, the longest first."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """All that a question of one person may name; made within that person's scope."""

    borrowers: tuple[Named, ...] = ()
    staff: tuple[Named, ...] = ()
    industries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """`codes` share the words at `start:end`; more than one means that it isn't clear who is meant."""

    start: int
    end: int
    codes: tuple[str, ...]


def borrower(code: str, name: str, short_name: str = "") -> Named:
    """The whole name, the short one, and the whole one without place and legal form."""
    core = LEGAL.sub("", name).strip() or name
    bare = PLACE.sub("", core)
    names = {n.lower() for n in (name, short_name, core, bare, code) if len(n) >= 2}
    return Named(code, tuple(sorted(names, key=lambda n: (-len(n), n))))


def person(code: str, name: str) -> Named:
    return Named(code, tuple({n.lower() for n in (name, code) if len(n) >= 2}))


def spoken(text: str, things: Iterable[Named]) -> list[Hit]:
    """Names that stand in the text word for word; where they overlap, the longest counts."""
    hits: dict[tuple[int, int], list[str]] = {}
    low = text.lower()
    for thing in things:
        for name in thing.names:
            at = _place(low, name)
            if at >= 0:
                hits.setdefault((at, at + len(name)), []).append(thing.code)
                break
    return _apart(hits)


def near(token: str, things: Sequence[Named]) -> tuple[str, ...]:
    """Codes of those who may be meant by a part of a name, its sound, or a slip of the pen; the nearest alone."""
    token = token.lower()
    part = [t.code for t in things if any(token in name for name in t.names if name != t.code.lower())]
    if part:
        return tuple(part)
    sound = pinyin(token)
    scores = [(max((_closeness(sound, name) for name in t.names), default=0.0), t.code) for t in things]
    best = max((score for score, _ in scores), default=0.0)
    return tuple(code for score, code in scores if score >= max(CLOSE, best - 1)) if best >= CLOSE else ()


@lru_cache(maxsize=16384)
def pinyin(name: str) -> str:
    """The sound without tones; Latin letters stand for themselves. What one writes for another folds: ng/n, zh/z."""
    if CJK.search(name):
        from pypinyin import lazy_pinyin

        name = "".join(lazy_pinyin(name))
    return "".join(name.lower().split())


def _closeness(sound: str, name: str) -> float:
    """0 to 100: by sound alone, since names that differ in one sounding character are different firms."""
    other = pinyin(name)
    if len(sound) < 4:
        return 0.0
    if other.startswith(sound) or (sound.startswith(other) and len(other) >= 6):
        return 100.0 if sound == other else 96.0
    return fuzz.ratio(_slack(sound), _slack(other))


def _slack(sound: str) -> str:
    for exact, loose in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n")):
        sound = sound.replace(exact, loose)
    return sound


def _place(low: str, name: str) -> int:
    if CJK.search(name):
        return low.find(name)
    found = re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", low)
    return found.start() if found else -1


def _apart(hits: dict[tuple[int, int], list[str]]) -> list[Hit]:
    kept: list[Hit] = []
    for (start, end), codes in sorted(hits.items(), key=lambda item: (item[0][0] - item[0][1], item[0])):
        if all(end <= hit.start or start >= hit.end for hit in kept):
            kept.append(Hit(start, end, tuple(codes)))
    return sorted(kept, key=lambda hit: hit.start)
