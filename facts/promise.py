"""What the borrower promised to pay the lender, and when; what has just been paid."""

from __future__ import annotations

import re
from datetime import date

from facts.dates import Day
from facts.model import Fact
from facts.page import Page, last_at, number
from facts.polarity import denied
from facts.quantities import Quantity

_R = re.compile
VOW = {
    "zh": _R(
        r"发誓|起誓|打了?条|写[^，。；]{0,2}条|应下|点头|咬定|发话|撂下?话|拍了?板|立了?(?:字据|军令状)|保证书|答应|承诺|保证(?!金|人)|同意|应承|应下|许诺|说好|讲好|说定|表示|表态|松口|说|讲|称|拍胸脯|答复|(?<!合同)约定|写了?[^，。；]{0,3}(?:字条|条子)|打包票|定下|允诺|写了?(?:个)?(?:还款)?(?:计划|承诺)|还款计划"
    ),
    "en": _R(
        r"\b(?:(?<!i )(?<!we )(?<!was )(?<!been )asked to (?=pay|settle|clear|make)|promis\w+|agreed|says?|said|undert\w+|commit\w*|pledged to|told|assur\w+|vow\w*|guarantee[sd] (?:us|me)|will|'ll|'d|would|going to|swore|reckons|confirmed|offered|expects?|hopes|go(?= (?:pay|settle|bring|clear|send|give))|gave (?:me |us )?(?:his|her|their|a|its) (?:word|assurance|commitment|undertaking|promise)|commit\w*|intends?|asked to (?=pay|repay|settle|clear)|plans? to|wants? to|aims? to|ready to|willing to|can)\b"
    ),
}
PAY = {
    "zh": _R(
        r"(?:先|再|分批|一次|一次性|陆续|给咱们|给我们|给我行|把[^，。；]{0,10})?(?:还(?!信用卡|网贷|车贷|房贷|花呗|外债|别人|人家|旧债|高利|来过|去过|上班|开着|有|没|剩|款计划|在|是|差|要|得|欠|能|可|未|行|好|不|算|会|想|挺|款来源|真|比|了[^，。；]{0,8}(?:别的|信用|其他|他行|旧|网贷|亲))(?:上|清|掉|进|款|回|给|本|息|了)?|归还|偿还|结清|付清|补上|补齐|补足|补回|还回|退回|存入|缴存|存到|给(?:咱们?|我们|我行)[转打汇交存](?=A)|结掉|了结|抹平|弄来|(?:划|汇|转|送|交)(?=A+[^，。；]{0,4}(?:过来|进来|给我|给咱|到我|到行|利息|本金))|[划汇](?:过来|给我|给咱|到行)|A+[^，。；A]{0,8}到位|存(?=A+[^，。；]{0,3}(?:进|过|上|来))|缴清|交上|交(?:利息|来|到)|打(?:过来|进来|款|到|给我们|给咱们|(?=A[^，。；]{0,2}(?:过来|进来|给咱|给我)))|转过来|到账|存进|付(?:利息|息|本金|给我们|给咱们|我们)|补(?:利息|交)|清掉|清息|交息|拿(?:来|过来|A+(?:回来|过来|来|出来))|还款计划：|填上|凑(?:齐|够|出)|(?:利息|本息)(?:都|就)?(?:不会|不)(?:断|拖|欠|少)(?!过)|照(?:付|还|交|结)(?!常)|凑|就(?:还|交|给)(?!了|我看))"
    ),
    "en": _R(
        r"\b(?:(?:commit(?:s|ted)?|assure[sd]?|undertook|undertakes|offers?) (?:us |me |to )?(?=A)|return (?:us |the |back )?A+|be (?:paid|settled|cleared|remitted|transferred|credited|repaid|lodged)|(?:enter|reach|hit|land in|drop into|come into|be (?:in|with)) (?:our|us|your)\b|repay|repays|repaying|pay(?:ing)? (?:us|back|off|down|the (?:interest|arrears|instal\w+|overdue|outstanding|bank|balance|first|principal)|in|over|up|A)|put (?:this|that|it|things|matters) right|(?:make|bring|get) (?:this|it|that|things|matters|everything) (?:good|current|sorted|paid|settled|cleared|up to date)|rectif\w+|(?:principal |part[- ]|partial |lump[- ]sum |interest |further |first )*(?:re)?payments? of (?=A|rmb|usd|\$)|return (?:the |that |another )?(?=A|rmb)|return (?:it|the money)|be (?:with us|in our (?:account|hands))|offer(?:ed|s)? (?:us )?(?=A)|(?:do|manage) (?=A)|settle|clear|transfer|bring (?:in|over|us|it|the|A+|cash|down)|drop off|come up with|cough up|square up|sort (?:it|that|the interest) out|promis\w+ (?:us |me )?(?:the (?:whole|lot|money|balance|rest|full|arrears|interest|payment)|A+|it all|payment)|catch up|bring (?:\w+ ){1,4}up to date|wire|pay\b|put in|remit|send us|give us|have (?:it|the money|the lot|(?:the |that |another )?A+) (?:to|with) us|deposit|hand over|make (?:a|the|good|another|part) (?:\w+ )?(?:payment|instal\w+)?|clear it|regulari[sz]e|remitting|transferring|settling|clearing|paying|repayment|a payment|part[- ]payment|instal?l?ment of|put (?:down|up|through|towards)|get (?:us|A+) (?:to us|over|across)?|find (?:us )?A+|knock off|chip in|drop (?:us )?A+|lodge|credit (?:us|A+)|send(?:ing)? (?:A+|it|that|the money|something|over|through|across|in)|let us have|pre-?pay|put (?:A+|it|something|money|cash)(?: \w+){0,2} (?:towards?|into|against|onto|in to) (?:our|the|his|her|their) (?:loan|arrears|account|interest|facility|debt|balance)|(?:says?|said|named|named me|quoted) (?=A+ (?:by |on |before )?D)|(?:we|i)(?:'ll| will| shall) (?:have|get|see|receive) (?=A+ (?:from|by|on|in))|(?:his|her|their|a|the) (?:word|promise|commitment|undertaking|pledge|assurance)(?: to us| of)?(?: of| on| for| that| to)? (?=A)|promise(?:d sum)?(?: is| was)?:? (?=A)|be in\b(?= (?:on|by|before) D)|(?:reduce|cut|bring|lower|whittle|take) (?:the |his |her |their |our )?(?:arrears|debt|balance|overdue|loan)(?: down)? by (?=A)|knock A+ off|take A+ off (?:the|what|our)|bring (?:the \w+ )?(?:right )?up to date)\b"
    ),
}
DEMAND = {
    "zh": _R(
        r"合同(?:约定|规定|上)|按合同|我?[喊催][他她]|我要[他她]|要求|责令|催(?!收)|我让|让他|叫他|让她|叫她|限期|我们让|通知|督促|敦促|希望他|我说(?!好)|我行要求|应于|须于|务必"
    ),
    "en": _R(
        r"\b(?:must|demand\w*|asked (?:him|her|them) to|told (?:him|her|them) to|required|requires?|we want|insisted|deadline|should|has to|have to|needs? to|instructed|gave (?:him|her|them))\b"
    ),
}
OTHERS = {
    "zh": _R(
        r"(?:农信|农商|信用社|他行|别的银行|另一家|其他银行|网贷|小贷|邮储|村镇银行)[^，。；]{0,8}(?:贷款|利息|那笔|那边)|(?:客户|下游|甲方|业主|买家|采购商|主机厂|经销商|对方|亲戚|担保人|欠款方|开发商|学校|超市|总包|政府|保险公司|收购商)[^，。；]{0,6}(?:答应|承诺|说|保证|同意|表示|会|也说|那边)|(?:还|付|给)(?:给)?(?:供应商|工人|信用社|农商|其他|别的|房东|亲戚|朋友|他行|施工|材料商|员工)|发工资|补发|工资"
    ),
    "en": _R(
        r"\b(?:the |his |her |their |a )?(?:buyers?|customers?|clients?|distributor|insurer|developer|retailer|chain|contractor|government)(?: [\w']+){0,4} (?:promis\w+|said|says|agreed|will pay|would pay|'ll pay)|(?:wages|salar\w+|rent|tax|vat|suppliers?|staff|workers|men)(?: [\w']+){0,4} be (?:paid|settled|cleared)|pay (?:the |his |her |their )?(?:wages|suppliers?|staff|workers|landlord|rent|tax|vat|men|contractor|builders|salar\w+)|back pay"
    ),
}
DONE = {
    "zh": _R(
        r"(?:已经?|昨天|刚|上周|上个?月|今天|前天|D)[^，。；]{0,6}(?:还了|归还了?|还上了|打过来了?|到账了?|还款|还进来|还来|还(?=A))[^，。；A]{0,6}(?P<a>A+)|(?:还了|归还了)(?:咱们|我们|我行)[^，。；A]{0,6}(?P<b>A+)|(?P<c>A+)[^，。；A]{0,8}(?:已经?|刚|今天|昨天)[^，。；A]{0,4}(?:到账|还上|还了|还清|入账|打过来|进来)"
    ),
    "en": _R(
        r"\b(?:has |have |had |already |just )?(?:repaid|paid) (?:us|back|the bank)[^.;A]{0,14}(?P<a>A+)|(?P<b>A+) (?:has been |was )?(?:repaid|paid back) to us"
    ),
}


