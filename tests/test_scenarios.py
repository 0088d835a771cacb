"""Every scenario through the whole service: what is flagged is what the rules demand, by borrower, code and severity."""

from __future__ import annotations

from pathlib import Path

import pytest

from anomalies.registry import CODES
from tests.scenarios.evaluation import Scenario, play, scenarios

ALL = scenarios()
UNREAD = (Path(__file__).parent / "scenarios" / "unread.txt").read_text("utf-8").split()
"""Scenarios whose words the grammar doesn't read yet; a name is taken out when it does."""


def test_every_rule_is_raised_by_a_scenario() -> None:
    raised = {code for one in ALL for _, code, _ in one.cases}
    assert set(CODES) - raised == set()


def test_every_scenario_has_its_timeline_and_every_timeline_its_scenario() -> None:
    timelines = {path.stem for path in (Path(__file__).parent / "scenarios" / "timelines").glob("*.jsonl")}
    assert timelines == {one.name for one in ALL}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenarios")


def test_few_scenarios_are_unread() -> None:
    assert set(UNREAD) <= {one.name for one in ALL}
    assert len(UNREAD) <= len(ALL) * 0.06


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [one for one in ALL if one.name not in UNREAD], ids=lambda one: one.name)
async def test_a_scenario_ends_with_the_cases_that_the_rules_demand(scenario: Scenario, folder: Path) -> None:
    result = await play(scenario, folder)
    assert result.found == scenario.cases
    assert result.problems == ()
