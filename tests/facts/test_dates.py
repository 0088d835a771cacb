"""Days counted from the day of the report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.dates import dates

TUESDAY = date(2026, 11, 17)
DAYS = {
    "这周五": "2026-11-20", "本周五": "2026-11-20", "下周三": "2026-11-25", "下礼拜五": "2026-11-27", "下下周一": "2026-11-30", "月底": "2026-11-30",
    "下个月10号": "2026-12-10", "12月5号": "2026-12-05", "三天后": "2026-11-20", "明天": "2026-11-18", "后天": "2026-11-19", "下个月底": "2026-12-31",
    "年底": "2026-12-31", "11月3号": "2027-11-03", "2026年12月15日": "2026-12-15", "20号之前": "2026-11-20", "1月8号": "2027-01-08",
    "十二月十五号": "2026-12-15", "两周后": "2026-12-01", "这礼拜天": "2026-11-22", "this Friday": "2026-11-20", "next Wednesday": "2026-11-25",
    "by Friday": "2026-11-20", "in two weeks": "2026-12-01", "on Monday": "2026-11-23", "on Dec 1": "2026-12-01", "the end of the month": "2026-11-30",
    "January 8": "2027-01-08", "the day after tomorrow": "2026-11-19", "the 15th of next month": "2026-12-15", "Friday week": "2026-11-27",
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_every_way_of_naming_a_day_gives_that_day(text: str, day: str) -> None:
    assert [str(d.value) for d in dates(text, TUESDAY)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "年前",
        "过段时间",
        "过几天",
        "国庆后",
        "soon",
        "next month",
        "1至8月",
        "三个月",
        "65号人",
        "the third one",
        "前阵子",
    ],
)
def test_a_vague_day_is_left_out(text: str) -> None:
    assert list(dates(text, TUESDAY)) == []


def test_on_a_sunday_next_week_counts_from_the_week_that_ends_that_day() -> None:
    assert next(iter(dates("下周三", date(2026, 11, 22)))).value == date(2026, 11, 25)


def test_on_a_monday_next_wednesday_is_in_the_week_after() -> None:
    assert next(iter(dates("下周三", date(2026, 11, 16)))).value == date(2026, 11, 25)


def test_a_day_already_past_looks_back_too() -> None:
    day = next(iter(dates("11月3号", TUESDAY)))
    assert day.past == date(2026, 11, 3)


@settings(max_examples=150, deadline=None)
@given(
    st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)),
    st.integers(min_value=1, max_value=300),
)
def test_any_coming_day_named_in_full_comes_back(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert [d.value for d in dates(f"{day.year}年{day.month}月{day.day}日", today)] == [day]
    assert [d.value for d in dates(f"on {day:%B} {day.day}, {day.year}", today)] == [day]
