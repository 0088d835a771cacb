"""The next visit or call that the account manager plans or has agreed."""

from __future__ import annotations

import re

from facts.dates import Day
from facts.model import Fact
from facts.page import Page

_R = re.compile
ACT = {
    "zh": _R(
        r"下[次回](?=我?定|约|是|：|$)|致电|去电|[上下进]厂|到场|一[齐起同道](?:上|去)|再(?:次|致|去|来|看|跑|打|访|约|联系|上门|过去|到|走|谈|聊|问|核|查|见|跟|给他打|给她打|催|回访|登门|和|与|复|碰|会)|接着(?:打|跑|去)|继续(?:打|联系|跟进|去)|上门|回访|走访|拜访|过去|去(?!年|不|了|的|世|掉|向)|复查|复核|检查(?!发现)|约(?!定还|定归|\d|占|A|P|定于D前还|为|N)|见面|面谈|碰头|碰面|联系(?!不上)|打(?:给|电话|过去)|改(?:到|期|在|成)|挪到|推到|延到|顺延|来行里|来我行|跟进(?!情)|现场看|看看|看一?下|回去看|登门|核实|盘点|下户|跑一趟|来一趟|来看|来查|会面|安排在|定在|通话|通(?:个|一次|一个)电话|电话(?:沟通|联系|回访|跟进)|再通|瞅|瞧|坐坐|过来|盘一|跑一|上(?:他|她)(?:那|家|厂|店)|视频|来取|来拿"
    ),
    "en": _R(
        r"\b(?:due back|back (?:at|with|to)|re-?try\w*|re-?dial\w*|visit\w*|go(?:ing)? back|going (?:out|over|down|up|there|to see)|go (?:out|over|there|and|again|see)|call(?:ing)?(?: back| again| him| her| them| on)?|callback|call-back|talk|speak|see (?:him|her|them|it|how)|meet(?:ing)?|drop (?:by|in)|stop by|pop (?:in|back|over)|be back|back (?:on|in|again|there)|try again|ring\w*|phone|return\w*|check (?:in|back|again|on)|follow[- ]?up|review|inspect\w*|re-?visit|come back|rebook\w*|moved? to|move (?:it|this|that|the|tomorrow|today|my)|reschedul\w*|postpone\w*|push\w*|catch[- ]?up|appointment|again|put me down|instead|book me|make it|swing by|i'm going|i am going|come (?:by|round|over|out)|go(?:ing)? round|pop round|head(?:ing)? over|look in|(?:second|third|further|fresh|new|repeat|final|last) (?:attempt|visit|call|try|inspection|meeting)|another (?:visit|look)|site visit|next (?:contact|review|inspection|check)|chase|another (?:go|try|call|shot|attempt|ring|meeting|inspection)|try (?:him|her|them|once)|check(?:ing)? (?:on|up|how)|touch base|speak to|sit down|look at|looking in|see (?:the|mr|mrs|ms)|be there|be over|tour|will verify|visit(?:ing)?|to see|drive (?:out|over|up|down)|nip|swing|call (?:round|in|by|at)|pay (?:them|him|her) a visit|i'm there|there (?:again|on)|seeing (?:him|her|them|it|the|mr|mrs|ms)|visiting|meeting|catching up|reconnect|circle back|get back|revert|diar(?:y|ised|ized)|pencil(?:led)?|slot|look him up|round again|over again|out again|down again|up again|next (?:meeting|date|site)|verif\w+|drop(?:ping)? (?:by|in)|popping|calling|ringing|coming back|follow(?:ing)? up|show up|turn up|look(?:ing)? (?:around|round)|we go there|go there|tag along|sit with|see how|attempt|pass(?:ing)? (?:by|through)|(?:i|we) go|look back|return visit|(?:i'll|we'll|i will|we will|i shall) be (?:at|with|round|on|over|out|down|up)|next time|try (?:the|his|her|their|it|at|there)|come and (?:see|look|inspect|visit|have)|(?:wants?|asked|told|invited) me (?:to come|in|over|back|round|out))\b"
    ),
}
NOT_MINE = {
    "zh": _R(
        r"(?:他|她|老板|客户|对方|厂长|法院|保险公司|施工队|厂家|银行|监理|律师)(?:们)?(?:自己)?(?:说|讲|称|表示)?[^，。；我]{0,6}(?:要|会|得|就|准备|打算)?(?:去|来|到|过去)[^，。；]{0,6}(?:收账|出差|外地|开会|结账|要账|要钱|开工|送货|拉货|开庭|评估|验收|参展|催款|谈单|催账|进货|安装)|开庭|交工|完工|投产|竣工|到期|还款|归还|还(?=A|第|首)|合同约定|开业|复工|发工资|发货|到货|付款|收账|整改|交货|恢复|开工|动工|验收|出差|回来(?=[，。；]|$)|还钱|还本|还息|还清|补上|结清|支付|先还|打款|付清|进场|复产"
    ),
    "en": _R(
        r"\b(?:pay|repay|settle|clear|hearing|deliver\w*|complet\w+|finish\w*|reopen\w*|due(?! back)|(?:he's|she's|they're|is|are|comes|gets) back|same again|manage|matur\w*|start\w* (?:up|production|work)|resume\w*|arriv\w*|ship\w*|handover|hand over|open\w*|payroll|promis\w+|transfer|find the|drawn|disbursed|dated|signed|issued|valued|incorporat\w+|granted|sanctioned|approved|expir\w+|lodged|filed|served)\b"
    ),
}
MINE_ZH = _R(
    r"我|咱|下[次回]|约好|约了|说好|约定|约在|定在|拟|再次|再去|再来|再打|接着|改到|改期|跟他约|回访时间|检查时间|计划|安排|到时候"
)
PAST_ZH = _R(r"(?:了|过)(?=[，。；]|$)")
PUSH_EN = _R(r"\bcan we\b|\bmove\b|\bresched|\bpostpone|\bpush|\binstead of\b|\brebook")


