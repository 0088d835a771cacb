"""Chinese by its sound: syllables in which what speech engines and accents mix up counts as one."""

from __future__ import annotations

import json
import sys
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_SWAPS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_ENDS = (("ing", "in"), ("eng", "en"), ("ang", "an"))


@lru_cache(maxsize=8192)
def syllable(character: str) -> str:
    """One character's toneless syllable, z for zh, in for ing."""
    return _folded(_first_reading(character))


def syllables(text: str) -> list[tuple[str, int]]:
    """(syllable, place) of every Chinese character."""
    return [(syllable(c), at) for at, c in enumerate(text) if "一" <= c <= "龥"]


def _folded(sound: str) -> str:
    for long, short in _SWAPS:
        if sound.startswith(long):
            sound = short + sound[len(long) :]
    return next((sound[: -len(a)] + b for a, b in _ENDS if sound.endswith(a)), sound)


def _first_reading(character: str) -> str:
    found = _readings().get(character)
    if found is not None:
        return found
    from pypinyin import Style, pinyin

    return str(pinyin(character, style=Style.NORMAL, heteronym=False)[0][0])


@cache
def _readings() -> dict[str, str]:
    """Out of pypinyin's table of characters; importing the library loads its phrases as well, 45 MB."""
    spec = find_spec("pypinyin")
    path = Path(spec.origin).with_name("pinyin_dict.json") if spec and spec.origin else None
    if path is None or not path.exists():
        return {}
    table = json.loads(path.read_text("utf-8")).items()
    return {chr(int(code)): _toneless(said) for code, said in table if 0x4E00 <= int(code) <= 0x9FA5}


def _toneless(readings: str) -> str:
    """`lǜ,lù` as `lv`."""
    letters = unicodedata.normalize("NFD", readings.partition(",")[0]).replace("u\u0308", "v")
    return sys.intern("".join(letter for letter in letters if not unicodedata.combining(letter)))
