"""Days named in a text, counted from the day of the report. A vague one (年前, soon) is left out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from facts.numerals import chinese


@dataclass(frozen=True, slots=True)
class Day:
    """A day at `start:end`; `value` looks ahead, `past` back; either is None where it makes no sense. A vague
    day has neither. `month` says that a month was named, so that a correction of the day alone can keep it."""

    start: int
    end: int
    value: date | None
    past: date | None = None
    month: int = 0


Pair = tuple[date | None, date | None]
_N = r"[零〇一二三四五六七八九十两\d]"
_WD = r"(?P<wd>[一二三四五六日天1-6])(?!一(?!早|大早)|[二三四五六七八九十个年月])"
_WEEK = r"(?:周|星期|礼拜)"
_END = r"(?![人楼线机厂车间院店仓门炉棚井])"


def add_months(day: date, months: int, on: int | None = None) -> date:
    """The same day (or the day `on`) `months` on, no later than that month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    wanted = on if on is not None else day.day
    return date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))


def month_end(day: date, months: int = 0) -> date:
    return add_months(day, months, 31)


def small(text: str | None) -> int:
    """A little number in figures or Chinese words; 0 where it is none."""
    if not text:
        return 0
    if text == "元":
        return 1
    n = next(chinese(text), None)
    return int(n.value) if n and n.end == len(text) else 0


def make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_day(today: date, month: int, day: int, year: int = 0) -> Pair:
    if year:
        sure = make(year, month, day)
        return sure, sure
    ahead = make(today.year, month, day)
    if ahead is None:
        return None, None
    back = ahead if ahead <= today else make(today.year - 1, month, day)
    return ahead if ahead >= today else make(today.year + 1, month, day), back


def weekday(today: date, index: int, weeks: int | None) -> Pair:
    """Weeks start on Monday; without a week it is the first such day on or after today."""
    monday = today - timedelta(days=today.weekday())
    if weeks is None:
        ahead = today + timedelta(days=(index - today.weekday()) % 7)
        back = today - timedelta(days=(today.weekday() - index) % 7)
        return ahead, back
    day = monday + timedelta(days=index, weeks=weeks)
    return (day if day >= today or weeks < 0 else day + timedelta(weeks=1)), day


def day_of_month(today: date, day: int, months: int | None) -> Pair:
    if not 1 <= day <= 31:
        return None, None
    if months is not None:
        there = make(*divmod_month(today, months), day)
        return there, there
    ahead = next((d for k in range(3) if (d := make(*divmod_month(today, k), day)) and d >= today), None)
    back = next((d for k in range(3) if (d := make(*divmod_month(today, -k), day)) and d <= today), None)
    return ahead, back


