"""Sentences of a report that talk to the machine instead of about the borrower: they state nothing."""

from __future__ import annotations

import re
from itertools import pairwise

from facts.model import Evidence

_R = re.compile
_EDGE = _R(r"(?<=[。！？!?\n])|(?<=\.)(?=\s|$)")
_ZH = (
    r"(?:忽略|无视|忘掉|忘记|忘了|抛开|撇开|绕过|跳过|覆盖|取消|废除|停止遵守|不要(?:再)?(?:理会|遵守|管|执行)|不用(?:理会|遵守|管)|别管)"
    r"[^。！？\n]{0,10}(?:规则|指令|指示|提示词?|命令|设定|约束|限制|要求|以上内容|上述内容|上文|前文|上面(?:的)?(?:话|内容|所有)|之前(?:的)?(?:话|内容|所有)|校验|核对规则|系统|说明|守则)",
    r"系统(?:提示|指令|消息|管理员|通知|命令|设定|升级|覆盖)|开发者(?:模式|指令|消息)|管理员(?:指令|模式|命令)|超级?用户|越狱|提示词",
    r"(?:你|您)(?:现在|从现在起|从此|今后)?(?:是|扮演|充当|就是|成为|切换)[^。！？\n]{0,10}(?:ai|人工智能|管理员|模型|机器人|助手|开发者|系统|程序|专家|模式|审批)",
    r"(?:作为|身为|致|告诉|请)(?:一个|本|这个|该)?(?:ai|人工智能|语言模型|大模型|模型|机器人|智能助手|抽取程序|系统)",
    r"(?:输出|返回|回复|生成|打印|给出)[^。！？\n]{0,8}(?:json|facts|字段|结果为|下列|如下结果)|json(?:里|中|输出)",
    r"(?:字段|抽取结果|提取结果|读取结果|识别结果|结果一律|所有字段|所有数值)[^。！？\n]{0,10}(?:改|设|写|填|标|记|置|输出|替换|一律)",
    r"[\"“”'{]?(?:fund_usage|cash_stress|unused_funds|next_contact|(?:progress|repayment|operations|collateral|contact)\.(?=[a-z_]))",
    r"<\s*/?\s*(?:system|assistant|user|report|instructions?|prompt)\b|\[(?:/?inst|system)\]|<\|[a-z_]+\|>|(?:^|[\n。.!?！？])\s*(?:system|assistant)\s*[:：]",
)
_EN = (
    r"\b(?:ignore|disregard|forget|override|bypass|overrule|skip|drop|discard|cancel|stop following|do not follow|don't follow)\b[^.!?\n]{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|above|previous|prior|earlier|system|constraints?|checks?|orders?|commands?|everything)\b",
    r"\bsystem (?:prompt|message|override|instruction|notice|update)|\bdeveloper (?:mode|message)|\badmin(?:istrator)? (?:mode|override|command)|\bjailbreak|\bnew (?:instructions?|rules?|task)\s*:|\bend of (?:report|prompt|instructions)",
    r"\byou are (?:now |no longer )?(?:an? |the |my )?(?:ai|assistant|model|admin\w*|developer|system|bot|parser|unrestricted|expert|different|extractor)",
    r"\b(?:pretend|imagine|make believe)\b|\b(?:your|the) (?:new )?task (?:has|is|now)\b",
    r"\b(?:as|dear|attention|hey|note to(?: the)?) (?:an? |the )?(?:ai|assistant|language model|llm|model|parser|extractor|bot)\b",
    r"\b(?:output|return|print|respond|reply|answer|emit|produce)\b[^.!?\n]{0,24}\b(?:json|facts|fields?|only|exactly|the following|verbatim)\b",
    r"\b(?:all|every|the|your) (?:fields?|extracted|extraction|reading|facts|values?)\b[^.!?\n]{0,24}\b(?:to|as|must|should|be|with)\b",
)
ORDER = _R("|".join(_ZH + _EN))
"""Of words in lower case: heeding case takes five times as long."""
FOLLOWS = _R(
    r"\s*(?:然后|并且?|再|接着|同时|以及|而是|改为|请|现在|务必|必须|一律|and|then|also|instead|now|please|just)?[,，\s]*(?:请|please|务必)?"
    r"(?:把|将|给我|标|填|写成|写入|改成|改为|设为|设置|输出|返回|记为|记录为|填写|报告|声明|认定|一律|统一|替换|删除|只|不要|都|全部|"
    r"set|mark|change|report|record|write|replace|delete|remove|state|say|put|treat|make|output|return|fill|add|respond|reply|claim|declare)",
    re.I,
)  # fmt: skip
"""What goes on giving orders after the first."""


def orders(text: str) -> tuple[Evidence, ...]:
    """What gives orders to whoever reads the report by machine: from its clause to the end of the sentence, and on."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text) if text != text.lower() else text
    if not ORDER.search(low):
        return ()
    found: list[tuple[int, int]] = []
    for start, end in pairwise(_edges(text)):
        sentence = low[start:end]
        goes_on = bool(found) and found[-1][1] == start
        given = ORDER.search(sentence)
        if goes_on and (given or FOLLOWS.match(sentence)):
            found[-1] = found[-1][0], end
        elif given:
            found.append((start + _clause(sentence, given.start()), end))
    return tuple(Evidence(start, end, text[start:end]) for start, end in found)


def _clause(sentence: str, at: int) -> int:
    return max(sentence.rfind(mark, 0, at) for mark in "，,；;：:") + 1


def without_orders(text: str, given: tuple[Evidence, ...]) -> str:
    """The text with the orders blanked out; every other word keeps its place."""
    for one in given:
        text = text[: one.start] + "\n" * (one.end - one.start) + text[one.end :]
    return text


def _edges(text: str) -> list[int]:
    return sorted({0, len(text), *(found.start() for found in _EDGE.finditer(text))})
