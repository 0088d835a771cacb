"""Cash stress: the signals that hold now, and the level that they and the report's own words make."""

from __future__ import annotations

import re

from facts import stress_en
from facts.debts import Span, debts, owed_to_borrower, told_by_creditor
from facts.debts_en import creditor as creditor_en
from facts.model import Fact
from facts.operations import orders_change
from facts.page import Page, number
from facts.polarity import denied, feared, foreign, foreign_debt, holds, over
from facts.signals import ZH, spans

SEVERE = frozenset(
    {
        "wage_arrears",
        "production_halt",
        "loan_overdue",
        "account_frozen",
        "owner_missing",
        "private_borrowing",
    }
)
_R = re.compile
BROKE = {
    "zh": _R(r"资金链[^，。；没不]{0,5}(?:断|崩|绷断)|资金[^，。；没不]{0,3}断了|撑不(?:下去|住|过|了)|[熬顶]不(?:下去|住|过|了)|干不下去|资金枯竭|无力(?:支撑|经营|维持)|快不行了|揭不开锅|山穷水尽|没钱了|一分钱(?:都)?没有|弹尽粮绝|现金流断|濒临(?:破产|倒闭)|资不抵债|维持不下去|揭不开|断(?:粮|顿|炊)了|没米下锅|掏空了|兜里(?:空|比脸)|一个子儿?(?:都|也)?没|崩盘|无以为继|资金(?:断裂|断流|告罄|耗尽)|穷途末路|(?:钱|账上|资金|现金)[^，。；没不未]{0,6}(?:见底|快空|空了|快没|没几天|掏空|烧完|烧光|用光|花光|耗尽|断流|断裂)|玩不转|转不下去|[快要]黄了(?!昏)|岌岌可危|(?:快|要)?断(?:血|气)了|气数|山穷|熬不出|挺不(?:住|过|下去|了)|扛不(?:动|了)|油尽灯枯|账上没钱|一分钱(?:都|也)?没了|快(?:要)?(?:倒|垮)了|难以为继|扛不(?:住|下去)"),
    "en": stress_en.BROKE,
}  # fmt: skip
TIGHT = {
    "zh": _R(r"(?:资金|现金流?|手头|手里|手上|钱|周转|流动性|账上|头寸|经济)[^，。；不没未]{0,6}?(?:紧张|吃紧|紧(?!跟|凑|固|急)|偏紧|趋紧|较紧|不足|困难|有压力|压力(?:较|比较|很|挺)?大|不宽裕|转不开|转不过来|周转不(?:过来|开|灵)|承压|不太够|不够)|钱紧|手紧|手头拮据|银根紧|周转不(?:开|过来|灵)|资金(?:上|面)?(?:有点|比较|挺|很)?(?:缺口)|不宽裕|捉襟见肘|不凑手|周转[^，。；没不]{0,3}(?:吃力|费劲|困难)|比脸(?:都|还)?干净|(?:现金|钱|资金|账上)[^，。；]{0,4}只够|不宽绰|不宽松|不富裕|不活泛|没(?:啥|什么|多少|有)?(?:余钱|余粮|闲钱|存粮|活钱)|手(?:里|头|上)(?:没|没有|没啥|没什么|没几个|没多少)钱|钱(?:上|这块|方面)?(?:也|是|比较|有点|有些|挺)?(?:吃力|费劲|拮据|窘)|拮据|没几个钱|资金缺口|有(?:些|一定|较大)?(?:的)?缺口|偿债压力|掰成两半|入不敷出|周转吃力|倒(?:腾)?不(?:开|过来)|勒紧裤|周转(?:得)?不(?:太|大|怎么|够|很|是很)?(?:灵活|灵便|顺畅|畅|顺|动)|(?:资金|钱|现金|周转|账上)[^。；]{0,26}(?:有点|有些|挺|比较|蛮|偏|确实|稍微?)紧(?=[，。；]|$|的)|一屁股债|外债|债台高筑|拉不开栓|拉不开闩|(?:钱|资金|手头|手上|手里|现金流?|账上|周转|头寸)[^，。；不没未]{0,5}(?:紧绷|绷(?:着|得)|吃劲|发紧|紧得|费劲|够呛|短缺|短(?!期|信|贷|视|暂|途)|紧缺|窘迫|告急|为负|负数|难受|难转|拆东|打(?:饥荒|紧)|勉强|发愁|犯愁|愁人|差口气|喘不过气)|钱(?:不|唔)(?:趁手|凑手|够(?:用|花|使|转|周转))|(?:钱|资金)(?:卡|差)(?:着|了)?(?:一|点|口)|寅吃卯粮|[腾挪]不(?:开|出)(?:钱|资金)|喘不过气|手(?:头|里|上)(?:有点|有些|挺|很|比较|也|确实)*(?:短|干|瘪|抠|不便|不方便|不松)|差钱(?<!不差钱)|愁钱(?<!不愁钱)|(?:钱|账)(?:老|总|经常)?(?:接不上|续不上|跟不上)|资金[^，。；]{0,3}(?:接不上|跟不上|断档)|缺钱|紧巴|日子(?:不好过|难过|紧)|(?:钱|资金|周转)[^，。；]{0,3}转不动|(?:资金|现金)[^，。；没不]{0,4}不(?:是|算)?(?:太|很|特别|怎么|十分)?(?:宽|充)(?:裕|足|松)"),
    "en": stress_en.TIGHT,
}  # fmt: skip
FINE = {
    "zh": _R(r"(?:资金|现金流?|手头|手里头?|手上|账上|钱|经营性现金流|周转|流动性|资金面|资金链|头寸|回款)[^，。；]{0,8}?(?:充裕|宽裕|充足|宽绰|松快|活泛|活络|滋润|充盈|充沛|够花|够使|有底|有结余|有盈余|有富余|无虞|为正|挺宽|很宽|宽松|富裕|殷实|阔绰|顺当|转得开|趴着|没毛病|正常|良好|稳定|健康|宽松|不缺|不紧|没问题|没啥(?:问题|压力|困难)|没什么(?:问题|压力|困难)|没有(?:问题|压力|困难)|够用|够转|够周转|没毛病|稳得很|很稳|挺稳|转得动|足够|挺好|无压力|无忧|不愁|顺畅|没压力|较好|不少|还好|可以|有钱|平稳|安全|富余|很足|挺足|得开|得过来|过得去)|(?<!别的)没(?:有|什么|啥)(?:资金)?(?:困难|压力)|(?<![不太没未品物保间力])(?:宽裕|宽绰|充裕)(?:得很|着呢|得狠|[，。；]|$)|不算紧|谈不上紧(?!不)|(?<!时间)(?<!人手)不紧张|(?<!紧)不紧(?=[，。；]|$)|不缺钱|不差钱|钱不紧|(?:资金|钱|手头)[^，。；]{0,8}(?:不紧张|不紧|不吃紧)|没有资金(?:压力|困难|缺口)|无资金(?:压力|困难|缺口)|现款现结[^，。]{0,4}不欠"),
    "en": stress_en.FINE,
}  # fmt: skip
NOT_PROJECT = _R(r"停工|停了|停下|停摆|停着|停止|停下来")
PROJECT_ZH = _R(
    r"工程|项目|装修|施工|工地|土建|扩建|光伏|电站|二期|一期|三期|主体|桩|基坑|厂房(?:建|扩)|工期|新厂|新棚|改造|翻修|建设|封顶|吊顶|外墙|楼"
)
REST_ZH = _R(
    r"检修|维护|保养|放假|过年|过节|国庆|中秋|春节|五一|端午|元旦|休息|轮休|设备调试|盘点|例行|年休|大修|高温假|淡季|换模|每周|中午|午休|农忙|清明|换季|换[^，。；]{0,5}(?:模|产线|滤|皮带|零件|配件|型号|刀|炉衬)|调机|改线|错峰|季节性|轮休|冬休|冬歇|每年都"
)
PROJECT_EN = _R(
    r"\b(?:site works?|works?|construction|project|fit-?out|refurb\w*|extension|build(?:ing)? work|the job|renovation|contractor|excavation|groundworks|scheme|the build)\b"
)
REST_EN = _R(
    r"\b(?:maintenance|holiday\w*|overhaul|servic\w+|christmas|new year|planned|annual|routine|shutdown week|festival|easter|for the day|a day|weekend|lunch|stocktake)\b"
)
_SITE_ZH = _R(r"工地|塔吊|包工头|施工|工程|装修|光伏|扩建|在建|项目")
HALT_OWN_ZH = _R(
    r"生产停|停产|机器|车间|全厂|工厂|企业|停业|歇业|关门|厂子|厂里|停炉|倒闭|关张|产线|生产线|停摆|停工待料"
)


