"""People at work, capacity in use, and how orders and revenue have moved."""

from __future__ import annotations

import re

from facts import headcount
from facts.model import Fact
from facts.page import Page, last_at, number
from facts.polarity import feared, foreign
from facts.quantities import Quantity

_R = re.compile
CAPACITY = {
    "zh": _R(
        r"(?:生产|养殖|加工|接待|产出|种植)能力|开工率|产能利用率|产能|利用率|负荷率?|开机率?|稼动率|设备利用|生产负荷|开动率|运转(?=[^，。；A]{0,3}P)|(?<![发召展公离])开到(?=[^，。；A]{0,3}P)|开工(?=[只也大在到不P]|差)|机器开了?|产线开了?|(?:机器|设备|机台|[一-龥]机|炉子|窑|线|厂子?|车间)(?:只|就|也|现在|目前|大概|才|都){0,2}开(?:了|着|到|动)?(?=[^，。；A]{0,4}P)"
    ),
    "en": _R(
        r"\b(?:util\b|(?:operating|running|operation|run) rate|(?:machines?|saws?|looms?|lines?|plant|mill|factory|kilns?|ovens?|presses|works|they're|we're) (?:is |are |all |still |only |now )*(?:running|going|working|operating|turning) (?:maybe|about|around|only|roughly|say|some|perhaps)\b|capacity|utili[sz](?:ation|ed|ing)|flat out|(?:running|runs?|operat(?:ing|es)|working|works(?! (?:stands?|stood|is|are|certified)\b)|ticking over|going|producing|killing|milling) (?:\w+ ){0,2}at|loaded|loading|throughput|load)\b"
    ),
}
ORDERS = {
    "zh": _R(
        r"订单量?|[外内散大小老新接下]单(?![位价独据元证方品纯项子])|单子|接单量?|订货量?|订单额|活儿|接的?[活单]|订的?货|单量|业务量"
    ),
    "en": _R(
        r"\b(?:orders?|order ?books?|order intake|bookings|order volumes?|workload|call-?offs?|pipeline|enquiries)\b"
    ),
}
REVENUE = {
    "zh": _R(
        r"营业收入|营业额|营收|销售额|销售收入|销售|收入|流水|产值|生意|销量|营业|业绩|gmv|成交额|交易额|买卖(?!合同|纠纷)"
    ),
    "en": _R(
        r"\b(?:revenues?|sales|turnover|takings|income|top[- ]line|receipts|trade|business(?= (?:is|was|has|up|down))|till|trading|gross|exports?)\b"
    ),
}
OTHER = {
    "zh": _R(
        r"利润|毛利|成本|价格|价|利率|抵押率|负债率|进度|完成|工程|工人|员工|人数|电费|用电|水电|库存|应收|出租率|入住率|客流|产量|税|成活率|运费|毛利率|占比|首付|定金|存栏|出栏|预付|折旧|损耗|翻台|次品|合格率|现金流|回款|水费|存货"
    ),
    "en": _R(
        r"\b(?:profits?|margins?|costs?|prices?|interest|staff|headcount|complete|completed|done|works|occupancy|stock|receivables|output|power|deposit|(?<!operating )(?<!running )(?<!operation )rate|equity|bill|finished|footfall|yield|ltv|ebitda|workforce|inventory|project|progress|discount|commission|moisture|overtime|fuel|energy|rent|wages?|tariff|duty|vat|tax|share|stake|guests|customers|covers|tables|seats|rooms|tonnage|volume|volumes)\b"
    ),
}
DOWN = {
    "zh": _R(
        r"少了?|下降|下滑|减少|降低?了?|跌|砍|掉了?|缩|滑|萎|减|下来|回落|缩水|负增长|下跌|腰斩|负|差了|差(?=P)"
    ),
    "en": _R(
        r"\b(?:down|fell|fallen|drop\w*|declin\w*|lower|less|fewer|off|shrunk|shrink\w*|decreas\w*|cut|lost|reduc\w*|slump\w*|slid|contract\w*|slipp\w*|fall\w*|plung\w*|below|weaker|dip\w*|soft\w*|thin\w*|shrank|eas(?:ed|ing)|drain\w*|under|tumbl\w*|sank|sunk|smaller|shorter|slid\w*|lost|behind|worse|halv\w*|negative|minus|poorer|light\w*)\b"
    ),
}
UP = {
    "zh": _R(r"多了?|增加?|增长|上升|涨|升|提高|上涨|高了?|好了?|扩大|上浮|攀升|提升"),
    "en": _R(
        r"\b(?:up|rose|risen|grew|grown|growth|increas\w*|higher|more|above|gain\w*|climb\w*|jump\w*|improv\w*|ahead|better|rise|rising|put on|expand\w*|advanc\w*|surg\w*|positive|plus|stronger|lift\w*|rallied|recover\w*|added)\b"
    ),
}
OF_LAST = {
    "zh": _R(
        r"(?:只有|只剩下?|仅有?|仅为|不到|不足|才|相当于|是|为|剩下?|有|就|还|降到|跌到|缩到|掉到|减到)?(?:了)?(?:去年|上年|往年|同期|以前|原来|前年|旺季|年初|正常年份?|高峰|最好)(?:的时候|时|同期|这时候|这会儿?|这个时候|同月|水平)?的?(?:大概|差不多|大约|约)?$"
    ),
    "en": _R(r"\bto (?:about |only |just |around )?$"),
}
TIMES_ZH = _R(
    r"翻了?(?:一|1)?[番倍]|翻了(?:两|2)番|增加了?一倍|涨了一倍|多了一倍|腰斩|砍了?一半|少了一半|掉了?一半|翻倍|翻番"
)
TIMES_EN = _R(r"\b(?:doubled|tripled|trebled|halved|quadrupled)\b")
TIMES = {"doubled": 100, "tripled": 200, "trebled": 200, "quadrupled": 300, "halved": -50, "腰斩": -50}


