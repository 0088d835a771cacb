"""Whether what is said holds of the borrower now: denied, over, only feared, planned, or somebody else's."""

from __future__ import annotations

import re

from facts.page import Page, last_match

_R = re.compile
_NOT_ZH = _R(
    r"(?:没有?|未|不(?!过|仅|但|光|管|然|少|断|止|料|知|久|好|行)|无(?!法|力|奈|人|故)|别|非|并无|绝无|从未)(?:再|曾|发生|出现|存在|任何|什么|怎么|说|有|过|算|是|去|敢|让|发现|见|被|拖){0,2}[^，。；]{0,2}$"
)
_SPREAD_ZH = _R(
    r"(?:未发现|未见|不存在|没有发现|没发现|未出现|没有出现|没听说|没有(?!就是|，就是|但)|无(?!法|力|奈|人|故)|不涉及|并无|均无|谈不上|未发生|没发生|从没|没(?:借|欠|拖|碰|沾)过)[^，。；：但却了说讲他她我现订都]{0,26}$"
)
_NOT_AFTER_ZH = _R(
    r"^[^，。；]{0,5}?(?:的)?(?:情况|现象|问题|情形|事|行为)?(?:也|都|倒|目前|暂时|是|均){0,2}(?:没有(?!了断)|没(?:碰|沾|借|欠|拖(?!走))(?!着)|不欠|不存在|没发生|未发现|谈不上|没这回事)"
)
_NONE_LISTED_ZH = _R(r"^(?:的)?(?:情况|现象|问题|记录|情形)?[：:？?](?:均)?(?:无|否|没有|未发现|不存在)")
_FALSE_ZH = _R(
    r"没(?:有)?(?:这|那)(?:回|个)?事|没有的事|瞎传|谣言|谣传|误传|讹传|不属实|子虚乌有|不是真的|瞎说|否认|不承认|是假的|纯属"
)
_DOUBTED_ZH = _R(r"怕是|恐怕|可能|说不定|会不会|再不(?![露来往回见交缴])")
_ASKED_ZH = _R(r"(?:欠不|拖不|压不|借不|是不是|是否|有没有|有无)[^，。；]{0,2}$")
_IF_ZH = _R(
    r"(?:要不是|幸亏|多亏|如果|(?<![主重需])要是|假如|假设|一旦|万一|实在不行|大不了|倘若|若(?!干)|再不|除非|如(?=[^，。；]{0,16}(?:仍|再|不能|未)))"
)
_FEAR_ZH = _R(
    r"(?:担心|害怕|怕(?!老婆)|恐怕|恐|可能|或许|也许|说不定|搞不好|弄不好|预计|将要|将会|早晚|迟早|快要|眼看|差点|险些|避免|防止|警惕|威胁要?|扬言|传言要|面临|有望|听说要)[^，。；]{0,14}$"
)
_FEAR_AFTER_ZH = _R(
    r"^[^，。；]{0,6}?(?:的时候(?:会|就|才|都)|的话|的?(?:风险|可能|隐患)|就悬|会不会|就要|就怕|怎么办)"
)
_OVER = r"(?:结清|还清|结案(?!前)|调解(?:了|好|完|成)|(?:结|还|清|付|给|交)(?:干净|利索|掉)|两清|谁(?:家)?(?:的钱)?(?:也|都)不欠|一分(?:钱)?(?:也|都)?不欠|都?不欠了|交齐|付齐|结齐|给齐|缴齐|还齐|清了|发清|补发|补上|补齐|付清|缴清|缴纳完|交清|发放完|发完|解决了|解决完|解冻|解封|撤诉|和解|恢复(?!不)|复工|复产|还上了|交上了|都给了|都发了|都还了|都补了|也补了|已补了|都交了|都付了|发下去了|结完|(?<!冻)(?<!完)(?<!团)都?结了(?!婚|冰)|消化完|处理完|回款了|收回来了|全收回|收齐|给结了|已结|已付|已还|已发(?!停|断|告|最|限|催|函|通|传|律|现|起|出)|已缴|已补|已收回|已解|已撤|回暖|回升|已缓解|重新开工|又开起来|重新投产|已经?解开|早(?:就|都|已)?(?:还|结|清|付|补|发|交)(?:了|完|清)|调解结案|了结了|解开了)"
_OVER_ZH = _R(_OVER)
_OVER_LEFT_ZH = _R(_OVER + r"[^，。；]{0,8}$")
_NOT_YET_ZH = _R(
    r"(?:没有?|未|尚未|不|没能|还没|无法|什么时候|啥时候|何时|哪天|几时|多久|才能?|等|(?<![之以])后再?|(?<![年早月周天经])就|会|要|能|预计|有望|将|争取|希望|计划|打算|如果|下个?月|下周|下星期|下礼拜|过几天|过阵子|改天|回头|月初(?![一二三四五六七八九十]))[^，。；]{0,5}$"
)
_PAST_ZH = _R(
    r"(?:之前|以前|原来|原先|去年|前年|上半年|曾经?|一度|前期|前阵子|前段时间|当时|早先|历史上|年初|此前|早些时候)"
)
_NOW_OK_ZH = _R(
    r"(?:现在|目前|如今|眼下|这会儿|今年|已经?|后来)(?![^。；，]{0,5}(?:没有?|未|不)(?:给|付|结|还|发|交|缴|拿到|收到|到账|见|清|动静|补))[^。；]{0,8}(?:没有?|不|未|正常|好了|恢复|都|均|全|开)"
)
_OTHER_ZH = _R(
    r"[他她](?:哥哥?|弟弟?|姐姐?|妹妹?|爸|妈|叔|舅|姑|姨|侄子?|儿子|女儿|女婿|老婆|老公|爱人|媳妇)(?=的(?:公司|厂|店|生意)|家|那|开)|隔壁|同村|同镇|对门|对过|斜对|楼上(?:那|的)|邻(?:村|镇|县|居|厂|家)|前街|后街|(?:镇|村|县|街|区)(?:上|里|口)(?:另|有)|旁边|同行|别家(?!行|银行)|别的厂|别人|人家那|对面|附近|那家不是|不是我们的户|(?:弟弟|哥哥|妹妹|姐姐|小舅子|亲戚|朋友)(?=的|那|开|家(?!里)|在|也|他)|[他她](?:哥|弟|姐|妹|叔|舅)(?=的|那|开|家(?!里))|表哥|表弟|同学(?=的|那|开|家)|担保人|保证人|担保公司|担保方|担保企业|担保的(?:那|这)?|同一园区|园区(?:里|内)?(?:有|其他|好几|另)|"
    r"行业里|业内|周边|其他(?:企业|厂|公司|几家)|别的(?:企业|公司|户)|供应商(?=[^，。；]{0,8}(?:停产|停工|倒闭|关门|被查|被起诉|被人|被告|跑路))|(?:有|好)(?:好)?(?:几|一|两)家(?!供应商|客户|下游|老客户|大客户|主机厂|经销商|公司欠|买家)|上游(?=[^，。；]{0,6}(?:停|关|倒|破|被|跑|涨|断))|下游(?:客户|企业|厂|公司)?(?=[^，。；]{0,6}(?:停产|停工|关门|倒闭|破产|被起诉|跑路|裁员))|整个行业|另一家|另外一家|兄弟企业|关联企业|甲方|总包(?:方|单位)?(?=[^，。；]{0,6}(?:停|被|跑|资金链))"
)
_OWN_ZH = _R(
    r"他们(?!那边隔壁)|咱们(?:这|贷)|我们(?:这户|的户|贷|的客户)|这家|这户|本户|借款人|该公司|该企业|本企业|他自己|他家|她家|自己厂|自家|他这|这边|他厂|厂里|公司(?:账户|目前|现在|也|这)|企业(?:目前|现|已)|鼎|它自己|这个厂|本厂"
)
_NOT_EN = _R(
    r"\b(?:no|not|n't|never|nobody|none|nothing|without|nor|neither|denied|denies|isn't|aren't|hasn't|haven't|don't|doesn't|didn't|wasn't|weren't|cannot)\b(?:(?!\b(?:he|she|they|it|we|and|but|i)\b)[^.;,]){0,28}$|n't (?:(?!\b(?:he|she|they|it|we|and|but|i)\b)[^.;,]){0,24}$"
)
_NOT_AFTER_EN = _R(
    r"^[^.;,]{0,20}\b(?:is not the case|never happened|not so|no longer|: none|: no\b|none\b|(?:is|was|are|were|were all|proved|turned out(?: to be)?) (?:false|untrue|wrong|not true|baseless|unfounded|just a rumou?r|only a rumou?r|nonsense))"
)
_IF_EN = _R(r"(?<!an )(?<!a big )\b(?:if|unless|in case|should (?:the|they|he|she))\b")
_FEAR_EN = _R(
    r"\b(?:(?<!since )(?<!in )(?<!of )(?<!until )may(?! \d)|might|could|would|worried|worries|fears?|feared|afraid|risks?|risk of|threatened|threatens|threatening|at risk|possibly|concerned|warned|expects? to|wants? to|plans? to|going to|avoid)\b[^.;]{0,30}$"
)
_FEAR_AFTER_EN = _R(r"^[^.;,]{0,12}\b(?:risk|(?<!since )(?<!in )(?<!of )(?<!until )may|might|could)\b")
_OVER_EN = _R(
    r"\b(?:(?:has|have|had|was|were|is|are|all|been|since|now|fully)[^.;,]{0,14}(?:settled|cleared|paid off|resolved|lifted|released|withdrawn|dropped|sorted|caught up|made good|repaid|unfrozen|paid in full|cleared up)|back in production|back to normal|caught up|resumed|reopened|started again|all been paid|been paid (?:now|since|up|in full)|paid (?:up|in full|now)\b|(?:fully|now|since|already) paid\b|paid last (?:week|month)|(?:and|then|but) (?:was |were |all )?(?:released|unfrozen|lifted|restored|unblocked)|(?:by mistake|in error) (?:and|but)|paid in P+|(?:was|were|been|got|is|are) (?:all |fully |since )?paid (?:on |in |at )?(?:the )?(?:D+|yesterday|today|this (?:week|morning|month))|went out (?:on|last|this|yesterday|in the end|D)|up and running again|since been|(?:was|were) (?:an error|a mistake|a mix-?up)|cleared it|cleared them|settled it|settled them|paid up since)\b"
)
_OVER_LEFT_EN = _R(
    r"\b(?:settled|cleared|paid off|lifted|caught up on|made good|resolved|released|dropped)\b[^.;,]{0,22}$"
)
_NOT_YET_EN = _R(
    r"(?:\bnot\b|n't|\byet to\b|\buntil\b|\bonce\b|\bwhen\b|\bwill\b|'ll|'d|\bto be\b|\bpromised\b)[^.;,]{0,22}$"
)
_OTHER_EN = _R(
    r"\b(?:(?:previous|former|last) (?:tenant|owner|occupier|company)|(?:owner's|boss's|his|her|their) (?:brother|sister|cousin|son|uncle|friend|wife|husband|father|nephew)(?= (?:was|is|has|had|got|owes?|runs?|went))|next door|neighbou?r\w*|(?<!bank )(?<!lender )down the road|across the (?:road|street|way)|another (?:firm|plant|company|factory|borrower|shop|farm|business)|(?:sister|parent|affiliated|associated) (?:company|firm)(?= (?:is|was|has|had|got))|(?:subsidiary|arm|branch|unit) of (?:the|a|one) (?:buyer|customer|supplier|client)|other (?:firms|plants|companies|factories|shops|farms|businesses)|competitors?|rivals?|(?:brother|sister|cousin|uncle|friend|father|son|nephew|wife)'s? (?:farm|firm|plant|shop|company|business|factory|place|mill|works|yard|site|project|garage|bakery|hotel|restaurant|outfit)|over the fence|opposite|guarantor|elsewhere|in the industry|the sector|on the same estate|(?:big|main|largest|key|one|biggest) (?:customer|buyer|client|supplier)(?= (?:has |have )?(?:shut|cut|laid|let|closed|stopped|halted|gone)))\b"
)
_OWN_EN = _R(
    r"\b(?:theirs|they|their own|our borrower|the borrower|this one|ours|the company itself|he himself|our client|the client|our customer)\b"
)


