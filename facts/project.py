"""How far the financed project is, and whether it keeps its plan."""

from __future__ import annotations

import re

from facts import project_en
from facts.heads import quickly
from facts.model import Fact
from facts.page import Page, last_at, number
from facts.polarity import feared, foreign, foreign_debt
from facts.quantities import Quantity

_R = quickly
PROJECT = {
    "zh": _R(r"烂尾|翻建|重建|迁建|加盖|地皮|场地|桩|盖(?![着章布上过])|搭建|支起|建成|建好|建到|承台|桥|路基|路面|隧道|管网|库房|民宿|猪舍|圈舍|牛舍|活儿|奶厅|池|鱼塘|吊顶|幕墙|电梯|机井|围墙|一店|二店|三店|新店|分店|装完|开张|开的张|项目|工程|进度|扩建|二期|三期|一期|新建|装修|施工|土建|基建|改造|安装|封顶|主体|工地|园区|产业园|物流园|充电站|充电桩|温室|农业园|新店|分店|门店|店面|铺面|工期|建设|电站|光伏|冷库|新厂|厂房|生产线|产线|新棚|鸡舍|猪舍|大棚|翻新|翻修|完工|开工(?!率)|动工|投产|竣工|验收|烘干塔|宿舍|教学楼|外墙|打桩|桩基|基础|楼|调试|新线|新车间|水电站|养殖场建|整个|钢结构|设备安装|试运行|试产|改建|场馆|门店装"),
    "en": project_en.PROJECT,
}  # fmt: skip
STATES = {
    "zh": {
        "suspended": _R(r"停工(?!待料)|停了|停下来|停下|停着|停建|停(?:在)?(?:那|这)(?:儿|里)?了?|停摆|撤场|烂尾|缓建|中止|暂停|搁置|歇工|就歇了|叫停|没人干(?:活|了)|停滞|撂荒|撂(?:挑子|那|下不干)|荒着|晾着|没人施工|罢工|(?:项目|工程|扩建|装修|改造)[^，。；]{0,3}(?:黄了|下马|流产|泡汤)|黄了(?=P)|(?:包工|工头|承包)[^，。；]{0,8}(?:回老家|不来了|走了|撤|跑)|(?:工地|项目|工程)[^，。；]{0,3}(?:封了|被封)|卷铺盖|半拉子|晒太阳|撂摊子|(?:木工|瓦工|工人|施工队|工程队|包工头|队伍|班组|师傅)[^，。；]{0,8}(?:走人|撤场|撤了|跑路|散伙)|(?:木工|瓦工|工人|施工队|工程队|包工头|队伍|班组)[^，。；]{0,3}(?:不干|罢工|走[光完]|跑[光了])|(?:修|盖|建|整|弄|装|铺|搭|砌|打)到[^，。；]{0,8}(?:停|撂|扔|搁|丢)(?:了|下|那|在|着)|扔(?:在)?那|撤(?:出|离)(?:了)?(?:工地|现场)|(?:工人|施工队|工程队|包工头|队伍)[^，。；]{0,3}(?:撤了|走了|散了)"),
        "completed": _R(r"完工|竣工|收尾了|收的尾|已经?在?试营业|(?:全部|全|都|已经?|统统)(?:弄|整|搞|做|装|盖|修|建|铺|砌|翻修)(?:完|好|妥|利索|停当)(?!了?[之以]?[前后]|P|，?正?在?[试调])|开的门|开门(?:营业|迎客|接客)|(?:已经?|正式|开始|都)[^，。；没不]{0,3}(?:启用|投运|点火|开炉|投料|迎客|对外营业|投入)(?!资|了?A)|投用(?<![没未]投用)(?!前|后|时)|开的?张了?(?=[，。；]|$)|(?:已|已经|都|正式|顺利|全部|装好|建成|建好|上月|上个月|并|并于D|试)[^，。；]{0,6}投产|投产了|投产(?=[，。；]|$)|交付使用|投入使用|投入运营|投入生产|正式投用|验收(?:合格|通过|完)|通过(?:了)?验收|建成(?!后|的话)|建好了|装修(?:好|完)了|盖好了|修好了|装好(?:了(?!，下)|投产)|干完了|做完了|完成了?(?:全部|所有)|全部完成|已完成(?!P|.{0,6}P|主体|基础|土建|桩|.{0,4}分)(?=[，。；]|$)|开业了|正式开业|交工了|已交工|已交付|落成|装完了|试营业了|并网(?:了|成功|运行|投运|发电)|(?:已|成功|顺利)并网|验收了(?!没)|开园了|通车了|入住了|搬进去了|用上了|(?:弄|整|搞|做|装|盖|修|建|搭)(?:完|好|妥)了|开的业|完活"),
        "not_started": _R(r"(?:到现在|至今|到今天|迄今)(?:还|都|也)?(?:没|未)(?:有)?(?:动(?![产用过])|影|启动|下文|动静)|一[根块锹铲片](?:桩|砖|土|瓦)?都?没(?:打|动|砌|挖|铺|落)|[桩砖土锹铲]都(?:还)?没(?:打|动|砌|挖)|还是(?:一)?(?:片|块)?(?:荒地|空地|农田|菜地|草|毛地|平地|白地)|连[^，。；]{0,6}都(?:还)?没(?:挖|打|动|砌|进场)|(?:停|还)(?:留)?在(?:图纸|纸面|纸上|审批|报批)|(?:还没|没|尚未|未|还未|没有|仍未|一直没|迟迟没|迟迟未|都没)(?:有|能|正式|得|实质)?(?:开工|动工|启动|开建|进场|破土|动土|开始(?:施工|建|动工|干)?|奠基|入场施工|实施|开挖)|等[^，。；]{0,10}(?:才|再)(?:能)?(?:开工|动工)|停留在(?:图纸|设计|审批)|还在(?:设计|审批|报批|办手续)|一砖(?:没|未)动"),
        "delayed": _R(r"(?:比|较|和|跟|与)?(?:原?(?:来|定|先|本)?的?)?(?:计划|进度|工期|预定|预期|合同|预想|设想|预计|约定|节点|(?:当初|原来|之前)?[说讲定约]好?的(?:日子)?)(?:时间|工期|进度|节点|的)?[^，。；不没未]{0,6}?(?:晚|慢|滞后|落后|延后|拖|延误|推迟|超期|差(?!不多))|滞后|延期|延误|拖后|落后|(?:工期|进度|工程|项目|完工|投产|施工|竣工|交付|并网|开业|交房|通车)[^，。；不没未]{0,14}?(?:推迟|拖了|拖延|慢了|晚了|往后推|顺延|偏慢|延后|推后|耽误|拖着|超期|拖到|延到|推到|晚T|慢T|迟了|慢)|(?:推迟|往?后(?:推|拖|延|挪)|拖延|耽误|耽搁|晚了|慢了|拖了|延迟|延后|推后)[^，。；]{0,4}T|(?:慢|晚|拖|误|落)了?(?:有|快|近|将近|差不多|大概|得有)?T|误了?工期|误工|赶不上(?:计划|工期)|脱期|落下了?T|误了[^，。；]{0,3}T|原定[^，。；]{0,10}，(?:现在|目前|如今)?[^，。；]{0,4}(?:要到|推到|得到|改到|延到)"),
        "ahead": _R(r"提前(?!还|支取|放|归还|结清|通知|打|跟|说|约|备|囤|采购|付|一天到)|超前|(?:比|较)(?:原来|原|原定|预定)?(?:计划|进度|工期|预期|合同|节点|约定|预想|预计|(?:当初|原来|之前)?[说讲定约]好?的)[^，。；]{0,8}(?:快|早|超前|提前)|快于计划|早于计划"),
        "on_schedule": _R(r"一天(?:也|都)?没(?:差|误|拖|落|耽误)|照[^，。；没不]{0,4}(?:的|上)日子|(?:踩|卡|跟|压)着(?:节)?点|节点[^，。；不没未]{0,3}(?:踩|卡|跟|都到|都达|达标)|(?:追|赶|撵)上了?(?:计划|进度|工期|趟)|(?:工期|进度)[^，。；不没未]{0,4}(?:追|抢|赶)(?:回|上)|工期[^，。；没不]{0,3}赶得(?:上|及|赢)|没(?:拖(?![欠过着了])|误|耽误|耽搁|拉下|落下|掉队|掉链子)|不(?:误|耽误)工期|(?:按照?|依照?|照|按着|照着|跟着)(?:原|着|既)?(?:计划|进度|工期|期|时间|节点|日子|预定计划|既定计划|合同)(?:节点|工期|进度|表)?[^，。；不没]{0,4}?(?:推进|进行|走|施工|实施|完成|来|干|做|建设|在走|在做|推|开展|进展|施工)|按期(?!还|付|归还|交息|结息|支付|发|偿|缴|交租|交税|归)|如期(?!还|付|归还|发|偿|缴|支付)|正常推进|(?:进度|工程|项目|施工|工期|建设)[^，。；不未没]{0,6}(?:正常|顺利|符合|没耽误|没拖|没落下|未延误|无延误|没有拖|没有延|跟得上|一致|没误|没问题)|符合(?:计划|进度|预期进度|施工计划|工期)|[与和跟同][^，。；不未]{0,8}(?:计划|进度|工期|节点)[^，。；不未]{0,4}(?:吻合|一致|相符|同步|匹配|持平)|和计划(?:一致|差不多|一样)|跟计划(?:差不多|一致|一样|走|同步|合拍|吻合)|推进顺利|进展顺利|按部就班|没有?(?:拖|落|耽误|误)(?:后|下|工期)"),
    },
    "en": project_en.STATES,
}  # fmt: skip
RANK = ("completed", "suspended", "not_started", "delayed", "ahead", "on_schedule")
FUTURE = {
    "zh": _R(r"(?:预计|预期|争取|有望|计划(?!进度)|拟|将(?:于|在|会)?|能(?!不能)|可望|准备|打算|力争|等|说是?D|原定|原计划|保证|承诺|要到|D|(?<!提)(?<!目)前|年底|月底|月份(?!就)|(?<!然)后|才能|就能|可以|应该能|目标|若|如果|要是|未|没|还没|尚未|不能|等到|快(?:要)?|即将|马上|还得)[^，。；]{0,12}$"),
    "en": project_en.FUTURE,
}  # fmt: skip
MONEY = {
    "zh": _R(r"社保|公积金|水费|电费|货款|回款|付款|工资|账期|利息|还款|款|交货|到货|税|租|报表|发货|应收|订单|贷款|退款|息|收货|上货|出栏|报告|发票"),
    "en": project_en.MONEY,
}  # fmt: skip
PERCENT_CUE = {
    "zh": _R(r"全程|总里程|(?<![率能荷])[修建盖整弄装做干铺搭支砌挖]到|[立吊浇砌刷贴拼焊栽埋敷起]了(?![诉火])|工[程作]量|[支搭立盖建]起来|进度|完成|工程|项目|做了|干了|建了|装了|弄了|报的是|报上来|工期|形象|装修|施工|浇到|砌到|打到|铺到|算下来|建到|推进到|干到|做到|封顶|扩建|土建|安装|盖|改造|完工|[弄干做建盖修铺装整]完|主体|建设|园区|[一二三]期|停工|整个"),
    "en": project_en.PERCENT_CUE,
}  # fmt: skip
NOT_PROGRESS = {
    "zh": _R(r"能力|养了|用了|开了|开工率|产能|利用率|负荷|订单|单子|营收|营业额|收入|销售|产值|利润|毛利|利率|抵押率|负债率|入住|出租率|上座|上客|出勤|价格|成本|股|比例|首付|定金|预付|工人|员工|占(?!全程|总|整)|任务|指标|库存|应收|款|成新|占比|客流|产量|电费|回款|存栏|出栏|翻台"),
    "en": project_en.NOT_PROGRESS,
}  # fmt: skip


