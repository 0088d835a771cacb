"""What engines write though nobody said it is left out; what people say is left in."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from transcripts.guards import guarded, is_phantom, looped, reads_back
from transcripts.model import Segment

PROMPT = ("鼎盛纺织", "金桥建材", "佳禾食品", "应收账款", "受托支付")


def through(text: str, **measures: float) -> tuple[str, list[str]]:
    kept, dropped = guarded([Segment(0.0, 5.0, text, **measures)], PROMPT)
    return "".join(segment.text for segment in kept), [out.code for out in dropped]


@pytest.mark.parametrize(
    "text",
    [
        "谢谢观看", "謝謝大家收看。", "感谢您的观看!", "最后感谢大家观看", "字幕由Amara.org社区提供", "字幕志愿者 李宗盛", "中文字幕",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", "訂閱我的頻道", "下期再见", "Thanks for watching!", "Thank you so much for watching.",
        "Please subscribe to my channel.", "Like and subscribe", "Subtitles by the Amara.org community", "See you in the next video.",
    ],
)  # fmt: skip
def test_a_sentence_of_video_subtitles_is_a_phantom(text: str):
    assert is_phantom(text)
    assert through(text) == ("", ["phantom"])


@pytest.mark.parametrize(
    "text",
    [
        "客户要求我们重点关注下游回款", "谢谢陈老板的配合", "老板说感谢银行支持", "厂里在拍视频做宣传,订单来自直播频道",
        "订阅收入占三成", "We watched the loading of the goods.", "They subscribe to the parts supplier.", "下期还款三百万元",
    ],
)  # fmt: skip
def test_what_people_say_on_a_visit_is_no_phantom(text: str):
    assert not is_phantom(text)
    assert through(text) == (text, [])


def test_a_phantom_at_the_end_takes_nothing_with_it():
    assert through("设备已经到货。谢谢观看。") == ("设备已经到货。", ["phantom"])
    assert through("设备已经到货谢谢观看") == ("设备已经到货", ["phantom"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("设备已经到货。" + "谢谢大家" * 8, "设备已经到货。"),
        ("现金流紧张，" * 5, ""),
        ("no no " * 12 + "wages are late", "wages are late"),
        ("啊" * 40, ""),
    ],
)
def test_a_loop_is_cut_out(text: str, left: str):
    assert through(text) == (left, ["loop"])


@pytest.mark.parametrize(
    "text",
    [
        "对对对对对",
        "好的好的好的",
        "不不不不是这样",
        "一百一百一百地还",
        "还款1000000000000元",
        "哈哈哈哈哈哈",
        "……" * 20,
    ],
)
def test_a_person_repeating_is_no_loop(text: str):
    assert looped(text) is None


@given(some.text(alphabet="对的好啊一二三 ，。ab", max_size=120))
def test_a_loop_is_a_span_that_repeats_one_unit(text: str):
    span = looped(text)
    if span:
        run = text[slice(*span)]
        assert any(run[size:] == run[:-size] for size in range(1, 25) if size < len(run))


def test_the_same_sentence_in_three_neighbouring_segments_was_not_said():
    segments = [Segment(at, at + 5.0, "我们下次再去看看。", 0.8) for at in (0.0, 5.0, 10.0)]
    kept, (dropped,) = guarded([*segments, Segment(15.0, 20.0, "订单正常。", 0.9)])
    assert [segment.text for segment in kept] == ["订单正常。"]
    assert (dropped.code, dropped.start, dropped.end) == ("loop", 0.0, 15.0)


def test_the_same_answer_given_three_times_over_a_long_talk_was_said():
    segments = [Segment(at, at + 3.0, "下个月一定还款。", 0.8) for at in (0.0, 40.0, 80.0)]
    assert guarded(segments) == (segments, [])


def test_the_prompt_read_back_is_left_out():
    assert through("鼎盛纺织，金桥建材，佳禾食品") == ("", ["prompt_echo"])
    assert through("应收账款 受托支付") == ("应收账款 受托支付", [])
    assert through("佳禾食品,应收账款,受托支付。订单正常。") == ("订单正常。", ["prompt_echo"])


def test_names_said_in_a_sentence_are_not_the_prompt_read_back():
    assert not reads_back("今天走访了鼎盛纺织、金桥建材、佳禾食品", PROMPT)
    assert not reads_back("佳禾食品、鼎盛纺织、金桥建材", PROMPT)
    assert not reads_back("鼎盛纺织", PROMPT)


@pytest.mark.parametrize(
    "text", ["ご視聴ありがとうございました", "시청해 주셔서 감사합니다", "Спасибо за просмотр", "ขอบคุณครับ"]
)
def test_letters_of_another_script_are_another_language(text: str):
    assert through(text) == ("", ["wrong_language"])


def test_rare_characters_of_names_are_chinese():
    assert through("陈喆和李㛃说订单正常。") == ("陈喆和李㛃说订单正常。", [])


@pytest.mark.parametrize(
    "measures",
    [{"no_speech": 0.9, "confidence": 0.3}, {"confidence": 0.1}],
)
def test_what_the_engine_itself_doubts_is_noise(measures: dict[str, float]):
    assert through("厂房已经完工", **measures) == ("", ["noise"])


def test_a_filler_word_counts_only_where_somebody_surely_spoke():
    assert through("Thank you.", no_speech=0.7, confidence=0.6) == ("", ["noise"])
    assert through("谢谢", no_speech=0.05, confidence=0.9) == ("谢谢", [])


def test_a_compressed_and_unlikely_segment_is_a_loop():
    assert through("那个那个这个那个那个这个那个", compression_ratio=2.9, confidence=0.3) == ("", ["loop"])


def test_speech_without_measures_passes():
    assert through("拖欠工资九个月，下个月还款六百万元。") == ("拖欠工资九个月，下个月还款六百万元。", [])
