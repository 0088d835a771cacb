"""How many people are at work now."""

from __future__ import annotations

import re

from facts.model import Fact
from facts.page import Page, last_match
from facts.polarity import foreign
from facts.quantities import THINGS, Quantity

_R = re.compile
PEOPLE = {
    "zh": _R(
        r"工人|员工|职工|人手|在岗|上班|干活|工友|在职|用工|人员|人数|师傅|伙计|服务员|女工|店员|在册|班组|团队|编制|厂里|车间|公司|企业|现有|现在|目前|还剩|一线|人在|司机|老师|教师|医护|护士|厨师|船员|走到|人也"
    ),
    "en": _R(
        r"\b(?:people|workers?|staff|employees|hands|men|women|workforce|headcount|payroll|heads|on shift|team|operatives|crew|working|employs?|employing|persons|personnel|lads|guys|manpower|turning up|turned up|showing up|present|attendance)\b"
    ),
}


_BAD_ZH = _R(
    r"(?:驻场|监理|裁(?!到|至|成|得[就只还]?剩)|走(?!访|到|得)|招(?!待)|辞退|辞|(?<!不)少|减(?!到|至|为|成|得)|堵|围|讨|来了|新增|加(?=了|人|招|派|雇)|检查人员|经办人?员?|我行|本行|客户经理|跑|开除|流失|离职|放|退|聚|补(?!上|发|齐|交|缴|了)|雇不到|缺|差(?!不多)|抽|增|借|培训|受伤|伤|欠|拖欠|本来要|需要|(?<!比)(?<!跟)(?<!和)去年|原来|原先|以前|年初|高峰期?|最多|之前|前年|上次|往年|(?<!固)定员|编制|能坐|住|可容|在册|名册|册上|合同工|签了|签约|共用|股东|我们|咱们|来的|堵门|借给|比[^，。]{0,6}多了?|比[^，。]{0,6}少了?|准备|打算|计划|想|再)[^，。；]{0,6}$|(?:计划|打算|目标|明年|争取|预计)[^，。；]{0,12}$"
)
_BAD_AFTER_ZH = _R(
    r"^(?:左右|多|上下)?(?:个|人|号人)?(?:减到|降到|缩到|减少到|降至|减至|缩减到|裁到|裁至|裁成|走到|减成|变成|在门口|堵|讨|围|来要|辞|走了|被裁|没发|没拿|没领|股东|来闹|住|参加|入住|请假|放假|客户经理|经办|检查人员|工作人员|同事|法官|律师|民警|受伤|的工资|工资|的社保|等着|次|起诉|联名)"
)
_BAD_EN = _R(
    r"\b(?:target|goal|budget)\b[^.;,]{0,48}$|\blast (?:year|autumn|spring|summer|winter|month|time|christmas|easter|visit)(?: they| he| she| it)? (?:had|were|was|employed)\b[^.;,]{0,24}$|\b(?:in|during) (?:19|20)\d\d\b[^.;,]{0,30}$|\b(?:hop(?:e|es|ing)|plan(?:s|ning)?|aim(?:s|ing)?|expect(?:s|ing)?|want(?:s|ing)?) to (?!be at)[^.;,]{0,44}$|\bnext (?:year|spring|summer|autumn|month)\b[^.;,]{0,24}$|\b(?:let|taken on|took on|adding|laid off|let go|hired|hiring|hire|lost|cut|sacked|dismissed|last year|previously|used to (?:have|be|employ)|was|were|down from|from|another|fired|recruit\w*|up to|capacity for|room for|seats?|owed|paid off|taking on|extra|owes?|owing|plans?|want\w*|released|redundan\w*|left|another|made|originally|once)\b[^.;,]{0,16}$|\b(?:wages|salar\w+|pay|owed|owing) to (?:his |her |their |the |all |about )*$"
)
_BAD_AFTER_EN = _R(
    r"^[^.;,(]{0,14}\b(?:were laid|laid off|let go|have left|left last|have gone|at the gate|outside|queu\w*|sent home|sent away|hired|taken on|told to|at home|short\b|waiting|protest\w*|redundan\w*|last year|a year ago|before|to be hired|unpaid|owed|were cut|quit)\b"
)


