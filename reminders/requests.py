"""Plain sentences that ask for something of the plan: move a visit, remind, stand in, hand over, who has most."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from facts.dates import dates

MOVE = re.compile(
    r"改到|改成|挪到|推到|推迟到|延到|提前到|\b(?:move|postpone|reschedule|shift|put off)\b", re.IGNORECASE
)
GOING = re.compile(
    r"^\s*(?:请|帮我)?[把将]|再去|再看|再来|^\s*(?:please )?(?:move|postpone|reschedule|shift|put off)\b",
    re.IGNORECASE,
)
THEIRS = re.compile(r"还款|付款|还贷|交货|发货|投产|生产线|老板|说", re.IGNORECASE)
REMIND = re.compile(r"提醒我|叫我|\bremind me\b", re.IGNORECASE)
LEAVE = re.compile(r"休假|请假|出差|不在|\b(?:on leave|away|holiday|vacation)\b", re.IGNORECASE)
STAND_IN = re.compile(r"[顶替代][我他她]|帮我顶|代班|\b(?:stands? in|covers?|takes? over)\b", re.IGNORECASE)
BACK = re.compile(
    r"我(?:提前)?(?:回来|回岗|销假|上班)了|取消(?:我的)?(?:休假|请假)|(?:休假|请假)取消|\bI(?:'m| am) back\b"
    r"|\bcancel my leave\b",
    re.IGNORECASE,
)
HAND = re.compile(
    r"移交|交接|转交|转给|划给|划到|交给|接手|接管|接替|来接|\bhand(?:s|ed|ing)?\b.*\bto\b|\btransfer\b.*\bto\b|\btakes? over\b",
    re.IGNORECASE,
)
WORKLOAD = re.compile(
    r"谁(?:的)?(?:手上|手里|那边|名下)?的?(?:活儿?|任务|工作|客户|回访|事情?)(?:最|太)(?:多|重)|谁(?:最|太)忙|谁忙不过来"
    r"|(?:各人|每个人|大家|团队)的?(?:手上|工作量)|工作量(?:怎么样|分配|分布|对比|排名)|活儿?(?:分得|派得)|\bworkload\b|\bwho(?:'s| is)? (?:the )?(?:busiest|overloaded)\b"
    r"|\bwho (?:has|carries) (?:too much|the most)\b",
    re.IGNORECASE,
)
TAKER_AFTER = re.compile(r"(?:给|由|让|归|到|\bto|\bby)\s*$", re.IGNORECASE)
TAKER_BEFORE = re.compile(r"\s*(?:来)?(?:接|顶|替|代|帮|\bstands? in|\bcovers?|\btakes? over)", re.IGNORECASE)
KINDS = {
    "callback": re.compile(r"电话|回电|\b(?:call|callback|ring|phone)\b", re.IGNORECASE),
    "first_check": re.compile(r"首查|首次检查|\bfirst check\b", re.IGNORECASE),
    "maturity": re.compile(r"到期检查|\bmaturity\b", re.IGNORECASE),
    "special": re.compile(r"专项|\bspecial\b", re.IGNORECASE),
    "visit": re.compile(r"走访|回访|上门|拜访|\bvisit\b", re.IGNORECASE),
}
HOURS = re.compile(
    r"(?P<half>早上|上午|中午|下午|傍晚|晚上)?\s*(?P<hour>[0-9]{1,2}|十[一二]?|[一二两三四五六七八九])\s*点\s*(?P<part>半|一刻|三刻|[0-9]{1,2}分?)?"
)
CLOCK = re.compile(
    r"\b(?:at\s+)?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?\s*(?P<half>am|pm)\b", re.IGNORECASE
)
TWENTY_FOUR = re.compile(r"(?<![0-9])(?P<hour>[01]?[0-9]|2[0-3])[::](?P<minute>[0-5][0-9])(?![0-9])")
NUMERALS = {name: n for n, name in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "十一": 11, "十二": 12}
LATE_HALF = ("下午", "傍晚", "晚上")
WEEKS = {
    2: re.compile(r"下下周|下下个?星期|week after next", re.IGNORECASE),
    1: re.compile(r"下周|下个?星期|下礼拜|next week", re.IGNORECASE),
    0: re.compile(r"这周|本周|这个?星期|this week", re.IGNORECASE),
}
STAFF = "staff:"
SHORT = 30
PARTS = {"半": 30, "一刻": 15, "三刻": 45}


@dataclass(frozen=True, slots=True)
class Request:
    """`what` is move, remind, leave, back, handover or workload.

    `subjects` are the codes whose names the sentence has: borrowers, or for leave the colleagues. `kind` is the
    kind of item where it says one. `until` is the last day of a leave. `giver` and `taker` are the staff codes
    that a sentence with two people tells apart.
    """

    what: str
    subjects: tuple[str, ...] = ()
    day: date | None = None
    clock: time | None = None
    until: date | None = None
    kind: str | None = None
    giver: str | None = None
    taker: str | None = None


def understand(text: str, names: Mapping[str, str], today: date) -> Request | None:
    """Read a request; None where the text is none. `names` maps every name in use to its code."""
    if len(text) > 80:
        return None
    if REMIND.search(text):
        return _remind(text, names, today)
    if len(text) <= SHORT and WORKLOAD.search(text):
        return Request("workload")
    if len(text) <= SHORT and BACK.search(text):
        return Request("back")
    if LEAVE.search(text) and (STAND_IN.search(text) or HAND.search(text)):
        found = _leave(text, names, today)
        if found:
            return found
    if MOVE.search(text):
        return _move(text, names, today)
    return _handover(text, names) if HAND.search(text) else None


def _handover(text: str, names: Mapping[str, str]) -> Request | None:
    """Borrowers that go to a colleague: named ones, or all that another colleague has."""
    giver, taker = _two(text, names)
    codes = tuple(code for code in _named(text, names) if not code.startswith(STAFF))
    if taker is None or (giver is None and (not codes or THEIRS.search(text))):
        return None
    return Request("handover", codes, giver=giver, taker=taker)


def _two(text: str, names: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The colleague who gives and the one who takes, by the words around their names."""
    giver = taker = None
    for start, end, code in _places(text, names):
        if TAKER_AFTER.search(text[:start]) or TAKER_BEFORE.match(text[end:]):
            taker = taker or code
        else:
            giver = giver or code
    return giver, taker


