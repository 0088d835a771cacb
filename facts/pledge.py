"""What became of the collateral, and what it's said to be worth."""

from __future__ import annotations

import re

from facts.model import Fact
from facts.page import Page, number
from facts.polarity import denied, feared, foreign, over

_R = re.compile
PLEDGED = {
    "zh": _R(r"抵押(?!率|贷款|登记费|合同)(?:物|品|的|给|在|设备|机器|房产|厂房|车|土地|权|资产)?|质押(?:物|品|的|给)?|押品|抵质押|押给|押在(?:我|咱|行|这|银行)|押我们(?<![抵质]押我们)|押咱(?<![抵质]押咱)|担保物|押的(?<![抵质扣关羁]押的)(?=[那几这台辆两三四五挖铲叉货机设车铺房库]|[^，。；的是]{1,7}(?:机|车|床|炉|窑|线|船|塔|设备|商铺|厂房))"),
    "en": _R(r"\b(?:collateral|pledged?|security(?! (?:deposit|guard|man|firm|camera|gate|staff|officer|desk))|secured|charged to us|mortgaged|under (?:our )?(?:charge|lien|mortgage)|our charged (?!interest|rate|fee)|(?:we|bank) (?:hold|has|have)(?: \w+){0,3} (?:as security|a charge|lien)|hypothecat\w+|we hold\b|held by (?:us|the bank)|(?:under|covered by) our (?:charge|lien|mortgage|security)|our (?:charge|lien)\b|(?:lender|bank)'s charge|charge over|(?:got|have|has|hold|holding|took|with) (?:a |our )?(?:lien|charge|mortgage) (?:on|over)|charged to the bank|chattel|(?:the|our|his|her|their|of|N|two|three|four|five|six) charged (?=[a-z]+(?:'s|\b))(?!interest|rate|fee|by|for|at|as)|held as security)\b"),
}  # fmt: skip
STATES = {
    "zh": {
        "seized": _R(r"查封|扣押|被法院封|贴[了着]?[^，。；]{0,6}封条|上了[^，。；]{0,5}封条|被封|轮候|查扣|法拍|(?:被|让|给)[^，。；]{0,6}(?:扣|封)(?:了|走|着|住|在)|封存|管理人接管|司法拍卖|被扣"),
        "transferred": _R(r"过户|转移|转让|转走|(?:拿去|拿来|给)抵了?(?:别|债|账|货|欠)|过[到给户](?!期)[^，。；]{0,8}名下|转到[^，。；]{0,8}名下|换了(?:名字|车主|业主|户主)|变卖|卖了|卖给|被卖|卖掉|处置了|拉走|搬到|搬去|搬离|搬空|搬出|弄走|开走|拖走|搬走|运走|拉到(?!分厂|自己|新厂|二厂|修|维修|检修)[^，。]{0,10}去|挪到|抵给|抵债|转到|典当|偷卖|转包给|拉去|抵账|出手|顶账|顶给"),
        "missing": _R(r"少了|不见|找不到|找不着|没找着|没看着|找不见|没找到|缺了|缺少|短少|丢了|丢失|没了|去向不明|哪去了|去哪了|对不上|没见着|没看到|不知去向|下落不明|差了|[只就才仅]剩|只(?:有|看到|见到|找到)|未见(?!异常|损|变|毁)|灭失|短缺|不在(?!少)|不翼而飞|找了?[^，。；]{0,6}没(?:有|见|找)|没(?:了)?(?:影|踪)|失窃|被盗|被偷|盘亏|缺失|说不清去|(?:未能|无法|没能|不能)(?:提供定位|核实|核验|见到|找到)|定位(?:不到|丢失|离线|查不到)"),
        "damaged": _R(r"损毁|损坏|毁损|泡坏|坏了|烧了|烧毁|进水|被淹|淹了|受损|砸坏|报废|故障|撞坏|破损|裂了|开裂|漏(?:雨|水)|塌了|倒塌|浸水|锈|无法(?:开机|使用|启动)|不能(?:用|开)|开不了|拆了|泡水|泡了|过火|摔坏|撞了|火烧|毁了|瘪|修不[好起了]|散架|趴窝|[开转]不动|打不着火|让水[^，。；]{0,2}(?:泡|淹|冲)|废了|掀(?:了|翻|掉|飞)|[刮吹](?:倒|跑|翻|塌|垮)|泡在水|砸穿|[臂轴梁架腿杆桩]折了|(?:撞|压|砸|摔)(?:瘪|扁|断|变形)|歪(?:在|倒)|翻(?:了?车|沟|进|到)|大修|起火|冲垮|冲毁|冲走|压垮|压塌|坍塌|垮了|震裂|烧掉|烧坏|淹坏|泡水"),
        "intact": _R(r"都在|未发现(?:有)?(?:毁损|损毁|损坏|转移|灭失|减值)|无(?:毁|损|转移|灭失|短少)|一[台辆件套样头只条艘匹口根个][都也]?(?:不|没)(?:少|缺|差|丢)|好着呢|没事|没出事|完整|没动静|完好|没少|没动过?|在原处|在原位|无误|(?<!不)正常|良好|齐全|没问题|无异常|未发现异常|没有异常|一台没少|一样没少|没有变化|无变化|状态(?:较)?好|账实相符|无(?:缺|短缺)|没(?:有|别的|什么|啥)变化|未发现[^，。；]{0,10}(?:毁|损|转移|灭失|减值|查封|出租|异常|瑕疵)|在线|定位正常|轨迹正常|还在(?!修)|一一对应|对应|对上了|天天用|[用转跑开停]着(?!抵)|没(?:挪|动)(?:地方|窝|位)|全在|一件不少|都好好的|是好的|好的(?=[，。；]|$)|好好的|在用|还在(?!修)|都看了|一致|安全|相符|对得上|无毁损|未见异常|无损|没变化|没变动|在位|都对|齐的|在(?=[，。；]|$)|妥善|数量(?:对|没)|没毛病|没坏|也在|在的"),
    },
    "en": {
        "seized": _R(r"\b(?:(?:sheriff|court|bailiffs?|marshal|receiver) (?:has |have |had )?(?:attached|taken|removed|locked)|seized|impounded|sealed|attached by|court order|bailiffs?|confiscated|repossessed|distrained|levied|under seizure|put (?:a |their |its )?seals? on|(?:taken|towed|hauled|carted|driven|carried|led|moved) (?:away|off|out)?(?: [\w']+){0,3}? ?by (?:the |an? |his |her |their )?(?:[\w']+ )?(?:court|bailiffs?|sheriff|marshal|authorit\w+|police|officers?|customs|taxman|enforcement|receivers?|(?:tax|revenue) office|council|leasing|creditors?)|(?:court|enforcement|execution|tax|customs|police) officers? (?:has |have |had )?(?:taken|took|removed|come for|came for|sealed|put)|distress warrant|warrant of execution|stickers? on|(?:tagged|labelled|marked|listed) by (?:the )?(?:bailiffs?|court|sheriff))\b"),
        "transferred": _R(r"\b(?:registered in|in (?:his|her|their) [\w']+(?: [\w']+)? name\b|swapped|traded in|hocked|flogged|signed (?:it |them |that )?over|made over|sold|transferred|moved to|shipped|registered to|re-registered|title (?:passed|moved|changed)|handed over to|carted off|taken (?:away|to)|removed to|disposed of|put in(?:to)? (?:the name|(?:[\w']+ ){1,3}name)|assigned|moved (?:out|away)|shifted (?:to|out|from)|relocated|trucked|carted|title has|gone to (?:his|her|their|another|a|the)|conveyed to|in(?:to)? the name of|(?:now )?belongs? to (?!us|the bank|him\b|her\b|them\b|the borrower|the company)|gifted to|given (?:away|to)|gave (?:it|them) to|(?:driven|hauled|towed|carried|carted|ferried|taken) (?:off|over|across|out|down|up|away) to|change[sd]? (?:hands|owners?|ownership)|passed (?:it |them )?(?:on )?to (?:his|her|their|a|the|another)|a new owner|leased out to|hired out to|conveyance|disposal|bought by|in the hands of)\b"),
        "missing": _R(r"\b(?:missing|couldn't find|could not find|can't find|cannot find|not there|gone|no sign of|unaccounted|nowhere|no longer (?:there|on|in the|at)|(?:was|were|is|are) not (?:at|in|on) (?:its|their) \w+|could not be (?:found|located|sighted|produced|presented|shown|traced)|unable to (?:produce|show)|couldn't be (?:found|located)|couldn't locate|could not locate|not found|only (?:one|two|three|four|five|six|\d+) of|only (?:one|two|three|four|five|six|seven|eight|nine|N+|\d+)(?: of (?:them|the \w+))? (?:could be|was|were|are|is|can be) (?:shown|found|located|produced|seen|sighted|there|present|left|on site|accounted)|no trace|short|stolen|not on site|absent|disappeared|vanished|(?:has|have|'ve) walked(?! (?:me|us|through|round))|whereabouts|unable to account|(?:isn't|aren't|wasn't|weren't|not) (?:there|here|on the (?:floor|premises|site|lot)|in (?:the|its|their|his|her) (?:\w+ )?(?:yard|shed|place|spot|shop|barn|hall|workshop|usual\b|unit|stall|bay)|where (?:it|they)|to be (?:seen|found))|an? (?:gap|empty (?:space|spot|bay|plinth)|bare (?:patch|plinth|spot)) (?:on|where|in|at)|(?:stood|was|were|used to (?:be|stand)|sat) is (?:now )?(?:empty|bare)|(?:could|can|did) (?:only )?(?:find|found|locate|count|see) (?:only |just )?(?:one|two|three|four|five|six|seven|eight|nine|N+)\b(?! of (?:each|our))(?=[.,;]|$| of (?:them|the))|(?:nobody|no one|couldn't|can't|cannot|could not|didn't|doesn't|wouldn't)(?: [\w']+){0,3} (?:say|tell me|show me|know|explain) where)\b"),
        "damaged": _R(r"\b(?:soaked|waterlogged|drenched|mould\w+|rotted|rotten|spoil(?:ed|t)|contaminated|perished|sank|sunk|capsized|crashed|toppled|exploded|toast\b|damaged|damage|broken|burn(?:t|ed)(?: out| down)?|caught fire|fire|gutted|charred|stripped|cannibali[sz]ed|defective|not functional|non[- ]functional|broke down|mangled|seized up|under (?:a \w+ of )?(?:mud|rubble)|buried|submerged|washed away|swept away|leaking|roof off|lost its|bent|write-?off|hit by|total loss|totalled|(?:been |was |were )?in (?:a|an) (?:crash|accident|collision|fire|flood|pile-?up)|overturned|engine out|off the road|out of action|(?:awaiting|waiting for) (?:parts|repairs?|spares)|under repair|in pieces|flooded|wrecked|written off|ruined|destroyed|out of order|smashed|cracked|rust\w*|under water|water damage|fire damage|broken down|not working|dismantled|beyond repair|collapsed|inoperable|crushed|scrap|no longer (?:works|runs|starts|turns|usable)|(?:won't|doesn't|will not|does not|wouldn't) (?:start|run|work|turn over)|dented|torn (?:up|apart|off|to)|tore|ripped|blew (?:\w+ ){0,2}(?:off|down|over)|blown (?:off|down|over)|(?:went|rolled|slid|fell|driven|drove|tipped|tumbled|ran|gone|fallen|backed) (?:right )?(?:into|off|over|down|through) (?:the |a |an )(?:\w+ )?(?:canal|river|ditch|lake|pond|sea|ravine|bank|embankment|gully|cliff|quay|harbour|dock|road|hillside|slope|wall|pit|dyke|culvert|bridge|creek|reservoir)|aground|on its (?:side|roof)|struck by|(?:gearbox|engine|motor|boiler|roof|cab|hydraulics|compressor|axle|transmission|spindle|bearings?|drum|pump|mast|keel)(?: of [\w' ]{1,30})?(?:'s| is| has| was|'s been| has been)? (?:gone|shot|seized|blown|cracked|out|dead|burst|finished|failed|wrecked|off)|(?:lost|losing|missing) (?:a |its |the )(?:wheel|engine|roof|motor|mast|track|wing)|fell (?:over|apart)|caved in|shattered|snapped|burst|corroded|mouldy|unusable|unroadworthy|for scrap|breakdown|not (?:usable|repairable|roadworthy)|failed its)\b"),
        "intact": _R(r"\b(?:in place|intact|all there|accounted for|sighted|present|in good (?:order|condition|shape|repair)|still there|untouched|undamaged|in working order|as (?:they )?should be|was there|were there|is there|are there|in order|fine|complete|verified|running|working|on site|counted|nothing missing|safe|unchanged|agrees? with|tall(?:y|ies|ied)|match(?:es|ed)?|both there|where (?:it|they) (?:should|ought|belong)|bolted down|lined up|present and correct|still standing|ok|okay|bolted (?:down|to)|(?:seen|found|standing|parked|sat|sitting|kept|lying|moored|berthed|stood|tied up) (?:\w+ )?(?:in|at|on|where|outside|behind|under) (?!fire|the (?:hands|process|middle|road)\b)(?:its|their|the|his|her|our)? ?(?:usual |own |right |same |normal |proper |registered |stated )?(?:place|places|spot|bay|yard|shed|hall|barn|floor|plinth|premises|site|workshop|factory|location|address|position|quay|mooring|berth|garage|forecourt|stall|depot|field|parlour|it should|they should|it (?:was|ought|belongs)|they (?:were|ought|belong))|where (?:it|they) (?:was|were|always|is|are|has|have)|(?:is|are|was|were|'s|'re|all|both|still|sat|sits|stands) (?:all |both |still |right |just )*(?:there|here)\b(?! (?:is|was|are|were)\b)|(?:hasn't|haven't|has not|have not|not) (?:gone|been moved|moved|been touched|budged|changed|shifted)|(?:no|without|nil) (?:\w+ )?(?:discrepanc\w+|exceptions?|shortfalls?|change|defects?|loss|damage)|all (?:items |of it |of them |pieces )?(?:were |was )?(?:seen|found|counted|sighted|ticked|tagged|tallied|verified)|(?:ticked|checked) (?:\w+ ){0,3}off|every (?:one|item|piece|last one)|well (?:kept|maintained|looked after)|in (?:daily |regular |full |everyday |constant )?use\b|(?:is|it's|are|they're|was|were|still) going\b(?! (?:to|for|into|up|down))|in (?:excellent|fair|sound|decent|perfect|reasonable|serviceable|proper|fine) (?:order|condition|shape|repair|nick)|in good nick)\b"),
    },
}  # fmt: skip
RANK = ("seized", "transferred", "missing", "damaged", "intact")
VALUE = {
    "zh": _R(r"(?:抵押|押品|质押)[^。；]{0,24}?(?:(?:评估|估值|价值|市值|估价|作价)(?:[^，。；A]{0,8}|[^，。；A]{0,4}，[^，。；A]{0,6}(?:值|到|是|为|剩|跌|掉)[^，。；A]{0,3})|(?:只值|才值|值个?|跌到|缩水到)[^，。；A]{0,3})(?P<a>A+)"),
    "en": _R(r"(?:collateral|security|pledged)[^.;]{0,40}?(?:(?:re)?valued at|worth|value of|valuation of|(?:re)?appraised at)[^.;A]{0,14}(?P<a>A+)"),
}  # fmt: skip