def denied(page: Page, start: int, end: int) -> bool:
    if page.lang == "zh":
        left = page.left(start)
        return bool(
            _NOT_ZH.search(left[-9:])
            or _ASKED_ZH.search(left[-6:])
            or _SPREAD_ZH.search(left)
            or _NOT_AFTER_ZH.match(page.right(end, 14))
            or _FALSE_ZH.search(page.after(end, 40))
            or _NONE_LISTED_ZH.match(page.sk[end : end + 14])
        )
    if re.search(
        r".\b(?<!had )(?<!seen )(?<!got )(?<!received )(?:no|nobody|none|nothing|no one|never(?! (?:paid|met|c[ao]me|got|get|collect|received?|seen?)))\b(?! (?:production|pay\b|since|for|(?:new )?orders))",
        page.sk[start:end],
    ):
        return True
    return bool(_NOT_EN.search(page.left(start)) or _NOT_AFTER_EN.match(page.right(end)))


def feared(page: Page, start: int, end: int) -> bool:
    """Conditional or only feared: 再不回款就发不出工资了."""
    zh = page.lang == "zh"
    width = 24 if page.spoken and zh else 60
    unsure, worry, then = (_IF_ZH, _FEAR_ZH, _FEAR_AFTER_ZH) if zh else (_IF_EN, _FEAR_EN, _FEAR_AFTER_EN)
    before = page.before(start, width)
    found = last_match(unsure, before)
    if found and not _turned(page, before[found.end() :]):
        return True
    if zh and _DOUBTED_ZH.search(page.sk[start:end]):
        return True
    return bool(worry.search(page.left(start)) or then.match(page.right(end, 14)))