def signals(page: Page) -> list[Fact]:
    """Each signal once, where it first holds."""
    found, owed = [], list(debts(page))
    for signal in ZH:
        said = next((s for s in spans(page.sk, page.lang, signal) if _counts(page, signal, *s)), None)
        said = said or next((d[1:3] for d in owed if d[0] == signal and _owed(page, d)), None)
        if said:
            found.append(_signal(page, signal, *said))
    if not any(f.value == "orders_drop" for f in found) and (fall := _fewer_orders(page)):
        found.append(fall)
    return sorted(found, key=lambda f: f.evidence.start if f.evidence else 0)


def _owed(page: Page, debt: Span) -> bool:
    """A debt holds where neither its words nor its verb are denied, and what is owed to others is no debt of his."""
    signal, start, end, verb = debt
    named = end if page.lang == "zh" else verb
    if (
        denied(page, verb, end)
        or denied(page, start, named)
        or feared(page, start, end)
        or over(page, start, end)
    ):
        return False
    if signal == "supplier_arrears" and told_by_creditor(page, start):
        return True
    return not (foreign_debt if signal == "receivables_overdue" else foreign)(page, start)


def _fewer_orders(page: Page) -> Fact | None:
    """Orders down by a share are a sign, however the fall is worded."""
    change = orders_change(page)
    if (
        change is None
        or change.evidence is None
        or not isinstance(change.value, int | float)
        or change.value >= 0
    ):
        return None
    return Fact("cash_stress.signal", "orders_drop", change.evidence, approximate=change.approximate)