_FROM_TO = _R(r"\bfrom [\w ]{1,16} to (?:about |around )?$")
_SHARE_EN = _R(
    r" (?:out )?of (?:the |its |their |a |total |\d+ ){0,3}N+\b| (?:nos?\.?|numbers?) (?:of )?(?:staff|workers|employees|people|labou?rers)"
)
_AT_WORK_EN = _R(
    r" (?:of (?:them|us) )?(?:\w+ )?(?:working|on the (?:shop |factory )?floor|in the (?:workshop|factory|plant|kitchen)|on shift|at work|present|at their (?:stations|machines|posts|benches)|on the (?:line|floor|shift|site|job|go|books|payroll|counter|roll|rota|roster|staff|team|crew|tools|premises)|on (?:staff|shift|site|duty|the staff))\b"
)
_TRADE_EN = _R(
    r" (?:\w+ )?\w+(?:s|men|women) (?:at the moment|at present|currently|employed|on the payroll)\b"
)
_TOTAL_EN = _R(
    r"\b(?:(?:bring|brings|bringing|takes|taking|make|makes|making) (?:the |their |his |her )?(?:total|number|headcount|workforce|team|staff|it|them)(?: up)? (?:to )?|(?:total|current|present) (?:headcount|workforce|staff|number|strength)(?: is| of| at|:)? ?)(?:about |around |now )?$"
)
_NOW_EN = _R(
    r"\b(?:it's|that's|there's|there are|they're|they are|we are|makes|we're|he's|she's) (?:about |only |just |down to |up to )?$"
)
_TURN_UP = _R(
    r" (?:\w+ )?(?:(?:are |were |is |was )?(?:actually |really |physically )?(?:turning up|turned up|turn up|showing up|showed up|show up|reporting|reported for|coming in|came in|come in|at work|clock(?:ed|ing|s)? (?:in|on)|on duty|present|in attendance|at their|working today|still (?:working|there|here|with)))\b"
)
_MACHINES = _R(r"\b(?:machines?|looms?|trucks?|vehicles?|collateral|pledged|sets|presses|lorries)\b")
_NOW_ONLY_EN = _R(
    r"\b(?:now|today|currently) (?:it's |it is |they're |there's |there are |we're |only |just |about |down to )*$"
)
_DOWN_TO = _R(r"\bdown to (?:about |around )?$")
_MENTIONED = _R(r"N|\b(?:people|staff|workers?|men|hands|headcount|workforce|employees|crew|team)\b")
_REMAIN = _R(r"\b(?:only|just|so|now|leaving) (?:about )?$")
_HANDS_EN = _R(
    r"N|\b(?:taken on|hired|let (?:\w+ )?go|laid off|staff|people|men|lads|hands|workers?|team|crew)\b"
)
_NOT_PEOPLE = _R(r"\s?(?:%|per|k\b|m\b|thousand|million|months?|weeks?|days?|tonnes?|machines|years?|hours?)")
_NAMED_EN = _R(
    r"\b(?:headcount|workforce|payroll|staff|employs?|employing|crew|team|staffing|workers|employees|people|personnel|manpower|strength|attendance|hc|worker|(?:staff|work(?:ing)?|employee) (?:strength|numbers?|count))\b(?:[^.;,\d]{0,18}|, (?:about |around |now |still )?)$"
)
_HERE_ZH = _R(
    r"(?:车间|厂里|厂|店里|人手|人|数了数)[^，。]{0,5}(?:也就|就|有|还有|还是|大概|剩|只有|总共|才)+(?:个)?$"
)
_NOW_ZH = _R(
    r"一共|总共|加起来|现在|目前|现有|在岗|还剩|剩|只剩|如今|实际|现|(?:裁|减|降|缩|走|少)(?:到|至|成|得)了?"
)
_AT_WORK_ZH = _R(r"[^，。；]{0,4}(?:在岗|在干|干活|在上班|都在)")
_NAMED_ZH = _R(
    r"(?:工人|员工|职工|教职工|司机|老师|教师|医护|护士|服务员|厨师|船员|店员|师傅|伙计|雇工|装卸工|搬运工|缝纫工|护理员|保洁|保安|采摘工|包装工|技术员|业务员|人手|在岗|上班的?|干活的?|人数|在职|用工|人员)(?:人员|现在|目前|还有|现有|有|是|为|个|大概|差不多|共|也就|掰着指头数?|数来数去|满打满算|加起来|拢共|统共|合计|算下来|常年|日常|只有|剩|只剩|加到|增到|增加到|涨到|扩到|减到|降到|缩到|一共|约|还剩|总共|大约|得有|有个|：|数)*$"
)
_UNIT_ZH = _R(
    r"(?:多|来)?(?:个(?!月|百|点|亿)|名|位|号|口|左右|上下|出头|挂零|开外|冒头|不到|，|。|；|$|开工|都|了(?!解))"
)
_PEOPLE_JUST_ZH = _R(
    r"(?:^|[，。；])(?:现在|目前|厂里|店里)?(?:人|工人|员工|人手|人数)[^，。；]{0,6}，(?:一共|总共|有|还是|还有|还剩)?$"
)
_TERSE_ZH = _R(r"(?:^|、)(?:现有?|在岗|在册)?(?:人员?|工人|员工|职工|用工|人数)：?$")
_TERSE_END_ZH = _R(r"(?:来|多)?(?:个|左右|上下|出头)?(?:[，。；]|$|没动|在岗)")
_PART_ZH = _R(r"、[一-龥]{2,4}N")
_BARE_ZH = _R(r"(?:左右|上下|出头|不到)?(?:[，。；]|$)")
_NEXT_ZH = _R(r"(?:左右|上下|出头|不到)?(?:工资|社保|订单|设备|然后|就是|不过|但)")
_HE_SAYS_ZH = _R(r"个[他她](?:自己)?(?:说|讲)(?:是|有)?$")
_ALTOGETHER_ZH = _R(r"(?:一共|总共|加起来|拢共|合计|统共)(?:是|有|就|大概)*$")
_COUNTER_ZH = _R(r"(?:来|多)?(?:个|号)(?!月|季|百分|点|亿|客|订|项|工地|店|厂(?!长))")


