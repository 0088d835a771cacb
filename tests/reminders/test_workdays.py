from __future__ import annotations

from datetime import date

import pytest

from reminders import workdays


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 17), False),  # its first day, a Tuesday
        (date(2026, 3, 2), True),
        (date(2026, 3, 1), False),
        (date(2026, 10, 10), True),  # a Saturday worked for the National Day
    ],
)
def test_make_up_workdays_count_in_china(day: date, working: bool) -> None:
    assert workdays.is_working(day, "CN") is working


def test_two_working_days_before_the_festival_lie_behind_it() -> None:
    assert workdays.add(date(2026, 2, 14), 2, "CN") == date(2026, 2, 25)


def test_a_year_not_published_yet_goes_by_the_statutory_holidays() -> None:
    assert not workdays.is_working(date(2030, 10, 1), "CN")
    assert workdays.is_working(date(2030, 10, 9), "CN")


def test_another_country_has_its_own_holidays() -> None:
    assert not workdays.is_working(date(2026, 7, 3), "US")
    assert workdays.is_working(date(2026, 7, 3), "GB")


def test_a_day_off_is_brought_back_to_the_working_day_before() -> None:
    assert workdays.on_or_before(date(2026, 2, 23), "CN") == date(2026, 2, 14)
    assert workdays.on_or_after(date(2026, 3, 1), "CN") == date(2026, 3, 2)
