"""Plain words that sound like a borrower's name."""

from __future__ import annotations

from facts.subject import Known, choose, rank, split

BOOK = [
    Known("B5", "鑫德机械有限公司", "鑫德机械", "陈明"),
    Known("B7", "拾贝塑料有限公司", "拾贝塑料", "贝总"),
]


def test_two_syllables_inside_plain_words_are_no_name() -> None:
    text = "鑫德机械公司被供货商起诉了，设备重新评估过。"
    assert [part.borrower_code for part in split(text, BOOK)] == ["B5"]
    assert choose(rank("公司被供货商起诉了，设备重新评估过。", BOOK)) is None


def test_two_syllables_where_a_name_is_expected_are_one() -> None:
    found = choose(rank("今天去了十贝，老板在", BOOK))
    assert found is not None and found.borrower_code == "B7"