def facts(page: Page) -> list[Fact]:
    found = _status(page)
    value = _value(page)
    return ([found] if found else []) + ([value] if value else [])


def _status(page: Page) -> Fact | None:
    best: tuple[int, int, int] | None = None
    for m in PLEDGED[page.lang].finditer(page.sk):
        for rank, name in enumerate(RANK):
            span = _state(page, m, STATES[page.lang][name], name)
            if span and (best is None or rank < best[0]):
                best = (rank, *span)
    return page.fact("collateral.status", RANK[best[0]], best[1], best[2]) if best else None


_ONE_OF_THEM_ZH = _R(r"[。；]?[^。；]{0,12}(?:发现|其中|有[一两]台|另有|[\d一二两三][辆台套])")
_ONE_OF_THEM_EN = _R(
    r"\.? ?(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|N+|\d+) (?:of (?:them|these|which) )?(?:were|was|are|is)\b[^.;]{0,50}[;.,] ?(?:the other )?(?:one|two|three|four|five|six|both)\b|the (?:other|third|second|fourth|last|remaining)|one|another|but)\b[^.;]*"
)


_IT_EN = _R(
    r"[.;]? ?(?:[\w' ]{0,30}?\b(?:that|says?|said|tells me|told (?:me|us)|claims?|reckons?|thinks?|insists?|admits?|admitted|claimed|explained) )?(?:it(?:'s| is| was| has| had| went| got| sits| stands| looks)|they (?:were|have been)|(?:all|both)(?: of (?:them|it))? (?:is|are|was|were))\b[^.;]*"
)


