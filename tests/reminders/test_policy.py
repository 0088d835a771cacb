from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from reminders.policy import PolicyError, load


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def problems(path: Path) -> dict[str, str]:
    with pytest.raises(PolicyError) as caught:
        load(path)
    return {problem.key: problem.words for problem in caught.value.problems}


def test_the_shipped_policy_is_what_the_rules_say() -> None:
    policy = load()
    classes = {
        name: policy.every_days("B", name, set(), 0) for name in ("normal", "special_mention", "substandard")
    }
    assert classes == {"normal": 90, "special_mention": 30, "substandard": 14}
    assert policy.every_days("B", "doubtful", set(), 0) == policy.every_days("B", "loss", set(), 0) == 7
    assert (policy.first_check.after_days, policy.maturity.before_days, policy.special.working_days) == (
        15,
        30,
        2,
    )
    assert (policy.reminders.quiet_from, policy.reminders.quiet_to) == (time(21), time(8))


def test_a_file_need_only_name_what_differs(tmp_path: Path) -> None:
    policy = load(write(tmp_path, "[visit]\nnormal = 60\n"))
    assert (policy.visit.normal, policy.visit.special_mention) == (60, 30)


def test_a_comment_doesnt_change_the_version_but_a_value_does(tmp_path: Path) -> None:
    assert load(write(tmp_path, "# ours\n[visit]\nnormal = 90\n")).version == load().version
    assert load(write(tmp_path, "[visit]\nnormal = 91\n")).version != load().version


def test_an_unknown_key_is_named_with_those_allowed(tmp_path: Path) -> None:
    found = problems(write(tmp_path, "[visit]\nnorml = 60\n"))
    assert "special_mention" in found["visit.norml"]


def test_a_value_out_of_bounds_is_named_with_what_was_given(tmp_path: Path) -> None:
    found = problems(write(tmp_path, "[first_check]\nafter_days = 0\n"))
    assert "0" in found["first_check.after_days"]


def test_a_country_nobody_knows_is_refused(tmp_path: Path) -> None:
    assert "CN" in problems(write(tmp_path, '[calendar]\ncountry = "XX"\n'))["calendar.country"]


def test_a_morning_in_the_quiet_hours_is_refused(tmp_path: Path) -> None:
    assert "quiet_to" in problems(write(tmp_path, '[reminders]\nmorning = "06:00"\n'))["reminders"]


def test_broken_toml_is_said_so(tmp_path: Path) -> None:
    assert "TOML" in problems(write(tmp_path, "[visit\n"))


def test_some_borrowers_can_be_seen_more_often(tmp_path: Path) -> None:
    words = "[sooner]\nproducts = { project_finance = 30 }\nborrowers = { B001 = 45 }\namount = 50000000\namount_days = 20\n"
    policy = load(write(tmp_path, words))
    assert policy.every_days("B001", "normal", set(), 0) == 45
    assert policy.every_days("B002", "normal", {"project_finance"}, 0) == 30
    assert policy.every_days("B002", "normal", set(), 50_000_000) == 20
    assert policy.every_days("B002", "loss", {"project_finance"}, 50_000_000) == 7


def test_nothing_can_be_changed_in_a_loaded_policy() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load().visit.normal = 1  # type: ignore[misc]


def test_a_wrong_value_is_told_by_file_line_and_key(tmp_path: Path) -> None:
    path = write(tmp_path, "# ours\n[visit]\nnormal = 60\n\n[maturity]\nbefore_days = -1\n")
    with pytest.raises(PolicyError) as caught:
        load(path)
    assert caught.value.lines[0].startswith(f"{path}:6: maturity.before_days: ")


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load(write(tmp_path, "[visit]\nnormal = 60\n[visit\n"))
    assert caught.value.problems[0].line == 3


def test_a_file_that_isnt_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"nowhere\.toml: file:"):
        load(tmp_path / "nowhere.toml")


def test_a_flag_that_no_rule_raises_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '[special]\nalso = ["cash.hlat"]\n')
    assert "cash.hlat" in problems(path)["special.also"]


def test_what_building_needs_comes_before_the_class_and_the_shortest_rule_is_named() -> None:
    policy = load()
    assert policy.interval("B", "normal", set(), 0, building=True) == (30, "construction")
    assert policy.interval("B", "substandard", set(), 0, building=True) == (14, "class")
    assert policy.interval("B", "normal", set(), 0) == (90, "class")
