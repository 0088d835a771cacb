"""Chinese by its sound: syllables in which what speech engines and accents mix up counts as one."""

from __future__ import annotations

from functools import lru_cache

_SWAPS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_ENDS = (("ing", "in"), ("eng", "en"), ("ang", "an"))


@lru_cache(maxsize=8192)
def syllable(character: str) -> str:
    """One character's toneless syllable, z for zh, in for ing."""
    from pypinyin import Style, pinyin

    sound = str(pinyin(character, style=Style.NORMAL, heteronym=False)[0][0])
    for long, short in _SWAPS:
        if sound.startswith(long):
            sound = short + sound[len(long) :]
    return next((sound[: -len(a)] + b for a, b in _ENDS if sound.endswith(a)), sound)


def syllables(text: str) -> list[tuple[str, int]]:
    """(syllable, place) of every Chinese character."""
    return [(syllable(c), at) for at, c in enumerate(text) if "一" <= c <= "龥"]