def facts(page: Page) -> list[Fact]:
    found = _promise(page)
    paid = _paid(page)
    return [*found, *([paid] if paid else [])]


def _paid(page: Page) -> Fact | None:
    for m in DONE[page.lang].finditer(page.sk):
        at = max(m.start(k) for k in m.groupdict())
        q = next((q for q in page.of("amount") if q.start == at), None)
        vow = VOW[page.lang].search(page.left(m.start(), 14)) if page.lang == "zh" else None
        if q and not vow and not _to_come(page, m) and not OTHERS[page.lang].search(m.group()):
            return page.fact("repayment.paid_amount", number(q.value), q.start, q.end, q)
    return None


def _to_come(page: Page, m: re.Match[str]) -> bool:
    """The day of it is still to come, and no word says that it has been done."""
    return _coming(page, m.start(), m.end()) and not re.search(
        r"[了过来]|已|刚|到账|入账" if page.lang == "zh" else "paid", m.group()
    )


def _coming(page: Page, low: int, high: int) -> bool:
    """A day that stands there is ahead, and nearer than the same day of the year before."""
    return any(
        d.value
        and d.value > page.today
        and not (d.past and d.past <= page.today and page.today - d.past < d.value - page.today)
        for d in page.days
        if low <= d.start < high
    )