def facts(page: Page) -> list[Fact]:
    percent = _percent(page)
    status = _status(page, percent)
    delay = (
        _delay(page)
        if status and status.value in ("delayed", "suspended", "completed", "not_started")
        else None
    )
    return [f for f in (percent, status, delay) if f]


def _percent(page: Page) -> Fact | None:
    """The last share said of the project as a whole; one said of a part of it only where nothing else is."""
    best: tuple[int, Quantity] | None = None
    for q in page.of("percent"):
        score = _progress_score(page, q)
        if score and (best is None or score >= best[0]):
            best = (score, q)
    if not best:
        return None
    q = best[1]
    return page.fact("progress.percent", number(q.value), q.start, q.end, q) if q.value <= 100 else None


_CAPACITY_EN = _R(
    r" (?:of )?(?:the |its |their )?(?:rated |full |installed |total )?capacity| (?:up|down|off|higher|lower|of orders|on last|of last|more|less)\b"
)
_NOT_OF_WORKS_EN = _R(
    r"\s?(?:of|on|up|down) (?:last|the money|the loan|our|it\b(?! (?:is |was )?(?:now )?(?:done|built|finished|complete|up|in|laid|dug))|orders|staff)"
)
_NOT_OF_WORKS_ZH = _R(r"的?(?:机器|工人|设备|人|产品|货|车间|员工|客户|学生|订单)")
_NOT_REACHED = _R(
    r"(?:本来|原本|原先)[^，。；]{0,10}(?:要|该|应)(?:到|达到|完成|干到|做到)?(?:了)?$|原?计划(?:应|进度|是)?[^，。；]{0,8}(?:达到|应|到|完成)?$|目标|应该?(?:达到|完成|到)$|预计[^，。；]{0,12}$|合同约定[^，。]{0,8}$|"
    r"上次[^，。；]{0,12}$|上个?月(?:还|是|才)[^，。；]{0,6}$|planned[^.;,]{0,12}$|(?:against|versus|vs\.?) (?:a |the |its )?(?:plan\w*|target|budget|programme|program|schedule\w*)[^.;,]{0,14}$|"
    r"target[^.;,]{0,14}$|vis-a-vis $|(?:compared (?:with|to)|instead of|rather than) (?:the )?$|plan was[^.;,]{0,24}$|(?:supposed|meant|planned|due|scheduled) to be[^.;,]{0,12}$|last (?:time|month|note|report|visit|week|review|inspection|call)[^.;,]{0,40}$|should (?:be|have)[^.;,]{0,14}$|P[^.;]{0,20}\b(?:against|versus|vs\.?|up from|down from|from) (?:about |around |the |a )?$"
)
_CERTIFIED_EN = _R(
    r",? (?:on|according to|per|as per|by) (?:the |their |his |her |our )?(?:own )?(?:last |latest )?(?:(?:site |resident |project |lender's )?(?:architect|engineer|surveyor|clerk|consultant|monitor|qs\b|valuation|certificate|foreman)|programme|bill of quantities)"
)
_UP_SO_FAR_EN = _R(r" (?:up|in|built|laid|dug|there)\b(?! (?:on|from|the|a|to)\b)")
_NOT_NOW_ZH = _R(r"[，。]?(?:不对|错了)?[，。]?那?是(?:上个?月|上次|上回|去年|之前|原来|计划|上周)")
_OVERALL = _R(r"整个|整体|总|我看|我觉得|我估|形象|工程进度|项目进度|累计|overall|whole|works|project")
_CALL_IT_EN = _R(
    r"\b(?:call it|i'd have (?:said|guessed|put it at)|i make it|i'd (?:say|guess|call it|estimate|reckon)|(?:i'd|would|i) (?:put|place) (?:it|things|that|them) (?:at|as)|(?:stuck|stands?|standing|sitting|currently|now|still|only|it's|is) at|i would (?:say|put it at)|reckon\w*(?: it's)?) (?:uh |um |er )?(?:about |around |roughly |maybe |say )?$|\b(?:on (?:schedule|programme|time|track|plan)|ahead|behind)[^.;A-Z]{0,12} (?:at|with) $"
)
_KEEPING_EN = _R(
    r"(?: complete)?,? (?:and|but)? ?(?:\w+ ){0,3}(?:T+ )?(?:behind|ahead|on (?:schedule|time|programme|track|plan))\b(?! (?:on|with) )"
)
_AFTER_STATE_EN = _R(
    r"\b(?:works|extension|construction|building|project|fit-?out|refurb\w*|installation|valuation|progress)\b[^.;]{0,24}(?:complete|done|finished|ongoing|valuation)?[ ,:]+(?:at |about |around |roughly )?$"
)
_PART_ZH = _R(r"(?:外墙|内墙|门窗|屋面|地坪|绿化|消防|管网|围墙|道路|水电)[^，。；]{0,8}$")
_JUST_THAT_ZH = _R(r"^[，]?(?:说是|我看|监理|顶多|也就|大概|差不多|到|有|过)?[^，。；]{0,6}$")


