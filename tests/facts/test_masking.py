"""What is masked before a text leaves, and that every word finds its place again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.masking import MANY, Masked, Secret, mask, secrets

TEXTS = st.text(alphabet="王总给了[人1]2]单位电话 号张三x.，。\n", max_size=60)


@st.composite
def told(draw: st.DrawFn) -> tuple[str, list[Secret]]:
    """A text with things in it that look like our tokens, and any spans of it as secrets, overlapping or not."""
    text = draw(TEXTS)
    place = st.integers(0, max(0, len(text) - 1))
    spans = draw(st.lists(st.tuples(place, place, st.sampled_from(["person", "firm", "phone"])), max_size=6))
    return text, [Secret(min(a, b), max(a, b) + 1, kind) for a, b, kind in spans if text]


@given(told())
def test_putting_the_names_back_gives_the_text_as_it_was(case: tuple[str, list[Secret]]) -> None:
    text, hidden = case
    assert mask(text, hidden).restore(mask(text, hidden).text) == text


@given(told(), st.data())
def test_any_quote_of_the_masked_text_is_found_at_its_place(
    case: tuple[str, list[Secret]], data: st.DataObject
) -> None:
    masked = mask(*case)
    start = data.draw(st.integers(0, len(masked.text)))
    quote = masked.text[start : data.draw(st.integers(start, len(masked.text)))].strip()
    places = _places(masked)
    starts = [at for at in range(len(masked.text)) if quote and masked.text.startswith(quote, at)]
    expected = [(places[at][0], places[at + len(quote) - 1][1]) for at in starts]
    assert masked.find(quote) == expected[:MANY]


def _places(masked: Masked) -> list[tuple[int, int]]:
    """For each character of the masked text the raw span that it stands for: a token's all for the whole name."""
    places: list[tuple[int, int]] = []
    raw = 0
    while len(places) < len(masked.text):
        token = next((t for t in masked.tokens if masked.text.startswith(t, len(places))), None)
        width = len(masked.tokens[token]) if token else 1
        places += [(raw, raw + width)] * (len(token) if token else 1)
        raw += width
    assert raw == len(masked.raw)
    return places


@given(told())
def test_a_token_stands_for_one_name_and_never_stood_in_the_text(case: tuple[str, list[Secret]]) -> None:
    text, hidden = case
    masked = mask(text, hidden)
    assert all(token not in text for token in masked.tokens)
    assert len(set(masked.tokens)) == len(masked.tokens)


@given(told())
def test_no_hidden_word_is_left_where_it_stood(case: tuple[str, list[Secret]]) -> None:
    text, hidden = case
    masked = mask(text, hidden)
    covered = set().union(*(range(one.start, one.end) for one in hidden)) if hidden else set()
    open_words = "".join(c for i, c in enumerate(text) if i not in covered)
    assert re.sub("|".join(map(re.escape, masked.tokens)) or r"(?!)", "", masked.text) == open_words


HIDDEN = [
    ("电话13812345678，", "13812345678"),
    ("电话 138 1234 5678", "138 1234 5678"),
    ("手机+86 138-1234-5678", "+86 138-1234-5678"),
    ("座机0571-88886666。", "0571-88886666"),
    ("打 400-123-4567", "400-123-4567"),
    ("call +44 20 7946 0958 now", "+44 20 7946 0958"),
    ("号码一三八零零一二三四五六", "一三八零零一二三四五六"),
    ("身份证11010519491231002X", "11010519491231002X"),
    ("身份证 110105 19491231 0021", "110105 19491231 0021"),
    ("信用代码91330100MA27XY1234", "91330100MA27XY1234"),
    ("卡号6222021234567890123", "6222021234567890123"),
    ("账号 6222 0212 3456 7890 123", "6222 0212 3456 7890 123"),
    ("mail a.b@example.com", "a.b@example.com"),
    ("见到王总。", "王"),
    ("财务李姐说", "李"),
    ("见到了王建国经理", "王建国"),
    ("老张说", "张"),
    ("采购部的小姜聊了聊", "姜"),
    ("老白担心出不了手", "白"),
    ("met Mr Chen there", "Chen"),
    ("met Ms Mary Chen there", "Mary Chen"),
    ("ms chen said so", "chen"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), HIDDEN)
def test_numbers_and_people_by_their_look_are_masked(text: str, words: str) -> None:
    masked = mask(text, secrets(text))
    assert words not in masked.text
    assert words in masked.tokens.values()


@pytest.mark.parametrize(
    "text",
    [
        "贷款320万买了两台注塑机，剩80万。",
        "资金总额13000000000元，周转总共300万。",
        "工程总包方说工程进度六成五，也许总要拖两周。",
        "12月5号还50万，2026-12-05。",
        "一二三号楼都封顶了，流程总的来说正常。",
        "余额1234567890.12元，1,200.5万元。",
        "Spent 3.2 million, 65 percent, on 5 December 2026.",
        "任何总结、曾经理解、钱总算到了",
        "老板说小额贷款、老本、小麦和老厂房都在，小病不算",
    ],
)
def test_figures_dates_and_plain_words_stay(text: str) -> None:
    assert mask(text, secrets(text)).text == text


def test_the_books_names_are_masked_wherever_they_stand_latin_ones_at_word_edges() -> None:
    text = "华兴机械欠Acme的钱，acme不急，Acmeville也不急，华兴机械急。"
    masked = mask(text, secrets(text, [("华兴机械", "firm"), ("Acme", "firm")]))
    assert masked.text == "[单位1]欠[单位2]的钱，[单位3]不急，Acmeville也不急，[单位1]急。"


def test_a_person_that_the_grammar_found_keeps_role_and_title() -> None:
    text = "法定代表人周晓明接待"
    assert mask(text, secrets(text, people=[(0, 8)])).text == "法定代表人[人1]接待"


def test_english_reports_get_english_tokens() -> None:
    assert mask("met Mr Chen", secrets("met Mr Chen"), "en").text == "met Mr [PERSON1]"


def test_a_token_that_stands_in_the_text_already_is_not_used() -> None:
    text = "[人1]说王总来了"
    assert mask(text, secrets(text)).text == "[人1]说[人2]总来了"


def test_long_digits_take_no_long_time() -> None:
    text = "1" * 50_000 + "-" * 5_000 + "12 " * 5_000 + "一" * 20_000 + "a" * 50_000 + "@"
    assert mask(text, secrets(text)).restore(mask(text, secrets(text)).text) == text