def _places(text: str, names: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Where colleagues are named, in the order of the text, the longest name first where one lies in another."""
    folded = text.casefold()
    found: list[tuple[int, int, str]] = []
    for name in sorted(names, key=len, reverse=True):
        start = folded.find(name.casefold()) if name and names[name].startswith(STAFF) else -1
        if start >= 0 and not any(begin < start + len(name) and start < end for begin, end, _ in found):
            found.append((start, start + len(name), names[name].removeprefix(STAFF)))
    return sorted(found)


def _move(text: str, names: Mapping[str, str], today: date) -> Request | None:
    """Ours to move, not something that the borrower put off."""
    day, kind = _day(text, today), _kind(text)
    if day is None or THEIRS.search(text) or not (kind or GOING.search(text)):
        return None
    return Request("move", _named(text, names), day, kind=kind)


def _remind(text: str, names: Mapping[str, str], today: date) -> Request | None:
    day, clock = _day(text, today), clock_in(text)
    if day is None and clock is None:
        return None
    return Request("remind", _named(text, names), day or today, clock, kind=_kind(text))


def _leave(text: str, names: Mapping[str, str], today: date) -> Request | None:
    span = _span(text, today)
    if span is None:
        return None
    giver, taker = _two(text, names)
    subjects = _named(text, names)
    if giver is None or taker is None:
        return Request("leave", subjects, span[0], until=span[1])
    return Request("leave", subjects, span[0], until=span[1], giver=giver, taker=taker)


def _kind(text: str) -> str | None:
    return next((kind for kind, words in KINDS.items() if words.search(text)), None)


def _named(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of the names in the text, the longest name first where one lies in another."""
    folded = text.casefold()
    found: list[str] = []
    for name in sorted(names, key=len, reverse=True):
        if name and name.casefold() in folded:
            folded = folded.replace(name.casefold(), " ")
            found.append(names[name])
    return tuple(dict.fromkeys(found))


# --- days and hours -----------------------------------------------------------------------------


def _days(text: str, today: date) -> list[date]:
    found = sorted(dates(text, today, None), key=lambda day: day.start)
    return [day.value for day in found if day.value is not None]


def _day(text: str, today: date) -> date | None:
    """The last one named: 周三的走访改到周五 is Friday."""
    found = _days(text, today)
    return found[-1] if found else None


def _span(text: str, today: date) -> tuple[date, date] | None:
    found = _days(text, today)
    if found:
        return (found[0], found[-1]) if found[0] <= found[-1] else None
    weeks = next((n for n, words in WEEKS.items() if words.search(text)), None)
    if weeks is None:
        return None
    monday = today - timedelta(today.weekday()) + timedelta(weeks=weeks)
    return max(monday, today), monday + timedelta(6)


def clock_in(text: str) -> time | None:
    """The time of day that a sentence names: 下午三点半, 15:30, 3 pm."""
    found = TWENTY_FOUR.search(text)
    if found:
        return time(int(found["hour"]), int(found["minute"]))
    found = CLOCK.search(text)
    if found:
        return _half(int(found["hour"]), int(found["minute"] or 0), found["half"].lower() == "pm")
    found = HOURS.search(text)
    if found is None:
        return None
    hour = NUMERALS.get(found["hour"]) or _number(found["hour"])
    part = found["part"] or ""
    minute = PARTS.get(part) or _number(part)
    return _half(hour, minute, found["half"] in LATE_HALF)


def _number(words: str) -> int:
    digits = "".join(re.findall("[0-9]", words))
    return int(digits) if digits else 0


def _half(hour: int, minute: int, late: bool) -> time | None:
    hour = hour + 12 if late and hour < 12 else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None