def facts(page: Page) -> list[Fact]:
    best: tuple[int, int, Day] | None = None
    for n, day in enumerate(page.days):
        if (
            day.value is None
            or day.value < page.today
            or ((day.value - page.today).days > 300 and day.past and (page.today - day.past).days < 60)
        ):
            continue
        score = _score(page, day)
        if score and (best is None or (score, n) >= best[:2]):
            best = (score, n, day)
    if not best or best[2].value is None:
        return []
    return [page.fact("next_contact", best[2].value.isoformat(), best[2].start, best[2].end)]


_MOVED_TO_ZH = _R(r"(?:挪|改|推|延|换|调)(?:到|成|至)了?$")
_ONCE_SET_ZH = _R(r"(?:本来|原本|原定|原先)[^，。；]{0,6}$")


def _score(page: Page, day: Day) -> int:
    """0 where the day is of something else; more where it is surely the account manager's."""
    if page.lang == "en":
        return _score_en(page, day)
    colon = page.sk[day.start - 1 : day.start] in ("：", ":")
    left, right = (page.before if colon else page.left)(day.start, 18), page.right(day.end, 18)
    if page.sk[day.end : day.end + 1] in ("前", "之") or day.value == page.today:
        return _today_or_before(page, day, right)
    if (
        NOT_MINE["zh"].search(left[-12:] + right)
        and not re.search(r"我(?!行|们)|再(?:去|来|上门|次)|回访|下次", left[-8:] + right[:12])
        and not re.match(r"[^。；]{0,6}回来，[^。；]{0,4}(?:让|叫|喊|约)我", page.sk[day.end : day.end + 20])
    ):
        return 0
    if re.search(r"(?:交|付|租|签|用|排|续)到$", left) or _just_gone(page, day, left + right):
        return 0
    if re.search(r"截至|截止|于D?$|自$|从$|以来", left[-3:]) and not re.search(
        r"拟于$|计划于$|安排于$|定于$|改于$|约于$", left
    ):
        return 0
    if _MOVED_TO_ZH.search(left):
        return 4
    if _ONCE_SET_ZH.search(left):
        return 0
    act_right, act_left = ACT["zh"].search(right), ACT["zh"].search(left)
    if not (act_right or (act_left and _near(act_left, left))):
        return _next_clause(page, day)
    return 3 if MINE_ZH.search(left + right) else 2 if act_right else 1