_CUT_TO_ZH = _R(
    r"(?:人|工|员|N)[^，。；]{0,4}(?:从|由)?[^，。；]{0,7}?(?:减|裁|降|缩|走|退|砍|精简)(?:少|员|编)?(?:到|至|成|得(?:只|还|就)?剩|剩)了?(?:现在的?|大概|差不多|不到|的)?$"
)


def fact(page: Page) -> Fact | None:
    """The number that most surely counts the people at work now."""
    scored = {n: score for n, q in enumerate(page.items) if (score := _people(page, q))}
    if not scored:
        return None
    q = page.items[max(scored, key=lambda n: (scored[n], -n))]
    return page.fact("operations.headcount", int(q.value), q.start, q.end, q)


def _people(page: Page, q: Quantity) -> int:
    """How surely the number counts the people at work now; 0 where it doesn't."""
    countable = q.kind in ("count", "number") or (q.kind == "amount" and q.bare)
    if not countable or not 2 <= q.value < 100_000 or page.text[q.start : q.end] in _IDIOMS_ZH:
        return 0
    zh = page.lang == "zh"
    left, right = page.left(q.start, 16 if zh else 50), page.sk[q.end : q.end + (10 if zh else 40)]
    left = _of_now_zh(left) if zh else _LAST_YEAR_EN.sub("", left)
    if not zh and (_fallen(page, q) or _SHARE_EN.match(page.sk[q.end : q.end + 40])):
        return 5
    if zh and _CUT_TO_ZH.search(left):
        return 5
    if zh and _GROW_ZH.search(left) and _PLAN_ZH.search(page.before(q.start, 30)):
        return 0
    bad = (_BAD_ZH if zh else _BAD_EN).search(left) or (_BAD_AFTER_ZH if zh else _BAD_AFTER_EN).match(right)
    if zh and page.spoken and left.endswith("剩") and right.startswith("工资"):
        return 3
    if bad or foreign(page, q.start):
        return 0
    return _people_zh(page, q, left, right) if zh else _people_en(page, q, left, right)


_LAST_YEAR_EN = _R(
    r"\b(?:on|than|over|vs|against) (?:the )?(?:last|previous) (?:year|month|quarter|spring|summer)\b"
)
_IDIOMS_ZH = ("七七八八", "三三两两", "三三五五")
_GROW_ZH = _R(r"(?:扩|增|加|招|达|补|恢复)(?:充|大|加|聘|员)?(?:到|至|满|够)$")
_PLAN_ZH = _R(
    r"(?:(?<![按照比与原较和跟])计划(?![推进完内表落一相走])|打算|目标|争取|准备|拟)[^。；现目已]{0,26}$"
)
_SINCE_NOW_ZH = _R(r"现在|目前|如今|眼下|还剩|剩下?|这会儿")


