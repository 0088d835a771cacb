"""A correction inside a report wins: 三百万，不对，是三百二十万 becomes 三百二十万 before anything is read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from facts import dates
from facts.quantities import quantities
from facts.script import Script

MARKER = {
    "zh": re.compile(
        r"[，。]?(?:不对不对|不不不?|不对|后来又?改口[说成]?|改口[说成]|哦不(?!是)|啊不不?|哎不|噢不|诶不|说错了|讲错了|我说错|记错了|口误|更正一?下?|错了|纠正一下)[，。]?(?:应该|好像|他说的|说的|其实|正确的)?(?:是|为)?[，]?"
    ),
    "en": re.compile(
        r"[,.]?\s?\b(?:no,? sorry|sorry,? no|no,? wait|wait,? no|sorry|i mean|make that|correction|scratch that|or rather|rather|my mistake|i meant|no no|no,? actually|(?<=, )no\b,?|actually,|hang on|hold on|i tell a lie|strike that|beg your pardon|let me correct that|let me say|(?:or )?should i say|wait(?=,))[:,]?\s?(?:not [\w ]{1,24}, ?)?(?:on |by |it's|it is|it was|that's|i meant)?\s?"
    ),
}
_NO_NUMBER_EN = re.compile(
    r" no (?:uh |um |er |more like |it's |it was |on |by |that's )?(?:the |an? )?(?:[\d$£€]|t(?:wo|en|wel|hree|hir|wen)|f(?:our|ive|if|or)|s(?:ix|even)|eigh|nine|hundred|half|mon|wed|fri|sat|sun)"
)
_NO_EN = re.compile(r" (?:uh |um |er )?no (?:uh |um |er |more like |it's |it was |on |by |that's )?")
NOT_B = {"zh": re.compile(r"(?:[，]?不是(?!.{0,3}不是))"), "en": re.compile(r"[,]? not ")}
Item = tuple[int, int, str]


def settle(script: Script, today: date) -> Script:
    """The script with what was taken back put right."""
    for _ in range(4):
        found = _first(script, today)
        if not found:
            return script
        script = _apply(script, *found)
    return script


def _items(script: Script, today: date) -> list[Item]:
    days = dates.scan(script.text, today, script.lang)
    counted = quantities(script.text, script.lang, [(d.start, d.end) for d in days])
    return sorted([(d.start, d.end, "date") for d in days] + [(q.start, q.end, q.kind) for q in counted])


def _first(script: Script, today: date) -> tuple[Item, Item, int] | None:
    marks = list(MARKER[script.lang].finditer(script.text))
    glued, bare = _glued(script), script.lang == "en" and bool(_NO_NUMBER_EN.search(script.text))
    if not marks and not glued and not bare:
        return None
    items = _items(script, today)
    for m in marks:
        pair = _around(script, items, m.start(), m.end())
        if pair:
            return (*pair, m.start())
    if bare and (said := _bare_no(script, items)):
        return said
    return _negated(script, items) if glued else None


def _bare_no(script: Script, items: list[Item]) -> tuple[Item, Item, int] | None:
    """Sixty percent no sixty three percent, said in one breath."""
    for a, b in pairwise(items):
        if b[0] - a[1] < 20 and _alike(a[2], b[2]) and _NO_EN.fullmatch(script.text, a[1], b[0]):
            return a, b, a[1]
    return None


def _glued(script: Script) -> bool:
    return script.lang == "zh" and "不是" in script.text


def _around(script: Script, items: list[Item], start: int, end: int) -> tuple[Item, Item] | None:
    near = end + (6 if script.lang == "zh" else 14)
    behind = [
        i
        for i in items
        if (end <= i[0] <= near and not script.text.startswith("不是", i[0] - 2))
        or (i[0] > end and _is(script.text[end : i[0]]))
    ]
    before = next(
        (i for i in reversed(items) if i[1] <= start and start - i[1] <= (14 if script.lang == "zh" else 30)),
        None,
    )
    after = next((i for i in behind if before and _alike(before[2], i[2])), None)
    return (before, after) if before and after else None


def _is(gap: str) -> bool:
    """不对他拿表看了一下是五成八: more words before the right one."""
    return (
        len(gap) < 18
        and "不是" not in gap
        and gap.endswith(("是", "应该是", "应该"))
        and not re.search("[，。；]", gap)
    )


def _alike(a: str, b: str) -> bool:
    return (
        a == b
        or {a, b} <= {"amount", "number"}
        or (a == "number" and b in ("count", "percent", "duration"))
        or (a == "percent" and b == "number")
    )


_NOT_THIS = re.compile(r"(?<!是)不是[^，。；不是]{0,3}$")


def _negated(script: Script, items: list[Item]) -> tuple[Item, Item, int] | None:
    """三成，不是四成 read without punctuation: the second stands; after 是 the first does."""
    for a, b in pairwise(items):
        gap = script.text[a[1] : b[0]]
        if a[2] == b[2] and gap in ("不是", "，不是", "左右不是"):
            first_stands = script.text[max(0, a[0] - 1) : a[0]] == "是" or "，" in gap
            return (b, a, a[1]) if first_stands else (a, b, a[1])
        if (
            a[2] == b[2] == "percent"
            and gap in ("是", "，是", "而是", "，而是")
            and _NOT_THIS.search(script.text[: a[0]])
        ):
            return a, b, a[1]
    return None


def _apply(script: Script, wrong: Item, right: Item, mark: int) -> Script:
    """Put the right words in the place of the wrong ones and drop the taking back."""
    text, offsets = script.text, script.offsets
    keep = (
        list(range(wrong[0], wrong[0] + _month(script, wrong, right)))
        + list(range(right[0], right[1]))
        + _unit(script, wrong, right)
    )
    low, high = min(wrong[0], right[0]), max(wrong[1], right[1])
    middle = [] if wrong[0] > right[0] else list(range(wrong[1], mark))
    order = [*range(low), *keep, *middle, *range(high, len(text))]
    moved = {i: n for n, i in enumerate(order)}
    breaks = frozenset(moved[b] for b in script.breaks if b in moved)
    return replace(
        script,
        text="".join(text[i] for i in order),
        offsets=(*(offsets[i] for i in order), offsets[-1]),
        breaks=breaks,
    )


def _month(script: Script, wrong: Item, right: Item) -> int:
    """How much of the wrong words the right ones leave out before them: the month of a day, 百分之."""
    if wrong[2] == "percent" and right[2] == "number" and wrong[0] < right[0]:
        return 3 * script.text.startswith("百分之", wrong[0])
    if wrong[2] != "date" or wrong[0] > right[0]:
        return 0
    head = re.match(
        r"(?:下下?个?月|这个?月|本月|上个?月|[\d一二三四五六七八九十]{1,2}月)",
        script.text[wrong[0] : wrong[1]],
    )
    return head.end() if head and "月" not in script.text[right[0] : right[1]] else 0


def _unit(script: Script, wrong: Item, right: Item) -> list[int]:
    """三百万，不对，三百二: the unit that was said before still holds."""
    said, again = script.text[wrong[0] : wrong[1]], script.text[right[0] : right[1]]
    if wrong[2] == "percent" and right[2] == "number" and wrong[0] < right[0]:
        unit = re.search(r"\s?(?:%|per ?cent|pct|成)$", said)
        return list(range(wrong[0] + unit.start(), wrong[1])) if unit else []
    if (
        script.lang == "zh"
        and wrong[2] == "amount"
        and "万" in said
        and wrong[0] < right[0]
        and not re.search("[万亿元块w]", again)
    ):
        return [wrong[0] + said.index("万")]
    return []
