"""Where a fact comes from: seen by the account manager, told, taken from a document, or only heard."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from facts.contact import PERSON_SPEAKS
from facts.model import Fact
from facts.page import Page

WORDS = {
    "zh": (
        ("heard", r"听说|据说|传言|有人说|邻居|隔壁|门卫|保安|小卖部|外面都(?:说|传)|风闻|街坊|村里人"),
        ("document", r"流水|报表|账本|台账|凭证|发票|合同|征信|登记|对账单|工资表|财报|单据|系统(?:里|查)|查询|裁判文书|监控|查了"),
        ("seen", r"我(?:看|数|见|清点|核|到现场|一台台)|现场(?:看|检查|清点|核)|亲眼|清点|门口贴|看到|经核查|实地|车间里|仓库里"),
        ("told", r"说|讲|称|告诉|表示|反映|介绍|承认|自述|坦言|答应|承诺|交底|回我"),
    ),
    "en": (
        ("heard", r"\b(?:i hear|heard|rumou?rs?|reportedly|apparently|word is|neighbou?rs?|people say|guard said)\b"),
        ("document", r"\b(?:statements?|ledger|books|invoices?|payroll sheet|records?|documents?|registry|bank records|accounts show|the paper)\b"),
        ("seen", r"\b(?:i saw|saw|i counted|counted|sighted|inspected|i checked|on the floor|noticed|walked)\b"),
        ("told", r"\b(?:said|says|told|promised|admitted|agreed|claims?|claimed|reckons?|confirmed|explained|wrote back|according to)\b"),
    ),
}  # fmt: skip


@cache
def _marks_of(lang: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{words})" for name, words in WORDS[lang]))


def sourced(page: Page, facts: Iterable[Fact]) -> list[Fact]:
    """Each fact with its source, by the nearest word before it in its sentence that says where it's from."""
    marks = list(_marks_of(page.lang).finditer(page.sk))
    starts = [mark.start() for mark in marks]
    return [_sourced(page, fact, marks, starts) for fact in facts]


def _sourced(page: Page, fact: Fact, marks: list[re.Match[str]], starts: list[int]) -> Fact:
    if fact.evidence is None or fact.source or not marks:
        return fact
    at = _index(page, fact.evidence.start)
    n = bisect_right(starts, at + 1) - 1
    if n >= 0 and marks[n].end() > at + 2:
        n -= 1
    if n < 0 or starts[n] < max(page.sentence(at)[0], at - (40 if page.lang == "zh" else 100)):
        return fact
    source = marks[n].lastgroup
    return replace(fact, source=source, teller=_teller(page, at) if source in ("told", "heard") else None)


def _index(page: Page, raw: int) -> int:
    return min(bisect_left(page.script.offsets, raw), max(0, len(page.sk) - 1))


def _teller(page: Page, at: int) -> str | None:
    *_, found = None, *PERSON_SPEAKS[page.lang].finditer(page.sk, max(0, at - 50), at + 1)
    return page.evidence(*found.span("p")).text if found else None
