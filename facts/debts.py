"""Who owes what to whom, in either order and over a comma: 房租，三个月没交了 · the landlord hasn't had a penny."""

from __future__ import annotations

import re
from collections.abc import Iterator

from facts import debts_en
from facts.heads import quick
from facts.page import Page

Span = tuple[str, int, int, int]
_R = re.compile
_PAYERS = (
    r"客户|客人|老外|外商|客商|下游|下家|上家|买家|买主|买方|甲方|业主(?=[^，。；]{0,8}[款账])|总包|发包方|工程方|开发商|建设单位|项目部|经销商|分销商|加盟商|代理商|渠道商|采购商|采购方|主机厂|整车厂|车企|收购商|收购站|"
    r"超市|商超|商场|卖场|连锁店|酒店|宾馆|学校|医院|食堂|饭店|平台|电商|贸易公司|外贸公司|进口商|出口商|批发商|二批商?|档口|货主|屠宰场|肉联厂|乳企|奶企|乳品厂|糖厂|粮库|(?<![鱼兽农])药店|食品厂|加工厂|公家|政府|财政|镇里|村委|教育局|国网|电网|租户|租客|东家|品牌方|欧洲客|美国客|香港客|中间商|[菜猪鱼果牛羊鸡粮]贩子?|大户|老主顾|欠债的"
)
_SELLERS = (
    r"供应商|供货商|供货方|供货的|上游|材料商|原料商|材料供货商|厂家|卖家|施工队|施工方|施工单位|施工班组|承包商|包工头|工头|分包商?|工程队|装修队|监理|设计院|安装队|加油站|油站|车队|物流(?:公司)?|货代|运输公司|外协厂?|外协户|代工厂|"
    r"乡亲们?|乡邻|农户|农民|牧民|果农|菜农|茶农|棉农|粮农|蔗农|药农|奶农|养殖户|种植户|社员|瓜农|散户|卖粮的|卖[一-龥]{1,3}的|送[一-龥]{1,2}的|供[一-龥]{1,2}的|[一-龥]{1,2}贩子|[一-龥]{1,2}供应商|(?:饲料|面料|钢材|水泥|建材|五金|化肥|农资|种子|辅料|包装|纸箱|布|油漆|配件|模具|煤|鱼药|苗|板材|木材|面粉|混凝土|砂石|电缆|玻璃|食材|海鲜|酒水|设备|纱)(?:厂家?|店|行|商|老板|站|公司|门市)"
)
_KIN = r"(?:亲戚|朋友|亲友|私人|熟人|老乡|同学|战友|邻居|[大二三四五六老小幺满]?(?:姨|舅|叔|伯|姑|婶|嫂|表哥|表弟|姐夫|妹夫|丈人|岳父|哥|弟|姐|妹)(?!司)|放贷的|个人(?!所得)|外头|社会上)"
_THING_ZH = _R(
    quick(
        r"(?P<wage_arrears>工资|薪水|薪资|薪酬|欠薪|工钱|社保|五险一金|劳务费|月薪|血汗钱|人工费|人工钱|民工(?:的)?钱|工人(?:们|的)*钱|加班费|工人粮|伙计粮)"
        r"|(?P<utility_arrears>水电费?|电费|水费|燃气费|气费|煤气费|天然气费|蒸汽费|暖气费|取暖费|供暖费|热力费|电钱|供电[局所]|供电公司|电力公司|电业局|国家电网|电网公司|自来水公司|水务公司|水务局|燃气公司|热力公司|供热公司|电管所)"
        r"|(?P<rent_arrears>房租|租金|厂租|店租|地租|场租|塘租|铺租|仓租|租子|租费|房钱|租地[款钱]|租赁费|租赁款|承包[费款金]|占地费|摊位费|场地费|流转费|流转金|房东|店面租)"
        r"|(?P<tax_arrears>(?<![免含不减退完缴])(?:增值|所得|土地|房产|营业|印花|附加|企业|个人|消费){0,2}税(?:款|费|金)?(?![前后号率控票收]|务[局所师]|务登)|税务(?:局|所|部门|机关|那边)?(?!登|师|会))"
        r"|(?P<loan_overdue>利息|本金|本息|月供|按揭|[车房网]贷|结息|季息)"
        rf"|(?P<supplier_arrears>{_SELLERS}|(?:材|原|布|面|饲|辅|配|石|木|油|肥|草)料[款钱费]|料[款钱]|采购款|收购款|[钢板]材款|柴?油[款钱]|药[款钱]|应付账?款)"
        rf"|(?P<private_borrowing>{_KIN})"
        r"|(?P<goods>[一-龥](?<![贷存汇付回收还打罚借扣放拨余专现公捐善筹工本花赚有没挣值借要给少的分多拿用交发掏省凑这那了着过点些笔元块万])[款钱](?!项)|运费|加工费|服务费|课时费|设计费|安装费|检测费|台班费|尾数|账款|(?<=的)[款钱账])"
    )
)
_PAY = r"(?:付|交|缴|发(?!现|生|展|货|往|票|出去|函|到)|给|结(?!果|束|婚|论|构|冰|实)|还(?=[^有在是要])|支付|上交|开(?=工资|支|薪|饷)|清|兑|打过?来|打款|打卡|入账|到账|回款|下来|进来|补|拨)"
_DEBT_ZH = _R(
    quick(
        r"(?P<owe>(?:拖|亏|赊|下|该)?欠(?!不欠|缺|佳|妥|考虑|火候|债累|人情|费|条|收)|(?<![供])赊(?=着|了|的|欠)|[压拖](?:着|了)(?=[^，。；没不]{0,10}(?:款|钱|账|租金|工资|A))|差着|差(?=人家|别人|[他她][^，。；]{0,6}(?:租|工资|工钱|款|钱|A))|该(?=人家|别人))"
        rf"|(?P<unpaid>(?:没有?|未|尚未|无法|没能|未能|没法|不曾|一直不|迟迟不|死活不|就是不|老是?不|拖着不|压着不|赖着不|硬是不|还不|不肯|不愿意?)(?:再|按时|按期|如期|及时|足额|全额|按约|钱|见|见到|看到|能|来得及|给(?:人家|他们?|她|我们|咱们?|工人|供应商|厂里|公司)?|跟(?:他|人家|我们)们?|把|得){{0,3}}{_PAY}"
        r"|(?:付|交|缴|发|给|结|还|支|打|兑|拿|掏)不(?:出|上|起|了(?!多)|下|清|齐|动)|断缴|停缴|停发|缓发|欠发|一拖再拖|拖到(?:现在|今天|如今|这会儿?)|拖(?:着|了)(?!车|走|地)|挂账|挂着(?=[没未不，。；T]|$)|逾期|拖欠|赖着?账|赖着|没(?:有)?(?:着落|下文|个影|影儿?|动静)|泡汤)"
        r"|(?P<chase>(?:天天|成天|整天|老是?|一直|总|轮番|不停地?|又|都|已经?|三番五次|几次|多次|上门|到厂里?|追着|堵[着在了]?门?口?|来|跑来|坐着|打电话|拉横幅|围着?|蹲|要来|说要|扬言|威胁要?|发了?|下了?|贴了?|送了?|把门){1,4}[^，。；没不未]{0,4}?(?:催[缴交要款租费账促]?|讨|要(?=[钱账债款薪租奶料货菜]|工|房|运|说法|现)|堵|停电|断电|拉闸|掐电|掐线|停水|断水|断气|停气|停供|断供|断货|不发货|停电|锁了?门|锁|换锁|贴告示|赶人|撵人|收房|清退)|(?:等|盼|指望)(?:着|了)[^，。；]{0,8}(?=[租工薪钱款]))"
    )
)
_TO_HIM_ZH = _R(
    r"(?:着|了|下)?(?:他|她|它|我)们?(?:家|厂|公司|厂里|店里|这边|的)?(?!表|堂|哥|弟|姐|妹|姨|舅|叔|伯|姑|婶|嫂|爸|妈|爹|娘|岳|丈|老|小舅|二|三|大|朋|亲|同|战|行|们行|员|工|司)|(?:着|了|下)?(?:厂里|厂子|合作社|本企业|该企业|该公司|借款人|公司|企业|咱厂|这家厂|这边)(?!员|职|工)"
)
_GIVEN_ZH = _R(r"给(?:他|她|它|我们|咱|厂里|公司|企业|合作社|借款人)")
_PAYER_ZH = _R(rf"(?:{_PAYERS})(?!的(?:客户|户))")
_ADVERBS_ZH = _R(
    r"[TDAPN还也都又就老竟已有约共近快小大整足超多来个月年天半季度拖到现今至一直迟始终目前后的了着在呢那这仍尚从自起开总是好几人家他她说讲该厂里公司企业对方边借款因未能实钱]*"
)
_LINK_ZH = _R(r"[ATNP、和跟与及以还有的各也共计约多来连同加上外包括等]*")
_ON_CREDIT_ZH = _R(rf"(?:{_SELLERS}|他们|人)$")
_DEBTOR_ZH = _R(r"的(?:客户|经销商|下游|买家|对方|甲方|业主|超市|平台|总包)")
_MUCH_ZH = _R(r"债|不少|很多|一堆|好几|多少")
_TURNED_ZH = _R(r"A[^，。；]*[这那]边")
_DONE_ZH = _R(r"[清交缴还结付买说讲用让被]|发了|抵押")
_TELLER_ZH = _R(rf"(?:{_SELLERS}|房东|工人|司机)[^。；]{{0,14}}(?:说|讲|反映|称|告诉|表示)")


