"""What a firm is called says nothing of what it did."""

from __future__ import annotations

from datetime import date

from facts.grammar import read
from facts.subject import names_of

ON = date(2026, 3, 12)


def stated(text: str, names: tuple[str, ...]) -> dict[str, object]:
    return {fact.field: fact.value for fact in read(text, ON, names=names).facts}


def test_trade_words_in_its_own_name_are_no_use_of_the_loan() -> None:
    names = names_of("云杉市鹿角建材有限公司", "鹿角建材")
    assert "fund_usage" not in stated("鹿角建材贷款500万，一切正常。", names)


def test_its_own_name_is_no_part_of_a_persons() -> None:
    names = names_of("云杉市鹿角建材有限公司", "鹿角建材")
    assert stated("再打鹿角建材陆总的电话，没人接。", names)["contact.person"] == "陆总"


def test_what_stands_beside_the_name_is_read_as_ever() -> None:
    names = names_of("Larkspur Foods Ltd", "Larkspur")
    text = "Larkspur Foods has stopped production."
    found = read(text, ON, names=names).facts
    assert [fact.value for fact in found if fact.field == "cash_stress.signal"] == ["production_halt"]
    assert all(
        text[fact.evidence.start : fact.evidence.end] == fact.evidence.text for fact in found if fact.evidence
    )
