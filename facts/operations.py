"""People at work, capacity in use, and how orders and revenue have moved."""

from __future__ import annotations

import re

from facts.model import Fact
from facts.page import Page, last_at, number
from facts.polarity import feared, foreign
from facts.quantities import Quantity

_R = re.compile
CAPACITY = {
    "zh": _R(r"开工率|产能利用率|产能|利用率|负荷率?|开机率|稼动率|设备利用|生产负荷|开动率|开工(?=[只也大在到不P]|差)|机器开了?|产线开了?"),
    "en": _R(r"\b(?:capacity|utili[sz]ation|flat out|running at|operating at|working at|load)\b"),
}
ORDERS = {
    "zh": _R(r"订单量?|单子|接单量?|订货量?|订单额|活儿"),
    "en": _R(r"\b(?:orders?|order book|order intake|bookings|order volumes?)\b"),
}
REVENUE = {
    "zh": _R(r"营业收入|营业额|营收|销售额|销售收入|销售|收入|流水|产值|生意|销量|营业|业绩"),
    "en": _R(r"\b(?:revenues?|sales|turnover|takings|income|top line|receipts)\b"),
}
OTHER = {
    "zh": _R(r"利润|毛利|成本|价格|价|利率|抵押率|负债率|进度|完成|工程|工人|员工|人数|电费|用电|水电|库存|应收|出租率|入住率|客流|产量|税|成活率|运费|毛利率|占比|首付|定金|存栏|出栏|预付|折旧|损耗|翻台|次品|合格率|现金流|回款|水费|存货"),
    "en": _R(r"\b(?:profits?|margins?|costs?|prices?|interest|staff|headcount|complete|completed|done|works|occupancy|stock|receivables|output|power|deposit|rate|equity|bill|finished|footfall|yield|ltv|ebitda|workforce|inventory|project|progress)\b"),
}
DOWN = {
    "zh": _R(r"少了?|下降|下滑|减少|降低?了?|跌|砍|掉了?|缩|滑|萎|减|下来|回落|缩水|负增长|下跌|腰斩|负"),
    "en": _R(r"\b(?:down|fell|fallen|drop\w*|declin\w*|lower|less|fewer|off|shrunk|shrink\w*|decreas\w*|cut|lost|reduc\w*|slump\w*|slid|contract\w*|slipp\w*|fall\w*|plung\w*|below|weaker|dipp\w*)\b"),
}
UP = {
    "zh": _R(r"多了?|增加?|增长|上升|涨|升|提高|上涨|高了?|好了?|扩大|上浮|攀升|提升"),
    "en": _R(r"\b(?:up|rose|risen|grew|grown|growth|increas\w*|higher|more|above|gain\w*|climb\w*|jump\w*|improv\w*|ahead|better|rise|rising)\b"),
}
OF_LAST = {
    "zh": _R(r"(?:只有|只剩下?|仅有?|仅为|不到|不足|才|相当于|是|为|剩下?|有|就|还|降到|跌到|缩到|掉到|减到)?(?:了)?(?:去年|上年|往年|同期|以前|原来|前年|旺季|年初|正常年份?|高峰|最好)(?:的时候|时|同期|这时候|同月|水平)?的?(?:大概|差不多|大约|约)?$"),
    "en": _R(r"\bto (?:about |only |just |around )?$"),
}
TIMES_ZH = _R(r"翻了?(?:一|1)?[番倍]|翻了(?:两|2)番|增加了?一倍|涨了一倍|多了一倍|腰斩|砍了?一半|少了一半|掉了?一半|翻倍|翻番")
TIMES_EN = _R(r"\b(?:doubled|tripled|trebled|halved|quadrupled)\b")
TIMES = {"doubled": 100, "tripled": 200, "trebled": 200, "quadrupled": 300, "halved": -50, "腰斩": -50}
PEOPLE = {
    "zh": _R(r"工人|员工|职工|人手|在岗|上班|干活|工友|在职|用工|人员|人数|师傅|伙计|服务员|女工|店员|在册|班组|团队|编制|厂里|车间|公司|企业|现有|现在|目前|还剩|一线|人在"),
    "en": _R(r"\b(?:people|workers?|staff|employees|hands|men|women|workforce|headcount|payroll|heads|on shift|team|operatives|crew|working|employs?|employing)\b"),
}