def _counts(page: Page, signal: str, start: int, end: int) -> bool:
    check = _CHECKS.get(signal)
    if (check and not check(page, start, end)) or _DENIED_INSIDE_ZH.search(page.sk, start, end):
        return False
    if signal == "asset_sale":
        return not (denied(page, start, end) or foreign(page, start)) and not re.search(
            r"如果|要是|if ", page.left(start, 12)
        )
    if signal == "guarantor_trouble":
        return not (denied(page, start, end) or feared(page, start, end) or over(page, start, end))
    if signal == "lawsuit" and page.lang == "en" and _WON_EN.search(page.right(end, 50)):
        return False
    if signal == "lawsuit" and (_plaintiff(page, start, end) or _by_order(page, start)):
        return False
    if signal == "lawsuit" and _SUES.search(page.sk[max(0, start - 14) : end]):
        return not (denied(page, start, end) or feared(page, start, end) or over(page, start, end))
    if signal == "receivables_overdue":
        away = foreign_debt(page, start)
        return not (away or denied(page, start, end) or feared(page, start, end) or over(page, start, end))
    return holds(page, start, end)


_DENIED_INSIDE_ZH = _R(
    r"(?:(?<!有)无|没有?(?!收|给|付|交|发|结|还|按)|未(?!收|给|付|交|发|结|还|按|缴)|不存在|并不)(?:任何|再|发生|曾|过|有|出现)?(?:拖欠|拖|欠|逾期|积压|压货|冻结|停产|失联|断供|滞销)"
)
_SUES = _R(r"(?:公司|供应商|另外一家|另一家|厂|商)[^，。；被遭让]{0,3}(?:告|起诉)")
_PLAINTIFF = _R(
    r"原告|(?<![被是遭让])(?:他|她|公司|企业|老板|我|厂里|[一-龥]总)(?:们)?(?:自己|这边|那边|已经?|正在?|刚|也|还)*(?:去|要|是)?(?:去?法院)?(?:告|起诉|诉)了?(?!他|她|公司|老板|借款人|我们)[^，。；]{0,8}(?:隔壁|客户|对方|下游|别人|人家|甲方|业主|欠[款钱账货]|拖欠|经销商|加盟商|房东|侵权|商标|抄|冒|仿|同行|邻居|前员工|平台|超市|学校|厂家|保险)"
    r"|把(?:客户|对方|下游|甲方|业主|欠款方|[^，。；他她]{0,4}(?:经销商|厂家|平台|超市|总包))[^，。；]{0,4}(?:告|起诉)|胜诉|赢了官司|官司[^，。；]{0,3}赢|追讨货款|[要追讨]回[^，。；]{0,3}(?:A|货?款|钱|账)|(?:准备|打算|正要|想要?|要)(?:去)?(?:告|起诉)(?:他|她|对方|客户)|(?<!客户)(?<!对方)(?<!被)索赔(?!，?告)|维权"
)


