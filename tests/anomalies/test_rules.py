"""Every rule: raised, not raised, and worded in both languages."""

from __future__ import annotations

import pytest

from anomalies import registry, wording
from anomalies.casework import plain
from anomalies.model import Flag
from anomalies.situation import Situation
from prompts.catalog import LANGUAGES
from tests.anomalies.examples import EXAMPLES

TABLE = [
    pytest.param(code, situation, severity, id=f"{code}: {name}")
    for code, examples in EXAMPLES.items()
    for name, situation, severity in examples
]


def asked(code: str, situation: Situation) -> Flag | None:
    """A rule of a report is asked where there is one, the book's otherwise."""
    rules = registry.ON_REPORT if situation.told and code in registry.ON_REPORT else registry.IN_BOOK
    return rules[code](situation)


@pytest.mark.parametrize(("code", "situation", "severity"), TABLE)
def test_a_rule_is_raised_where_the_table_says_so(
    code: str, situation: Situation, severity: str | None
) -> None:
    flag = asked(code, situation)
    assert (flag.severity if flag else None) == severity
    assert flag is None or flag.code == code


@pytest.mark.parametrize("code", registry.CODES)
def test_every_rule_has_an_example_and_a_near_miss(code: str) -> None:
    severities = {severity for _, _, severity in EXAMPLES[code]}
    assert None in severities and len(severities) > 1


@pytest.mark.parametrize(("code", "situation", "severity"), TABLE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_flag_is_worded_with_no_gap(
    code: str, situation: Situation, severity: str | None, lang: str
) -> None:
    flag = asked(code, situation)
    if flag is None:
        assert severity is None
        return
    words = wording.what(code, plain(flag.details), lang)
    assert words.strip() and "None" not in words and "{" not in words
    assert wording.action(code, lang)


def test_the_registry_has_every_code_of_the_rules_once() -> None:
    assert len(registry.CODES) == 47 and len(set(registry.CODES)) == 47