def debts(page: Page) -> Iterator[Span]:
    """Each debt that somebody does not pay: its signal, where its words start and end, and where its verb stands."""
    return _debts_zh(page) if page.lang == "zh" else debts_en.debts(page)


def _debts_zh(page: Page) -> Iterator[Span]:
    sk = page.sk
    for m in _DEBT_ZH.finditer(sk):
        kind = str(m.lastgroup)
        found = _named_zh(page, kind, m)
        if not found and (bare := _bare_zh(page, kind, m)):
            yield bare, m.start(), m.end(), m.start()
        for thing in found:
            if signal := _signal_zh(page, kind, m, thing):
                yield signal, min(thing.start(), m.start()), max(thing.end(), m.end()), m.start()


def _named_zh(page: Page, kind: str, verb: re.Match[str]) -> list[re.Match[str]]:
    """What is owed, or to whom: behind the verb, before it, or a breath away."""
    low, high = page.clause(verb.start())
    before = _last_thing_zh(page, low, verb.start())
    if kind == "chase":
        return before or _things_zh(page, verb.end(), high)[:1]
    if kind == "unpaid":
        near = _things_zh(page, verb.end(), min(high, verb.end() + 8))[:1]
        return near or before or _thing_said_before(page, low, verb.start())
    found = _things_zh(page, verb.end(), high) or before
    if not found and _MUCH_ZH.search(page.sk, verb.end(), high):
        return _things_zh(page, high, min(len(page.sk), high + 12))[:1]
    return found


