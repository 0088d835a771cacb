"""A report laid out for reading: its quantities, its days, its sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from facts import dates
from facts.dates import Day
from facts.model import Evidence, Fact, Value
from facts.quantities import AMOUNT, COUNT, DURATION, PERCENT, Quantity, quantities
from facts.script import Script

MARKS = {AMOUNT: "A", PERCENT: "P", DURATION: "T", COUNT: "N"}
STRONG = {
    "zh": re.compile(r"[。！？；!?;\n]"),
    "en": re.compile(
        r"[!?;\n]|\.(?=\s|$)(?<!\b[md]r\.)(?<!\bm[rs]s\.)(?<!\bms\.)(?<!\bi\.e\.)(?<!\be\.g\.)(?<!approx\.)(?<!\brs\.)(?<!\bno\.(?= \d))"
    ),
}
WEAK = {
    "zh": re.compile(r"[，,：:。！？；!?;\n]|然后|另外|不过|但是|可是|后来|而且|所以|再就是|再一个|同时|其中|此外|倒是|只是|结果(?!出)"),
    "en": re.compile(r"[,;:!?\n]|\.(?=\s|$)(?<!\b[md]r\.)(?<!\bm[rs]s\.)(?<!\bms\.)(?<!\bi\.e\.)(?<!\be\.g\.)(?<!approx\.)(?<!\brs\.)(?<!\bno\.(?= \d))|(?<= )(?:but|so|then|although|though|while|otherwise|however|because|and (?=they|he|she|it|the|we|i|i'll|that|there|his|her|their|nobody|no|cash|then|wages|now))\b"),
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """`sk` is the text with amounts, percents, durations, people and days blotted out as A, P, T, N, D (same offsets)."""

    script: Script
    today: date
    items: tuple[Quantity, ...]
    days: tuple[Day, ...]
    sk: str
    lang: str
    strong: tuple[int, ...]
    clauses: Sequence[tuple[int, int]]
    sentences: Sequence[tuple[int, int]]

    @property
    def text(self) -> str:
        return self.script.text

    def clause(self, at: int) -> tuple[int, int]:
        """The clause that this place stands in, as its start and end."""
        return self.clauses[at] if at < len(self.clauses) else self.clauses[-1]

    def sentence(self, at: int) -> tuple[int, int]:
        return self.sentences[at] if at < len(self.sentences) else self.sentences[-1]

    def left(self, at: int, width: int = 40) -> str:
        """What stands before `at` in its clause."""
        return self.sk[max(self.clause(at)[0], at - width) : at]

    def right(self, at: int, width: int = 40) -> str:
        """What follows `at` in its clause."""
        return self.sk[at : min(self.clause(max(0, at - 1))[1], at + width)]

    def before(self, at: int, width: int = 40) -> str:
        return self.sk[max(self.sentence(at)[0], at - width) : at]

    def after(self, at: int, width: int = 40) -> str:
        return self.sk[at : min(self.sentence(max(0, at - 1))[1], at + width)]

    def of(self, kind: str) -> list[Quantity]:
        return [q for q in self.items if q.kind == kind]

    @cached_property
    def spoken(self) -> bool:
        """Said without punctuation: sentences can't be trusted to end."""
        return len(self.strong) < 3 and len(self.sk) > 60

    def evidence(self, start: int, end: int) -> Evidence:
        return self.script.evidence(start, end)

    def fact(self, name: str, value: Value, start: int, end: int, q: Quantity | None = None) -> Fact:
        said = self.evidence(start, end)
        if q is None:
            return Fact(name, value, said)
        return Fact(name, value, said, approximate=q.approximate, low=q.low, high=q.high)


def _pieces(edges: Sequence[int], end: int) -> list[tuple[int, int]]:
    """For each place of a text, and the one after it, the piece between two edges that it stands in."""
    pieces: list[tuple[int, int]] = []
    low = 0
    for high in (*edges, end):
        pieces += [(low, high)] * (high - low)
        low = high
    return [*pieces, (end, end) if end in edges or not pieces else pieces[-1]]


def last_match(words: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last of all matches."""
    found = None
    for match in words.finditer(text):
        found = match
    return found


def last_at(words: re.Pattern[str], text: str) -> int:
    """Where the last match starts, or -1."""
    found = last_match(words, text)
    return found.start() if found else -1


def number(value: float) -> int | float:
    """Whole numbers as int, so that JSON shows 3200000 and not 3200000.0."""
    return int(value) if float(value).is_integer() else round(value, 4)


def lay(script: Script, today: date, names: Sequence[str] = ()) -> Page:
    """`names` are of the firm that is reported on: what their words mean says nothing of it, and is blotted out."""
    days = tuple(dates.scan(script.text, today, script.lang))
    items = tuple(quantities(script.text, script.lang, [(d.start, d.end) for d in days]))
    sk = _hide(_blot(script.text, items, days), names)
    strong = tuple(m.end() for m in STRONG[script.lang].finditer(sk))
    soft = {b for b in script.breaks if 0 < b < len(sk)}
    weak = sorted({_edge(m) for m in WEAK[script.lang].finditer(sk)} | soft | set(strong))
    end = len(sk)
    return Page(script, today, items, days, sk, script.lang, strong, _pieces(weak, end), _pieces(strong, end))


def _edge(m: re.Match[str]) -> int:
    return m.end() if len(m.group()) == 1 else m.start()


def _hide(sk: str, names: Sequence[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        blot = re.sub(r"[一-龥]", "■", re.sub(r"\w", "x", name, flags=re.ASCII))
        if name.lower() == name.upper():  # Chinese has no cases, and needs no pattern of its own
            sk = sk.replace(name, blot)
        else:
            sk = re.sub(re.escape(name), blot, sk, flags=re.I)
    return sk


def _blot(text: str, items: tuple[Quantity, ...], days: tuple[Day, ...]) -> str:
    chars = list(text)
    for q in items:
        mark = MARKS.get(q.kind)
        if mark:
            chars[q.start : q.end] = mark * (q.end - q.start)
    for day in days:
        chars[day.start : day.end] = "D" * (day.end - day.start)
    return "".join(chars)
