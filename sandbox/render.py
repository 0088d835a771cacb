"""Text and its entities back to the HTML that a bot would have written."""

from html import escape
from typing import Any

from sandbox.utf16 import cut, width

TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def to_html(text: str, spans: list[dict[str, Any]]) -> str:
    """`spans` are Telegram MessageEntity objects: offset and length in UTF-16 units, properly nested."""
    shown = [span for span in spans if span["type"] in TAGS or span["type"] in ("pre", "text_link")]
    if not shown:
        return escape(text, quote=False)
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for span in sorted(shown, key=lambda one: (one["offset"], -one["length"])):
        first, last = _tags(span)
        opens.setdefault(span["offset"], []).append(first)
        closes.setdefault(span["offset"] + span["length"], []).insert(0, last)
    return _weave(text, opens, closes)


def _weave(text: str, opens: dict[int, list[str]], closes: dict[int, list[str]]) -> str:
    out: list[str] = []
    edges = sorted({0, width(text), *opens, *closes})
    for edge, following in zip(edges, [*edges[1:], edges[-1]], strict=True):
        out += closes.get(edge, []) + opens.get(edge, [])
        out.append(escape(cut(text, edge, following), quote=False))
    return "".join(out)


def _tags(span: dict[str, Any]) -> tuple[str, str]:
    kind = span["type"]
    if kind == "text_link":
        return f'<a href="{escape(span["url"])}">', "</a>"
    if kind == "pre" and span.get("language"):
        return f'<pre><code class="language-{escape(span["language"])}">', "</code></pre>"
    tag = TAGS.get(kind, "pre")
    first = "<blockquote expandable>" if kind == "expandable_blockquote" else f"<{tag}>"
    return first, f"</{tag}>"