def facts(page: Page) -> list[Fact]:
    made: list[Fact | None] = [_headcount(page), _capacity(page)]
    for name, cue in (("orders", ORDERS), ("revenue", REVENUE)):
        made.append(_change(page, f"operations.{name}_change_percent", cue[page.lang]))
    return [f for f in made if f]


def _owner(page: Page, q: Quantity) -> str:
    """What the percentage is of: the nearest thing named before it, else just after."""
    zh = page.lang == "zh"
    left, right = page.before(q.start, 24 if zh else 70), page.right(q.end, 8 if zh else 34)
    clause = page.left(q.start, 24 if zh else 70)
    named = {"capacity": CAPACITY, "orders": ORDERS, "revenue": REVENUE, "other": OTHER}
    if not zh:
        first = _after_en(right, named)
        if first:
            return first
    for text in (clause, left):
        places = {k: last_at(w[page.lang], text) for k, w in named.items()}
        best = max(places, key=lambda k: places[k])
        if places[best] >= 0:
            return best
    if not zh and re.search(r"(?:they're|they are|it's|still|currently|now|he's) (?:running |working )?at (?:about |around |roughly )?$", clause):
        return "capacity"
    return "capacity" if zh and CAPACITY["zh"].match(right.lstrip("的")) else ""


def _after_en(right: str, named: dict[str, dict[str, re.Pattern[str]]]) -> str:
    m = re.match(r" (?:of )?(?:the |its |their |his |full |rated |installed |normal )?(?:capacity)\b", right)
    if m:
        return "capacity"
    if re.match(r" utili[sz]ed| loaded| (?:busy|full)\b", right):
        return "capacity"
    m = re.match(r" (?:drop|fall|decline|decrease|rise|increase|growth|slump|reduction|jump|cut|dip) in (?:\w+ )?", right)
    if m:
        rest = right[m.end() :]
        return next((k for k, w in named.items() if w["en"].match(rest)), "other")
    more = re.match(r" (?:more|fewer|less|lower|higher) (?:\w+ )?", right)
    if more:
        return next((k for k, w in named.items() if w["en"].match(right[more.end() :])), "")
    if re.match(r" (?:of )?(?:the )?(?:works?|project|job|build|complete|completed|done|finished|built|through|of the way)\b", right):
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
    if found and not _earlier(page, found):
        return page.fact("operations.capacity_percent", number(found.value), found.start, found.end, found)
    m = re.search(r"(?:开足马力|满负荷|满产|全负荷)(?:运转|生产|开|运行)?|\b(?:at full (?:capacity|stretch|tilt)|flat out|full capacity)\b", page.text)
    if m and not foreign(page, m.start()) and not re.search(r"没|不|未|not|n't", page.left(m.start(), 6)):
        return page.fact("operations.capacity_percent", 100, *m.span())
    return None


def _planned(page: Page, q: Quantity) -> bool:
    words = page.left(q.start, 14)
    return bool(re.search(r"计划|目标|预计|争取|希望|设计(?!产能)", words)) or feared(page, q.start, q.end)


def _earlier(page: Page, q: Quantity) -> bool:
    """Of another time, with today's figure still to come."""
    if page.lang == "zh":
        left = page.left(q.start, 16)
        return bool(re.search(r"去年|上次|上个?月|原来|以前|之前|年初|前年|上季度|从|由|前两个月|往年|高峰|旺季", left)) and not re.search(r"现|目前|比|较|降到|跌到|同期|是去年|降|下滑|少|增|涨|多|升", left)
    return bool(re.search(r"\b(?:last (?:time|month|year|quarter|visit)|previously|used to|from|was|before)\b[^.;,]{0,14}$", page.left(q.start, 40)))