_AHEAD_ZH = _R(r"再|拟|将|要|下|约|改|计划|打算|准备|安排|定|回头|到时")


def _just_gone(page: Page, day: Day, words: str) -> bool:
    """礼拜六我过去，灯黑着: a bare weekday that is told of, not planned."""
    late = bool(day.past and 0 < (page.today - day.past).days < 7 and day.value and day.value > page.today)
    return late and not _AHEAD_ZH.search(words) and bool(re.search(r"[了着]", page.after(day.end, 24)))


def _today_or_before(page: Page, day: Day, right: str) -> int:
    if day.value == page.today:
        return 1 if re.search(r"^(?:下午|晚上|晚些|中午)?我?(?:再|还要|就)(?:去|过去|打|联系)", right) else 0
    return 2 if re.match(r"之?前(?:我)?(?:再|去|上门|回访|完成(?:回访|复查|走访))", right) else 0


def _near(m: re.Match[str], left: str) -> bool:
    return len(left) - m.end() <= 8


def _next_clause(page: Page, day: Day) -> int:
    """下周三，我再去: the act follows in the next clause."""
    more = page.after(day.end, 14)
    return 1 if re.match(r"(?:上午|下午|早上)?[，]?(?:我|咱)(?:再|就)?(?:去|过去|来|联系|打)", more) else 0


def _score_en(page: Page, day: Day) -> int:
    left, right = page.left(day.start, 70), page.right(day.end, 50)
    if day.value == page.today or re.search(r"\b(?:since|from|as of|as at|until|after)\s$", left):
        return 0
    tail = _after_and(left)
    if NOT_MINE["en"].search(tail) and not re.search(
        r"\b(?:visit|next (?:visit|contact|call|review)|i'll|i will|going back|go back|call(?:ing)? (?:back|again)|see (?:him|her|them)|we'll|come back|return)\b",
        tail,
    ):
        return 0
    if page.sk[day.end : day.end + 8].startswith("'s visit") or re.match(
        r"'s (?:visit|call|meeting|appointment)", right
    ):
        return 0
    if _GONE_EN.search(tail) and not _AHEAD_EN.search(tail) and not PUSH_EN.search(tail):
        return 0
    acts = ACT["en"].search(tail) or ACT["en"].search(right)
    if not acts:
        return 0
    moved = PUSH_EN.search(page.sk)
    sure = re.search(
        r"\b(?:next (?:visit|contact|call|review|inspection)|i'll|i will|will|going|i'm|agreed|booked|plan|arranged|set for|scheduled|fixed|again|we)\b",
        left + right,
    )
    return 3 if sure or moved else 2


_GONE_EN = _R(
    r"\b(?:was|were|went|visited|met|rang|called|emailed|texted|messaged|spoke|tried|phoned|saw|dropped|popped|sent|left|stopped|inspected|came|drove|wrote|been|(?:owner|they|he|she|director|production|plant|boss) (?:\w+ )?(?:hopes?|expects?|plans?|wants?|aims?|reckons?) to (?:be back|return|come back|go back|re))\b[^.;]{0,30}$"
)
_AHEAD_EN = _R(
    r"\b(?:next (?:visit|contact|call|review|inspection)|i'll|will|going to|agreed|arranged|booked|set|scheduled|fixed|said (?:to|i|come)|asked me|told (?:her|him|them)|invited|can i|could i|back (?:on|again)|wants me|to (?:come|visit|call|meet|go)|rebooked|moved)\b"
)


def _after_and(left: str) -> str:
    """Only the last of joined statements: promised X and I'll go back on."""
    parts = re.split(r"\band (?=i\b|i'll|we\b|will\b|going|next)", left)
    return parts[-1]
