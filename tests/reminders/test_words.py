from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from icalendar import Calendar

from prompts import catalog
from prompts.catalog import label
from records.model import Borrower, Visit
from reminders import ics, wording
from tests.reminders.stage import local
from tests.small_book import TODAY


def words(lang: str) -> dict[str, str]:
    text = (Path(catalog.ROOT) / lang / "reminders.toml").read_text("utf-8")
    return dict(flat(tomllib.loads(text)))


def flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def test_both_languages_say_the_same_things() -> None:
    assert words("zh").keys() == words("en").keys()


def test_every_reason_for_a_day_has_its_words() -> None:
    codes = ("first_check", "since_visit", "since_book", "midway", "maturity", "red_flag", "agreed", "plan",
             "drawdown", "promise")  # fmt: skip
    for lang in ("zh", "en"):
        for code in codes:
            item = visit(why={"code": code, "days": 15, "tries": 2}, moved_times=1)
            assert "None" not in wording.why_words(item, lang) and wording.why_words(item, lang)


def test_the_plan_as_a_calendar_keeps_its_uid_when_an_item_moves() -> None:
    borrower = Borrower("B001", "示例市<华兴>", "AM1", address="示例路1号", latitude=30.0, longitude=120.0)
    (event,) = Calendar.from_ical(ics.calendar([(visit(moved_times=2), borrower)], "zh", local(TODAY))).walk(
        "VEVENT"
    )
    assert (event["uid"], event.decoded("dtstart"), event["sequence"]) == ("visit-7@huifang", TODAY, 2)
    assert event["summary"] == f"示例市<华兴> {label('visit_kind', 'visit', 'zh')}"


def visit(**more: Any) -> Visit:
    return Visit(7, "B001", "visit", TODAY, "AM1", local(TODAY), **more)