def _change(page: Page, name: str, cue: re.Pattern[str]) -> Fact | None:
    key = "orders" if "orders" in name else "revenue"
    for q in page.of("percent"):
        if _owner(page, q) != key or foreign(page, q.start) or feared(page, q.start, q.end):
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
    if zh and (OF_LAST["zh"].search(left) and not DOWN["zh"].search(left[-6:].replace("减到", "").replace("降到", "").replace("掉到", "").replace("跌到", "").replace("缩到", "").replace("不足", ""))):
        return q.value - 100
    if zh and re.search(r"(?:只有|只剩下?|仅为|仅有|不到|降到|跌到|降至|只相当于)[^，。；]{0,4}$", left):
        return q.value - 100
    if not zh and re.match(r" of (?:last year|the same|what (?:it|they)|a year|normal|the (?:usual|level))", right):
        return q.value - 100
    if zh:
        return _sign(q, DOWN["zh"], UP["zh"], left[-10:], right)
    return _sign(q, DOWN["en"], UP["en"], left[-44:], right)


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
        left = page.left(m.start(), 20 if page.lang == "zh" else 50)
        other = max(last_at(w[page.lang], left) for w in (ORDERS, REVENUE, OTHER) if w[page.lang] is not cue)
        at = last_at(cue, left)
        if at >= 0 and at > other and not feared(page, *m.span()) and not foreign(page, m.start()):
            word = m.group()
            value = TIMES.get(word) or (300 if "两" in word or "2" in word else -50 if "半" in word else 100)
            return page.fact(name, value, *m.span())
    return None


_BAD_ZH = _R(r"(?:裁|走(?!访)|招(?!待)|辞退|辞|(?<!不)少|减(?!到|至|为|成)|堵|围|讨|来了|新增|加|跑|开除|流失|离职|放|退|聚|补|雇不到|缺|差(?!不多)|抽|增|借|培训|受伤|伤|欠|拖欠|本来要|需要|(?<!比)(?<!跟)(?<!和)去年|原来|原先|以前|年初|高峰期?|最多|之前|前年|上次|往年|(?<!固)定员|编制|能坐|住|可容|在册|名册|册上|合同工|签了|签约|共用|股东|我们|咱们|来的|堵门|借给|比[^，。]{0,6}多了?|比[^，。]{0,6}少了?|准备|打算|计划|想|再)[^，。；]{0,6}$")
_BAD_AFTER_ZH = _R(r"^(?:左右|多|上下)?(?:减到|降到|缩到|减少到|降至|减至|缩减到|变成|在门口|堵|讨|围|来要|辞|走了|被裁|没发|没拿|没领|股东|来闹|住|参加|入住|请假|受伤|的工资|工资|的社保|等着|次|起诉|联名)")
_BAD_EN = _R(r"\b(?:let|taken on|took on|adding|laid off|let go|hired|hiring|hire|lost|cut|sacked|dismissed|last year|previously|used to (?:have|be|employ)|was|were|down from|from|another|fired|recruit\w*|up to|capacity for|room for|seats?|owed|paid off|extra|plans?|want\w*|released|redundan\w*|left|another|made|originally|once)\b[^.;,]{0,16}$")
_BAD_AFTER_EN = _R(r"^[^.;,(]{0,14}\b(?:were laid|laid off|let go|have left|left last|have gone|at the gate|outside|queu\w*|waiting|protest\w*|redundan\w*|last year|a year ago|before|to be hired|unpaid|owed|were cut|quit)\b")


def _headcount(page: Page) -> Fact | None:
    best: tuple[int, Quantity] | None = None
    for q in page.items:
        score = _people(page, q)
        if score and (best is None or score > best[0]):
            best = (score, q)
    if not best:
        return None
    q = best[1]
    return page.fact("operations.headcount", int(q.value), q.start, q.end, q)


