"""Numerals as they are said and written, Chinese and English, by one pass from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
BANKER = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"貳": 2, "參": 3, "陸": 6}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG = {"万": 10_000, "亿": 100_000_000, "萬": 10_000, "億": 100_000_000}
LOOSE = "来多几余把"
VAGUE_HEADS = ("好几", "几", "数", "若干", "好些")
ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_COUNTERS = tuple("直些般定下样共家个台部点起次批笔分条边套辆间月年天号旦律切栋人名位只头种方")
START = re.compile(rf"[0-9{''.join(DIGITS)}{''.join(BANKER)}几数十百千万]")
LATIN = {"w": 10_000, "k": 1_000}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `start:end`; `big` says that 万, 亿, thousand or more is in it, `vague` that it has no value."""

    start: int
    end: int
    value: float
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    vague: bool = False
    big: bool = False
    form: str = "zh"


Token = tuple[str, float, float]


def chinese(text: str) -> Iterator[Numeral]:
    """Every numeral of a Chinese text, arabic digits included, none overlapping."""
    at = START.search(text)
    while at:
        place = at.start()
        found = _numeral(text, place) if _starts(text, place) else None
        if found:
            yield found
        at = START.search(text, found.end if found else place + 1)


def _starts(text: str, at: int) -> bool:
    c = text[at]
    if c.isascii():
        return c.isdigit()
    after = text[at + 1 : at + 2]
    if c in DIGITS or c in "几数":
        return True
    if c in BANKER:
        return bool(after) and (after in SMALL or after in BIG or after in BANKER)
    if c == "十":
        return after != "分"
    if c == "百" or c == "千":
        return after in ("万", "来", "把", "亿", "十", "余") and not (
            c == "千" and text[at + 2 : at + 3] in ("别", "不", "要")
        )
    return c == "万" and after == "把"


def _numeral(text: str, at: int) -> Numeral | None:
    tokens, end, loose, vague = _tokens(text, at)
    if not tokens:
        return None
    if all(kind == "d" for kind, _, _ in tokens):
        return _digits(at, end, tokens, vague)
    return _made(text, at, end, tokens, loose, vague)


def _digits(at: int, end: int, tokens: list[Token], vague: bool) -> Numeral | None:
    """A run of plain digits: one of them, a pair such as 五六, or figures read out one by one."""
    if len(tokens) == 1:
        return Numeral(at, end, tokens[0][1], vague=vague)
    if len(tokens) == 2 and _pair(tokens[0][1], tokens[1][1]):
        low, high = tokens[0][1], tokens[1][1]
        return Numeral(at, end, (low + high) / 2, low, high, True, vague)
    return Numeral(at, end, float("".join(str(int(v)) for _, v, _ in tokens)[:18]), vague=vague)


def _made(text: str, at: int, end: int, tokens: list[Token], loose: str, vague: bool) -> Numeral | None:
    tokens = _paired_end(tokens)
    low = evaluate([(k, v) for k, v, _ in tokens])
    high = evaluate([(k, w) for k, _, w in tokens])
    if low is None or high is None:
        return Numeral(at, end, 0, vague=True)
    big = any(kind == "u" and v >= 10_000 for kind, v, _ in tokens) or text[end - 1] in LATIN
    form = "digits" if text[at].isascii() else "zh"
    if low != high:
        return Numeral(at, end, (low + high) / 2, low, high, True, vague, big, form)
    return Numeral(at, end, low, None, None, bool(loose), vague, big, form)


def _paired_end(tokens: list[Token]) -> list[Token]:
    """十七八, 三万五六: the last digit has two readings."""
    if len(tokens) < 3 or [kind for kind, _, _ in tokens[-3:]] != ["u", "d", "d"]:
        return tokens
    a, b = tokens[-2][1], tokens[-1][1]
    return [*tokens[:-2], ("d", a, b)] if _pair(a, b) else tokens


def _pair(a: float, b: float) -> bool:
    return (0 < a < b <= 9) and (b - a == 1 or (a, b) == (3, 5))


def _tokens(text: str, at: int) -> tuple[list[Token], int, str, bool]:
    """Digits d, figures n and units u from `at` on; a token keeps its lower and its upper reading."""
    tokens: list[Token] = []
    i, loose, vague = at, "", False
    kept = {False: (at, 0), True: (at, 0)}
    while i < len(text):
        step = _step(text, i, tokens)
        if step is None:
            break
        if step[1] and step[1][0] == "u" and not _falls(tokens, step[1][1]):
            i, length = kept[step[1][1] >= 10_000]
            del tokens[length:]
            break
        i, token, mark = step
        loose, vague = (mark or loose), vague or mark == "?"
        if token and not _merge(tokens, token):
            tokens.append(token)
        if token and token[0] == "u":
            kept[False] = (i, len(tokens))
            kept[True] = (i, len(tokens)) if token[1] >= 10_000 else kept[True]
    return _trim(text, tokens, i, loose, vague)


def _falls(tokens: list[Token], unit: float) -> bool:
    """Units of one number fall (百 before 十, 亿 before 万); where one doesn't, another number has begun: 120万70万."""
    units = [v for kind, v, _ in tokens if kind == "u"]
    if unit >= 10_000:
        big = [v for v in units if v >= 10_000]
        return not big or unit < big[-1] or (unit > big[-1] and len(big) == 1 and tokens[-1][0] == "u")
    since: list[float] = []
    for v in units:
        since = [] if v >= 10_000 else [*since, v]
    return not since or unit < since[-1]