def _progress_score(page: Page, q: Quantity) -> int:
    """3 for the whole project, 2 for the project, 1 where only the context says so, 0 for anything else."""
    zh = page.lang == "zh"
    left, right = page.left(q.start, 24 if zh else 60), page.right(q.end, 10 if zh else 30)
    cue, not_cue = PERCENT_CUE[page.lang], NOT_PROGRESS[page.lang]
    near = last_at(cue, left)
    if zh and _PART_ZH.search(left):
        return 0 if last_at(not_cue, left) > near else 1
    if last_at(not_cue, left) > near or not_cue.match(right.lstrip(" 的左右")) or _NOT_REACHED.search(left):
        return 0
    up = not zh and _UP_SO_FAR_EN.match(right) and PROJECT["en"].search(left)
    if foreign_debt(page, q.start) or (not up and _of_else(page, q, right)):
        return 0
    if near >= 0 or up or (not zh and _CERTIFIED_EN.match(page.right(q.end, 60))):
        return 3 if near >= 0 and _OVERALL.search(left) else 2
    if zh and _NOT_OF_WORKS_ZH.match(right):
        return 0
    after = cue.search(right)
    if after and not (zh and re.search(r"[，。]", right[: after.start()])):
        return 2
    if zh:
        return 1 if _JUST_THAT_ZH.search(left) and _in_project(page, q) else 0
    return 1 if _only_so_en(page, q, left) else 0


