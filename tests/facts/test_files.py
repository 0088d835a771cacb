"""Files of reports in, files of facts out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from facts.files import BadLine, extract, extract_lines
from facts.version import grammar_version

GOOD = json.dumps(
    {"id": "a", "text": "开工率七成", "reported_on": "2026-11-17", "lang": "zh"}, ensure_ascii=False
)


def test_each_report_has_its_answer_with_evidence_beside_the_facts(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(GOOD + "\n\n", encoding="utf-8")
    (answer,) = extract(path)
    assert answer["id"] == "a" and answer["facts"] == {"operations": {"capacity_percent": 70}}
    assert answer["evidence"][0]["evidence"]["text"] == "七成"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "not_json"),
        ("[]", "not_object"),
        ('{"id": "a", "text": "x"}', "missing"),
        ('{"id": "a", "text": "x", "reported_on": "soon"}', "bad_date"),
    ],
)
def test_a_wrong_line_is_named_with_its_number(line: str, code: str) -> None:
    with pytest.raises(BadLine) as caught:
        list(extract_lines([GOOD, line], "in.jsonl"))
    assert (caught.value.code, caught.value.line) == (code, 2)


def test_an_empty_report_states_nothing() -> None:
    (answer,) = extract_lines(['{"id": 1, "text": "", "reported_on": "2026-11-17"}'])
    assert answer["facts"] == {}


def test_the_version_is_stable_and_short() -> None:
    assert grammar_version() == grammar_version() and len(grammar_version()) == 12