def _trim(
    text: str, tokens: list[Token], end: int, loose: str, vague: bool
) -> tuple[list[Token], int, str, bool]:
    if tokens and loose and end and text[end - 1] == "把":
        end -= 1
    if (
        len(tokens) > 1
        and tokens[-1][0] == "d"
        and tokens[-2][0] == "u"
        and tokens[-2][1] >= 100
        and text[end : end + 1] in _COUNTERS
    ):
        return tokens[:-1], end - 1, loose, vague
    return tokens, end, loose, vague


def _step(text: str, i: int, tokens: list[Token]) -> tuple[int, Token | None, str] | None:
    c = text[i]
    if c.isascii():
        return _latin(text, i, tokens)
    if c in DIGITS or c in BANKER:
        digit = float(DIGITS.get(c, BANKER.get(c, 0)))
        return i + 1, ("d", digit, digit), ""
    if c in SMALL or c in BIG:
        unit = float(SMALL.get(c) or BIG[c])
        return i + 1, ("u", unit, unit), ""
    return _between(text, i, tokens)


def _latin(text: str, i: int, tokens: list[Token]) -> tuple[int, Token | None, str] | None:
    if tokens and tokens[-1][0] == "n":
        unit = LATIN.get(text[i])
        word = text[i + 1 : i + 2]
        return (
            (i + 1, ("u", float(unit), float(unit)), "")
            if unit and not (word.isascii() and word.isalpha())
            else None
        )
    found = ARABIC.match(text, i)
    if not found or (tokens and tokens[-1][0] == "d"):
        return None
    value = float(found.group().replace(",", ""))
    return found.end(), ("n", value, value), ""


def _between(text: str, i: int, tokens: list[Token]) -> tuple[int, Token | None, str] | None:
    """Loose words inside a numeral (三百来万), the counter of 一个亿, and vague heads (几百万)."""
    c, after = text[i], text[i + 1 : i + 2]
    if (
        c in LOOSE
        and tokens
        and tokens[-1][0] in "un"
        and (after in BIG or (c in "几来多余" and tokens[-1][1] <= 1000))
    ):
        teens = c == "几" and tokens[-1][1] == 10 and len(tokens) == 1
        return i + 1, ("d", 1.0, 9.0) if teens else None, c
    if not tokens and c in "几数":
        return (i + 1, ("d", 1.0, 1.0), "?") if after in SMALL or after in BIG or after == "个" else None
    if (
        c == "点"
        and tokens
        and tokens[-1][0] == "d"
        and after in DIGITS
        and text[i + 2 : i + 3] not in ("十", "分")
    ):
        return _point(text, i, tokens)
    if c == "个" and tokens and after in ("亿", "億"):
        return i + 1, None, ""
    if c == "个" and tokens and after == "多" and text[i + 2 : i + 3] == "亿":
        return i + 2, None, "多"
    return None


def _point(text: str, i: int, tokens: list[Token]) -> tuple[int, Token | None, str]:
    """一点二: what stands before the point and its decimals become one figure."""
    end = i + 1
    while end < len(text) and text[end] in DIGITS:
        end += 1
    whole = evaluate([(k, v) for k, v, _ in tokens]) or 0.0
    value = whole + float("0." + "".join(str(DIGITS[c]) for c in text[i + 1 : end][:9]))
    tokens[:] = [("n", value, value)]
    return end, None, ""


def _merge(tokens: list[Token], token: Token) -> bool:
    """五六 before a unit is one digit with two readings."""
    if token[0] == "u" and len(tokens) >= 2 and tokens[-1][0] == tokens[-2][0] == "d":
        a, b = tokens[-2][1], tokens[-1][1]
        if _pair(a, b) and not (len(tokens) > 2 and tokens[-3][0] == "d"):
            tokens[-2:] = [("d", a, b)]
    return False


def evaluate(tokens: list[tuple[str, float]]) -> float | None:
    """The value of digits and units, or None where they make no number."""
    total, section, digit, last = 0.0, 0.0, None, 0.0
    for kind, value in tokens:
        if kind != "u":
            if digit is not None and not (kind == "d" and digit == 0):
                return None
            digit = value
            continue
        if value < 10_000:
            section, digit = section + (1.0 if digit is None else digit or 1.0) * value, None
        else:
            part = section + (digit or 0.0)
            total, section, digit = _big(total, part, value), 0.0, None
            if total < 0:
                return None
        last = value
    return total + section + _tail(digit, last, tokens)


def _big(total: float, part: float, unit: float) -> float:
    """Join what stands before 万 or 亿; a negative number says that the order is impossible."""
    if unit == 100_000_000 and 0 < total < unit:
        return (total + part) * unit
    if 0 < total < unit:
        return -1.0
    return total + round((part or 1.0) * unit, 2)


def _tail(digit: float | None, last: float, tokens: list[tuple[str, float]]) -> float:
    """The last digit of 三百二 and 三万五 counts tenths of the unit before it."""
    if digit is None:
        return 0.0
    zeroed = len(tokens) > 1 and tokens[-2] == ("d", 0.0)
    if last >= 100 and not zeroed and 0 < digit < 10:
        return digit * last / 10
    return digit