_WON_EN = _R(
    r"\bwon\b|thrown out|dismissed|struck out|years ago|out of court|dropped|in (?:his|her|their|its) favou?r"
)
_PLAINTIFF_EN = _R(
    r"\b(?:suing|(?<!being )(?<!been )(?<!is )(?<!was )(?<!are )(?<!were )sued|sues|sue|taking|took|takes|taken|dragging|filed|filing|brought|bringing|claim\w*|proceedings|action|case|suit) (?:(?!by\b|him\b|her\b|them\b)[\w']+ ){0,4}(?:(?:former|ex|old|big|main|one|late|slow)[- ])?(?:customers?|buyers?|clients?|debtors?|competitors?|rivals?|insurers?|insurance|retailers?|distributors?|council|neighbours?|neighbors?|manufacturer|tenants?)\b|(?:as|is|are|being) (?:the )?(?:plaintiff|claimant)|won (?:the|his|her|their|its) (?:case|suit|claim)|to (?:recover|get back|claw back)\b"
)


def _by_order(page: Page, start: int) -> bool:
    """An account frozen by a court order is told as that."""
    return page.lang == "en" and bool(
        re.search(r"\b(?:frozen|blocked|seized|held)\b[^.;,]{0,12}$", page.left(start, 30))
    )


def _plaintiff(page: Page, start: int, end: int) -> bool:
    """Who goes to court for what is owed to him is not sued."""
    if page.lang == "en":
        return bool(_PLAINTIFF_EN.search(page.left(start, 40) + page.sk[start:end] + page.right(end, 60)))
    return bool(_PLAINTIFF.search(page.before(start, 24) + page.sk[start:end] + page.after(end, 24)))


_RUNS_ZH = _R(
    r"(?:现在|目前|如今|眼下|已经?|早|今天|昨天|这周|本周)[^，。；没不未]{0,6}(?:正常(?!不)|照常|两班|三班|满负荷|开起来|开着|在开|在转|恢复(?!不)|开工了|都转|又开|重新开|重启)"
)


def _halt(page: Page, start: int, end: int) -> bool:
    """A business that stands still: not a project, not a day for maintenance, not one line of three."""
    around = page.left(start, 30) + page.sk[start:end]
    wide = page.before(start, 30) + page.after(start, 40)
    zh = page.lang == "zh"
    brief = any(
        q.start >= end - 2
        and q.start - end < 14
        and q.value <= 2
        and not re.search(r"，[^，]*[干亏赚]", page.sk[end : q.start])
        for q in page.of("duration")
    )
    if (
        (REST_ZH if zh else REST_EN).search(around + page.right(end, 20 if zh else 34)) and not _forced(wide)
    ) or brief:
        return False
    if zh and _RUNS_ZH.search(page.after(end, 24)):
        return False
    if zh and re.search(r"(?:供应商|客户|下游|上游|买家|甲方|总包)[^，。；]{0,8}$", page.left(start, 16)):
        return False
    if not zh:
        return not _SOME_EN.search(page.left(start, 30) + page.sk[start : start + 1]) and not (
            PROJECT_EN.search(around) and not re.search(r"production|plant|factory|trading|business", around)
        )
    if re.search(
        r"[一二两三四五六\d]条[^，。；]{0,6}(?:停|开)|停了?(?:一|两|二|三)条|停了?一(?:台|部|半)",
        page.left(start, 12) + page.sk[start : end + 5],
    ):
        return False
    if page.sk.startswith("停了", start) and _SITE_ZH.search(page.sk[max(0, start - 90) : start]):
        return False
    if HALT_OWN_ZH.search(page.sk[start:end]):
        return not (re.search(r"停工", page.sk[start:end]) and PROJECT_ZH.search(around))
    return not PROJECT_ZH.search(around)