def _promise(page: Page) -> list[Fact]:
    best: list[Fact] = []
    for m in PAY[page.lang].finditer(page.sk):
        made = _one(page, m)
        if made and len(made) > len(best):
            best = made
        elif made and len(made) == len(best) == 1 and made[0].field != best[0].field and page.lang == "en":
            best = [*best, *made]
    return best


def _one(page: Page, m: re.Match[str]) -> list[Fact]:
    zh = page.lang == "zh"
    low = max(page.sentence(m.start())[0], m.start() - (34 if zh else 110))
    high = min(page.sentence(m.start())[1], m.end() + (24 if zh else 90))
    before = page.sk[low : m.start()]
    vow = last_at(VOW[page.lang], before + (m.group() if not zh else ""))
    future = [d for d in page.days if d.value and d.value >= page.today and low <= d.start < high]
    if not _vowed(page, m, before, vow, bool(future)):
        return []
    spread = page.sk[low + max(0, vow - (0 if zh else 24)) : high]
    if last_at(DEMAND[page.lang], before) > vow or OTHERS[page.lang].search(
        spread[: m.end() - low - max(0, vow - (0 if zh else 24)) + 14]
    ):
        return []
    day = _nearest_day(page, m, _from(page, low, vow), high)
    sum_ = _nearest_sum(
        page, m, low + (0 if _COMES_IN_EN.match(m.group()) else max(0, vow)), high
    ) or _said_above(page, m)
    return _made(page, day, sum_)


def _from(page: Page, low: int, vow: int) -> int:
    """Where the day may stand: after the vow, or just before it in its clause (月底前保证)."""
    at = low + max(0, vow)
    if page.lang != "zh" or vow < 0:
        return at
    return max(low, page.clause(at)[0], at - 8)


