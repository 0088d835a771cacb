"""Cash stress: the signals that hold now, and the level that they and the report's own words make."""

from __future__ import annotations

import re

from facts import stress_en
from facts.debts import Span, debts, told_by_creditor
from facts.model import Fact
from facts.operations import orders_change
from facts.page import Page, number
from facts.polarity import denied, feared, foreign, foreign_debt, holds, over
from facts.signals import ZH, spans
from facts.stress_checks import CHECKS, DENIED_INSIDE_ZH, SUES, WON_EN, by_order, plaintiff

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
    "zh": _R(r"资金链[^，。；没不]{0,5}(?:断|崩|绷断)|资金[^，。；没不]{0,3}断了|[撑熬挺扛]不到(?![一二三]?[点个])|撑不(?:下去|住|过|了)|[熬顶]不(?:下去|住|过|了)|干不下去|资金枯竭|无力(?:支撑|经营|维持)|快不行了|揭不开锅|山穷水尽|没钱了|一分钱(?:都)?没有|弹尽粮绝|现金流断|濒临(?:破产|倒闭)|资不抵债|维持不下去|揭不开|断(?:粮|顿|炊)了|没米下锅|掏空了|兜里(?:空|比脸)|一个子儿?(?:都|也)?没|崩盘|无以为继|资金(?:断裂|断流|告罄|耗尽)|穷途末路|(?:钱|账上|资金|现金)[^，。；没不未]{0,6}(?:见底|快空|空了|快没|没几天|掏空|烧完|烧光|用光|花光|耗尽|断流|断裂)|玩不转|转不下去|[快要]黄了(?!昏)|岌岌可危|(?:快|要)?断(?:血|气)了|气数|山穷|熬不出|挺不(?:住|过|下去|了)|扛不(?:动|了)|油尽灯枯|账上没钱|一分钱(?:都|也)?没了|快(?:要)?(?:倒|垮)了|难以为继|扛不(?:住|下去)"),
    "en": stress_en.BROKE,
}  # fmt: skip
TIGHT = {
    "zh": _R(r"(?:资金|现金流?|手头|手里|手上|钱|周转|流动性|账上|头寸|经济)[^，。；不没未]{0,6}?(?:紧张|吃紧|紧(?!跟|凑|固|急)|偏紧|趋紧|较紧|不足|困难|有压力|压力(?:较|比较|很|挺)?大|不宽裕|转不开|转不过来|周转不(?:过来|开|灵)|承压|不太够|不够)|钱紧|手紧|手头拮据|银根紧|周转不(?:开|过来|灵)|资金(?:上|面)?(?:有点|比较|挺|很)?(?:缺口)|不(?:太|怎么|大|很|算|是很|那么|十分)?(?:宽裕|宽绰|宽松|充裕|富裕|富余|活泛)|捉襟见肘|不凑手|周转[^，。；没不]{0,3}(?:吃力|费劲|困难)|比脸(?:都|还)?干净|(?:现金|钱|资金|账上)[^，。；]{0,4}只够|不宽绰|不宽松|不富裕|不活泛|没(?:啥|什么|多少|有)?(?:余钱|余粮|闲钱|存粮|活钱)|手(?:里|头|上)(?:没|没有|没啥|没什么|没几个|没多少)钱|钱(?:上|这块|方面)?(?:也|是|比较|有点|有些|挺)?(?:吃力|费劲|拮据|窘)|拮据|没几个钱|资金缺口|有(?:些|一定|较大)?(?:的)?缺口|偿债压力|掰成两半|入不敷出|周转吃力|倒(?:腾)?不(?:开|过来)|勒紧裤|周转(?:得)?不(?:太|大|怎么|够|很|是很)?(?:灵活|灵便|顺畅|畅|顺|动)|(?:资金|钱|现金|周转|账上)[^。；]{0,26}(?:有点|有些|挺|比较|蛮|偏|确实|稍微?)紧(?=[，。；]|$|的)|一屁股债|外债|债台高筑|拉不开栓|拉不开闩|(?:钱|资金|手头|手上|手里|现金流?|账上|周转|头寸)[^，。；不没未]{0,5}(?:紧绷|绷(?:着|得)|吃劲|发紧|紧得|费劲|够呛|短缺|短(?!期|信|贷|视|暂|途)|紧缺|窘迫|告急|为负|负数|难受|难转|拆东|打(?:饥荒|紧)|勉强|发愁|犯愁|愁人|差口气|喘不过气)|钱(?:不|唔)(?:趁手|凑手|够(?:用|花|使|转|周转))|(?:钱|资金)(?:卡|差)(?:着|了)?(?:一|点|口)|寅吃卯粮|[腾挪]不(?:开|出)(?:钱|资金)|喘不过气|手(?:头|里|上)(?:有点|有些|挺|很|比较|也|确实)*(?:短|干|瘪|抠|不便|不方便|不松)|差钱(?<!不差钱)|愁钱(?<!不愁钱)|(?:钱|账)(?:老|总|经常)?(?:接不上|续不上|跟不上)|资金[^，。；]{0,3}(?:接不上|跟不上|断档)|缺钱|紧巴|日子(?:不好过|难过|紧)|(?:钱|资金|周转)[^，。；]{0,3}转不动|(?:资金|现金)[^，。；没不]{0,4}不(?:是|算)?(?:太|很|特别|怎么|十分)?(?:宽|充)(?:裕|足|松)"),
    "en": stress_en.TIGHT,
}  # fmt: skip
FINE = {
    "zh": _R(r"(?:资金|现金流?|手头|手里头?|手上|账上|钱|经营性现金流|周转|流动性|资金面|资金链|头寸|回款)[^，。；]{0,8}?(?:充裕|宽裕|充足|宽绰|松快|活泛|活络|滋润|充盈|充沛|够花|够使|有底|有结余|有盈余|有富余|无虞|为正|挺宽|很宽|宽松|富裕|殷实|阔绰|顺当|转得开|趴着|没毛病|正常|良好|稳定|健康|宽松|不缺|不紧|没问题|没啥(?:问题|压力|困难)|没什么(?:问题|压力|困难)|没有(?:问题|压力|困难)|够用|够转|够[^，。；只不]{0,4}(?:T|半年)(?:的)?(?:开销|周转|开支|用)|够周转|没毛病|稳得很|很稳|挺稳|转得动|足够|挺好|无压力|无忧|不愁|顺畅|没压力|较好|不少|还好|可以|有钱|平稳|安全|富余|很足|挺足|得开|得过来|过得去)|(?<!别的)没(?:有|什么|啥)(?:资金)?(?:困难|压力)|(?<![不太没未品物保间力])(?:宽裕|宽绰|充裕)(?:得很|着呢|得狠|[，。；]|$)|不算紧|谈不上紧(?!不)|(?<!时间)(?<!人手)不紧张|(?<!紧)不紧(?=[，。；]|$)|不缺钱|不差钱|钱不紧|(?:资金|钱|手头)[^，。；]{0,8}(?:不紧张|不紧|不吃紧)|没有资金(?:压力|困难|缺口)|无资金(?:压力|困难|缺口)|现款现结[^，。]{0,4}不欠"),
    "en": stress_en.FINE,
}  # fmt: skip


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
    check = CHECKS.get(signal)
    if (check and not check(page, start, end)) or DENIED_INSIDE_ZH.search(page.sk, start, end):
        return False
    if signal == "asset_sale":
        return not (denied(page, start, end) or foreign(page, start)) and not re.search(
            r"如果|要是|if ", page.left(start, 12)
        )
    if signal == "guarantor_trouble":
        return not (denied(page, start, end) or feared(page, start, end) or over(page, start, end))
    if signal == "lawsuit" and page.lang == "en" and WON_EN.search(page.right(end, 50)):
        return False
    if signal == "lawsuit" and (plaintiff(page, start, end) or by_order(page, start)):
        return False
    if signal == "lawsuit" and SUES.search(page.sk[max(0, start - 14) : end]):
        return not (denied(page, start, end) or feared(page, start, end) or over(page, start, end))
    if signal == "receivables_overdue":
        away = foreign_debt(page, start)
        return not (away or denied(page, start, end) or feared(page, start, end) or over(page, start, end))
    return holds(page, start, end)


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
            or (feared(page, *m.span()) and not page.left(m.start(), 4).endswith(("眼看", "怕是", "恐怕")))
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
