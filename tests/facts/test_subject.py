"""Whom a report is about."""

from __future__ import annotations

from facts.subject import Known, Names, choose, rank, split

BOOK = [
    Known("B1", "江城华兴精密机械有限公司", "华兴机械", "王建国"),
    Known("B2", "宏达建材有限公司", "宏达建材", "李桂芳"),
    Known("B3", "Brightwell Plastics Ltd", "Brightwell", "Mr Ortega"),
    Known("B4", "洪大木业有限公司", "洪大木业", "赵四海"),
    Known("B5", "鑫德机械有限公司", "鑫德机械", "陈明"),
]


def chosen(text: str, book: list[Known] = BOOK) -> str | None:
    found = choose(rank(text, book))
    return found.borrower_code if found else None


def test_a_full_a_short_and_an_english_name_are_found() -> None:
    assert chosen("今天去了江城华兴精密机械有限公司") == "B1"
    assert chosen("今天去了华兴机械，见到王总") == "B1"
    assert chosen("Visited Brightwell Plastics this morning") == "B3"


def test_the_name_of_the_contact_is_found() -> None:
    assert chosen("跟陈明通了电话") == "B5"


def test_a_homophone_is_heard_where_nobody_else_sounds_so() -> None:
    assert chosen("今天去了华星机械") == "B1"


def test_two_names_that_sound_alike_are_never_guessed_between() -> None:
    book = [*BOOK, Known("B6", "华星机械有限公司", "华星机械", "周全")]
    assert chosen("今天去了花星机械", book) is None
    assert chosen("宏达那边说没问题") is None


def test_another_firm_in_passing_is_no_subject() -> None:
    assert chosen("隔壁宏达建材停产了，今天去的是鑫德机械") == "B5"
    assert chosen("把钱转给宏达建材了") is None


def test_nobody_known_is_nobody() -> None:
    assert chosen("今天天气不错") is None
    assert choose([]) is None


def test_spans_are_of_the_text() -> None:
    text = "今天去了华星机械"
    found = rank(text, BOOK)[0]
    assert text[found.start : found.end] == "华星机械" and found.why == "sound"


def test_one_message_on_two_borrowers_is_parted_at_the_turn() -> None:
    text = "上午去了鑫德机械，工资都发了。下午去宏达建材，停产了。"
    assert [(text[p.start : p.end], p.borrower_code) for p in split(text, BOOK)] == [
        ("上午去了鑫德机械，工资都发了。", "B5"),
        ("下午去宏达建材，停产了。", "B2"),
    ]


def test_parts_leave_no_gap_also_without_punctuation() -> None:
    text = "今天跑了两家然后鑫德机械工资两个月没发还有宏达建材也停产了"
    parts = split(text, Names(BOOK))
    assert "".join(text[p.start : p.end] for p in parts) == text
    assert [p.borrower_code for p in parts] == ["B5", "B2"]


def test_a_message_on_one_borrower_is_one_part() -> None:
    assert [p.borrower_code for p in split("鑫德机械挺好", BOOK)] == ["B5"]