def _bare_zh(page: Page, kind: str, verb: re.Match[str]) -> str | None:
    """Nothing is named but to whom: 区里欠着他们, 都是还没给人家的."""
    right = page.right(verb.end(), 4)
    if kind == "unpaid" and _payer_said(page, verb):
        return "receivables_overdue"
    if kind == "owe" and owed_to_borrower(page, verb.start(), verb.end()):
        return "receivables_overdue" if "A" in page.right(verb.end(), 12) else None
    return "supplier_arrears" if kind == "unpaid" and right.startswith(("人家", "别人")) else None


def _payer_said(page: Page, verb: re.Match[str]) -> bool:
    """大客户那边，现在还不给结: nothing is named but who should pay."""
    if not re.search(r"[给结付打账款]", verb.group()):
        return False
    left = page.before(verb.start(), 30)
    payers = list(_PAYER_ZH.finditer(left))
    gap = left[payers[-1].end() :] if payers else "他"
    return not re.search(r"[他她]|老板|公司|厂里|工人|供应|税|租|息|贷|不欠|没欠|[好全]", gap)


def _things_zh(page: Page, low: int, high: int) -> list[re.Match[str]]:
    """What stands behind 欠, a row of them too: 欠增值税213万、电费46万."""
    found: list[re.Match[str]] = []
    for m in _THING_ZH.finditer(page.sk, low, high):
        gap = page.sk[found[-1].end() if found else low : m.start()]
        if (
            len(gap) > 14
            or _DONE_ZH.search(gap)
            or _TURNED_ZH.search(gap)
            or (found and not _LINK_ZH.fullmatch(gap))
        ):
            break
        found.append(m)
    return found