def facts(page: Page) -> list[Fact]:
    made: list[Fact | None] = [headcount.fact(page), _capacity(page)]
    for name, cue in (("orders", ORDERS), ("revenue", REVENUE)):
        made.append(_change(page, f"operations.{name}_change_percent", cue[page.lang]))
    return [f for f in made if f]


def orders_change(page: Page) -> Fact | None:
    return _change(page, "operations.orders_change_percent", ORDERS[page.lang])


def _owner(page: Page, q: Quantity) -> str:
    """What the percentage is of: the nearest thing named before it, else just after."""
    zh = page.lang == "zh"
    left, right = page.before(q.start, 24 if zh else 110), page.right(q.end, 8 if zh else 34)
    clause = page.left(q.start, 24 if zh else 70)
    named = {"capacity": CAPACITY, "orders": ORDERS, "revenue": REVENUE, "other": OTHER}
    if not zh:
        first = _after_en(right, named)
        if first:
            return first
    for text in (clause + "P", left + "P") if zh else (clause, left):
        places = {k: last_at(w[page.lang], text) for k, w in named.items()}
        best = max(places, key=lambda k: places[k])
        if places[best] >= 0:
            return best
    if not zh and re.search(
        r"(?:they're|they are|it's|still|currently|now|he's) (?:running |working )?at (?:about |around |roughly )?$",
        clause,
    ):
        return "capacity"
    return (
        "capacity" if zh and re.match(r"的?(?:机器|设备|机台|织机|产线|产能|开工|开机|利用率)", right) else ""
    )


def _after_en(right: str, named: dict[str, dict[str, re.Pattern[str]]]) -> str:
    m = re.match(r" (?:of )?(?:the |its |their |his |full |rated |installed |normal )?(?:capacity)\b", right)
    if m:
        return "capacity"
    if re.match(r" of what (?:it|they|he|she|the \w+) (?:could|can|should)\b", right):
        return "capacity"
    if re.match(r" (?:of )?utili[sz](?:ed|ation)| loaded| load(?:ing)?\b| (?:busy|full)\b", right):
        return "capacity"
    m = re.match(
        r" (?:drop|fall|decline|decrease|rise|increase|growth|slump|reduction|jump|cut|dip) in (?:\w+ )?",
        right,
    )
    if m:
        rest = right[m.end() :]
        return next((k for k, w in named.items() if w["en"].match(rest)), "other")
    more = re.match(r" (?:more|fewer|less|lower|higher) (?!and\b|but\b|than\b)(?:\w+ )?", right)
    if more:
        return next((k for k, w in named.items() if w["en"].match(right[more.end() :])), "")
    if re.match(
        r" (?:of )?(?:the )?(?:works?|project|job|build|complete|completed|done|finished|built|through|of the way)\b",
        right,
    ):
        return "other"
    return ""


