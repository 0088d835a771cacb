"""What an author changed is kept as changes, made again on whatever is read anew."""

from __future__ import annotations

from datetime import date

from facts.grammar import read
from facts.model import Evidence, Fact
from reports import mends
from reports.mends import Change
from reports.said_mend import said, said_of, struck

ON = date(2026, 3, 2)
TEXT = "工程进度六成五,工资欠了两个月,订单比去年少了三成。"


def facts() -> tuple[Fact, ...]:
    return read(TEXT, ON).facts


def by_field(found: list[Fact], name: str) -> Fact | None:
    return next((fact for fact in found if fact.field == name), None)


def test_a_mended_facts_words_stand_after_the_reports_own() -> None:
    found = said("不对,进度是七成", facts(), ON)
    assert found
    kept = [mends.entry("不对,进度是七成", found.changes)]
    mended = by_field(mends.apply(facts(), kept, TEXT), "progress.percent")
    whole = mends.with_words(TEXT, kept)
    assert mended
    assert mended.value == 70
    assert mended.evidence
    assert whole[mended.evidence.start : mended.evidence.end] == mended.evidence.text == "七成"


def test_a_change_finds_its_field_when_the_text_was_changed_under_it() -> None:
    change = Change(Fact("progress.percent", 65), Fact("progress.percent", 70))
    other = [Fact("progress.percent", 50)]
    assert mends.apply(other, [mends.entry("", [change])], "x")[0].value == 70


def test_something_to_add_is_no_mend() -> None:
    assert said("还欠了电费", facts(), ON) is None


def test_a_report_on_something_else_is_no_mend() -> None:
    assert said("今天天气不错", facts(), ON) is None


def test_a_bare_value_is_put_on_the_fact_that_was_tapped() -> None:
    fact = by_field(list(facts()), "operations.orders_change_percent")
    assert fact
    found = said_of("20%", fact, ON)
    assert found
    assert found.changes[0].after
    assert abs(float(str(found.changes[0].after.value))) == 20
    assert found.changes[0].after.evidence == Evidence(0, 3, "20%")


def test_the_level_follows_when_its_signal_is_struck() -> None:
    wages, orders = Fact("cash_stress.signal", "wage_arrears"), Fact("cash_stress.signal", "orders_drop")
    level = Fact("cash_stress.level", "severe")
    assert [change.after and change.after.value for change in struck(wages, [level, wages, orders])] == [
        None,
        "mild",
    ]
    assert [change.after for change in struck(wages, [level, wages])] == [None, None]


def test_changes_survive_being_kept_as_json() -> None:
    change = Change(Fact("fund_usage", {"amount": 1, "purpose": "tax"}), None)
    assert Change.from_json(change.to_json()) == change
