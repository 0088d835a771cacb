"""Simplified, punctuated, names mended, doubts marked; no word and no figure changed on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from transcripts.figures import FIGURE
from transcripts.hints import chosen, rough_tokens
from transcripts.mending import Heard, mended
from transcripts.model import Hints, Segment, Transcript, Word
from transcripts.names import Book
from transcripts.punctuation import punctuated, words_of
from transcripts.simplified import simplify

BOOK = Book(
    ("鼎盛纺织", "金桥建材", "佳禾食品", "宏达", "宏达物流", "张建国", "Golden Bridge", "李总", "三百湾")
)


def transcript(*segments: Segment, names: tuple[str, ...] = ()) -> Transcript:
    return mended(Heard(segments, seconds=30.0, engine="scripted", model="none"), Hints(names))


@pytest.mark.parametrize(
    ("heard", "mended"),
    [
        ("今天走访了顶盛纺织", "今天走访了鼎盛纺织"),
        ("红达物流和佳和食品都正常", "宏达物流和佳禾食品都正常"),
        ("鼎胜防织的里总在场", "鼎盛纺织的李总在场"),
        ("章建国说下月还", "张建国说下月还"),
        ("洪达还款三百万", "宏达还款三百万"),
        ("Golden Brdige paid", "Golden Bridge paid"),
    ],
)
def test_a_misheard_name_becomes_the_books(heard: str, mended: str):
    text, names = BOOK.mend(heard)
    assert text == mended
    assert all(text[name.start : name.end] == name.mended for name in names) and names


@pytest.mark.parametrize(
    "text",
    [
        "规模宏大",
        "家和万事兴",
        "还款三百万",
        "金桥建材正常",
        "今年订单下降",
        "golden bridge paid",
        "李总在场",
    ],
)
def test_what_is_a_word_or_a_figure_or_right_already_stays(text: str):
    assert BOOK.mend(text) == (text, ())


def test_two_names_that_sound_alike_are_left_for_a_person_to_choose():
    twins = Book(("金桥建材", "金乔建材"))
    assert twins.mend("锦桥建材") == ("锦桥建材", ())
    assert twins.mend("金乔建材") == ("金乔建材", ())


@given(
    some.lists(
        some.sampled_from(["鼎盛纺织", "顶盛纺织", "红达", "三百万", "，", "的", "张建锅", "欠"]), max_size=12
    )
)
def test_mended_spans_always_point_at_the_mended_names(parts: list[str]):
    text, names = BOOK.mend("".join(parts))
    assert all(text[name.start : name.end] == name.mended in BOOK.names for name in names)
    assert len(text) == len("".join(parts))
    assert text.count("三百万") == parts.count("三百万")


def test_a_big_book_is_searched_in_one_pass():
    many = Book(
        [
            f"{a}{b}{c}集团"
            for a in "鼎盛金桥佳禾宏达瑞丰"
            for b in "华星海源蓝天东方"
            for c in "一德信和泰安康宁"
        ]
    )
    text, names = many.mend("今天走访了顶华德集团，" * 50)
    assert len(names) == 50 and text.startswith("今天走访了鼎华德集团")


def test_traditional_characters_are_folded_one_for_one():
    assert (
        simplify("應收帳款三百二十萬元，資金用途是購買原材料") == "应收帐款三百二十万元，资金用途是购买原材料"
    )


@given(some.text(alphabet="應收帳款乾隆頭髮後裡著麼囉嗦三百二十萬元abc12.5，。 ", max_size=60))
def test_folding_keeps_every_offset(text: str):
    folded = simplify(text)
    assert len(folded) == len(text)
    assert [char for char in folded if char.isdigit()] == [char for char in text if char.isdigit()]


def test_marks_come_where_the_speaker_paused_and_where_a_clause_opens():
    segments = [
        Segment(0, 6, "今天走访了鼎盛纺织 设备已经到货但是现金流比较紧张"),
        Segment(8, 11, "老板说下个月还款"),
    ]
    assert punctuated(segments) == [
        "今天走访了鼎盛纺织，设备已经到货，但是现金流比较紧张。",
        "老板说下个月还款。",
    ]


def test_a_pause_between_timed_words_is_a_comma_but_never_inside_a_figure():
    spoken = [("订", 0.0), ("单", 0.2), ("正常", 0.4), ("欠", 1.6), ("三百", 1.8), ("二十", 2.9), ("万", 3.1)]
    words = tuple(Word(start, start + 0.2, text, 0.9) for text, start in spoken)
    assert punctuated([Segment(0, 3.4, "订单正常欠三百二十万", words=words)]) == ["订单正常，欠三百二十万。"]


def test_what_has_marks_is_left_as_it_is():
    segments = [Segment(0, 3, "订单正常，现金流紧张"), Segment(3, 5, "下月还款")]
    assert punctuated(segments) == ["订单正常，现金流紧张", "下月还款"]


def test_a_figure_with_a_point_is_no_punctuation():
    assert punctuated([Segment(0, 3, "欠款3.5万元")]) == ["欠款3.5万元。"]


@given(
    some.lists(
        some.text(alphabet="今天走访但是另外订单欠三百 二十万3.5元abc ", min_size=1, max_size=40),
        min_size=1,
        max_size=4,
    )
)
def test_punctuating_never_changes_a_word_or_a_figure(texts: list[str]):
    segments = [Segment(at * 3.0, at * 3.0 + 2, text) for at, text in enumerate(texts)]
    assert words_of("".join(punctuated(segments))) == words_of("".join(texts))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("贷款三百二十万元,进度百分之六十六", ["三百二十万元", "百分之六十六"]),
        ("一些人一直统一管理,万一不行", []),
        ("欠3.5万,拖欠工资九个月", ["3.5万", "九个月"]),
        ("the balance is twenty thousand yuan", ["twenty thousand"]),
        ("两成半,十二月三号", ["两成", "十二月", "三号"]),
    ],
)
def test_figures_are_found_as_they_are_spoken(text: str, figures: list[str]):
    assert [match[0].rstrip() for match in FIGURE.finditer(text)] == figures


def test_a_figure_heard_with_doubt_is_marked_where_it_stands():
    words = tuple(
        Word(at * 0.3, at * 0.3 + 0.3, text, 0.3 if text == "二" else 0.95)
        for at, text in enumerate("下月还款三百二十万元共十天")
    )
    heard = transcript(Segment(0, 4, "下月还款三百二十万元，共十天。", 0.9, words=words))
    assert [heard.text[slice(*doubt)] for doubt in heard.doubts] == ["三百二十万元"]


def test_doubts_are_found_in_later_segments_and_behind_mended_names():
    heard = transcript(
        Segment(0, 4, "走访了顶盛纺织。", 0.9),
        Segment(4, 8, "顶盛纺织欠款八十万元。", 0.4),
        names=("鼎盛纺织",),
    )
    assert heard.text == "走访了鼎盛纺织。鼎盛纺织欠款八十万元。"
    assert [heard.text[slice(*doubt)] for doubt in heard.doubts] == ["八十万元"]
    assert [heard.text[name.start : name.end] for name in heard.mended_names] == ["鼎盛纺织"] * 2


def test_each_character_knows_its_second():
    words = (Word(1.0, 1.5, "订单", 0.9), Word(1.5, 2.0, "正常", 0.9), Word(4.0, 4.5, "欠款", 0.9))
    heard = transcript(Segment(1, 5, "订单正常，欠款", 0.9, words=words))
    assert [heard.second_of(heard.text.index(word)) for word in ("订单", "正常", "欠款")] == [1.0, 1.5, 4.0]
    assert heard.second_of(99) is None


def test_english_segments_are_joined_with_a_space():
    heard = transcript(Segment(0, 2, " Cash flow is tight."), Segment(2, 4, " Wages are late."))
    assert (heard.text, heard.language) == ("Cash flow is tight. Wages are late.", "en")


def test_hints_fit_the_limit_likeliest_first_and_leave_room_for_the_trade():
    hints = Hints(tuple(f"第{n}号纺织有限公司" for n in "一二三四五六七八九"), ("保理",))
    picked = chosen(hints, 100)
    assert sum(rough_tokens(text) + 1 for text in picked) <= 100
    assert picked[:3] == hints.names[:3]
    assert hints.names[8] not in picked
    assert "保理" in picked


@given(some.lists(some.text(max_size=12), max_size=30), some.integers(0, 200))
def test_hints_never_pass_the_limit(names: list[str], limit: int):
    assert sum(rough_tokens(text) + 1 for text in chosen(Hints(tuple(names)), limit)) <= limit