_TO_PAY_EN = _R(
    r"\b(?:promis\w+(?: \w+){0,4}|agreed|undert\w+|going|committed|assured|asked|wants|intends|ready|willing|able|offered|pledged|plans|vowed|says he is|expects|hopes) (?:\w+ ){0,3}to (?:\w+ )?$"
)
_UNPAID_EN = _R(r"\b(?:not|n't|stopped|been|of|for|by|from|without|since|start\w*|was|were) $")
_WORD_EN = _R(
    r"(?:we|i)(?:'ll| will| shall)|promise|(?:his|her|their|a|the) (?:word|promise|commitment|undertaking|pledge|assurance)"
)
_TO_BE_PAID_EN = _R(
    r"A,? (?:all |which is |is |it's |this )?to be (?:paid|settled|cleared|repaid|transferred|remitted)$"
)
_OURS_EN = _R(
    r"\b(?:pre-?pay|pay us|instal?l?ment|interest|our loan|the loan|arrears|repay\w*|to us|facility)\b"
)
_DONE_EN = _R(r"\b(?:has|have|had|been|was|were|already|can't|cannot|unable to|not|n't|to) (?:\w+ )?$")
_STRONG_ZH = _R(r"答应|承诺|保证(?!金|人)|应承|许诺|拍胸脯|允诺|打包票|还款计划|同意")
_INTENT_ZH = _R(
    r"先|一定|肯定|争取|准备|打算|就|会|能|可以|想办法|要|把|下个?月|下周|下礼拜|下星期|下季度?|下半年|明年|年[前后]|节[前后]|腊月|正月|过[完了]?年|开春|[春夏秋冬]天|过几天"
)
_SHORTLY_ZH = _R(r"D[^，。；]{0,3}$")
_SAID_AFTER_ZH = _R(
    r"[^。；，]{0,10}，(?:这是)?(?:他|她|老板|[一-龥]总)(?:自己|亲口|本人)?(?:说|讲|答应|承诺|应)"
)
_DONE_ZH = _R(r"(?:已于D+|已经?|刚|上周|上个月|昨天|都)[^，。；]{0,4}$")
_TO_US_ZH = _R(r"我们|咱们|我行|利息|本金")


def _vowed(page: Page, m: re.Match[str], before: str, vow: int, future: bool) -> bool:
    """Somebody of the borrower said that it would be paid: a word of promising, or 先还 with a day."""
    if page.lang == "en":
        if m.group().startswith(("commit", "assure", "offer")) or _WORD_EN.match(m.group()):
            return True
        if future and _dated_en(page, m, before):
            return True
        return vow >= 0 and (not _DONE_EN.search(before[-14:]) or bool(_TO_PAY_EN.search(before)))
    if _SAID_AFTER_ZH.match(page.sk, m.end()) and future:
        return True
    if denied(page, m.start(), m.end()) and not re.search(r"之前|前|拖", page.left(m.start(), 6)):
        return False
    strong = bool(_STRONG_ZH.search(before))
    if _paid_already(page, m, before) and not strong:
        return False
    meant = m.group().startswith(("先", "再", "把", "就")) or bool(_INTENT_ZH.search(before[-6:]))
    to_us = bool(_TO_US_ZH.search(page.sk[m.start() : m.end() + 8]))
    return strong or (vow >= 0 and (future or meant)) or (future and (meant or to_us or _on_day(page, m)))


def _dated_en(page: Page, m: re.Match[str], before: str) -> bool:
    """With a day to come it needs no word of promising: he says 100,000 by Friday; 25,000, to be paid on the 29th."""
    if m.group()[:6] == "paying":
        return not _UNPAID_EN.search(before)
    if m.group() in ("say", "says", "said", "named", "named me", "quoted"):
        return bool(_OURS_EN.search(page.sk, max(0, m.start() - 160), m.end()))
    ours = _OURS_EN.search(page.sk, max(0, m.start() - 160), m.end())
    return bool(ours and _TO_BE_PAID_EN.search(before + m.group()))


def _on_day(page: Page, m: re.Match[str]) -> bool:
    """3月12日还50万: the day and the sum that stand beside the verb are a promise of their own."""
    beside = _SHORTLY_ZH.search(page.left(m.start(), 14)) and page.sk[m.end() : m.end() + 1] == "A"
    return bool(beside) and _coming(page, m.start() - 14, m.start())


def _paid_already(page: Page, m: re.Match[str], before: str) -> bool:
    after = re.match(r"(?:了|过|上了|清了)", page.sk[m.end() : m.end() + 2])
    return bool(after or m.group().endswith("了") or _DONE_ZH.search(before[-7:]))


def _nearest_day(page: Page, m: re.Match[str], low: int, high: int) -> tuple[date, int, int] | None:
    days = [
        d
        for d in page.days
        if d.value and d.value >= page.today and low <= d.start < high and not _visit(page, d.start, d.end)
    ]
    if not days and page.lang == "zh":
        days = [d for d in page.days if _due(page, d, low)]
    if not days:
        return None
    best = min(
        days,
        key=lambda d: (
            abs(d.start - m.start())
            + (30 if d.start > m.end() and page.lang == "zh" and "，" in page.sk[m.end() : d.start] else 0)
        ),
    )
    if best.value is None:
        return None
    return best.value, best.start, best.end


