"""Amounts: every spelling of the contract, and what must be refused."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.amounts import amounts, percentages

SPELLINGS = {
    "三百二十万": 3_200_000, "1.2亿": 120_000_000, "一亿三千万": 130_000_000, "一亿三": 130_000_000, "两千三": 2300, "三万五": 35_000,
    "3000w": 30_000_000, "叁佰万元整": 3_000_000, "RMB 3.2 million": 3_200_000, "1,200.5万元": 12_005_000, "800k": 800_000,
    "三百来万": 3_000_000, "三百多万": 3_000_000, "近三百万": 3_000_000, "大概三百万": 3_000_000, "五六十万": 550_000, "1亿3000万元": 130_000_000,
    "一个亿": 100_000_000, "一个多亿": 100_000_000, "一百二三十万": 1_250_000, "3千5百万": 35_000_000, "¥3,000,000": 3_000_000,
    "人民币捌佰万元整": 8_000_000, "两三百万": 2_500_000, "三五万": 40_000, "300到500万": 4_000_000, "三到五百万": 4_000_000, "百把万": 1_000_000,
    "2300块钱": 2300, "一点二亿": 120_000_000, "half a million": 500_000, "a million and a half": 1_500_000, "2.1m": 2_100_000,
    "two hundred thousand": 200_000, "ninety five thousand": 95_000, "one point eight million": 1_800_000, "USD 450,000": 450_000,
    "320 grand": 320_000, "five or six hundred thousand": 550_000, "between 500 and 600 thousand": 550_000, "a couple of hundred thousand": 200_000,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SPELLINGS.items())
def test_every_spelling_of_an_amount_has_its_value(text: str, value: float) -> None:
    assert [a.value for a in amounts(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "几十万",
        "好几百万",
        "several hundred thousand",
        "5万只鸡",
        "1200吨",
        "三条线",
        "万一",
        "百货",
        "千万别说",
        "20,000 birds",
    ],
)
def test_what_has_no_sure_sum_of_money_is_refused(text: str) -> None:
    assert amounts(text) == []


def test_two_sums_that_touch_stay_two() -> None:
    assert [a.value for a in amounts("一共120万70万买饲料")] == [1_200_000, 700_000]
    assert [a.value for a in amounts("of the six hundred thousand four hundred thousand went")] == [
        600_000,
        400_000,
    ]


def test_a_range_that_would_scale_absurdly_is_not_scaled() -> None:
    (found,) = amounts("8500到3万")
    assert (found.low, found.high) == (8500, 30_000)


def test_a_range_keeps_both_its_ends() -> None:
    (found,) = amounts("五六十万")
    assert (found.low, found.high, found.approximate) == (500_000, 600_000, True)


@pytest.mark.parametrize(
    "text", ["三百来万", "三百多万", "近三百万", "大概三百万", "about 300k", "300k or so"]
)
def test_an_approximate_amount_says_so(text: str) -> None:
    assert amounts(text)[0].approximate


PERCENTS = {
    "六成五": 65, "三分之二": 66.7, "一半": 50, "过半": 50, "不到一半": 50, "八九成": 85, "百分之二十五": 25, "25个点": 25, "一成半": 15, "65%": 65,
    "六到七成": 65, "百分之六七十": 65, "满负荷": 100, "百分之八点五": 8.5, "two thirds": 66.7, "three quarters": 75, "a quarter": 25,
    "sixty to seventy percent": 65, "8.5%": 8.5, "seventy per cent": 70,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), PERCENTS.items())
def test_every_spelling_of_a_percentage_has_its_value(text: str, value: float) -> None:
    assert [p.value for p in percentages(text)] == [value]


@pytest.mark.parametrize("text", ["三成本", "九成新", "完成了", "十分满意"])
def test_words_with_cheng_in_them_are_no_percentage(text: str) -> None:
    assert percentages(text) == []


DIGITS, BANKERS = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def section(n: int, digits: str, units: tuple[str, ...]) -> str:
    """A number below ten thousand in words."""
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = n // 10**place % 10
        gap = gap or (digit == 0 and bool(words))
        if digit:
            words += (
                (digits[0] if gap and words and n // 10 ** (place + 1) % 10 == 0 else "")
                + digits[digit]
                + units[place]
            )
            gap = False
    return words


def words(n: int, digits: str = DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """Any number up to a million million in Chinese words."""
    high, middle, low = n // 10**8, n // 10**4 % 10**4, n % 10**4
    text = (words(high, digits, units) + "亿") if high else ""
    for part, unit in ((middle, "万"), (low, "")):
        if part:
            text += (digits[0] if text and part < 1000 else "") + section(part, digits, units) + unit
    return text


EIGHT = (
    lambda n: words(n) + "元",
    lambda n: words(n, BANKERS, ("", "拾", "佰", "仟")) + "元整",
    lambda n: f"{n}元",
    lambda n: f"{n:,}元",
    lambda n: f"¥{n:,}",
    lambda n: f"人民币{n}元",
    lambda n: f"RMB {n:,}",
    lambda n: f"付了{words(n)}块钱",
)


@settings(max_examples=150, deadline=None)
@given(n=st.integers(min_value=100, max_value=10**12), spelling=st.integers(min_value=0, max_value=7))
def test_integers_come_back_from_eight_spellings(n: int, spelling: int) -> None:
    text = EIGHT[spelling](n)
    assert [a.value for a in amounts(text, "zh")] == [n], text


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="零一二三四五六七八九十百千万亿两几多来0123456789.,点元半个到w%成 ", max_size=60))
def test_any_row_of_numerals_is_read_without_overlap(text: str) -> None:
    found = amounts(text, "zh")
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= a.start < a.end <= len(text) for a in found)
