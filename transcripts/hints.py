"""Which names and words to tell an engine beforehand, within what it can take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from transcripts.model import Hints

TRADE_WORDS = {
    "zh": (
        "应收账款", "受托支付", "抵押物", "贷后检查", "现金流", "原材料", "流动资金", "展期", "逾期",
        "拖欠工资", "担保人", "在建工程", "下游回款", "开工率", "挪用", "续贷", "还款来源",
    ),
    "en": (
        "receivables", "entrusted payment", "collateral", "drawdown", "covenant", "working capital",
        "guarantor", "overdue", "cash flow", "arrears",
    ),
}  # fmt: skip


def rough_tokens(text: str) -> int:
    """An upper guess of Whisper tokens where no tokenizer is at hand: two a Chinese character, one per two letters."""
    return sum(2 if char >= "\u2e80" else 1 for char in text) // (1 if _han(text) else 2) + 1


def chosen(
    hints: Hints, limit: int, count: Callable[[str], int] = rough_tokens, *, lang: str = "zh"
) -> tuple[str, ...]:
    """The hints that fit in `limit` tokens: three quarters at most for names, then words of the trade."""
    names, used = _fitting(hints.names, limit * 3 // 4, count)
    words, _ = _fitting(chain(hints.words, TRADE_WORDS.get(lang, ())), limit - used, count)
    return tuple(dict.fromkeys((*names, *words)))


def _fitting(texts: Iterable[str], limit: int, count: Callable[[str], int]) -> tuple[list[str], int]:
    taken: list[str] = []
    used = 0
    for text in dict.fromkeys(text.strip() for text in texts if text.strip()):
        need = count(text) + 1
        if used + need > limit:
            break
        taken.append(text)
        used += need
    return taken, used


def _han(text: str) -> bool:
    return any(char >= "\u2e80" for char in text)