_DUE_ZH = _R(r"(?:就|要|是|该|的)?[^，。；]{0,2}(?:扣款|扣息|结息|到期|还款日|应还|付息)[^，。；]{0,4}，")


def _due(page: Page, d: Day, low: int) -> bool:
    """18号扣款，他保证存进去: the day that the payment is due stands before the vow."""
    near = d.value is not None and d.value >= page.today and page.sentence(low)[0] <= d.start < low
    return near and bool(_DUE_ZH.match(page.sk, d.end))


def _visit(page: Page, start: int, end: int) -> bool:
    words = page.right(end, 10 if page.lang == "zh" else 30)
    left = page.left(start, 30)
    if page.lang == "zh":
        return bool(
            re.search(r"再(?:去|来|看|跑|打|访|约|联)|我(?:再|过去|去|来)|上门|回访|复查|核", words)
        ) or bool(re.search(r"下次(?:检查|回访|走访|上门)[^，。；]{0,6}$|我[^，。；]{0,4}$", left[-12:]))
    return bool(
        re.search(
            r"\b(?:visit|call|see|going back|go back|drop by|meet|check|next visit|ring|be back)\b[^.;,]{0,16}$",
            left,
        )
    )


def _nearest_sum(page: Page, m: re.Match[str], low: int, high: int) -> Quantity | None:
    near = [q for q in page.of("amount") if low <= q.start < high and not _stock(page, q)]
    inside = [q for q in near if m.start() <= q.start < m.end()]
    if inside:
        return inside[0]
    behind = [q for q in near if q.start >= m.end() and not re.search(r"[。；]", page.sk[m.end() : q.start])]
    if behind and behind[0].start - m.end() < (14 if page.lang == "zh" else 40):
        return behind[0]
    ahead = [q for q in near if q.end <= m.start() and m.start() - q.end < (8 if page.lang == "zh" else 20)]
    return ahead[-1] if ahead else None


_COMES_IN_EN = _R(r"enter|reach|hit|land|drop into|come into|be ")
_ABOVE_ZH = _R(r"(?:上述|该笔|前述|以上)(?:利息|欠息|本息|款项|欠款|逾期)")
_OWED_ZH = _R(r"(?:欠|未付|未还|逾期|应付)[^。；]{0,16}$")


def _said_above(page: Page, m: re.Match[str]) -> Quantity | None:
    """结清上述利息: the sum that was said to be owed before."""
    if page.lang != "zh" or not _ABOVE_ZH.match(page.sk, m.end()):
        return None
    owed = [q for q in page.of("amount") if q.end <= m.start() and _OWED_ZH.search(page.before(q.start, 24))]
    return owed[-1] if len(owed) == 1 else None


def _stock(page: Page, q: Quantity) -> bool:
    left, right = page.left(q.start, 10), page.sk[q.end : q.end + 8]
    if page.lang == "zh":
        if PAY["zh"].match(right) or re.match(r"[^，。]{0,2}(?:还上|还清|结清|补上|交上)", right):
            return False
        if re.search(
            r"(?:还|结清|补|付|交|清)[^，。；]{0,4}(?:欠息|欠的?|逾期的?|剩余的?|剩下的?|欠款)[^，。；]{0,5}$",
            left,
        ):
            return False
        return (
            bool(
                re.search(
                    r"余额|贷款(?:总额)?(?!利息|本息|本金)|欠|逾期|收|能回|回款|回一笔|货款|剩余|卖(?![^，。；]{0,4}(?:就|再|先|才|后)?还)",
                    left[-6:],
                )
            )
            or bool(re.match(r"(?:的)?(?:货款|应收|贷款里)", right))
            or bool(re.match(r"[^，。]{0,4}(?:没动|买|付设备)", right))
        )
    return bool(re.search(r"\b(?:owed|balance of|loan of|of the)\b[^.;,]{0,8}$", page.left(q.start, 24)))


def _made(page: Page, day: tuple[date, int, int] | None, q: Quantity | None) -> list[Fact]:
    made = []
    if day:
        made.append(page.fact("repayment.promise_date", day[0].isoformat(), day[1], day[2]))
    if q:
        made.append(page.fact("repayment.promise_amount", number(q.value), q.start, q.end, q))
    return made