def _state(page: Page, anchor: re.Match[str], words: re.Pattern[str], name: str) -> tuple[int, int] | None:
    """The state said of the anchor, after it or, in its own clause, before it."""
    after = _after(page, anchor, name)
    for m in words.finditer(after):
        start, end = anchor.end() + m.start(), anchor.end() + m.end()
        if _belongs(page, after[: m.start()]) and _real(page, start, end, name):
            return anchor.start(), end
    left_at = _left_edge(page, anchor)
    for m in words.finditer(page.sk[left_at : anchor.start()]):
        start, end = left_at + m.start(), left_at + m.end()
        if words.pattern and page.sk[start:end] == "在":
            continue
        far = page.lang == "zh" and name in ("intact", "missing") and anchor.start() - end > 12
        if _real(page, start, end, name) and not far:
            return start, anchor.end()
    return None


def _after(page: Page, anchor: re.Match[str], name: str) -> str:
    """What may be said of the collateral after it is named; it or one of several may come in the next sentence."""
    zh = page.lang == "zh"
    after = page.after(anchor.end(), 40 if zh else 130)
    if name == "intact":
        checked = not zh and re.search(
            r"\b(?:check|inspect|verif|count|sight)\w*\b[^.;]{0,30}$", page.left(anchor.start(), 40)
        )
        if checked:
            return page.sk[anchor.end() : anchor.end() + 130]
        more = None if zh else _IT_EN.match(page.sk, anchor.end() + len(after))
        return after + more.group() if more else after
    if zh and page.spoken and "，" not in after[:24]:
        return after[:24]
    following = page.sk[anchor.end() + len(after) : anchor.end() + len(after) + 90]
    more = (None if zh else _IT_EN.match(following)) or (_ONE_OF_THEM_ZH if zh else _ONE_OF_THEM_EN).match(
        following
    )
    if not more:
        return after
    return after + (following[: following.find("。", 2)] if zh else more.group())