_SOME_EN = _R(
    r"\b(?:of|some|several|half|one|two|three|four|five|six|a few|most)(?: of)?(?: (?:the|its|their|his|her))?(?: \w+)? [mlopk]$"
)


def _forced(words: str) -> bool:
    return bool(
        re.search(
            r"环保|停电|断电|洪水|火灾|水灾|被责令|责令|没订单|没钱|事故|欠费|拉闸|flood|ordered|authority|no orders|fire|no money",
            words,
        )
    )


def _loan(page: Page, start: int, end: int) -> bool:
    words = page.sk[start:end]
    if page.lang == "zh":
        if (
            "逾期" in words
            and re.search(r"应收|货款|账款", page.before(start, 30))
            and not re.search(r"贷款|息|本金", words)
        ):
            return False
        if words.startswith(("逾期", "已逾期")) and re.search(r"租|税|工资|料款|薪", page.before(start, 16)):
            return False
        if words.startswith("逾期") and not re.search(r"贷|息|本金|款|逾期T|逾期(?:了)?(?:已经?)?T", words):
            return False
        if re.search(
            r"货款|账款|应收|运费|工程款|尾款|养殖户|供应商|经销商", page.left(start, 16) + words
        ) and not re.search(r"贷款|息|本金", words):
            return False
    elif re.search(r"\b(?:buyer|customer|supplier|invoice|receivable)s?\b", page.left(start, 30)):
        return False
    return True


def _asset(page: Page, start: int, end: int) -> bool:
    """Sold for cash to get by: for trade or replacement it is no distress."""
    words = page.sk[start:end] + page.right(end, 20)
    if page.lang == "en":
        return True
    need = re.search(
        r"换(?:点|些|了|成)?(?:钱|现)|周转|还债|还[^，。]{0,6}(?:贷|账|利息|钱)|变现|套现|回笼|应急|救急|凑|补|顶|发工资|填|资金|撑|筹|现金|交(?:税|租|电|利|社保|房|了)|付|(?:拿|用)(?:来|去|于)|堵|使|流动性|[料油饲]钱|进料|开销|开支|花销|活命|救命|回血|窟窿|度日|变卖|贱卖|抛售|过日子|维持|过关|缺钱|没钱|急用|缓解|抵工资|抵房租|抵债|抵账|偿|窟窿",
        words,
    )
    planned = re.search(
        r"实在不行|打算|准备|想|考虑|计划|要不(?!是)|就把", page.left(start, 14)
    ) or re.search(r"还没卖|没卖成|没卖", page.after(end, 16))
    renewed = re.search(r"废铁|报废|以旧换新|换(?:了|成)(?:台|辆|套)?新|更新换代", words)
    return bool(need) and not planned and not renewed and not re.search(r"卖不", words[:6])


_NO_STOCK_EN = _R(
    r"\b(?:post|mail|letters|rubbish|bills|debts?|interest|arrears|orders|invoices|work|payments|costs|fines|receivables|rent|wages|complaints|losses)\b[^.;,]{0,16}$"
)


_BESPOKE_EN = _R(
    r"sold forward|pre-?sold|already sold|all sold|spoken for|on order\b|against (?:\w+ )?(?:orders|contracts)|for (?:\w+ ){0,2}(?:orders|contracts|the season|peak|harvest|christmas|easter|diwali|eid|new year)|ahead of (?:the )?(?:\w+ )?(?:season|easter|christmas|peak|festival|diwali|eid|harvest|new year|rush|sale)|seasonal|normal for|as (?:usual|every year)|allocated|(?:ship|shipping|leaving|going out|due out|collected|despatched|dispatched|delivered) (?:next|this|on|out|tomorrow|by|D)"
)