def _capacity(page: Page) -> Fact | None:
    found = None
    for q in page.of("percent"):
        if q.value > 100 or _owner(page, q) != "capacity" or _planned(page, q) or foreign(page, q.start):
            continue
        found = q
        if not _earlier(page, q):
            break
    if found and not _earlier(page, found, sure=True):
        return page.fact("operations.capacity_percent", number(found.value), found.start, found.end, found)
    m = re.search(
        r"(?:开足马力|满负荷|满产|全负荷|产能(?:拉满|打满)|满开)(?:运转|生产|开|运行)?|\b(?:at full (?:capacity|stretch|tilt)|flat out|full capacity)\b",
        page.text,
    )
    if m and not foreign(page, m.start()) and not _NOT_FULL.search(page.left(m.start(), 50)):
        return page.fact("operations.capacity_percent", 100, *m.span())
    return None


_NOT_FULL = _R(
    r"(?:没|不|未|not|n't)[^，。；]{0,5}$|(?:去年|以前|原来|曾|争取|计划|希望|旺季|高峰)[^，。；]{0,8}$|\b(?:in 20\d\d|last year|used to|if|hopes? to|could|can|aims? to|before)\b[^.;,]{0,44}$"
)


def _planned(page: Page, q: Quantity) -> bool:
    words = page.left(q.start, 14)
    if page.lang == "en" and re.search(r"\b(?:target|goal|budget)\b[^.;,]{0,30}$", page.left(q.start, 44)):
        return True
    return bool(re.search(r"计划|目标|预计|争取|希望|设计(?!产能)", words)) or feared(page, q.start, q.end)


_SURELY_EARLIER_EN = _R(
    r"\bin (?:19|20)\d\d\b[^.;,]{0,44}$|\b(?:last (?:time|year|visit)|previously|used to|from|before)\b[^.;,]{0,14}$"
)
_EARLIER_EN = _R(
    r"\b(?:last (?:time|month|year|quarter|visit)|previously|used to|from|was|before)\b[^.;,]{0,14}$"
)


_ALL_OF_THEN_ZH = _R(r"(?:去年|前年|往年)(?:同期|这时候|这会儿?|那会儿?|这个时候)[^。；比现今目眼]*")


def _earlier(page: Page, q: Quantity, sure: bool = False) -> bool:
    """Of another time, with today's figure still to come."""
    if page.lang == "zh":
        left = page.left(q.start, 16)
        if _ALL_OF_THEN_ZH.fullmatch(page.before(q.start, 30)):
            return True
        return bool(
            re.search(
                r"去年|上次|上个?月|原来|以前|之前|年初|前年|上季度|从|由|前两个月|往年|高峰|旺季|一度|曾|最高|那会儿",
                left,
            )
        ) and not re.search(
            r"现|目前|比|较|[掉滑落回提拉]到|降到|跌到|同期|是去年|降|下滑|少|增|涨|多|升", left
        )
    words = _SURELY_EARLIER_EN if sure else _EARLIER_EN
    return bool(words.search(page.left(q.start, 40)))


_FORECAST_EN = _R(
    r"\b(?:expects?|expecting|expected|hopes?|hoping|hoped|forecasts?|forecasting|projects|projected|projecting|targets?|targeting|budgets?|budgeted|aims?|aiming|predicts?|should|will|'ll|anticipat\w+|plans?|planning)\b[^.;,]{0,44}$"
)