def _left_edge(page: Page, anchor: re.Match[str]) -> int:
    """Where the words before begin: 货车撞毁了，那台车是抵押的 reaches one clause further."""
    edge = page.clause(anchor.start())[0]
    if re.match(
        r"[，]?(?:都?是)?(?:那|这)(?:[一二两三四五六几\d])?[台个辆批套条间艘]|[，]?(?:全|都)?是(?:押|抵押)|,? ?(?:including|among them|(?:and |which |one of |all of )?(?:that|this|which|them|these|those)(?: one| machine| truck| vehicle)? (?:is|are|was|were)\b)",
        page.sk[edge : edge + 12],
    ):
        return page.clause(max(0, edge - 2))[0]
    return edge


_ELSE_ZH = _R(
    r"工资|账户|订单|贷款(?!抵押)|员工|工人|车间|现金流|资金|生产|利息|欠|税|仓库|存货|库存|原料|开工|进度|(?<!在建)工程|水电|社保|答应"
)
_ELSE_EN = _R(
    r"\b(?:wages?|(?<!working )(?<!good )orders?|cash|staff|workers|revenue|interest|works|account|production|tax|capacity|rent|otherwise|promised|suppliers?|business)\b"
)


_SUBJECT_ZH = _R(r"，(?P<who>[羊牛猪鸡鸭鱼货人]|工人|学生|原料|成品|存货)(?:也|都|全|已经|早)*$")


