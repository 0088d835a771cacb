"""What the words around a fact say: its sentence, a reason, a seasonal stop, whom the money went to."""

from __future__ import annotations

import re

from anomalies.model import Stated
from anomalies.situation import Situation
from records.model import RelatedParty

_END = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_CLAUSE = re.compile(r"[，,、。！？!?；;\n]|\.(?=\s|$)")
_REASON = re.compile(
    r"因为|由于|原因|因此|所以|主要是|导致|裁|辞|离职|遣散|放假|轮休|休假|回老家|返乡|搬|外包|转到|扩产|新招|招了|招聘|"
    r"新线|新厂|新车间|自动化|机器换人|合并|分流|上次(?:说|报)错|记错|说错|更正|返工|拆(?:了|除)重|设计变更|变更|整改|"
    r"because|due to|since |reason|after (?:the|a) |laid off|layoff|dismiss|let go|resign|holiday|hired|hiring|"
    r"recruit|new (?:line|shift|plant|workshop)|expan|automat|outsourc|moved|rework|redesign|correct|mistake",
    re.I,
)
_MORE = re.compile(
    r"又|再|另外|另|新(?:增|付|买|进)|追加|这次|这一笔|第[二三四五]笔|another|further|additional|more |again|this time",
    re.I,
)
_PLANNED_STOP = re.compile(
    r"检修|大修|维护|保养|春节|过年|年假|国庆|五一|端午|中秋|放假|冬休|冬歇|冬季停|季节性|榨季|休渔|换季停|轮休|"
    r"maintenance|overhaul|holiday|spring festival|new year|seasonal|winter (?:break|shutdown|stop)|off-season",
    re.I,
)
_FORCED = re.compile(
    r"没(?:有)?(?:订单|钱|资金)|资金链|断供|被责令|责令|查封|欠|no (?:orders|money|cash)|unpaid|ordered to",
    re.I,
)
_PAYS = re.compile(
    r"(?:给|到|向|从|由|付|转|汇|打款|打入|打进|划|流向|流入|进了|to|from|paid|into|via|with|by)\s*(?:了|the|their|他|她)?"
    r"[^，,。；;]{0,8}$",
    re.I,
)
_TAKES = re.compile(
    r"(?:那边|方面|就|又|也|他们)?(?:拿|收|借|用|占|挪|划)(?:走|了|去|用)|\s+(?:took|got|received|has taken|was paid)",
    re.I,
)
_LEGAL_FORM = re.compile(
    r"(?:股份)?有限(?:责任)?公司|集团|股份公司|公司|厂$|[,.]?\s*(?:co\.?,?\s*)?(?:ltd|limited|inc|llc|corp|corporation)\.?$|\s+co\.?$",
    re.I,
)
_SEAT = re.compile(r"^.{2,3}?(?:省|市|县|区)")
_TRADE = re.compile(
    r"(?:国际|科技|技术|贸易|商贸|实业|投资|控股|建材|机械|机电|物流|运输|建设|建筑|工程|置业|地产|食品|农业|服饰|电子|化工|咨询|管理)+$"
)


def sentence(s: Situation, fact: Stated) -> str:
    """The sentence that a fact's words stand in; the words themselves when the text doesn't have them."""
    return _around(s, fact, _END)


def gives_reason(s: Situation, fact: Stated) -> bool:
    """Whether the sentence of the fact, or the next one, says why."""
    return bool(_REASON.search(_around(s, fact, _END, following=1)))


def says_more(s: Situation, fact: Stated) -> bool:
    """Whether a use is told as one more payment, and not as the sum so far."""
    return bool(_MORE.search(sentence(s, fact)))


def is_planned_stop(s: Situation, fact: Stated) -> bool:
    """A seasonal stop, a holiday or planned maintenance, and nothing that forced it."""
    said = sentence(s, fact)
    return bool(_PLANNED_STOP.search(said)) and not _FORCED.search(said)


def payee(s: Situation, fact: Stated) -> RelatedParty | None:
    """The party of the related sheet to whom the words say that the money went."""
    return next((party for party in s.related if _is_payee(s, fact, party.name)), None)


def _is_payee(s: Situation, fact: Stated, name: str) -> bool:
    told, said = str(fact.detail.get("payee") or ""), _own_words(s, fact)
    for known in short_names(name, s.borrower.name):
        if known in told or known in fact.words:
            return True
        for found in re.finditer(re.escape(known), said, re.I):
            if _PAYS.search(said[: found.start()]) or _TAKES.match(said[found.end() :]):
                return True
    return False


def _own_words(s: Situation, fact: Stated) -> str:
    """The fact's sentence from its own clause on, as far as the next use that the report tells."""
    text, start = _place(s, fact)
    if start < 0:
        return fact.words
    end = start + len(fact.words)
    others = [_place(s, use)[1] for use in s.facts if use.field == "fund_usage" and use is not fact]
    left = max([0, *(m.end() for m in _CLAUSE.finditer(text) if m.end() <= start)])
    right = min((m.end() for m in _END.finditer(text) if m.end() >= end), default=len(text))
    return text[left : min([right, *(other for other in others if other >= end)])]


def short_names(name: str, borrower: str = "") -> tuple[str, ...]:
    """How a firm is called: the whole name, without its legal form and place, and its brand if it is its own.

    A brand that the borrower bears too says nothing, and is left out.
    """
    whole = name.strip()
    bare = _LEGAL_FORM.sub("", whole).strip(" ,，()（）")
    local = _SEAT.sub("", bare)
    brand = _TRADE.sub("", local)
    names = dict.fromkeys((whole, bare, local, brand))
    return tuple(known for known in names if len(known) >= 2 and known not in borrower)


def _around(s: Situation, fact: Stated, end: re.Pattern[str], following: int = 0) -> str:
    text, start = _place(s, fact)
    if start < 0:
        return fact.words
    ends = [match.end() for match in end.finditer(text)]
    left = max((stop for stop in ends if stop <= start), default=0)
    right = [stop for stop in ends if stop >= start + len(fact.words)]
    return text[left : (right[: following + 1] or [len(text)])[-1]]


def _place(s: Situation, fact: Stated) -> tuple[str, int]:
    """The report's text and where the fact's words stand in it, -1 where they don't."""
    text = s.told.report.text if s.told else ""
    if not fact.words:
        return text, -1
    if text[fact.start : fact.start + len(fact.words)] == fact.words:
        return text, fact.start
    return text, text.find(fact.words)