def _turned(page: Page, gap: str) -> bool:
    """What was only a case has been left behind: but, so far, now."""
    return bool(
        re.search(
            r"但|不过|眼下|目前|现在|其实|倒是"
            if page.lang == "zh"
            else r"\b(?:but|so far|however|already|currently|at present)\b",
            gap,
        )
    )


_WITHIN_ZH = _R(
    r"[^。；欠]{0,9}(?:都|均|全|还)?(?:在|没到|未到|没过|不到|未过)[^，。；]{0,4}(?:账期(?:内)?|信用期|期内|期限内|合同期|宽限期)|[^，。；]{0,6}，(?:都|均|全)?(?:没有?|未|无)逾期"
)
_WITHIN_EN = _R(
    r"[^.;]{0,40}\b(?:within|inside|not past) (?:(?:its|their|the|agreed|credit|normal|payment) ){0,3}(?:terms|it\b|limits?|period)|[^.;,]{0,20} not (?:yet )?due\b"
)
_PROMISED = _R(
    r"一定(?=把|会|要|还)|D前?[^，。；]{0,4}把|答应|承诺|保证(?!金|人)|说好|打算|准备|争取|\b(?:promis\w+|agreed to|will|undert\w+)\b"
)


def over(page: Page, start: int, end: int) -> bool:
    """Settled, thawed, withdrawn since, or of a time that is over and now well."""
    zh = page.lang == "zh"
    if _PROMISED.search(page.left(start, 30)):
        return False
    done, done_left, yet = (
        (_OVER_ZH, _OVER_LEFT_ZH, _NOT_YET_ZH) if zh else (_OVER_EN, _OVER_LEFT_EN, _NOT_YET_EN)
    )
    after = page.after(end, 26 if zh else 90)
    found = done.search(after)
    if (
        found
        and not yet.search(after[: found.start()])
        and (
            not _new_topic(page, after[: found.start()])
            or (_WAGES_EN.search(page.sk, start, end) and _ALL_EN.search(after[: found.start()]))
        )
    ):
        return True
    if (_WITHIN_ZH if zh else _WITHIN_EN).match(page.after(end, 60)):
        return True
    left = page.left(start, 24 if zh else 44)
    settled = done_left.search(left)
    if settled and not yet.search(left[: settled.start()]):
        return True
    if not zh:
        return False
    return bool(_PAST_ZH.search(page.left(start, 16)) and _NOW_OK_ZH.search(page.after(end, 24)))


