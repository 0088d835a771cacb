"""What keeps a sum from being a use of the loan: own money, a plan, a habit, a demand, another figure."""

from __future__ import annotations

import re

from facts.page import Page
from facts.quantities import Quantity
from facts.uses_zh import FIGURE_NOW, HABIT_ZH, LOAN_ZH, OWN_ZH, PAST_ZH, PLAN_ZH, UNPAID_ZH

_R = re.compile
_OTHER_BANK_PAID = _R(
    r"(?:还|偿|清|置换|兑付)(?:了|掉|清)?(?:他|她|自己)?(?:之前|以前|原来)?(?:在)?(?:别的银行|他行(?:贷款|资金)?)"
)
_NOT_OURS = _R(
    r"[^。；A]{0,26}(?:(?:跟|和|与|同)(?:咱|我)[^，。；]{0,8}(?:没|无|不)(?:有)?(?:关|搭|相干)|不是(?:用)?(?:咱|我)们?(?:的|贷|这)|不是(?:用)?(?:的)?贷款|没用(?:咱|我们|贷款))"
)
_EARNED = _R(
    r"(?:收入|营业额|回款|货款到|(?:客户|买家|买方|甲方)(?:付|打|汇|给|预付)[^，。；A]{0,6}|卖[^，。；A]{1,8}(?:得|收|卖)?(?:了)?)A+[^，。；A]{0,3}，[^，。；A]{0,10}$|(?:卖|套现)[^。；A]{0,16}(?:收|得|拿)(?:了|咗|到|回)?(?:款|钱)?$"
)
_WISHED = _R(
    r"(?:总投资|计划投资|拟投|概算|总预算)[^。；]{0,8}A[^。；贷]{0,16}其中(?![^。；]{0,30}贷)|想(?:把|让|找|再|要)?[^，。；]{0,6}(?:加到|增加|追加|续贷|增贷|再贷)|申请(?:追加|增加|增贷|续贷)|(?:要是|如果|假如|倘若|一旦|万一)[^。；A]{0,12}(?:批|下来|到账|放款|到位)"
)
_SAID_TO_BE = _R(
    r"[，]?(?:说是|号称|名义上?|报的?是|讲是)[^，。；A]{1,12}，?(?:实际|其实|结果|可|但|没想到|一查|查下来)"
)
_MEANT_ZH = _R(r"[，]?(?:说好|讲好|约定|答应|原说|原先说|本来|批的|当初说)")


def loan_about(page: Page, q: Quantity) -> bool:
    return loan_near(page, q.start) or bool(LOAN_ZH.search(page.after(q.end, 24)))


def barred(page: Page, q: Quantity, phrase: str, low: int) -> bool:
    """Own money, a plan, a habit or another year's: no use of the loan."""
    clause = page.clause(q.start)[0]
    left = page.sk[max(low, clause) : q.start]
    if OWN_ZH.search(_OTHER_BANK_PAID.sub("", left + phrase[:14])) or HABIT_ZH.search(left[-8:]):
        return True
    if FIGURE_NOW.search(left[-10:]) and not LOAN_ZH.search(left):
        return True
    if _NOT_OURS.match(page.sk, q.end) or earned(page, q.start):
        return True
    if (
        _SAID_TO_BE.match(page.sk, q.end)
        or _MEANT_ZH.match(phrase)
        or re.search(r"账上[^，。；]{0,4}$", left)
    ):
        return True
    if PLAN_ZH.search(left[-14:]) or PLAN_ZH.search(phrase[:6]):
        return True
    return bool(PAST_ZH.search(left[-14:])) or _demand(left) or _answer(page, q)


def _demand(left: str) -> bool:
    return bool(
        re.search(
            r"(?:赔|赔付|理赔|补贴|奖励|退税|退回|返还|中奖|卖|回|要回|讨回)(?:了|到|来|款)?$|(?:隔壁|邻村|邻居|对门|别家|别人家?|同行)[^，。；A]{0,10}$|借给了?(?:他们?|她|厂里|公司)(?:了)?$|(?:客户|买家|买方|甲方)(?:付|打|汇|预付)[^，。；A]{0,8}$|答应|承诺|保证(?!金)|答复|同意|要求|催|(?:跟|向|找|问)[^，]{0,8}(?:借|拿|筹|凑|挪|倒了|贷(?!款))|从[^，]{0,8}借|借了|先还|再还|还款|卖了|卖得|卖出|套现",
            left[-30:],
        )
    )


def _answer(page: Page, q: Quantity) -> bool:
    return bool(
        re.match(
            r"[^，。]{0,4}(?:还|给|付|打|转)(?:给|到|进|回)?(?:我们|咱们|我行|银行)",
            page.sk[q.end : q.end + 12],
        )
    )


_PAID_UP = _R(
    r"(?:拖欠|欠下?)的?[^，。；A]{0,8}?(?:还清|结清|补[上齐缴交发]|付清|交清|还上|发[了齐清]|清了|结了|还了)"
)


def left_barred(phrase: str, after: str) -> bool:
    phrase = _PAID_UP.sub("付了", phrase)
    if re.search(
        r"应收[^，]{0,8}$|(?:卖|出售|变卖|套现)[^。；A]{0,16}(?:收|得|拿)(?:了|咗|到|回)?(?:款|钱)?$|卖(?:给|出)[^，]{0,8}，|(?:款|定金|押金|订金|费)[^，。A]{0,2}收(?:了|到)?$",
        phrase,
    ):
        return True
    if (
        OWN_ZH.search(_OTHER_BANK_PAID.sub("", phrase))
        or PLAN_ZH.search(phrase)
        or HABIT_ZH.search(phrase)
        or _demand(phrase)
    ):
        return True
    if re.search(r"D[^，。A]{0,3}(?:还|付|给|打)$|(?<![主只])(?:要|得花?|须|需要?)$", phrase):
        return True
    if UNPAID_ZH.search(phrase) or re.match(
        r"[^，。A]{0,4}(?:没付|未付|没给|没结|还没|尚未|没动|未使用|没用|逾期|没收|不给|收不|没交|未缴|没缴|还欠|欠着)",
        after,
    ):
        return True
    if re.match(r"元?，(?:同比|环比|较上年|比去年同期)", after):
        return True
    if re.match(r"(?:的)?(?:货款|货|账|运费|应收|设备|机器|订单)", after) or (
        PAST_ZH.search(phrase[-14:]) and not re.search("补(?:缴|交|发)", phrase)
    ):
        return True
    return bool(
        re.search(
            r"(?:剩下?的?|余下?的?|还有|还在|未提款?|没提|没动|节余|结余)(?:个|大概|约|差不多|的|了|是)?$",
            phrase[-6:],
        )
    )


def earned(page: Page, start: int) -> bool:
    """What was sold or taken in, or a wish, was said just before: 卖菜收入十八万，交了电费三万."""
    return bool(_EARNED.search(page.before(start, 30)) or _WISHED.search(page.before(start, 40)))


def loan_near(page: Page, start: int) -> bool:
    before = page.before(start, 40)
    return bool(LOAN_ZH.search(before) or ("A：" in before and not FIGURE_NOW.search(before)))
