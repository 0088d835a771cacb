"""Where a fact comes from: seen by the account manager, told, taken from a document, or only heard."""

from __future__ import annotations

import re
from dataclasses import replace

from facts.contact import PERSON_SPEAKS
from facts.model import Fact
from facts.page import Page, last_at

_R = re.compile
WORDS = {
    "zh": (
        ("heard", _R(r"听说|据说|传言|有人说|邻居|隔壁|门卫|保安|小卖部|外面都(?:说|传)|风闻|街坊|村里人")),
        ("document", _R(r"流水|报表|账本|台账|凭证|发票|合同|征信|登记|对账单|工资表|财报|单据|系统(?:里|查)|查询|裁判文书|监控|查了")),
        ("seen", _R(r"我(?:看|数|见|清点|核|到现场|一台台)|现场(?:看|检查|清点|核)|亲眼|清点|门口贴|看到|经核查|实地|车间里|仓库里")),
        ("told", _R(r"说|讲|称|告诉|表示|反映|介绍|承认|自述|坦言|答应|承诺|交底|回我")),
    ),
    "en": (
        ("heard", _R(r"\b(?:i hear|heard|rumou?rs?|reportedly|apparently|word is|neighbou?rs?|people say|guard said)\b")),
        ("document", _R(r"\b(?:statements?|ledger|books|invoices?|payroll sheet|records?|documents?|registry|bank records|accounts show|the paper)\b")),
        ("seen", _R(r"\b(?:i saw|saw|i counted|counted|sighted|inspected|i checked|on the floor|noticed|walked)\b")),
        ("told", _R(r"\b(?:said|says|told|promised|admitted|agreed|claims?|claimed|reckons?|confirmed|explained|wrote back|according to)\b")),
    ),
}  # fmt: skip


def told(page: Page, fact: Fact) -> Fact:
    """The fact with its source, by the nearest word before it in the sentence that says where it's from."""
    if fact.evidence is None or fact.source:
        return fact
    at = _index(page, fact.evidence.start)
    before = page.before(at, 40 if page.lang == "zh" else 100) + page.sk[at : at + 2]
    places = {name: last_at(words, before) for name, words in WORDS[page.lang]}
    best = max(places, key=lambda name: places[name])
    if places[best] < 0:
        return fact
    return replace(fact, source=best, teller=_teller(page, at) if best in ("told", "heard") else None)


def _index(page: Page, raw: int) -> int:
    offsets = page.script.offsets
    low, high = 0, len(offsets) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if offsets[middle] < raw else (low, middle)
    return min(low, max(0, len(page.sk) - 1))


def _teller(page: Page, at: int) -> str | None:
    *_, found = None, *PERSON_SPEAKS[page.lang].finditer(page.sk, max(0, at - 50), at + 1)
    return page.evidence(*found.span("p")).text if found else None