def _people(page: Page, q: Quantity) -> int:
    """How surely the number counts the people at work now; 0 where it doesn't."""
    if q.kind not in ("count", "number", "amount") or (q.kind == "amount" and not q.bare) or not 2 <= q.value < 100_000:
        return 0
    zh = page.lang == "zh"
    left, right = page.left(q.start, 16 if zh else 50), page.sk[q.end : q.end + (10 if zh else 40)]
    cue = PEOPLE[page.lang]
    if not zh and re.search(r"\bfrom [\w ]{1,16} to (?:about |around )?$", page.text[max(0, q.start - 30) : q.start]) and cue.search(page.before(q.start, 60)):
        return 5
    if (_BAD_ZH if zh else _BAD_EN).search(left) or (_BAD_AFTER_ZH if zh else _BAD_AFTER_EN).match(right) or foreign(page, q.start):
        return 0
    if zh:
        return _people_zh(q, left, right, cue, bool(re.search(r"N|招", page.before(q.start, 12)) or cue.search(page.before(q.start, 24))))
    if q.kind == "count":
        return 4 if re.search(r"\b(?:now|currently|still|about|present|on site|on the floor|down to)\b", left) else 3
    if re.search(r"\bdown to (?:about |around )?$", left) and re.search(r"N|\b(?:people|staff|workers|men|hands)\b", page.before(q.start, 90)) and not re.match(r"\s?(?:%|per|k\b|m\b|thousand|million|days|weeks)", right):
        return 3
    if re.search(r"\b(?:only|just|so|now|leaving) (?:about )?$", left) and re.match(r" (?:left|now|remain\w*)\b", right) and q.kind == "number":
        return 3
    named = re.search(r"\b(?:headcount|workforce|payroll|staff|employs?|employing|crew|team|staffing|workers|employees|people)\b[^.;,\d]{0,18}$", left)
    return 2 if named and not re.match(r"\s?(?:%|per|k\b|m\b|thousand|million|months?|weeks?|days?|tonnes?|machines|years?|hours?)", right) else 0


def _people_zh(q: Quantity, left: str, right: str, cue: re.Pattern[str], spoken_of: bool) -> int:
    if re.search(r"(?:车间|厂里|厂|店里|人手|人|数了数)[^，。]{0,5}(?:也就|就|有|还有|大概|剩|只有|总共|才)+(?:个)?$", left) and re.match(r"(?:来|多)?(?:个|号)(?=[，。；]|$|人)", right):
        return 3
    now = 2 if re.search(r"现在|目前|现有|在岗|还剩|剩|只剩|如今|实际|现", left) or re.match(r"[^，。；]{0,4}(?:在岗|在干|干活|在上班|都在)", right) else 0
    if q.kind == "count":
        return 3 + now if cue.search(left) or cue.match(right) or now or re.match(r"[^，。；]{0,4}(?:在|都|干|左右|上下|，|。|；|的厂|忙)?", right) else 0
    strict = re.search(r"(?:工人|员工|职工|人手|在岗|上班的?|干活的?|人数|在职|用工|人员)(?:现在|目前|还有|现有|有|是|为|个|大概|差不多|共|也就|只有|剩|只剩|一共|约|还剩|总共|大约|得有|有个|：|数)*$", left)
    unit = re.match(r"(?:多|来)?(?:个(?!月|百|点|亿)|名|位|号|口|左右|上下|，|。|；|$|开工|都)", right)
    if strict and unit and (q.kind != "amount" or q.value < 5000):
        return 3 + now
    if now and re.match(r"(?:来|多)?(?:个|号)(?!月|季|百分|点|亿|客|订|项|工地|店|厂(?!长))", right.replace("个订单确实", "个，")) and (spoken_of or re.search(r"原来|以前|工人|人", left)):
        return 3
    return 3 if re.match(r"(?:来|多)?个(?:在岗|工人|人|员工)", right) else 0