def _of_now_zh(left: str) -> str:
    """原来两百多号现在…: what stands before the last 现在 was of another time."""
    found = last_match(_SINCE_NOW_ZH, left)
    return left[found.start() :] if found and re.search("原|以前|走|跑|再", left[: found.start()]) else left


def _fallen(page: Page, q: Quantity) -> bool:
    """Headcount is down from 40 to 22."""
    before = page.text[max(0, q.start - 30) : q.start]
    return bool(_FROM_TO.search(before) and _MENTIONED.search(page.before(q.start, 60)))


def _people_en(page: Page, q: Quantity, left: str, right: str) -> int:
    if (_TURN_UP.match(right) and not _MACHINES.search(page.before(q.start, 60))) or _TOTAL_EN.search(left):
        return 6
    if q.kind == "count":
        now = re.search(r"\b(?:now|currently|still|about|present|on site|on the floor|down to)\b", left)
        return 4 if now else 3
    if _NOT_PEOPLE.match(right):
        return 0
    if _there_now(page, q, left, right):
        return 3
    if _DOWN_TO.search(left) and _MENTIONED.search(page.before(q.start, 90)):
        return 3
    if q.kind == "number" and _REMAIN.search(left) and re.match(r" (?:left|now|remain\w*)\b", right):
        return 3
    if q.kind == "number" and re.match(r" left(?: out)? of (?:the |its |their )?(?:\d|N)", right):
        return 4
    if q.kind == "number" and (
        _AT_WORK_EN.match(right) or (_TRADE_EN.match(right) and not THINGS.match(right))
    ):
        return 2
    if (
        q.kind == "number"
        and _NOW_EN.search(left)
        and re.match(r" (?:now|left|of them|all told|altogether|in all|in total)\b", right)
    ):
        return 3 if _HANDS_EN.search(page.before(q.start, 110)) else 0
    return 2 if _NAMED_EN.search(left) else 0


_OF_THEM_EN = _R(r" of (?:them|us) (?:in|working|here|at work|there|on)\b")


def _there_now(page: Page, q: Quantity, left: str, right: str) -> bool:
    """It was fifty, now it's thirty-one; there's twenty-four of them in."""
    if _OF_THEM_EN.match(right):
        return not _MACHINES.search(left)
    ends = _NOW_ONLY_EN.search(left) and re.match(r"[.,;]|$", right)
    return bool(ends and _HANDS_EN.search(page.before(q.start, 90)))


def _people_zh(page: Page, q: Quantity, left: str, right: str) -> int:
    if _HERE_ZH.search(left) and re.match(r"(?:来|多)?(?:个|号)(?=[，。；]|$|人)", right):
        return 3
    if _COUNTER_ZH.match(right) and _PEOPLE_JUST_ZH.search(page.before(q.start, 14)):
        return 3
    if _PART_ZH.match(page.sk, q.end) or re.search(
        r"N、[一-龥]{2,4}$", page.sk[max(0, q.start - 6) : q.start]
    ):
        return 3 if "在岗" in left else 1 if re.search(r"共|总|合计", left) else 0
    if _TERSE_ZH.search(left) and _TERSE_END_ZH.match(right):
        return 3
    if _HE_SAYS_ZH.search(left) and _COUNTER_ZH.match(right) and _spoken_of(page, q, left):
        return 4
    now = 2 if _NOW_ZH.search(left) or _AT_WORK_ZH.match(right) else 0
    now += bool(_ALTOGETHER_ZH.search(left))
    if q.kind == "count":
        return 3 + now
    if _NAMED_ZH.search(left) and _UNIT_ZH.match(right) and (q.kind != "amount" or q.value < 5000):
        return 3 + now
    ends = _BARE_ZH.match(right) or (page.spoken and _NEXT_ZH.match(right))
    if now and ends and re.search("N|人|[员职]工", page.before(q.start, 24)):
        return 3
    if now and _COUNTER_ZH.match(right) and _spoken_of(page, q, left):
        return 3
    return 3 if re.match(r"(?:来|多)?个(?:在岗|工人|人|员工)", right) else 0


def _spoken_of(page: Page, q: Quantity, left: str) -> bool:
    """People are what is being counted: 原来八十多，现在四十来个."""
    if re.search(r"原来|以前|工人|人", left) or re.search(r"N|招|人[，。；]", page.before(q.start, 12)):
        return True
    return bool(PEOPLE["zh"].search(page.before(q.start, 24)))