def _stocked_en(page: Page, start: int, end: int) -> bool:
    words, left = page.sk[start:end], page.left(start, 40)
    if " up" in words and _NO_STOCK_EN.search(left[-30:]):
        return False
    unsold = re.search(r"unsold|not selling|n't sell|nobody|no one|piling", words)
    return bool(unsold) or not _BESPOKE_EN.search(left + words + page.after(end, 70))


def _stocked(page: Page, start: int, end: int) -> bool:
    """Goods made for orders, about to leave, are no heap that nobody buys."""
    if page.lang == "en":
        return _stocked_en(page, start, end)
    if "出不去" in page.sk[start:end] and re.search(r"[钱账款人金]", page.left(start, 6)):
        return False
    around = page.left(start, 14) + page.sk[start:end] + page.after(end, 24)
    sold = re.search(
        r"备(?:的|好的?|下的?)?货|订单(?:都|已)|合同(?:都|已)|(?:等着|准备|就|待|马上|开始|陆续)发(?!愁|现|工)",
        around,
    )
    if (
        re.search(r"铺|(?<![厂库仓])房|车(?!间)|中介|挂牌|设备", page.before(start, 14))
        and "没" in page.sk[start:end]
    ):
        return False
    return not sold or bool(re.search(r"卖不|滞销|积压|走不动|销不", around))


def _private(page: Page, start: int, end: int) -> bool:
    """What was only asked about is none; what was borrowed before and is paid back now is a use of the loan."""
    if re.search(r"有没有|是不是|是否|没(?:有)?(?:去)?借", page.sk[start:end]):
        return False
    if re.search(
        r"[跟向找问管](?:他|她|老板|我们|公司)们?(?:借|拿|倒|周转|要)",
        page.left(start, 12) + page.sk[start:end],
    ):
        return False
    return not re.search(
        r"(?:还|归还|偿还|结清)(?:了|掉|清)?(?:以前|之前|原来|早先|从前|旧)的?[^，。；]{0,4}$",
        page.left(start, 14),
    )


def _shorter(page: Page, start: int) -> bool:
    """账期从六十天谈到了四十五天 is good news."""
    spans = [q.value for q in page.of("duration") if start <= q.start < page.clause(start)[1]]
    return len(spans) > 1 and spans[1] < spans[0]


def _receivable(page: Page, start: int, end: int) -> bool:
    if "账期" in page.sk[start:end] and _shorter(page, start):
        return False
    words = page.left(start, 14) + page.sk[start:end]
    if page.lang == "zh":
        ours = re.search(
            r"(?:付|给|欠|还)(?:给|了|着)?(?:供应商|供货商|上游|房东|银行|我们|咱们|我行|材料商|工人)|欠供|工资|利息|贷款|税|房租|电费|社保|保证金|材料款付|料款付|付不|应付|付给(?:人家|别人)|采购款|饲料款|料款|工钱|布行|(?:供应|供货|面粉|饲料|布|钢|纸|油|原料|面料|包材|化肥|农资)(?:厂|商|行|站|店|方)|鱼药|外协|油钱|料钱|供应商",
            words,
        )
        if re.search(
            r"欠(?:着|了)?(?:人家|别人|上面|外协)|(?:施工|供应|供货|分包)[^，。；]{0,4}(?:说|讲|反映|称)",
            page.before(start, 14) + page.sk[start:end],
        ):
            return False
        return not ours or bool(re.search(r"(?:欠|压|拖)(?:着|了)?[他她]", words))
    if _PAID_EN.search(words):
        return False
    if _OWED_EN.search(words) and creditor_en(page.left(start, 44)):
        return False
    return not re.search(
        r"\b(?:suppliers?|contractors?|builders?|landlord|workers|staff|drivers|merchants?|creditors?|lenders?|farmers) (?:is|are|was|were|being) ow|\b(?:suppliers?|supplier's|creditors?|tax|vat|rent|power|electricity|water) (?:invoices?|bills?|dues|payments?)|\b(?:they|he|she|it) (?:has|have|hasn't|haven't) (?:not )?paid (?:the |their |his )?(?:supplier|wage|rent|tax)",
        words,
    )


