"""Stretches of time in a question: this week, last month, thirty days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

DIGITS = "零一二三四五六七八九"
WORDS_EN = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
UNIT_DAYS = {
    "天": 1,
    "日": 1,
    "周": 7,
    "星期": 7,
    "礼拜": 7,
    "个月": 30,
    "月": 30,
    "季度": 90,
    "个季度": 90,
    "半年": 180,
    "年": 365,
}
UNIT_DAYS |= {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365, "个星期": 7}


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it. `name` is stable: this_week, next_month, today, …"""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Found:
    """What stood in the text: a calendar period, or a bare length in days, and where."""

    start: int
    end: int
    period: Period | None = None
    days: int | None = None


def find(text: str, today: date) -> Found | None:
    """The first period or length that the text names."""
    for words, name in PERIODS:
        found = words.search(text)
        if found:
            return Found(found.start(), found.end(), named(name, today))
    for reader in (LENGTH_ZH, LENGTH_EN):
        found = reader.search(text)
        if found:
            return Found(found.start(), found.end(), days=_days(found))
    return None


def named(name: str, today: date) -> Period:
    first, last = SPANS[name](today)
    return Period(name, first, last)


def _days(found: re.Match[str]) -> int:
    if found["whole"]:
        return UNIT_DAYS.get(found["whole"].lower(), 180)
    return round(number(found["count"]) * UNIT_DAYS[found["unit"].lower()])


def number(words: str) -> float:
    """A small count: 3, 三, 十五, 两, 半, two."""
    if words.isdigit():
        return int(words)
    if words in ("半", "half a", "half"):
        return 0.5
    words = words.replace("两", "二").lower()
    if words in WORDS_EN:
        return WORDS_EN[words]
    tens, ten, ones = words.rpartition("十")
    value = DIGITS.index(ones) if ones else 0
    return (DIGITS.index(tens) if tens else 1) * 10 + value if ten else value


def _week(offset: int) -> Callable[[date], tuple[date, date]]:
    def span(today: date) -> tuple[date, date]:
        monday = today - timedelta(today.weekday()) + timedelta(weeks=offset)
        return monday, monday + timedelta(6)

    return span


def _month(offset: int) -> Callable[[date], tuple[date, date]]:
    def span(today: date) -> tuple[date, date]:
        months = today.year * 12 + today.month - 1 + offset
        year, month = divmod(months, 12)
        return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])

    return span


def _day(offset: int) -> Callable[[date], tuple[date, date]]:
    return lambda today: (today + timedelta(offset), today + timedelta(offset))


def _quarter(today: date) -> tuple[date, date]:
    month = 3 * ((today.month - 1) // 3) + 1
    return date(today.year, month, 1), date(today.year, month + 2, monthrange(today.year, month + 2)[1])


SPANS: dict[str, Callable[[date], tuple[date, date]]] = {
    "today": _day(0),
    "tomorrow": _day(1),
    "day_after_tomorrow": _day(2),
    "yesterday": _day(-1),
    "this_week": _week(0),
    "next_week": _week(1),
    "last_week": _week(-1),
    "this_month": _month(0),
    "next_month": _month(1),
    "last_month": _month(-1),
    "this_quarter": _quarter,
    "this_year": lambda today: (date(today.year, 1, 1), date(today.year, 12, 31)),
}
PERIODS = [
    (re.compile(words, re.IGNORECASE), name)
    for words, name in (
        (r"上个?(?:周|星期|礼拜)(?!末)|last week", "last_week"),
        (r"下个?(?:周|星期|礼拜)|next week", "next_week"),
        (r"(?:这|本)个?(?:周|星期|礼拜)|this week|my week", "this_week"),
        (r"上个?月|last month", "last_month"),
        (r"下个?月|next month", "next_month"),
        (r"(?:这|本|当)个?月|this month|my month", "this_month"),
        (r"(?:这|本)个?季度?|this quarter", "this_quarter"),
        (r"今年|本年度?|this year", "this_year"),
        (r"昨[天日]|yesterday", "yesterday"),
        (r"后天|day after tomorrow", "day_after_tomorrow"),
        (r"明[天日]|tomorrow", "tomorrow"),
        (r"今[天日]|today|my day", "today"),
    )
]
LENGTH_ZH = re.compile(
    r"(?P<whole>半年)|(?P<count>\d{1,4}|半|[一二两三四五六七八九]?十?[一二两三四五六七八九十])(?P<unit>天|日(?!元)|周|星期|个星期|礼拜|个月|季度|个季度|年)"
)
LENGTH_EN = re.compile(
    r"(?P<whole>\bhalf a year\b)|(?P<count>\b(?:\d{1,4}|a|one|two|three|four|five|six|ten))\s(?P<unit>day|week|month|quarter|year)s?\b",
    re.IGNORECASE,
)
