"""Uses told otherwise than by a word of spending beside their sum: in hand, of two sums, of a rest, of the whole."""

from __future__ import annotations

import re
from itertools import pairwise

from facts.bars import barred, left_barred, loan_about
from facts.page import Page
from facts.purposes import purpose
from facts.quantities import Quantity
from facts.use import Use
from facts.uses_zh import OWN_ZH, PLAIN_ZH, PLAN_ZH, REST_IS_ZH, REST_ZH, WHOLE_ZH

_R = re.compile


def both(page: Page, amounts: list[Quantity], found: list[Use]) -> list[Use]:
    """一笔三百万一笔两百二十万，都付给总包了: both went there."""
    made = []
    for a, b in pairwise(amounts):
        use = next((u for u in found if u.amount is b and u.start == b.start), None)
        between = re.fullmatch("元?[，、和跟]?(?:另|第二|又|再)?一?笔", page.sk[a.end : b.start])
        if use and between and page.sk[: a.start].endswith("笔"):
            made.append(Use(a, use.code, a.start, a.end, True))
    return made


def second(page: Page, q: Quantity, found: list[Use]) -> Use | None:
    """代发工资两笔，102万、98万: the second sum of one thing."""
    last = found[-1] if found else None
    if not last or not last.amount or last.end != last.amount.end or q.start - last.end > 2:
        return None
    if not re.fullmatch("元?[、和及]", page.sk[last.end : q.start]) or not re.match(
        "元?(?:[，。；]|$)", page.sk[q.end :][:2]
    ):
        return None
    return Use(q, last.code, q.start, q.end, True)


_LENT_ON = _R(r"(?:借|转借|拆借|出借|倒)(?:了|出|出去|出去了)?$")
_TO_OTHERS = _R(r"(?:元|块)?(?:出去)?给(?!我|咱|银行|厂里|公司账)[^，。；A]{1,16}")
_DRAWN = _R(r"(?:取|提|领|支)(?:取|了|走|出|走了|出来)?$")
_HERE_NOW = _R(
    r"的[^，。；A没未]{2,10}?(?:都|也|就|已经?)*(?:装|提|拉|运|买|盖|建|做|弄|付|搬|接)(?:好|回|完|齐|上|清|起)(?!没)"
)
_NOTES = _R(r"(?:元|块)?(?:的)?(?:现金|现钱|现款|现钞|出来|走)")


def by_hand(page: Page, q: Quantity, low: int) -> Use | None:
    """The sum stands within its verb: 借了40万给同乡, 取了二十万现金."""
    before = page.sk[max(low, q.start - 6) : q.start]
    if _LENT_ON.search(before) and (found := _TO_OTHERS.match(page.sk, q.end)):
        code = "private_lending"
    elif _DRAWN.search(before) and (found := _NOTES.match(page.sk, q.end)):
        code = "cash_withdrawal"
    elif (found := _HERE_NOW.match(page.sk, q.end)) and loan_about(page, q):
        code = (purpose(found.group(), "zh") or ("",))[0]
    else:
        return None
    barring = not code or PLAN_ZH.search(page.left(q.start, 14)) or OWN_ZH.search(page.left(q.start, 20))
    return None if barring or "没" in before else Use(q, code, q.start, found.end(), True)


_FIRM = _R(
    r"[^，。；A没未不]{0,4}(?:转|汇|打|划)(?:账)?(?:入|给|到|至|往|进)了?[^，。；A]{2,18}?(?:公司|集团|投资|商贸|贸易|实业|控股|置业|物业|经营部|商行|工贸)(?=[，。；]|$|的?账|去了)"
)


def to_a_firm(page: Page, q: Quantity, low: int) -> Use | None:
    """Sent to a firm by name and no word of what for."""
    found = _FIRM.match(page.sk, q.end)
    if not found or not loan_about(page, q) or barred(page, q, found.group(), low):
        return None
    return Use(q, "other", q.start, found.end(), True)


_THAT_BOUGHT = _R(
    r"(?:元|块|多|左右)?(?:(?:都|全|也)?是?(?:用|拿|从)[^，。；A]{0,8}(?:贷款|钱|款)里?|就|都|，)?(?:买|购|做|装|盖|修|建|进|置办|弄|上|换|搞|订|付|出|收|备|囤|种|翻)(?:来|回来)?的(?=[，。；]|$|钱|都)"
)


def thing_before(page: Page, q: Quantity, low: int) -> Use | None:
    """新上的包装线，一百二十万买的: the thing is named a clause before."""
    found = _THAT_BOUGHT.match(page.sk, q.end)
    start = max(low, q.start - 30)
    code = purpose(page.sk[start : q.start], "zh", last=True) if found else None
    if not code or not found or not loan_about(page, q) or left_barred(page.sk[start : q.start], ""):
        return None
    return Use(q, code[0], start + code[1], found.end(), True)


def stop(page: Page, at: int, high: int) -> int:
    """The end of the phrase that starts at `at`: its clause, or a word that begins something else."""
    phrase = page.sk[at:high]
    cut = re.search(
        r"[，。；：]|然后|还有|另外|剩下|其余|余下|剩余|(?<!自)己?他说|我(?!行|们行)|不过|但|现在|目前|(?<=.)(?:工人|工资)(?=.{0,4}(?:没|都|倒|也|按))|[，]?抵押|开工率|订单",
        phrase,
    )
    soft = next((b for b in sorted(page.script.breaks) if at + 1 < b < high), high)
    return min(at + cut.start() if cut else high, soft if soft - at > 3 else high)


def rest(page: Page, amounts: list[Quantity]) -> list[Use]:
    found = []
    for m in (*REST_ZH.finditer(page.sk), *REST_IS_ZH.finditer(page.sk)):
        end = stop(page, m.end(), page.sentence(m.start())[1])
        if any(m.start() <= a.start < end for a in amounts):
            continue
        code = purpose(page.sk[m.start() + 2 : end], "zh") or purpose(page.sk[m.start() + 2 : end + 8], "zh")
        if code and not re.search(r"没|未|还在|打算|准备|计划", page.sk[m.start() : m.start() + 2 + code[1]]):
            found.append(Use(None, code[0], m.start(), m.start() + 2 + code[2], True))
    return found


_MOSTLY = _R(r"主要|大部分|大多|大头")
_OTHERS = _R(OWN_ZH.pattern + "|隔壁|邻居|有人|别人|同行")


def whole(page: Page, amounts: list[Quantity], told: list[Use]) -> list[Use]:
    """Where the loan went, in words alone: 贷款全部买了料; beside sums only what it mostly went on."""
    found = []
    for m in (*WHOLE_ZH.finditer(page.sk), *PLAIN_ZH.finditer(page.sk)):
        end = stop(page, m.end(), page.sentence(m.start())[1])
        phrase = page.sk[m.start() : end]
        code = purpose(page.sk[max(m.start() + 2, m.end() - 6) : end], "zh")
        if (
            code
            and (not told or (_MOSTLY.search(m.group()) and all(code[0] != u.code for u in told)))
            and not any(m.start() <= a.start < end for a in amounts)
            and not PLAN_ZH.search(phrase)
            and not _OTHERS.search(page.sk[max(0, m.start() - 10) : end])
        ):
            found.append(Use(None, code[0], m.start(), end, True))
    return found[:1]