_WAGES_EN = _R(r"\b(?:wages?|salar|pay)")
_ALL_EN = _R(
    r"\bbut (?:everyone|everybody|the (?:men|staff|lads|workers)|all (?:of them)?)(?: (?:has|have|is|are|was|were|got))? ?$"
)


def _new_topic(page: Page, gap: str) -> bool:
    if page.lang == "zh":
        return bool(
            re.search(r"[，。；].*(?:[欠拖]|但|咱们的|我行的|我们的|订单|账户|工程|机器|贷款|抵押)", gap)
        )
    return bool(
        re.search(
            r"[,.;].*\b(?:but|orders|account|behind|wages|works)\b|\bbut (?:(?:the|his|her|their|all|all the|otherwise|apart from that) )?(?:wages|lads|men|girls|staff|everyone|everybody|nobody|salar\w+|workers|suppliers?|rent|tax|otherwise|apart)\b",
            gap,
        )
    )


def foreign(page: Page, at: int) -> bool:
    """Said of somebody else: the nearest subject before it is another firm."""
    return bool(_whose(page, at)) or _no_matter(page, at)


_NO_MATTER = _R(
    r"(?:跟|和|与)(?:咱们?|我们|我行|本|这|借款人|他|她|它|厂|公司|医院|学校|企业|项目)[^，。；]{0,5}(?:不沾边|不相干|无关|没关系|没有关系)|no (?:concern|business|matter|worry) of (?:ours|mine)|nothing to do with (?:us|this|our|the borrower)"
)


