"""What a borrower said would be done by a day, other than paying: papers to come, work to start again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from facts.dates import Day, dates

SENTENCE = re.compile(r"[^。;;!!??\n]+")
PAPERS = re.compile(
    r"(?:补|交|送|提供|拿来|拿过来|寄|发|给|传)(?:来|齐|上|到|过来|一下|我们?|行里|银行)*[^,,。]{0,8}"
    r"(?:资料|材料|报表|发票|合同|凭证|流水|证件|权证|保单|报告|对账单|回单)"
    r"|(?:资料|材料|报表|发票|合同|凭证|流水|证件|权证|保单|报告|对账单|回单)[^,,。]{0,6}(?:补|交|送|拿|寄|发|给)(?:来|齐|上|到|过来|我们?|行里)"
    r"|\b(?:send|bring|hand in|provide|deliver|submit)\b[^,.]{0,30}"
    r"\b(?:papers|documents|statements?|invoices?|contracts?|receipts|reports?|certificates?)\b",
    re.IGNORECASE,
)
RESTART = re.compile(
    r"复工|复产|恢复生产|恢复施工|重新开工|重新开机|重启生产|恢复营业"
    r"|\b(?:restart|resume)s?\b[^,.]{0,20}\b(?:production|work|construction|the line|operations)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"现在|目前|全面|去年|今年|没|未|不肯|不愿|不能|不会|不一定|说不准|难|如果|要是|假如|拒绝|催|要求|请他|已经?"
    r"|\b(?:not|no|never|won't|can't|refus\w+|if|unless|already)\b",
    re.IGNORECASE,
)
OURS = re.compile(r"我(?!说|们?要求|问)|\b(?:I|we)(?:'ll| will| shall)\b")
KINDS = {"papers": PAPERS, "restart": RESTART}
REACH = 30  # characters between the day and what is promised
FAR = timedelta(days=150)  # a day further away was rather meant in the past


@dataclass(frozen=True, slots=True)
class Spoken:
    """kind: papers or restart; `words` are the sentence's own."""

    kind: str
    due_on: date
    words: str


def read(text: str, on: date) -> tuple[Spoken, ...]:
    """The promises of a report told on a day, at most one a kind: the first that is said."""
    found: dict[str, Spoken] = {}
    for sentence in SENTENCE.finditer(text):
        for one in _in(sentence.group(), on):
            found.setdefault(one.kind, one)
    return tuple(found.values())


def _in(sentence: str, on: date) -> Iterator[Spoken]:
    said = [(kind, match) for kind, pattern in KINDS.items() for match in pattern.finditer(sentence)]
    if not said:
        return
    days = [day for day in dates(sentence, on, None) if day.value and on < day.value <= on + FAR]
    for kind, match in said:
        day = _near(days, match.start(), match.end())
        if day is None or day.value is None:
            continue
        start, end = min(day.start, match.start()), max(day.end, match.end())
        before = sentence[max(start - 6, 0) : end]
        if not DENIED.search(before) and not OURS.search(before):
            yield Spoken(kind, day.value, sentence[start:end].strip())


def _near(days: list[Day], start: int, end: int) -> Day | None:
    """The last day before the words; where there is none the first after them, as English says it."""
    before = [day for day in days if 0 <= start - day.end <= REACH]
    after = [day for day in days if 0 <= day.start - end <= REACH // 2]
    return before[-1] if before else after[0] if after else None
