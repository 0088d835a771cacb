"""A corrected text and what was heard: which is a correction, and where its words were said."""

import pytest

from transcripts.alignment import Alignment, corrected, difference

HEARD = "今天走访了华兴机械，第三车间拖欠公司九个月。设备已经到货，订单正常。"


def test_a_clause_said_again_with_another_word_takes_the_place_of_the_misheard_one():
    mended = corrected(HEARD, "第三车间拖欠工资九个月")
    assert mended == "今天走访了华兴机械，第三车间拖欠工资九个月。设备已经到货，订单正常。"


def test_a_whole_text_typed_anew_takes_the_place_of_all():
    whole = "今天走访了华星机械，第三车间拖欠工资两个月。设备还没到货，订单正常。"
    assert corrected(HEARD, whole) == whole


def test_several_clauses_are_replaced_together():
    mended = corrected(HEARD, "设备还没有到货，订单正常")
    assert mended == "今天走访了华兴机械，第三车间拖欠公司九个月。设备还没有到货，订单正常。"


@pytest.mark.parametrize(
    "words", ["老板说下个月还款三百二十万", "好的", "", "设备已经到货", HEARD, "谢谢，辛苦了", "。。。。。"]
)
def test_what_is_new_short_or_the_same_corrects_nothing(words: str):
    assert corrected(HEARD, words) is None


def test_a_place_in_the_corrected_text_leads_to_where_it_was_heard():
    shown = "今天走访了华兴机械，第三车间一直拖欠工资九个月。设备已经到货，订单正常。"
    alignment = Alignment(shown, HEARD)
    assert alignment.heard_at(shown.index("九个月")) == HEARD.index("九个月")
    assert alignment.heard_at(shown.index("订单")) == HEARD.index("订单")
    assert alignment.heard_at(0) == 0


def test_a_span_that_was_changed_is_no_longer_there():
    shown = HEARD.replace("九个月", "两个月")
    alignment = Alignment(shown, HEARD)
    start = HEARD.index("九个月")
    assert alignment.shown_span(start, start + 3) is None
    assert alignment.shown_span(0, 4) == (0, 4)


def test_texts_with_nothing_in_common_lead_nowhere():
    assert Alignment("甲乙丙", "丁戊己").heard_at(1) is None


def test_a_long_recording_is_aligned_without_delay():
    heard = "".join(f"第{number}句话说的是订单正常，设备到货。" for number in range(900))
    shown = heard.replace("第500句话", "第五百句")
    assert Alignment(shown, heard).heard_at(len(shown) - 3) == len(heard) - 3
    assert corrected(heard, "第500句话说的是订单不正常") is None


def test_a_piece_of_several_lines_is_found_line_by_line():
    heard = "订单多，订单正常。华兴那边正常。设备已经到货。订单正常。"
    alignment = Alignment("华兴那边正常。\n订单正常。", heard)
    assert alignment.heard_at(0) == heard.index("华兴")
    assert alignment.heard_at(8) == heard.rindex("订单正常")


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (HEARD.replace("公司", "工资"), ("第三车间拖欠公司九个月。", "第三车间拖欠工资九个月。")),
        (HEARD.replace("今天", "昨天"), ("今天走访了华兴机械，", "昨天走访了华兴机械，")),
        (HEARD + "已付款。", ("", "已付款。")),
        ("全都不一样", (HEARD, "全都不一样")),
        (HEARD, ("", "")),
    ],
)
def test_the_difference_is_told_by_the_clause(after: str, changed: tuple[str, str]):
    assert difference(HEARD, after) == changed
