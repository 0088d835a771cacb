"""What else must hold for the words of a sign to be one: its own traps, sign by sign."""

from __future__ import annotations

import re

from facts.debts import owed_to_borrower, told_by_creditor
from facts.debts_en import creditor as creditor_en
from facts.page import Page

_R = re.compile
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


DENIED_INSIDE_ZH = _R(
    r"欠不欠|拖不拖|压不压|(?:(?<!有)无|没有?(?!收|给|付|交|发|结|还|按)|未(?!收|给|付|交|发|结|还|按|缴)|不存在|并不)(?:任何|再|发生|曾|过|有|出现)?(?:拖欠|拖|欠|逾期|积压|压货|冻结|停产|失联|断供|滞销)"
)
SUES = _R(r"(?:公司|供应商|另外一家|另一家|厂|商)[^，。；被遭让]{0,3}(?:告|起诉)")
_PLAINTIFF = _R(
    r"原告(?!(?:是|为|系)(?!公司|企业|借款人|该|他自己|他本人|我))|(?<![被是遭让])(?:他|她|公司|企业|老板|我|厂里|[一-龥]总)(?:们)?(?:自己|这边|那边|已经?|正在?|刚|也|还)*(?:去|要|是)?(?:去?法院)?(?:告|起诉|诉)了?(?!他|她|公司|老板|借款人|我们)[^，。；]{0,8}(?:隔壁|客户|对方|下游|别人|人家|甲方|业主|欠[款钱账货]|拖欠|经销商|加盟商|房东|侵权|商标|抄|冒|仿|同行|邻居|前员工|平台|超市|学校|厂家|保险)"
    r"|把(?:客户|对方|下游|甲方|业主|欠款方|[^，。；他她]{0,4}(?:经销商|厂家|平台|超市|总包))[^，。；]{0,4}(?:告|起诉)|胜诉|赢了官司|官司[^，。；]{0,3}赢|追讨货款|[要追讨]回[^，。；]{0,3}(?:A|货?款|钱|账)|(?:准备|打算|正要|想要?|要)(?:去)?(?:告|起诉)(?:他|她|对方|客户)|(?<!客户)(?<!对方)(?<!被)索赔(?!，?告)|维权"
)


WON_EN = _R(
    r"\bwon\b|thrown out|dismissed|struck out|years ago|out of court|dropped|in (?:his|her|their|its) favou?r"
)
_PLAINTIFF_EN = _R(
    r"\b(?:suing|(?<!being )(?<!been )(?<!is )(?<!was )(?<!are )(?<!were )sued|sues|sue|taking|took|takes|taken|dragging|filed|filing|brought|bringing|claim\w*|proceedings|action|case|suit) (?:(?!by\b|him\b|her\b|them\b)[\w']+ ){0,4}(?:(?:former|ex|old|big|main|one|late|slow)[- ])?(?:customers?|buyers?|clients?|debtors?|competitors?|rivals?|insurers?|insurance|retailers?|distributors?|council|neighbours?|neighbors?|manufacturer|tenants?)\b|(?:as|is|are|being) (?:the )?(?:plaintiff|claimant)|won (?:the|his|her|their|its) (?:case|suit|claim)|to (?:recover|get back|claw back)\b"
)


def by_order(page: Page, start: int) -> bool:
    """An account frozen by a court order is told as that."""
    return page.lang == "en" and bool(
        re.search(r"\b(?:frozen|blocked|seized|held)\b[^.;,]{0,12}$", page.left(start, 30))
    )


def plaintiff(page: Page, start: int, end: int) -> bool:
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
    elif _PAST_DUE_EN.fullmatch(words):
        return not (
            _THEIR_DEBT_EN.search(page.before(start, 90)) and not _BANK_EN.search(page.left(start, 90))
        )
    return True


_PAST_DUE_EN = _R(r"[T ]*(?:days? )?past due")
_BANK_EN = _R(r"\b(?:loans?|interest|instal?l?ments?|principal|repayments?|facility|bank|lender|emis?|us)\b")
_THEIR_DEBT_EN = _R(
    r"\b(?:\w*suppliers?|vendors?|merchants?|creditors?|contractors?|landlord|rent|wages?|salar\w+|payroll|staff|workers|tax\w*|vat|paye|power|electric\w*|water|gas|utilit\w+|buyers?|customers?|clients?|debtors?|receivables?|invoices?|mill|bills?)\b"
)


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


_LENT_ZH = _R(
    r"(?:借给|借出|放给|放出|(?<!周)转借|转贷|放贷)(?!的?(?:他|她|老板|厂里|公司|企业|借款人))[^。；]{0,24}$|[收吃][^，。；]{0,4}$"
)


def _lends(page: Page, start: int, end: int) -> bool:
    """Who lends takes the interest: 借给朋友周转，一个月收两分利."""
    return bool(
        re.search(r"利|息", page.sk[start:end])
        and _LENT_ZH.search(page.before(start, 34) + page.sk[start:end])
    )


def _private(page: Page, start: int, end: int) -> bool:
    """What was only asked about is none; what was borrowed before and is paid back now is a use of the loan."""
    if re.search(r"有没有|是不是|是否|没(?:有)?(?:去)?借", page.sk[start:end]) or _lends(page, start, end):
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
    if ("账期" in page.sk[start:end] and _shorter(page, start)) or told_by_creditor(page, start):
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


CHECKS = {
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