_PAID_EN = _R(
    r"(?<!n't )(?<!not )(?<!never )(?<!n't yet )\b(?:paid|settled|cleared)(?: off| up)? (?:the|its|their|that|all|his|her|an?) (?:\w+ )?(?:overdue|late|outstanding|old|unpaid)"
)
_OWED_EN = _R(r"(?:is|are|was|were|being|been) (?:owed|owing)")
_OWES_ZH = _R(r"拖?欠|没(?:有)?[给付结]|[拖压][着了]")


def _supplier(page: Page, start: int, end: int) -> bool:
    words = page.left(start, 10) + page.sk[start:end]
    if page.lang == "en":
        words = page.left(start, 30) + page.sk[start:end]
        return not re.search(
            r"\b(?:co-?op(?:erative)?|supermarkets?|hotels?|council|government|ministry|chain|processors?|exporters?|importers?|schools?|hospitals?|developers?|customers?|buyers?|retailers?|clients?|distributors?|debtors?)\b",
            words,
        )
    verb = _OWES_ZH.search(page.sk, start, end)
    if verb and owed_to_borrower(page, *verb.span()):
        return False
    if re.match(r"的(?:客户|经销商|下游|买家|对方|甲方|业主|超市|平台|总包)", page.right(end, 8)):
        return False
    owed = re.search(
        r"(?:客户|下游|经销商|甲方|业主|买家|主机厂|猪贩子|采购商|养殖户|商超|超市|总包|批发商|别人|外面|对方|发包方|学校|开发商)(?:还|也|都|又|的|一直|那边|目前|合计|约|还在){0,3}(?:拖欠|赊欠|赊|欠|压|拖|没给|没付|没结|不给)|收不|要不回|应收|回款|回不来|没收|欠(?:他|她)(?!的)|欠着他",
        words,
    )
    return not owed and not (
        re.search(r"货款|运费|加工费|尾款", words)
        and not re.search(r"[他它]?欠|付不|没付给|赊|付给|供|料|给人家|未付|外协|外发|应付|采购", words)
    )


def _orders(page: Page, start: int, end: int) -> bool:
    words = page.sk[start:end]
    if page.lang == "zh" and re.search(r"P$", words):
        q = next((q for q in page.of("percent") if q.start < end <= q.end), None)
        return bool(
            q
            and q.value < 100
            and re.search(r"去年|往年|上年|同期|以前|原来", page.sk[start:end] + page.left(start, 4))
        )
    if re.search(r"不断|不减|没少|没减|减少不|减免", words) or re.search(
        r"(?:少了?|下降)[^，。]{0,4}(?:人|工资|成本)", words
    ):
        return False
    return not re.match(r"[^，。；]{0,4}(?:有限|不了多少|得不多)", page.sk[end : end + 8])


def _missing(page: Page, start: int, end: int) -> bool:
    words = page.sk[start:end]
    if page.lang == "zh":
        gone = re.search(
            r"哪|何|音|逃|蹽|走佬|着草|颠儿|不辞|一走|再没|没回|没再|拉黑|搬走|联系|断了|携|空|跑路|失联|失踪|躲|避|消失|找不(?:到|着)|国外|卷|连夜|半夜|露面|露过面|人影|影子|跑|不回|楼空|下落|去向|溜|没影|蒸发|跑了|不见|找不到人|联系不上",
            words,
        )
        return (
            bool(gone)
            and not re.search(
                r"(?:客户|下游|业主|供应商|库管|工头|会计|担保人|保证人|买家|对方)[^，。；]{0,3}$",
                page.left(start + 2, 12),
            )
            and not re.search(r"担保|库管|设备|叉车|抵押", words)
            and not re.search(r"(?:担保|保证)[^。；]{0,3}(?:人|企业|公司|方)", page.before(start, 24))
        )
    return not re.search(
        r"\b(?:guarantor|customer|buyer|forklift|machine|truck|collateral|pledged)\w*\b",
        page.left(start, 30) + words,
    )


def _wage(page: Page, start: int, end: int) -> bool:
    words = page.left(start, 6) + page.sk[start:end]
    return not re.search(r"没发现|未发现|奖金|不是(?:我们|咱)", words)