def _no_matter(page: Page, at: int) -> bool:
    """The author says in the same sentence that it's no matter of the lender's."""
    if not (
        "nothing to do with" in page.sk
        or " of ours" in page.sk
        or "关" in page.sk
        or "不沾边" in page.sk
        or "不相干" in page.sk
    ):
        return False
    end = page.sentence(at)[1]
    return bool(_NO_MATTER.search(page.sk, at, min(end, at + 30) if page.spoken else end))


_PAYER_ZH = _R(r"甲方|下游|总包|客户|业主|^有")


def foreign_debt(page: Page, at: int) -> bool:
    """Owed to somebody else; who is to pay the borrower may well be another firm."""
    return bool((whose := _whose(page, at)) and not _PAYER_ZH.search(whose))


_ITS_ZH = _R(r"^且?其(?:本人|名下|个人)")


def _whose(page: Page, at: int) -> str:
    other, own = (_OTHER_ZH, _OWN_ZH) if page.lang == "zh" else (_OTHER_EN, _OWN_EN)
    before = page.before(at, 22 if page.lang == "zh" and not _ITS_ZH.search(page.left(at)) else 60)
    low = at - len(before)
    others = [m for m in other.finditer(page.sk, low, at + 8) if m.start() < at and not _object(page, m)]
    found = others[-1] if others else None
    if page.lang == "zh" and re.match(
        r"[^。；]{0,6}[，。]?(?:那家|这家)?(?:不是(?:我们|咱们|我行|我)的?(?:户|客户|贷)|不归我们)|[^，。；]{0,3}(?:是)?(?:找|查|告|封|抓)(?:的)?(?:是)?(?:隔壁|别|邻|旁边|楼上|同园)|[^。；]{0,14}[，。；](?:但|不过)?(?:我们|咱们?|本)(?:这|的)?(?:一)?(?:户|家|客户|贷户|企业)[^，。；]{0,6}(?:没|不|照常|正常|好好|稳)",
        page.sk[at : at + 32],
    ):
        return "那家"
    if found and re.match(
        r"[^，。；]{0,8}?(?:(?<![听据])说|讲|告诉|反映)"
        if page.lang == "zh"
        else r"[^.;]{0,30}?\b(?:sa(?:id|ys?|ying)|told|tells?|reckons?|claim\w*|heard|hear|believes?|mentioned|swears?)\b",
        page.sk[found.end() : at],
    ):
        return ""
    gap = page.sk[found.end() : at] if found else ""
    return found.group() if found and not own.search(gap) and not _topic_shift(page, gap) else ""


_OBJECT_ZH = _R(r"(?:跟|向|找|问|从|管|替|帮|欠)(?:了|着)?(?:他|她|自己)?的?$")


def _object(page: Page, m: re.Match[str]) -> bool:
    """跟他表哥借了: the other is not who is spoken of."""
    return page.lang == "zh" and bool(_OBJECT_ZH.search(page.sk[max(0, m.start() - 4) : m.start()]))


def _topic_shift(page: Page, gap: str) -> bool:
    if page.lang == "zh":
        return bool(
            re.search(
                r"[，。；]?(?:我|(?<![厂店家司的方人])老板|他说|她说|厂长|咱)|[，].*(?:但|不过|倒是|账户|工资|订单|抵押)",
                gap,
            )
        )
    return bool(re.search(r"\b(?:but|he|she|we)\b", gap))


_NOT_HIM_EN = _R(
    r"[^.;]{0,14}, not (?:him|her|them|us|ours|theirs|our (?:borrower|client|customer|man)|the borrower|this one)\b"
)
_ELSEWHERE_EN = _R(
    r"\b(?:across the (?:road|street|way|yard)|next door|(?<!bank )(?<!lender )down the road|opposite|over the fence|on the next plot)\b(?! (?:says?|said|told|tells?|reckons?|heard|saw))"
)


def holds(page: Page, start: int, end: int) -> bool:
    """It counts: stated of the borrower, now."""
    if page.lang == "en" and (
        _ELSEWHERE_EN.search(page.sk, start, end) or _NOT_HIM_EN.match(page.after(end, 40))
    ):
        return False
    return not (
        denied(page, start, end) or feared(page, start, end) or over(page, start, end) or foreign(page, start)
    )