def _of_else(page: Page, q: Quantity, right: str) -> bool:
    """A share of something else, or one that is taken back: 五成五，不对，那是上个月的."""
    if page.lang == "zh":
        return bool(_NOT_NOW_ZH.match(page.sk, q.end) or _CAPACITY_EN.match(right))
    return bool(_CAPACITY_EN.match(right) or _NOT_OF_WORKS_EN.match(right))


def _only_so_en(page: Page, q: Quantity, left: str) -> bool:
    """Call it 60 percent, where the works were spoken of before."""
    if _KEEPING_EN.match(page.sk[q.end : q.end + 50]) or _AFTER_STATE_EN.search(page.before(q.start, 60)):
        return True
    named = PROJECT["en"].search(page.sk, max(0, q.start - 140), q.start)
    return bool(_CALL_IT_EN.search(left) and named)


def _in_project(page: Page, q: Quantity) -> bool:
    """The project is what was spoken of last before the share."""
    wide = page.before(q.start, 40)
    near = last_at(PERCENT_CUE["zh"], wide)
    return near > max(last_at(NOT_PROGRESS["zh"], wide), len(wide) - 24)


def _status(page: Page, percent: Fact | None) -> Fact | None:
    found: dict[str, tuple[int, int]] = {}
    for name in RANK:
        span = _stated(page, name, percent is not None)
        if span:
            found[name] = span
    if "suspended" in found and "completed" in found and found["suspended"] > found["completed"]:
        del found["completed"]
    if "suspended" in found and re.search(
        r"(?:已经?|又|重新|现在|目前|D)(?:全面|正式)?(?:复工|恢复施工)|(?:复工|恢复施工)了|重新开工|resumed|restarted|back on site",
        page.sk[found["suspended"][1] :],
    ):
        del found["suspended"]
    if "not_started" in found and "suspended" in found:
        del found["not_started"]
    if percent is not None and percent.value != 100:
        for part in ("completed", "not_started"):
            strong = part in found and re.search(
                r"竣工|投产|验收|投用|in production|handed over", page.sk[slice(*found[part])]
            )
            if not strong:
                found.pop(part, None)
    best = next((n for n in RANK if n in found), None)
    return page.fact("progress.status", best, *found[best]) if best else None


