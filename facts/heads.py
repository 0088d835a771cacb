"""Which characters a pattern can begin with: one look at a character spares a search all its alternatives."""

from __future__ import annotations

import re
from functools import cache

_OPTIONAL = ("?", "*", "{0")
_WIDTHLESS = ("(?=", "(?!", "(?<=", "(?<!")


def quick(pattern: str) -> str:
    """The same pattern, each of its alternatives behind a look at the character it begins with."""
    parts = _alternatives(pattern)
    seen = [heads(part) for part in parts]
    shown = "|".join(f"(?=[{h}])(?:{p})" if h and h != p[0] else p for p, h in zip(parts, seen, strict=True))
    return f"(?=[{''.join(sorted(set(''.join(map(str, seen)))))}])(?:{shown})" if _plain(seen) else shown


def quickly(pattern: str) -> re.Pattern[str]:
    return re.compile(quick(pattern))


def _plain(seen: list[str | None]) -> bool:
    return all(h and "\\" not in h and "-" not in h for h in seen)


@cache
def heads(pattern: str) -> str | None:
    """The characters for a class, or None where anything may come first."""
    found = ""
    for part in _alternatives(pattern):
        at = _first(part)
        if at is None:
            return None
        found += at
    return found


def _first(part: str) -> str | None:
    found, i = "", 0
    while i < len(part):
        end = _atom(part, i)
        atom = part[i:end]
        if atom.startswith(_WIDTHLESS) or atom in ("\\b", "^"):
            i = end
            continue
        chars = _begins(atom)
        if chars is None:
            return None
        found += chars
        if not part.startswith(_OPTIONAL, end):
            return found
        i = _quantified(part, end)
    return None


def _begins(atom: str) -> str | None:
    if atom.startswith("(?:"):
        return heads(atom[3:-1])
    if atom.startswith("(?P<"):
        return heads(atom[atom.index(">") + 1 : -1])
    if atom.startswith("["):
        return None if atom[1] == "^" or "-" in (atom[1], atom[-2]) else atom[1:-1]
    if atom.startswith("\\"):
        return atom if atom[1] in "dw" else None
    return None if atom[0] in "(.$]^-" else atom


def _atom(text: str, i: int) -> int:
    """Where the atom that begins at `i` ends."""
    if text[i] == "\\":
        return i + 2
    if text[i] == "[":
        return text.index("]", i + 2) + 1
    if text[i] != "(":
        return i + 1
    depth, i = 1, i + 1
    while depth:
        if text[i] in "\\[":
            i = _atom(text, i)
            continue
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        i += 1
    return i


def _quantified(text: str, i: int) -> int:
    """Behind the quantifier at `i`, the lazy mark too."""
    i = text.index("}", i) + 1 if text[i] == "{" else i + 1
    return i + 1 if text.startswith("?", i) else i


def _alternatives(pattern: str) -> list[str]:
    parts, start, i = [], 0, 0
    while i < len(pattern):
        if pattern[i] == "|":
            parts.append(pattern[start:i])
            start, i = i + 1, i + 1
        else:
            i = _atom(pattern, i)
    return [*parts, pattern[start:]]