_CHECKS = {
    "production_halt": _halt,
    "loan_overdue": _loan,
    "asset_sale": _asset,
    "receivables_overdue": _receivable,
    "inventory_buildup": _stocked,
    "private_borrowing": _private,
    "supplier_arrears": _supplier,
    "orders_drop": _orders,
    "owner_missing": _missing,
    "wage_arrears": _wage,
}


def _signal(page: Page, signal: str, start: int, end: int) -> Fact:
    fact = page.fact("cash_stress.signal", signal, start, end)
    near = [
        q
        for q in page.of("duration")
        if start - 8 <= q.start <= end + 8 and page.clause(q.start) == page.clause(start)
    ]
    if near:
        from dataclasses import replace

        return replace(fact, detail={"days": number(near[0].value)})
    return fact


def level(page: Page, found: list[Fact]) -> Fact | None:
    """severe, mild or none, with the words that decide it; None where the report says nothing of it."""
    grave = next((f for f in found if f.value in SEVERE), None)
    broke = _verdict(page, BROKE[page.lang])
    if broke:
        return page.fact("cash_stress.level", "severe", *broke)
    if grave and grave.evidence:
        return Fact("cash_stress.level", "severe", grave.evidence)
    tight = _verdict(page, TIGHT[page.lang])
    if tight:
        return page.fact("cash_stress.level", "mild", *tight)
    if found and found[0].evidence:
        return Fact("cash_stress.level", "mild", found[0].evidence)
    fine = _fine(page)
    return page.fact("cash_stress.level", "none", *fine) if fine else None


_FAR_NO = _R(r"\b(?:nothing|nobody|no (?:arrears|debts?|dues)|not owing|n't owe)\b (?:\w+ ){1,3}$")


def _verdict(page: Page, words: re.Pattern[str]) -> tuple[int, int] | None:
    for m in words.finditer(page.sk):
        if page.lang == "zh" and re.match(r"担保|客户|下游", page.left(m.start(), 12)[-6:]):
            continue
        if not (
            (denied(page, *m.span()) and not _FAR_NO.search(page.left(m.start(), 34)))
            or (feared(page, *m.span()) and not page.left(m.start(), 4).endswith("眼看"))
            or foreign(page, m.start())
            or _guarantor(page, m.start())
            or over(page, *m.span())
        ):
            return m.span()
    return None


_OTHERS_EN = _R(
    r"\b(?:contractors?|builders?|customers?|buyers?|suppliers?|installers?)(?: (?!and\b|but\b|so\b)[\w']+){0,2} (?:w?e?n?t? ?)$"
)


def _guarantor(page: Page, at: int) -> bool:
    words = page.before(at, 60) if page.lang == "en" else page.left(at, 24)
    if page.lang == "en" and _OTHERS_EN.search(page.left(at, 44)):
        return True
    return bool(re.search(r"担保|保证人|guarantor|客户(?:的|那|公司|欠|拖|资金)|下游", words))


def _fine(page: Page) -> tuple[int, int] | None:
    for m in FINE[page.lang].finditer(page.sk):
        words = page.left(m.start(), 12) + m.group()
        if page.lang == "zh" and re.search(
            r"(?<!并)(?:不|没|未|无)(?:是|太|怎么|够|算|那么|甚|很|特别|十分){0,2}(?:充|宽|正常|良好|稳定|富|健康|顺|平稳|足够)",
            words,
        ):
            continue
        if page.lang == "zh" and (
            re.search(r"没用|资金用途|使用|贷款资金", words[-len(m.group()) - 5 :])
            or (m.group().startswith("周转") and re.search(r"成品|库存|存货|吨", page.before(m.start(), 14)))
        ):
            continue
        if page.lang == "en" and re.search(
            r"\bnot (?:fine|comfortable|healthy|good|strong|great)|isn't (?:fine|comfortable|healthy|good|strong|great)|not (?:very|particularly)",
            words,
        ):
            continue
        if not (feared(page, *m.span()) or foreign(page, m.start()) or _guarantor(page, m.start())):
            return m.span()
    return None


def facts(page: Page) -> list[Fact]:
    found = signals(page)
    stated = level(page, found)
    return ([stated] if stated else []) + found