def _stated(page: Page, name: str, known: bool) -> tuple[int, int] | None:
    for m in STATES[page.lang][name].finditer(page.sk):
        if _of_project(page, m, name, known) and _sure(page, m, name):
            return m.span()
    return None


_PLAIN_ZH = _R(
    r"(?:比|较|跟|按)(?:照)?(?:原|既)?(?:定|来|先)?的?(?:计划|进度|工期|预定|节点|预想的?|(?:当初|原来|之前)?[说讲定约](?:好的?|的(?=日子|时间|[^，。；]{0,4}D)))|(?:踩|卡)着(?:节)?点|节点"
)
_PLAIN_EN = _R(r"schedule|programme|behind plan|on track")


_WITH_ANYONE_EN = _R(r" (?:with|on) (?:any(?:one|body|thing)|us|the (?:bank|rent|wages)|(?:his|her|their) )")
_MONEY_IDLE_ZH = _R(r"A|钱|款|资金|额度")


def _of_project(page: Page, m: re.Match[str], name: str, known: bool = False) -> bool:
    """A project must be spoken of nearby, and no payment between."""
    zh = page.lang == "zh"
    left = page.left(m.start(), 26 if zh else 70)
    plain = (_PLAIN_ZH if zh else _PLAIN_EN).search(m.group())
    if not plain and not (known and not zh) and not PROJECT[page.lang].search(_around(page, m, name)):
        return False
    if name in ("delayed", "ahead", "on_schedule") and _of_payment(page, m, name, left):
        return False
    return _of_project_zh(page, m, name, left) if zh else _of_project_en(page, m, name, left)