_LONG_AGO_EN = _R(
    r" ?(?:last (?:autumn|spring|summer|winter)|in 20\d\d) (?:(?!now\b|since\b|today\b|but\b)[\w'-]+ )*(?:was|were|had)\b"
)


def _change(page: Page, name: str, cue: re.Pattern[str]) -> Fact | None:
    key = "orders" if "orders" in name else "revenue"
    for q in page.of("percent"):
        if _owner(page, q) != key or foreign(page, q.start) or feared(page, q.start, q.end):
            continue
        if page.lang == "en" and (
            _FORECAST_EN.search(page.left(q.start, 70)) or _LONG_AGO_EN.match(page.before(q.start, 90))
        ):
            continue
        value = _signed(page, q)
        if value is not None:
            return page.fact(name, number(value), q.start, q.end, q)
    return _times(page, name, cue)


def _signed(page: Page, q: Quantity) -> float | None:
    """The change with its sign: 少了三成 -30, 只有去年六成 -40."""
    zh = page.lang == "zh"
    left, right = page.left(q.start, 24 if zh else 70), page.right(q.end, 10 if zh else 34)
    left = left.replace("差不多", "").replace("一多半", "")
    if zh and (
        OF_LAST["zh"].search(left)
        and not DOWN["zh"].search(
            left[-6:]
            .replace("减到", "")
            .replace("降到", "")
            .replace("掉到", "")
            .replace("跌到", "")
            .replace("缩到", "")
            .replace("不足", "")
        )
    ):
        return q.value - 100
    if zh and re.search(r"(?:只有|只剩下?|仅为|仅有|不到|降到|跌到|降至|只相当于)[^，。；]{0,4}$", left):
        return q.value - 100
    if not zh and re.match(
        r" of (?:last year|the same|what (?:it|they)|a year|normal|the (?:usual|level))", right
    ):
        return q.value - 100
    if zh and (mark := page.sk[q.start - 1 : q.start]) in ("-", "+", "↓", "↑"):
        return -q.value if mark in "-↓" else q.value
    if zh:
        return _sign(q, DOWN["zh"], UP["zh"], left[-10:], right)
    if (mark := page.sk[max(0, q.start - 2) : q.start]) in (" -", " +", "(-", "(+"):
        return -q.value if mark[1] == "-" else q.value
    compared = re.match(
        r" ?,?(?:lower|less|fewer|down|below|off\b|drop|fall)|(?P<up> ?(?:higher|more|up\b|above|rise|growth))",
        right.lstrip(),
    )
    if compared:
        return q.value if compared["up"] else -q.value
    return _sign(q, DOWN["en"], UP["en"], _bare_up(left[-44:]), right) or _sign(
        q, DOWN["en"], UP["en"], _bare_up(page.before(q.start, 70)), ""
    )


def _bare_up(words: str) -> str:
    """Without the "up" that says nothing of more: dried up, made up."""
    return re.sub(r"\b(?:dried|drying|given|held|backed|used|made|taken) up\b", "", words)


def _sign(q: Quantity, down: re.Pattern[str], up: re.Pattern[str], left: str, right: str) -> float | None:
    fall, rise = last_at(down, left), last_at(up, left)
    if max(fall, rise) >= 0:
        return -q.value if fall > rise else q.value
    less, more = down.search(right), up.search(right)
    if less or more:
        return -q.value if less and (not more or less.start() < more.start()) else q.value
    return None


def _times(page: Page, name: str, cue: re.Pattern[str]) -> Fact | None:
    words = TIMES_ZH if page.lang == "zh" else TIMES_EN
    for m in words.finditer(page.text):
        left = page.before(m.start(), 20 if page.lang == "zh" else 50)
        other = max(last_at(w[page.lang], left) for w in (ORDERS, REVENUE, OTHER) if w[page.lang] is not cue)
        at = last_at(cue, left)
        if at >= 0 and at > other and not feared(page, *m.span()) and not foreign(page, m.start()):
            word = m.group()
            value = TIMES.get(word) or (300 if "两" in word or "2" in word else -50 if "半" in word else 100)
            return page.fact(name, value, *m.span())
    return None
