"""HTML in, entities out, HTML back."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.detect import detect
from sandbox.entities import parse_html, trim
from sandbox.errors import ApiError
from sandbox.render import to_html
from sandbox.utf16 import cut, width


@pytest.mark.parametrize(
    ("source", "text", "spans"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot; &#20013; &nbsp;", 'a <b> & "c" 中 &nbsp;', []),
        ("<b>粗</b>", "粗", [("bold", 0, 1)]),
        ("😀<i>x</i>", "😀x", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<STRONG>a</STRONG>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<span class='tg-spoiler'>a</span>", "a", [("spoiler", 0, 1)]),
        ('<a href="nowhere">a</a>', "a", []),
        ("<a href='https://a.cn/?a=1&amp;b=2'>a</a>", "a", [("text_link", 0, 1)]),
    ],
)
def test_html_is_read_into_entities(source: str, text: str, spans: list[tuple[str, int, int]]) -> None:
    words, found = parse_html(source)
    assert words == text
    assert [(one["type"], one["offset"], one["length"]) for one in found] == spans


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("字 <p>x</p>", 'Unsupported start tag "p" at byte offset 4'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_wrong_html_is_refused_with_its_place(source: str, words: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


def test_blanks_at_the_ends_are_cut_and_entities_move_along() -> None:
    text, spans = trim(*parse_html("  <b> 粗 </b>\n"))
    assert (text, spans) == ("粗", [{"offset": 0, "length": 1, "type": "bold"}])


@given(st.text())
def test_any_escaped_text_comes_back_as_it_was(text: str) -> None:
    read, spans = parse_html(f"<b>{escape(text)}</b>" if text else "")
    assert read == text.replace("&#x27;", "'") and len(spans) == bool(text)
    assert to_html(read, spans) == (f"<b>{escape(text, quote=False)}</b>" if text else "")


@given(st.text(alphabet="<>/b=a'\" &;😀"))
def test_no_text_breaks_the_reader(source: str) -> None:
    try:
        text, spans = parse_html(source)
    except ApiError as error:
        assert "can't parse entities" in error.description
    else:
        assert all(0 <= one["offset"] < one["offset"] + one["length"] <= width(text) for one in spans)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start CODE", [("bot_command", "/start")]),
        ("😀 /today@huifang_bot", [("bot_command", "/today@huifang_bot")]),
        ("1/2 and a/b", []),
        ("看 https://a.cn/x?y=1，好", [("url", "https://a.cn/x?y=1")]),
        ("@xiaolin a@b.cn #逾期", [("mention", "@xiaolin"), ("email", "a@b.cn"), ("hashtag", "#逾期")]),
    ],
)
def test_commands_and_addresses_are_found_in_plain_text(text: str, found: list[tuple[str, str]]) -> None:
    spans = detect(text)
    seen = [(one["type"], cut(text, one["offset"], one["offset"] + one["length"])) for one in spans]
    assert seen == found


def test_nothing_is_found_inside_code() -> None:
    words, spans = parse_html("<code>/start</code> /help")
    assert [one["type"] for one in detect(words, spans)] == ["code", "bot_command"]