def _around(page: Page, m: re.Match[str], name: str) -> str:
    """The words among which a project must be named, across sentences before and in the clause after."""
    if page.lang != "zh":
        return page.sk[max(0, m.start() - 160) : m.end()] + page.right(m.end(), 40)
    after = page.after if name == "suspended" else page.right
    return page.sk[max(0, m.start() - 60) : m.end()] + after(m.end(), 12)


def _of_payment(page: Page, m: re.Match[str], name: str, left: str) -> bool:
    """A payment is spoken of last, not the works."""
    words, thing = left + m.group(), PROJECT[page.lang]
    if page.lang == "zh" and len(left) < 2 and name != "ahead":
        words = page.before(m.start(), 12)
        return last_at(MONEY["zh"], words) > last_at(thing, words.replace("进度款", ""))
    return last_at(MONEY[page.lang], words) > last_at(thing, words)


_PAID_LATE_EN = _R(
    r"[ ](?:on|with|in) (?:\w+ )?(?:any(?:one|body|thing)|rent|wages|vat|tax|interest|payments?|bills?|us\b|payroll|invoices?|salaries|supplier)"
)
_OUTPUT_EN = _R(r"\b(?:production|trading|deliveries|plant|factory|machines)\b[^.;,]{0,24}$")


def _of_project_en(page: Page, m: re.Match[str], name: str, left: str) -> bool:
    if name == "on_schedule":
        of_pledge = re.search(r"\b(?:pledg|collateral|security)", left)
        return not (of_pledge or _WITH_ANYONE_EN.match(page.right(m.end(), 30)))
    if name == "delayed":
        return not _PAID_LATE_EN.match(page.right(m.end(), 24))
    return name != "suspended" or not _OUTPUT_EN.search(left)


_TASK_ZH = _R(r"订单|任务|指标|整改|维修|手续|保险|招聘|检修|出栏|收割|缴|还款|付款|清算|验资")


