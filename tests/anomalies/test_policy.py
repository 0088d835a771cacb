"""The policy file: defaults, errors, versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from anomalies.policy import DEFAULT, PolicyError, load
from tests.anomalies.situations import POLICY


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_version_changes_with_a_threshold_and_not_with_a_comment(tmp_path: Path) -> None:
    text = DEFAULT.read_text("utf-8")
    commented = load(written(tmp_path, "# ours\n" + text))
    changed = load(written(tmp_path, text.replace("related_red_from = 0.30", "related_red_from = 0.25")))
    assert commented.version == POLICY.version != changed.version


def test_a_threshold_out_of_range_is_named(tmp_path: Path) -> None:
    text = DEFAULT.read_text("utf-8").replace("cash_over = 0.20", "cash_over = 20")
    with pytest.raises(PolicyError) as error:
        load(written(tmp_path, text))
    assert error.value.code == "policy.value" and error.value.problems[0].startswith("use.cash_over: ")


def test_an_unknown_setting_is_refused_and_a_missing_one_named(tmp_path: Path) -> None:
    text = DEFAULT.read_text("utf-8").replace("cash_over", "cash_above")
    with pytest.raises(PolicyError) as error:
        load(written(tmp_path, text))
    assert {problem.split(":")[0] for problem in error.value.problems} == {"use.cash_over", "use.cash_above"}


@pytest.mark.parametrize(("text", "code"), [("not toml [", "policy.toml"), (None, "policy.missing")])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, text: str | None, code: str) -> None:
    path = tmp_path / "none.toml" if text is None else written(tmp_path, text)
    with pytest.raises(PolicyError) as error:
        load(path)
    assert error.value.code == code


def test_every_threshold_is_explained_beside_itself_or_by_its_group() -> None:
    lines = [line for line in DEFAULT.read_text("utf-8").splitlines() if " = " in line]
    explained = [line for line in lines if "#" in line]
    assert len(explained) >= len(lines) * 0.6