def divmod_month(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def _year(text: str | None, today: date) -> int:
    if not text:
        return 0
    words = {"今年": 0, "明年": 1, "来年": 1, "去年": -1, "后年": 2, "本年": 0}
    if text in words:
        return today.year + words[text]
    n = small(text.rstrip("年"))
    return n if n > 1900 else 2000 + n if 20 <= n < 60 else 0


_NEAR = {"今天": 0, "今儿": 0, "今日": 0, "今晚": 0, "今早": 0, "明天": 1, "明儿": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2,
         "后儿": 2, "后日": 2, "大后儿": 3, "前儿": -2, "今朝": 0, "大后天": 3, "昨天": -1, "昨儿": -1, "昨日": -1, "昨晚": -1, "前天": -2, "大前天": -3, "当天": 0, "当日": 0}  # fmt: skip
_MONTHS = {
    "下下个月": 2,
    "下下月": 2,
    "下个月": 1,
    "下月": 1,
    "次月": 1,
    "这个月": 0,
    "本月": 0,
    "这月": 0,
    "当月": 0,
    "上个月": -1,
    "上月": -1,
    "上上个月": -2,
}
_M = r"(?:下下个?月|下个?月|次月|这个?月|本月|当月|上上个月|上个?月)"
_Y = rf"(?:(?:20\d\d|{_N}{{2,4}})年|[今明来去后本]年)"


def _zh_full(m: re.Match[str], today: date) -> Pair:
    return month_day(today, small(m["mo"]), small(m["d"]), _year(m["y"], today))


def _zh_monthday(m: re.Match[str], today: date) -> Pair:
    months = _MONTHS[m["m"]] if m["m"] else None
    return day_of_month(today, small(m["d"]), months)


def _zh_month_end(m: re.Match[str], today: date) -> Pair:
    if m["mo"]:
        first, past = month_day(today, small(m["mo"]), 1, _year(m["y"], today))
        this = make(today.year, small(m["mo"]), 1) if not m["y"] else first
        if this and month_end(this) >= today:
            first = this
        return (month_end(first) if first else None), (month_end(past) if past else None)
    day = month_end(today, _MONTHS[m["m"]] if m["m"] else 0)
    return day, day


def _zh_week(m: re.Match[str], today: date) -> Pair:
    index = "一二三四五六日天".find(m["wd"])
    index = int(m["wd"]) - 1 if m["wd"].isdigit() else min(index, 6)
    head = m["w"]
    weeks = (
        None if not head else {"下": 1, "上": -1, "这": 0, "本": 0}[head[0]] * (len(head.replace("个", "")))
    )
    return weekday(today, index, weeks)


def _zh_after(m: re.Match[str], today: date) -> Pair:
    if m["half"]:
        n = 15 if m["u"] in ("个月", "月") else 182
        return today + timedelta(days=n), None
    n, unit = small(m["n"]), m["u"]
    if not n:
        return None, None
    if "月" in unit:
        return add_months(today, n) + timedelta(days=15 if m["hm"] else 0), None
    days = {"天": 1, "日": 1, "个工作日": 1, "年": 365}.get(unit, 7)
    return today + timedelta(days=n * days), None


def _zh_year_end(m: re.Match[str], today: date) -> Pair:
    year = _year(m["y"], today) or today.year
    return date(year, 12, 31), None


def _zh_quarter(m: re.Match[str], today: date) -> Pair:
    quarter = small(m["q"]) if m["q"] else (today.month + 2) // 3
    if not 1 <= quarter <= 4:
        return None, None
    end = month_end(date(_year(m["y"], today) or today.year, 3 * quarter, 1))
    return (end if end >= today else month_end(date(end.year + 1, end.month, 1))), end


def _vague(_m: re.Match[str], _today: date) -> Pair:
    return None, None


def _near(m: re.Match[str], today: date) -> Pair:
    day = today + timedelta(days=_NEAR[m["near"]])
    return day, day


def _iso(m: re.Match[str], today: date) -> Pair:
    if m.groupdict().get("md"):
        return month_day(today, *map(int, m["md"].split("/")))
    return month_day(today, int(m["mo"]), int(m["d"]), int(m["y"]))


def _new_year(m: re.Match[str], today: date) -> Pair:
    return month_day(today, *((1, 1) if m["f"] == "元旦" else (10, 1) if m["f"] == "国庆节" else (5, 1)))


Read = Callable[[re.Match[str], date], Pair]
Rule = tuple[str, Read] | tuple[str, Read, str]
"""A pattern, what it means, and characters of which it needs one: most rules are not even tried."""
_ZH: tuple[Rule, ...] = (
    (r"(?<![\d./-])(?:(?P<y>20\d\d)[-./](?P<mo>\d{1,2})[-./](?P<d>\d{1,2})|(?P<md>(?:1[0-2]|0?[6-9])/(?:[12]\d|3[01]|0?[1-9])|0?[1-5]/(?:1[1-9]|2\d|3[01])))(?![\d/%])", _iso, "-./"),
    (rf"(?P<y>{_Y})?(?P<mo>{_N}{{1,2}}|元)月(?:份)?(?P<d>{_N}{{1,3}})[号日]?{_END}(?!万|千|百|个|元|亿|[.\d]|次|家|台)", _zh_full, "月"),
    (rf"(?P<y>{_Y})?(?:(?P<m>{_M})|(?P<mo>{_N}{{1,2}})月份?)?(?:月)?(?P<end>底|末)(?<=月[底末])", _zh_month_end, "月"),
    (rf"(?P<y>{_Y})?(?:(?P<q>[一二三四1-4])?季度|季)[末底]", _zh_quarter, "季"),
    (rf"{_N}{{1,2}}月?[至到-]{_N}{{1,2}}月份?", _vague, "月"),
    (rf"(?P<m>{_M})份?的?(?P<d>{_N}{{1,3}})[号日]?{_END}(?!万|千|百|个|元|亿|[.\d]|次|家|台|天)", _zh_monthday, "月"),
    (rf"(?P<w>下下个?|下个?|上上个?|上个?|这个?|本){_WEEK}{_WD}", _zh_week, "周星礼"),
    (rf"(?P<m>)(?<![\d第.]){{0}}(?<![一二三四五六七八九十\d第.月])(?P<d>{_N}{{1,3}})[号日](?!人|楼|线|机|厂|车间|院|店|仓|门|炉|棚|井|均|常|前后|工人|房|码)".replace("(?<![\\d第.]){0}", ""), _zh_monthday, "号日"),
    (rf"(?P<w>)(?<![每个]){_WEEK}{_WD}", _zh_week, "周星礼"),
    (rf"(?:再?过)?(?:(?P<half>半)|(?P<n>{_N}{{1,3}}))(?P<u>天|日|周|个?星期|个?礼拜|个月|个工作日|年)(?P<hm>半)?(?:之?后|以后|之内|以内|内(?![部地需销]))", _zh_after, "天日周星礼月年"),
    (rf"再?过(?P<half>)(?P<n>(?!两天){_N}{{1,3}})(?P<u>天|周|个?星期|个?礼拜|个月)(?P<hm>)(?!没|了)", _zh_after, "过"),
    (r"(?P<y>今|明|去|本)年[底末]", lambda m, t: _zh_year_end_short(m, t), "年"),
    (r"(?P<y>[今明去]年)?年底", _zh_year_end, "年"),
    (r"(?P<near>大后天|大后儿|大前天|后儿|后日|前儿|今朝|今天|今儿|今日|今晚|今早|明天|明儿|明日|明早|明晚|后天|昨天|昨儿|昨日|昨晚|前天|当天|当日)", _near),
    (r"(?P<f>元旦)(?!后|以后|过后)", _new_year, "旦"),
    (r"月底|月末", lambda _m, t: (month_end(t), month_end(t)), "月"),
)  # fmt: skip


def _zh_year_end_short(m: re.Match[str], today: date) -> Pair:
    return date(today.year + {"今": 0, "本": 0, "明": 1, "去": -1}[m["y"]], 12, 31), None


_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MON = r"(?P<mo>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:(?<![a-z]{4})\.(?=,? ?\d))?"
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WDAY = r"(?P<wd>mon|tue|tues|wed|thu|thur|thurs|fri|sat(?! (?:in|down|there|with|at|on|idle|around|me|us|waiting|untouched|unused)\b)|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
_WDP = r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday),? )?"
_ORD = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"]  # fmt: skip
_ORDINALS = (
    {w: n for n, w in enumerate(_ORD, 1)}
    | {f"twenty[ -]{w}": 20 + n for n, w in enumerate(_ORD[:9], 1)}
    | {"thirtieth": 30, "thirty[ -]first": 31}
)
_DTH = r"(?P<d>\d{1,2}(?:st|nd|rd|th)|" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + r")\b"
_CARD = {
    w: n
    for n, w in enumerate(
        [
            "a",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30}
_NUM = r"(?P<n>\d{1,3}|" + "|".join(sorted(_CARD, key=len, reverse=True)) + ")"


def _en_day(text: str) -> int:
    figures = re.match(r"\d+", text)
    if figures:
        return int(figures.group())
    plain = re.sub(r"[ -]", "[ -]", text)
    return _ORDINALS.get(plain, 0)


def _en_month(text: str) -> int:
    return _MONTH_NAMES.index(text[:3]) + 1


def _en_full(m: re.Match[str], today: date) -> Pair:
    return month_day(today, _en_month(m["mo"]), _en_day(m["d"]), int(m["y"] or 0))


def _en_slashed(m: re.Match[str], today: date) -> Pair:
    """15/12/2026 and 12/15/2026; 05/12/2026 may be either, and is left out."""
    a, b, year = int(m["d"]), int(m["mo"]), int(m["y"])
    if a <= 12 and b <= 12 and a != b:
        return None, None
    return month_day(today, min(a, b), max(a, b), year)


def _en_week(m: re.Match[str], today: date) -> Pair:
    index = _DAYS.index(m["wd"][:3])
    head, tail = m["w"] or "", m["tail"] or ""
    if tail.strip() == "next week":
        return weekday(today, index, 1)
    if tail.strip() == "week":
        ahead = weekday(today, index, None)[0]
        return (ahead + timedelta(days=7) if ahead else None), None
    weeks = {"this": 0, "next": 1, "last": -1, "coming": None}.get(head.strip())
    return weekday(today, index, weeks)


def _en_in(m: re.Match[str], today: date) -> Pair:
    n = int(m["n"]) if m["n"].isdigit() else _CARD[m["n"]]
    unit = m["u"]
    if unit.startswith("month"):
        return add_months(today, n), None
    days = (
        7
        if unit.startswith("week")
        else 14
        if unit.startswith("fort")
        else 365
        if unit.startswith("year")
        else 1
    )
    return today + timedelta(days=n * days), None


def _en_dom(m: re.Match[str], today: date) -> Pair:
    said = m.string[max(0, m.start() - 8) : m.start()].split()
    if not m["d"][0].isdigit() and not (
        m["which"]
        or m.group()[:3] in _DAYS
        or (
            said
            and said[-1]
            in ("on", "by", "before", "until", "till", "from", "than", "sorry", "mean", "rather", "no")
        )
    ):
        return None, None
    months = {"next": 1, "this": 0, "the following": 1, "last": -1}.get(m["which"] or "")
    return day_of_month(today, _en_day(m["d"]), months)


def _en_end(m: re.Match[str], today: date) -> Pair:
    if m["mo"]:
        this = make(today.year, _en_month(m["mo"]), 1)
        day = month_end(this) if this else today
        return (day if day >= today else month_end(date(day.year + 1, day.month, 1))), day
    day = month_end(today, 1 if m["which"] == "next" else 0)
    return day, day


def _en_near(m: re.Match[str], today: date) -> Pair:
    shift = {
        "day after tomorrow": 2,
        "day before yesterday": -2,
        "tomorrow": 1,
        "yesterday": -1,
        "today": 0,
        "tonight": 0,
    }
    day = today + timedelta(days=next(v for k, v in shift.items() if k in m.group()))
    return day, day


_EN: tuple[Rule, ...] = (
    (r"\b(?P<y>20\d\d)-(?P<mo>\d{1,2})-(?P<d>\d{1,2})\b", _iso),
    (rf"\b{_NUM} (?P<u>weeks?|fortnight|months?) today\b", _en_in),
    (r"\b(?:the )?day after tomorrow\b|\b(?:the )?day before yesterday\b|\btomorrow\b|\byesterday\b|\btoday\b|\btonight\b", _en_near),
    (r"\b(?P<d>\d{1,2})[/.](?P<mo>\d{1,2})[/.](?P<y>20\d\d)\b", _en_slashed),
    (rf"\b{_WDP}(?:the )?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?|{_DTH[4:-3].replace('?P<d>', '?:')}) (?:of )?{_MON}(?:,? (?P<y>20\d\d))?", _en_full),
    (rf"\b{_WDP}{_MON} (?:the )?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?|{_DTH[4:-3].replace('?P<d>', '?:')})(?![\d,]*\d|[%.]\d| ?%| ?per)\b(?:,? (?P<y>20\d\d))?", _en_full),
    (rf"\b(?:a|one|two|(?P<n>\w+)) weeks? (?:on|from|after) {_WDAY}", lambda m, t: _en_weeks(m, t)),
    (rf"\bnext week,?(?: on)? {_WDAY}", lambda m, t: weekday(t, _DAYS.index(m["wd"][:3]), 1)),
    (rf"\b(?:(?P<w>this|next|last|coming)(?: coming)? )?{_WDAY}(?!,? the \d{{1,2}}(?:st|nd|rd|th))(?P<tail> next week| week\b(?! of))?", _en_week),
    (rf"\b(?:by |at |until |before )?(?:the )?(?:(?:end|close)(?: of)? (?:the |this |(?P<which>next) )?(?:month|{_MON})|month[- ]end)\b", _en_end),
    (rf"\b{_WDP}(?:the )?{_DTH}(?: of)?(?: (?P<which>next|this|the following|last) month)?(?! (?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fif|twen|thir|for|hundred|half|an?\b|couple)\w*|\d|quarter|floor|party|line|visit|time|tranche|half|phase|instal|bank|call|one|shift|hand|week|month|year|loan|of all|pay|street|person))", _en_dom),
    (rf"\b(?:in|within) (?:about |the next )?{_NUM}(?: more)?[ -](?P<u>days?|weeks?|fortnight|months?|years?)(?:'s)?(?: time)?\b", _en_in),
    (rf"\b{_NUM} (?P<u>days?|weeks?|fortnight|months?) (?:from (?:now|today)|later|on from today)\b", _en_in),
    (r"\b(?:by |at |before )?(?:the )?(?:end of (?:the|this) year|year[- ]end)\b", lambda _m, t: (date(t.year, 12, 31), None)),
)  # fmt: skip


def _en_weeks(m: re.Match[str], today: date) -> Pair:
    ahead = weekday(today, _DAYS.index(m["wd"][:3]), None)[0]
    weeks = 2 if m.group().startswith("two") else 1
    return (ahead + timedelta(weeks=weeks) if ahead else None), None


@cache
def _rules(lang: str) -> tuple[tuple[re.Pattern[str], Read, frozenset[str]], ...]:
    rules = _ZH if lang == "zh" else _EN
    return tuple((re.compile(rule[0]), rule[1], frozenset(*rule[2:])) for rule in rules)


_GATE_ZH = re.compile("[月日号周天年底末旦季/]|星期|礼拜|工作日|今|明|后|20\\d\\d")


def scan(text: str, today: date, lang: str) -> list[Day]:
    """Days in canonical text, none overlapping; earlier rules win."""
    if lang == "zh" and not _GATE_ZH.search(text):
        return []
    taken = bytearray(len(text) + 1)
    found: list[Day] = []
    characters = set(text)
    for pattern, read, needed in _rules(lang):
        if needed and needed.isdisjoint(characters):
            continue
        for m in pattern.finditer(text):
            if m.end() > m.start() and not any(taken[m.start() : m.end()]):
                ahead, back = read(m, today)
                if lang == "en" and ahead is None and back is None:
                    continue
                taken[m.start() : m.end()] = b"\x01" * (m.end() - m.start())
                found.append(Day(m.start(), m.end(), ahead, back, _month_words(m)))
    return sorted(found, key=lambda d: d.start)


def _month_words(m: re.Match[str]) -> int:
    """How long the words are that name the month, where a day follows them."""
    groups = m.groupdict()
    return m.start("d") - m.start() if groups.get("d") and (groups.get("mo") or groups.get("m")) else 0


def dates(text: str, today: date, lang: str | None = None) -> Iterator[Day]:
    """Every sure day of a raw text, with its place there."""
    from facts.script import script

    page = script(text, lang)
    for day in scan(page.text, today, page.lang):
        if day.value or day.past:
            said = page.evidence(day.start, day.end)
            yield Day(said.start, said.end, day.value, day.past, day.month)
