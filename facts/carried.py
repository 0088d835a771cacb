"""Sums said without their unit: 三百二十万买设备，一百付料款 is 3.2 and 1 million."""

from __future__ import annotations

import re
from dataclasses import replace

from facts.quantity import AMOUNT, NUMBER, Quantity

_R = re.compile
COUNTER = _R(
    r"吨|只(?![用够有是剩能买付交好拿给]|花(?!了[一二三四五六七八九十\d]))|头(?!款|期)|羽|平(?!均|台|时)|亩|件|套(?![在现牢取利])|台(?!账|式)|辆|人|名(?!下|义)|位|号|口人|斤|公斤|千克|米(?!款|面|粉|线)|条(?!件)|箱|瓶|张(?!罗)|双(?!方)|棵|株|"
    r"尾(?!款)|度(?!假)|千瓦|kw|方(?!面|便|案)|立方|公里|户(?!头|上|里)|次(?!日|月|年|贷)|片|袋|桶|粒|枚|支(?![付出取用持行])|根|把(?![钱款货他她这那])|对(?![公外付方账他她得不上着])|册|份|颗|升(?!级)|"
    r"年(?![初底前后])|天(?!然)|月|日(?![常用])|岁|期(?![货间初末望])|点(?!货|心)|种(?![了树地植菜花苗果])|家(?![里用具庭人电])|个(?!亿)|栋|层|间|门(?![面市店窗头诊])|小时|分钟|本(?![金息来月周身])|组(?![织装件建])|"
    r"匹(?!配)|艘|箩|担(?!保)|kg|mw|兆|块砖|块地|块板|股(?![票东市权本])|倍|%|成(?![本立套品])|分之|周(?!转)|星期|礼拜|项(?!目)|批(?![了发给下])|笔|所|单(?![独位])|锭|幅|车(?![款辆头贷租险])|盒|罐"
)
SPENT = _R(r"(?:花|用|付|交|投|还|剩|余|给|转|借)(?:了|掉|去|下|出|给|走|的)?(?:差不多|大概|约|有|是|个)?$")
SPENT_AFTER = _R(
    r"(?:来|多)?(?:，?(?:拿|也|都|已经?|又|去|来)*(?:买|购|付|进|周转|翻|种|养|做|请|囤|垫|收(?!入|到|回|款)|交(?!期)|发|还|用|建|盖|修|装(?!车)|搭|投|转|借给|炒|打给|给(?!我们|银行)|没动|没用|没花|没使|没提|趴|挂|留|存|备|换|添|上了)|在(?:账|折|卡|户|手))"
)
END = _R(r"(?:来|多|左右|出头)?(?:[，。；！、]|$|买|进|装|盖|然后|还有|剩|另|不对|都|就|吧|嘛|呢|干|工|现)")
EDGE = _R(r"(?:[，。；、]|[第头][一二三四五六]?笔|然后|还有|另外|剩下?的?|又|再|其中|有|里头?)$")
ROW = _R(r"元?[，]?(?:[：:]|其中|里头?[，：]?|中[，：]?)")
CHAIN = _R("[，、]?[一-龥]{2,6}")
LENT_END = _R(r"[，。；、里中]|$")
LENT = _R(r"(?:那笔|这笔)$|(?:贷(?:款)?|(?<![发投存开])放)(?:来|了|的|给他|出去)*(?:是|有|一共|总共)?$")
SHORT = _R(r"[一二两三四五六七八九][百千][一二三四五六七八九]")
THING = _R(r"(?:[一-龥]{2}|[，。；、])$")


def latin_after(text: str, at: int) -> bool:
    return text[at : at + 1].isascii() and text[at : at + 1].isalpha()


def carried(text: str, items: list[Quantity]) -> list[Quantity]:
    """三百二十万买设备，一百付料款: a bare figure that is spent or left takes the 万 of the sum before it."""
    whole, row, chain, made = 0.0, 0, -1, []
    for q in items:
        said = text[q.start : q.end]
        if _lent(text, q):
            q, said = replace(q, kind=AMOUNT, value=q.value * 10_000, bare=False), said + "万"
            row = _row_end(text, q)
        rows = q.end <= row or (chain >= 0 and CHAIN.fullmatch(text, chain, q.start))
        if whole and (_takes_unit(text, q, whole) or (rows and _in_row(text, q, whole))):
            chain = q.end
            made.append(replace(q, kind=AMOUNT, value=q.value * 10_000, low=None, high=None, bare=False))
            continue
        if (
            q.kind == AMOUNT
            and not q.bare
            and q.value >= 10_000
            and said.rstrip("元整块钱").endswith(("万", "w"))
        ):
            whole = max(whole, q.value)
            if ROW.match(text, q.end):
                row = _row_end(text, q)
        made.append(q)
    return made


def _row_end(text: str, q: Quantity) -> int:
    return q.end + len(text[q.end :].split("。")[0].split("；")[0])


def _lent(text: str, q: Quantity) -> bool:
    """贷了五十，贷来的一百二: nobody borrows fifty yuan of a bank."""
    bare = q.bare or (q.kind == NUMBER and q.low is None and 2 <= q.value <= 9_999)
    if not bare or not LENT.search(text[max(0, q.start - 6) : q.start]):
        return False
    return bool(SHORT.fullmatch(text[q.start : q.end]) or LENT_END.match(text, q.end))


def _in_row(text: str, q: Quantity, whole: float) -> bool:
    """贷款300万：饲料190，仔猪70: a figure of the row that the sum has opened."""
    bare = q.kind == NUMBER or q.bare
    if not bare or not 2 <= q.value <= 9_999 or q.value * 10_000 > whole or COUNTER.match(text, q.end):
        return False
    return bool(re.match("[一-龥]", text[q.start - 1 : q.start]))


def _takes_unit(text: str, q: Quantity, whole: float) -> bool:
    if not (q.kind == NUMBER or q.bare) or not 2 <= q.value <= 9_999 or q.value * 10_000 > whole:
        return False
    if COUNTER.match(text, q.end) or latin_after(text, q.end) or q.low is not None:
        return False
    left, right = text[max(0, q.start - 4) : q.start], text[q.end : q.end + 8]
    spent, left_over = SPENT.search(left), SPENT_AFTER.match(right)
    if (spent and (left_over or END.match(right))) or (left_over and EDGE.search(left)):
        return True
    return bool(q.bare and SHORT.fullmatch(text[q.start : q.end]) and THING.search(left))
