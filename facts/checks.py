"""What a report says against itself: parts over a stated whole, and one thing said two ways."""

from __future__ import annotations

import re
from collections.abc import Sequence

from facts.model import Evidence, Fact, Note
from facts.page import Page
from facts.quantities import Quantity

_R = re.compile
TOTAL = {
    "zh": _R(
        r"(?:贷款|贷了|贷的|这笔|放款|授信|流动资金贷款)(?:总额|金额|一共|总共|共|是|为|余额|资金|人民币|，(?!A+[^，。；]{0,6}[一-龥]了)|的|那|了|合计|本金){0,4}(?P<a>A+)(?![^，。；]{0,4}(?:买|用于|付|还|进|交|转|去|收|装|盖|种|养|发))|(?P<b>A+)(?:的)?贷款(?:里|中|资金中)|(?P<c>A+)里(?:头)?"
    ),
    "en": _R(
        r"\b(?:loan|facility) (?:of|is|was|totals?|amount) (?P<a>A+)|\b(?:out of|of) (?:the |our |their )?(?P<b>A+)(?: loan| facility)|\bborrowed (?P<c>A+)"
    ),
}
RATIO = {
    "zh": _R(r"(?P<name>抵押率|质押率|占比|比例|占|完成率)[^，。；AP]{0,6}(?P<p>P+)"),
    "en": _R(r"\b(?P<name>loan[- ]to[- ]value|ltv|ratio)[^.;AP]{0,14}(?P<p>P+)"),
}
PAIRS = (
    (_R(r"(?:工资|薪)[^，。；]{0,6}(?:按时发|都发|正常发|没拖|没欠)|(?:没|未|无)[^，。；]{0,3}(?:拖欠|欠)[^，。；]{0,4}(?:工资|薪)"), "wage_arrears"),
    (_R(r"(?:没有|未|没)(?:停产|停工)|正常生产|生产正常|机器都开着|满负荷"), "production_halt"),
    (_R(r"(?:没有|未|没|无)(?:逾期|欠息)|按时(?:还|付)(?:利)?息|利息(?:一直)?按时"), "loan_overdue"),
    (_R(r"\bwages (?:are |were )?(?:paid|up to date)|no wage arrears"), "wage_arrears"),
    (_R(r"\bproduction (?:is )?(?:normal|running)|running normally"), "production_halt"),
)  # fmt: skip


def notes(page: Page, facts: Sequence[Fact]) -> tuple[Note, ...]:
    return tuple(n for n in (_sums(page, facts), _ratio(page), *_contradictions(page, facts)) if n)


def _at(page: Page, start: int) -> Quantity | None:
    return next((q for q in page.items if q.start == start), None)


def _total(page: Page) -> Quantity | None:
    m = TOTAL[page.lang].search(page.sk)
    return _at(page, max(m.start(k) for k in "abc")) if m else None


def _sums(page: Page, facts: Sequence[Fact]) -> Note | None:
    """The uses and what is left come to more than the whole that was stated."""
    whole = _total(page)
    if whole is None:
        return None
    parts = [f for f in facts if f.field in ("fund_usage", "unused_funds.amount")]
    sizes = [_size(f) for f in parts]
    if len(sizes) < 2 or sum(sizes) <= whole.value * 1.01:
        return None
    spans = (page.evidence(whole.start, whole.end), *(f.evidence for f in parts if f.evidence))
    return Note("sums", spans, "fund_usage")


def _size(fact: Fact) -> float:
    value = fact.value["amount"] if isinstance(fact.value, dict) else fact.value
    return float(value) if isinstance(value, int | float) else 0.0


def _ratio(page: Page) -> Note | None:
    """A stated ratio beside its own two terms: 贷款300万, 评估522万, 抵押率54%."""
    m = RATIO[page.lang].search(page.sk)
    share = _at(page, m.start("p")) if m else None
    if not m or not share or m["name"] not in ("抵押率", "质押率", "loan-to-value", "loan to value", "ltv"):
        return None
    terms = [q for q in page.of("amount") if page.sentence(q.start) == page.sentence(m.start())]
    if len(terms) != 2:
        return None
    low, high = sorted(q.value for q in terms)
    if high and abs(100 * low / high - share.value) > 2:
        return Note("sums", tuple(page.evidence(q.start, q.end) for q in (*terms, share)), "collateral.value")
    return None


def _contradictions(page: Page, facts: Sequence[Fact]) -> list[Note]:
    found = []
    for words, signal in PAIRS:
        stated = next((f for f in facts if f.value == signal and f.field == "cash_stress.signal"), None)
        m = words.search(page.sk) if stated else None
        if m and stated and stated.evidence and not _same(page.evidence(*m.span()), stated.evidence):
            found.append(
                Note("contradiction", (stated.evidence, page.evidence(*m.span())), "cash_stress.signal")
            )
    return found


def _same(a: Evidence, b: Evidence) -> bool:
    return a.start < b.end and b.start < a.end
