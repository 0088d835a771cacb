"""The words of a question read one after the other: names, times, thresholds, conditions, topics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from facts.amounts import amounts, percentages
from portfolio import lexicon as lex
from portfolio import periods
from portfolio.names import Names, near, spoken

MARK = "■"
MAX_BORROWERS = 3


@dataclass(slots=True)
class Draft:
    """The text while it is read: what is understood is taken out of `rest`, so that nothing is read twice."""

    text: str
    rest: str
    today: date
    asking: bool
    lang: str
    slots: dict[str, Any] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    borrowers: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    topics: set[str] = field(default_factory=set)

    def take(self, words: str) -> re.Match[str] | None:
        """Find the words in what is left and take them out."""
        found = lex.pattern(words).search(self.rest)
        if found and found.group().strip():
            self.cut(found.start(), found.end())
            return found
        return None

    def cut(self, start: int, end: int, mark: str = " ") -> None:
        self.rest = f"{self.rest[:start]}{mark}{self.rest[end:]}"

    def has(self, words: str) -> bool:
        found = lex.pattern(words).search(self.text)
        return bool(found and found.group().strip())


def read_names(draft: Draft, names: Names) -> None:
    hits = spoken(draft.rest, names.borrowers)
    for hit in reversed(hits):
        draft.cut(hit.start, hit.end, MARK)
    sure = [hit.codes[0] for hit in hits if len(hit.codes) == 1]
    draft.borrowers = tuple(dict.fromkeys(sure))[:MAX_BORROWERS]
    if not sure and hits:
        draft.candidates = hits[0].codes


def read_slots(draft: Draft, names: Names) -> None:
    _read_period(draft)
    for hit in spoken(draft.rest, names.staff)[:1]:
        draft.slots["staff"] = hit.codes[0]
        draft.cut(hit.start, hit.end)
    _read_labels(draft, names)
    _read_threshold(draft)
    _read_one(draft, lex.GROUPS, "group")
    _read_one(draft, lex.RISK_CLASSES, "risk_classes")
    _read_one(draft, lex.PRODUCTS, "product")
    _read_severity(draft)
    _read_topics(draft)


def _read_topics(draft: Draft) -> None:
    draft.topics |= {name for name, words in TOPICS.items() if draft.has(words)}
    _take_topics(draft, "papers")
    for name, words in lex.CONDITIONS.items():
        if draft.take(words):
            draft.conditions.append(name)
    _take_topics(draft, "cases", "promises")
    for words, name in lex.MEASURES.items():
        if draft.take(words):
            draft.slots.setdefault("measure", name)
    for words, name in lex.FIELDS.items():
        if draft.take(words):
            draft.slots.setdefault("field", name)
    for name in ("last", "since", "compare", "status", "agenda", "done", "who", "people"):
        draft.take(TOPICS[name])


def _take_topics(draft: Draft, *names: str) -> None:
    for name in names:
        if name in draft.topics:
            draft.take(TOPICS[name])


TOPICS: Mapping[str, str] = {
    "cases": lex.CASES,
    "promises": lex.PROMISES,
    "papers": lex.PAPERS,
    "broken": lex.BROKEN,
    "last": lex.LAST,
    "since": lex.SINCE,
    "compare": lex.COMPARE,
    "status": lex.STATUS,
    "agenda": lex.AGENDA,
    "done": lex.DONE,
    "who": lex.WHO,
    "people": lex.PEOPLE,
}


def _read_period(draft: Draft) -> None:
    found = periods.find(draft.rest, draft.today)
    if found:
        draft.slots["period"], draft.slots["days"] = found.period, found.days
        draft.cut(found.start, found.end)


def _read_one(draft: Draft, table: Mapping[str, Any], name: str) -> None:
    for words, value in table.items():
        if draft.take(words):
            draft.slots[name] = value
            return


def _read_severity(draft: Draft) -> None:
    if draft.has(lex.CASES):
        found = [value for words, value in lex.SEVERITIES.items() if draft.has(words)]
        draft.slots["severities"] = tuple(found)


def _read_labels(draft: Draft, names: Names) -> None:
    for key, known in (("industry", names.industries), ("place", names.places)):
        for label in sorted(known, key=len, reverse=True):
            at = draft.rest.lower().find(label.lower())
            if at >= 0 and label:
                draft.slots[key] = label
                draft.cut(at, at + len(label))
                break


OVER = r"(?:超过|大于|高于|多于|不少于|以上|超|more than|over|above|at least|exceed(?:s|ing)?)"
CAPACITY = r"开工率|产能(?:利用率)?|负荷|capacity(?: utili[sz]ation)?"
UNDER = r"(?:不到|低于|小于|少于|不足|以下|less than|under|below|fewer than)"


def _read_threshold(draft: Draft) -> None:
    side = "over" if draft.has(OVER) else "under" if draft.has(UNDER) else None
    if side is None:
        return
    percent = percentages(draft.rest)
    kind = "capacity" if percent and draft.has(CAPACITY) else "percent"
    money = [a for a in amounts(draft.rest) if not a.bare]
    points = re.search(r"(\d+(?:\.\d+)?)\s?(?:个)?(?:百分)?(?:点|points?)", draft.rest)
    if points:
        draft.slots["points"] = float(points[1])
        draft.cut(points.start(), points.end())
    elif percent:
        draft.slots[f"{kind}_{side}"] = percent[0].value
        draft.cut(percent[0].start, percent[0].end)
        draft.take(CAPACITY)
    elif money:
        draft.slots[f"balance_{side}"] = money[0].value
        draft.cut(money[0].start, money[0].end)


def read_nearby(draft: Draft, names: Names) -> None:
    """A borrower or an industry by a part of its name, or by its sound, in what is left."""
    if draft.borrowers or draft.candidates:
        return
    for token in _with_words(tokens(draft.rest)):
        if _industry(draft, token, names):
            continue
        codes = near(token, names.borrowers)
        if codes:
            draft.borrowers, draft.candidates = (codes, ()) if len(codes) == 1 else ((), codes[:8])
            draft.rest = draft.rest.replace(token, MARK)
            return


def _with_words(found: list[str]) -> list[str]:
    """Each token, and then the single words of those that have several."""
    return [*found, *(word for token in found if " " in token for word in token.split() if len(word) > 3)]


def _industry(draft: Draft, token: str, names: Names) -> bool:
    stem = re.sub(r"(?:行业|企业|业)$", "", token)
    for label in names.industries:
        if len(stem) >= 2 and stem in label and "industry" not in draft.slots:
            draft.slots["industry"] = label
            draft.rest = draft.rest.replace(token, " ")
            return True
    return False


def tokens(rest: str) -> list[str]:
    """Pieces that carry meaning still: Chinese of two characters or more, Latin of three letters or more."""
    bare = lex.pattern(lex.FILLERS).sub(" ", re.sub(r"'s\b", " ", rest.replace(MARK, " ")))
    found = re.findall(
        r"[一-鿿A-Za-z0-9]*[一-鿿][一-鿿A-Za-z0-9]*|[A-Za-z]{1,4}-?\d{2,}|[A-Za-z][A-Za-z']{2,}(?: [A-Za-z][A-Za-z']{2,}){0,3}",
        bare,
    )
    return [token.strip() for token in found if len(token.strip()) >= 2]