def _of_project_zh(page: Page, m: re.Match[str], name: str, left: str) -> bool:
    if name == "suspended":
        return _project_stop(page, m, left)
    if name == "completed":
        return not _TASK_ZH.search(left[-8:] + m.group())
    if name != "not_started":
        return True
    head = m.group()[0]
    if head in "到至迄" and _MONEY_IDLE_ZH.search(left[-12:]):
        return False
    if head == "等" and re.search(r"停|生产|机器|师傅", page.before(m.start(), 50)):
        return False
    return not re.search(r"生产|机器|上班|复工|率|停|T", left[-6:] + page.right(m.end(), 2))


def _project_stop(page: Page, m: re.Match[str], left: str) -> bool:
    own = re.search(r"生产|机器|条线|车间|全厂|电|账户|供货|发货|业务|营业|企业|工厂|贷款|工资", left[-10:])
    site = re.search(
        r"工程|项目|装修|施工|工地|扩建|光伏|二期|一期|土建|主体|安装|建设|改造|电站|桩|大棚|翻修|冷库|楼|园区|温室|土方|产业园|总包|舍|圈|奶厅|民宿|[二三新分]店|盖|[修建整弄装铺砌搭]到|桥|隧道|路[基面]",
        page.before(m.start(), 24) + m.group() + page.after(m.end(), 14),
    )
    return bool(site) and not own


def _sure(page: Page, m: re.Match[str], name: str) -> bool:
    left = page.left(m.start(), 24 if page.lang == "zh" else 50)
    if foreign(page, m.start()):
        return False
    if name == "completed":
        if "P" in m.group() or re.search(
            r"\b(?:pay|paid|pays|bill\w*|owed|owes?)\b[^.;,]{0,12} for (?:the |some )?$", left
        ):
            return False
        left = _undated(page, m.start(), left)
        return (
            not FUTURE[page.lang].search(left) or bool(re.search(r"已经?(?:于)?D*[^，。；]{0,6}$", left))
        ) and not re.match(
            r"[^，。；]{0,3}(?:还(?:得|要|早)|之?前|后(?!的)|时间|日期)", page.right(m.end(), 6)
        )
    if name == "not_started":
        return True
    if page.lang == "zh":
        neg = re.search(
            r"(?:没有?|未|不|无|并未|不会|不能|未能|无法|没能|没法)(?:出现|发生|有|怎么|任何|存在|什么|再|按|完全|是|算)?$",
            left[-7:],
        )
        return (
            not neg
            and not (name == "suspended" and feared(page, *m.span()))
            and not (name == "delayed" and feared(page, *m.span()))
            and not re.search(
                r"(?:预计|将|争取|可以|能|有望|打算)[^，。；]{0,5}$", left[-8:] if name == "ahead" else ""
            )
        )
    if _LAST_TIME_EN.search(page.left(m.start(), 80)):
        return False
    neg = re.search(r"\b(?:not|no|isn't|aren't|hasn't|never|without|wasn't|no longer)\b[^.;,]{0,14}$", left)
    return not neg and not feared(page, *m.span())


_LAST_TIME_EN = _R(
    r"\b(?:at|on|in|by|since) (?:the |my |our )?last (?:time|note|report|visit|review|inspection|call)\b"
)


def _undated(page: Page, at: int, left: str) -> str:
    """The words before, without a day that is already past: 6月18日正式投产."""
    gone = any(
        d.past and d.past <= page.today and (page.today - d.past).days < 90 and at - len(left) <= d.start < at
        for d in page.days
    )
    return left.replace("D", "") if gone else left


def _delay(page: Page) -> Fact | None:
    for m in STATES[page.lang]["delayed"].finditer(page.sk):
        if not _of_project(page, m, "delayed", True) or not _sure(page, m, "delayed"):
            continue
        low, high = (m.start() - 3, m.end() + 8) if page.lang == "zh" else (m.start() - 26, m.end() + 26)
        for q in page.of("duration"):
            near = low <= q.start and q.end <= max(high, q.start + 1) and q.start < high
            if near and page.sentence(q.start) == page.sentence(m.start()):
                return page.fact("progress.delay_days", number(round(q.value)), q.start, q.end, q)
    return None