def _belongs(page: Page, gap: str) -> bool:
    """No other thing is spoken of between the collateral and its state."""
    other = _ELSE_ZH if page.lang == "zh" else _ELSE_EN
    if page.lang == "zh" and (moved := _SUBJECT_ZH.search(gap)) and moved["who"] not in gap[: moved.start()]:
        return False
    return not other.search(gap[3:] if page.lang == "zh" else gap)


_NEIGHBOUR = _R(
    r"隔壁|旁边|同行|邻|对面|next door|neighbour|across the (?:road|way|street)|another (?:firm|company|plant)"
)


def _real(page: Page, start: int, end: int, name: str) -> bool:
    if name == "intact":
        neg = re.search(
            r"(?:不|没|未)(?:是|太|都|全)?$"
            if page.lang == "zh"
            else r"\b(?:not|isn't|aren't|wasn't|weren't|no longer|never)\b[^.;,]{0,12}$",
            page.left(start, 14),
        )
        ok = page.sk[start:end]
        return not (neg and ok not in ("没少", "没动", "没动过")) and not feared(page, start, end)
    if denied(page, start, end) or feared(page, start, end):
        return False
    if foreign(page, start) and (name != "seized" or _NEIGHBOUR.search(page.before(start, 60))):
        return False
    return not (name in ("seized", "damaged") and over(page, start, end))


def _value(page: Page) -> Fact | None:
    m = VALUE[page.lang].search(page.sk)
    q = next((q for q in page.of("amount") if m and q.start == m.start("a")), None)
    return page.fact("collateral.value", number(q.value), q.start, q.end, q) if q else None