def _last_thing_zh(page: Page, low: int, at: int) -> list[re.Match[str]]:
    found = list(_THING_ZH.finditer(page.sk, max(low, at - 16), at))
    return found[-1:]


def _thing_said_before(page: Page, low: int, at: int) -> list[re.Match[str]]:
    """房租，三个月没交了: the clause before names it, and nothing else comes between."""
    if not _ADVERBS_ZH.fullmatch(page.sk[low:at]) or low <= page.sentence(at)[0]:
        return []
    before = page.clause(low - 1)[0]
    found = _last_thing_zh(page, before, low)
    if not found or len(page.sk[found[0].end() : low]) > 6 or _DEBT_ZH.search(page.sk, before, low):
        return []
    return found if not re.search(r"[清齐完付交发]了|正常|按时|没问题", page.sk[before:low]) else []


def _signal_zh(page: Page, kind: str, verb: re.Match[str], thing: re.Match[str]) -> str | None:
    name, said = str(thing.lastgroup), verb.group()
    if owed_to_borrower(page, verb.start(), verb.end()):
        return "receivables_overdue" if name in ("goods", "supplier_arrears") else None
    if said.startswith("赊") and _ON_CREDIT_ZH.search(page.left(verb.start(), 8)):
        return None
    if _DEBTOR_ZH.match(page.right(thing.end(), 8)):
        return None
    if kind == "chase":
        return _chased_zh(page, verb, name)
    if name == "goods":
        return _goods_zh(page, kind, verb, thing)
    if name == "private_borrowing":
        return name if kind == "owe" and verb.end() <= thing.start() else None
    if name == "supplier_arrears" and kind == "unpaid":
        return name if re.search(r"[款钱账费]", thing.group() + page.sk[thing.end() : verb.end()]) else None
    return None if name in ("loan_overdue", "tax_arrears") and said.startswith("压") else name


def _goods_zh(page: Page, kind: str, verb: re.Match[str], thing: re.Match[str]) -> str | None:
    """货款 goes either way: the verb tells, or who says so."""
    if kind == "unpaid":
        if re.search(r"到账|回款|进来|打", verb.group()):
            return "receivables_overdue"
        return "supplier_arrears" if re.match(r"[付交给结拿]不|没钱", verb.group()) else None
    bare = verb.end() <= thing.start() and page.sk[thing.start()] != "的"
    return "supplier_arrears" if bare or told_by_creditor(page, verb.start()) else None


def _chased_zh(page: Page, verb: re.Match[str], name: str) -> str | None:
    words = verb.group()
    if name in ("goods", "private_borrowing", "loan_overdue"):
        return None
    if name == "utility_arrears" and re.search(r"停|断|拉|掐", words):
        around = page.before(verb.start(), 20) + page.after(verb.end(), 12)
        return None if re.search(r"检修|限电|计划|线路|抢修|台风|故障", around) else name
    if name == "supplier_arrears" and not re.search(r"催|讨|要|堵|断|停|不发", words):
        return None
    return name


def told_by_creditor(page: Page, at: int) -> bool:
    """施工单位说甲方欠他们进度款: he who is spoken of is the borrower."""
    return page.lang == "zh" and bool(_TELLER_ZH.search(page.before(at, 24)))


def owed_to_borrower(page: Page, start: int, end: int) -> bool:
    """Whether somebody owes it to the borrower: 客户欠着货款, 欠他的石料钱, 上家没给他结."""
    left = page.left(start, 24)
    if told_by_creditor(page, start):
        return False
    if _GIVEN_ZH.search(page.sk[start:end] + page.right(end, 3)) and not re.search(r"他$|她$", left):
        return True
    if _TO_HIM_ZH.match(page.sk, end) and page.sk[start:end].endswith(("欠", "拖着", "拖了", "压着", "压了")):
        return True
    payers = list(_PAYER_ZH.finditer(left))
    return bool(payers) and not re.search(r"[欠给付跟向找被]$|欠[^，。；]{0,3}$", left[: payers[-1].start()])
