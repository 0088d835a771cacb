"""HTML parse mode, read as strictly as Telegram reads it: an unknown or unclosed tag refuses the message."""

import re
from html import unescape
from typing import Any

from sandbox.errors import ApiError, bad
from sandbox.utf16 import width

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_ESCAPE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"([^\s=>/\"']+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+)(?=[\s>])))?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://(?:[^\s/?#]+\.[^\s/?#]+|localhost\b)\S*|(?:tg|tel|mailto):\S+", re.IGNORECASE
)


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities (offsets in UTF-16 units); raises ApiError 400."""
    if "<" not in source:
        return _plain(source), []
    reader = _Reader(source)
    reader.read()
    return "".join(reader.text), reader.tidy()


def _plain(part: str) -> str:
    return _ESCAPE.sub(lambda found: unescape(found.group()), part) if "&" in part else part


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.last = source.rfind(">")
        self.text: list[str] = []
        self.at = 0
        self.open: list[tuple[str, str, int]] = []
        self.spans: list[dict[str, Any]] = []

    def read(self) -> None:
        place = 0
        while (tag := self.source.find("<", place)) >= 0:
            self._put(self.source[place:tag])
            place = self._end(tag) if self.source.startswith("</", tag) else self._start(tag)
        self._put(self.source[place:])
        if self.open:
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1][0]}\""
            )

    def _put(self, part: str) -> None:
        words = _plain(part)
        self.text.append(words)
        self.at += width(words)

    def _wrong(self, words: str, tag: int) -> ApiError:
        offset = len(self.source[:tag].encode("utf-8", "surrogatepass"))
        return bad(f"can't parse entities: {words.replace('{at}', f'at byte offset {offset}')}")

    def _start(self, tag: int) -> int:
        found = _NAME.match(self.source, tag + 1)
        place = found.end() if found else tag + 1
        name = self.source[tag + 1 : place].lower()
        if place >= len(self.source):
            raise self._wrong("Unclosed start tag {at}", tag)
        if name not in KINDS:
            raise self._wrong(f'Unsupported start tag "{name}" {{at}}', tag)
        place, given = self._attributes(name, tag, place)
        self.open.append((name, self._argument(name, given, tag), self.at))
        return place

    def _attributes(self, name: str, tag: int, place: int) -> tuple[int, dict[str, str]]:
        given: dict[str, str] = {}
        while True:
            while self.source[place : place + 1].isspace():
                place += 1
            if place > self.last:
                raise self._wrong(f'Unclosed start tag "{name}" {{at}}', tag)
            if self.source[place] == ">":
                return place + 1, given
            found = _ATTRIBUTE.match(self.source, place)
            if found is None:
                raise self._wrong(f'Empty attribute name in the tag "{name}" {{at}}', tag)
            value = next((part for part in found.groups()[1:] if part is not None), "")
            given[found.group(1).lower()] = _plain(value)
            place = found.end()

    def _argument(self, name: str, given: dict[str, str], tag: int) -> str:
        if name == "a":
            return given.get("href", "")
        if name == "code":
            return given.get("class", "").removeprefix("language-")
        if name == "blockquote":
            return "expandable" if "expandable" in given else ""
        if name == "tg-emoji":
            return given.get("emoji-id", "")
        if name == "span" and given.get("class") != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler" {at}', tag)
        return ""

    def _end(self, tag: int) -> int:
        close = self.source.find(">", tag)
        found = self.source[tag + 2 : close].strip().lower()
        if not self.open:
            raise self._wrong("Unexpected end tag {at}", tag)
        if close < 0:
            raise self._wrong("Unclosed end tag {at}", tag)
        name, argument, start = self.open.pop()
        if found and found != name:
            raise self._wrong(f'Unmatched end tag {{at}}, expected "</{name}>", found "</{found}>"', tag)
        if self.at > start:
            self._close(name, argument, start)
        return close + 1

    def _close(self, name: str, argument: str, start: int) -> None:
        span: dict[str, Any] = {"offset": start, "length": self.at - start, "type": KINDS[name]}
        if name == "a":
            span = self._link(span, argument)
        elif name == "code" and argument:
            span["language"] = argument
        elif name == "blockquote" and argument:
            span["type"] = "expandable_blockquote"
        elif name == "tg-emoji":
            span["custom_emoji_id"] = argument
        if span:
            self.spans.append(span)

    def _link(self, span: dict[str, Any], address: str) -> dict[str, Any]:
        address = address or "".join(self.text)[-span["length"] :]
        whole = address if _SCHEME.match(address) else f"http://{address}"
        return {**span, "url": whole} if _ADDRESS.fullmatch(whole) else {}

    def tidy(self) -> list[dict[str, Any]]:
        """Outer before inner; `<pre><code class=…>` becomes one pre with its language."""
        spans = sorted(self.spans, key=lambda one: (one["offset"], -one["length"]))
        pres = {(one["offset"], one["length"]): one for one in spans if one["type"] == "pre"}
        kept = []
        for span in spans:
            outer = pres.get((span["offset"], span["length"]))
            if span["type"] == "code" and outer is not None:
                outer.update({key: span[key] for key in ("language",) if key in span})
                continue
            if span["type"] == "code":
                span.pop("language", None)
            kept.append(span)
        return kept


def trim(text: str, spans: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Telegram cuts blanks at both ends; entities move and shrink with them."""
    kept = text.strip()
    if kept == text:
        return text, spans
    lead, size = width(text[: len(text) - len(text.lstrip())]), width(kept)
    moved = []
    for span in spans:
        start = max(0, span["offset"] - lead)
        end = min(size, span["offset"] + span["length"] - lead)
        if end > start:
            moved.append({**span, "offset": start, "length": end - start})
    return kept, moved
