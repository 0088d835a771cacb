"""Working days: China's with its make-up workdays (调休), other countries' without their holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import holidays

ONE = timedelta(days=1)


@lru_cache(maxsize=20_000)
def is_working(day: date, country: str) -> bool:
    """For China by the State Council's notice; for years not published yet by the statutory holidays."""
    import chinese_calendar  # tables of many years, for those who plan

    if country == "CN":
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            pass
    return bool(_holidays(country).is_working_day(day))


def add(day: date, count: int, country: str) -> date:
    """The `count`-th working day after `day`; with a negative count before it."""
    step = ONE if count >= 0 else -ONE
    for _ in range(abs(count)):
        day += step
        while not is_working(day, country):
            day += step
    return day


def on_or_before(day: date, country: str) -> date:
    while not is_working(day, country):
        day -= ONE
    return day


def on_or_after(day: date, country: str) -> date:
    while not is_working(day, country):
        day += ONE
    return day


@cache
def _holidays(country: str) -> holidays.HolidayBase:
    import holidays

    return holidays.country_holidays(country)
