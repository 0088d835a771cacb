"""What a numeral counts: money, percent, days, people. One pass over the numerals of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from facts.carried import COUNTER, carried, latin_after
from facts.numerals import Numeral, chinese
from facts.quantity import AMOUNT, COUNT, DATE, DURATION, NUMBER, PERCENT, Quantity
from facts.wordnumbers import SCALES, english

__all__ = ["AMOUNT", "COUNT", "DATE", "DURATION", "NUMBER", "PERCENT", "Quantity", "classify", "quantities"]
_R = re.compile
CURRENCY = _R(
    r"元整?|块钱|块(?!砖|地|板|料|屏|电池|布|石)|人民币|美元|美金|港币|欧元|日元|rmb|yuan|usd|cny|dollars?|pounds?|euros?|quid"
)
PREFIX = _R(
    r"(?:[¥￥$€£₹₦]|人民币|(?<![a-z])(?:rmb|usd|cny|hkd|eur|gbp|rs\.?|inr|ngn|sgd|myr|rm|kes|ksh|ghs|zar))\s?$"
)
THINGS = _R(
    r"[\s-]*(?:workers?|people|staff|employees|men|women|hands|tonnes?|tons?|birds?|chickens?|hens?|pigs?|cows?|sheep|head|units?|sq|square|met(?:er|re)s?|"
    r"km|kg|lit(?:er|re)s?|hectares?|acres?|pieces?|jackets?|pairs?|kwh|hours?|days?(?! ?labou?r)|weeks?|months?|years?|customers?|miles|times|per ?cent|percent|pct|%|"
    r"shares|machines|vehicles|trucks|lorries|vans|cars|beds|rooms|orders|invoices|boxes|cartons|bags|bottles|layers|broilers|seedlings|spindles|mw\b|kw\b|bales|sets|m2|cubic|students|seats|garments|doors|visits|calls|lots)\b"
)
PERCENT_ZH = _R(
    r"%|个?百分点|个点(?!子)|成(?![本立为功员品套型新交])(?P<tail>[一二三四五六七八九](?!十|百|个|万|台|家|月|号|人|条|千))?(?P<half>半)?"
)
PERCENT_EN = _R(r"\s?(?:%|per ?cent|pct|percentage points?|points)")
DAYS_ZH = _R(
    r"(?P<more>来|多)?(?:(?P<d>个?工作日|天)|(?P<w>周|个?星期|个?礼拜)(?![一二三四五六日天末])|个(?P<half>半)?(?P<more2>多|来)?(?P<m>月)|(?P<q>个?季度)|(?P<y>年)(?!底|初|末|\d))(?P<after>半)?"
)
DAYS_EN = _R(
    r"[\s-](?:(?P<d>(?:working |business )?days?)|(?P<w>weeks?|wks?)|(?P<f>fortnights?)|(?P<m>months?)|(?P<q>quarters?)|(?P<y>years?))\b"
)
PEOPLE_ZH = _R(
    r"(?:来|多)?(?:号|名|位|口子?|个)?(?:左右的?)?(?:正式|熟练|一线|在岗|本地)?(?:人(?!民|工费|家)|工人|员工|职工|工友|师傅|伙计|店员|服务员|女工|技工|帮工|学徒|雇工|长工|短工|小工|零工|临时工|农民工|缝纫工|焊工|普工|阿姨|大姐|大嫂|小伙子?|姑娘|后生|工程师|主播|业务员|驾驶员|运维|厨师|司机|老师|教师|护士|医生|导购|营业员|船员|技师|教练|销售)|名(?!义|下)|号人"
)
PEOPLE_EN = _R(
    r"[\s-](?:or so |odd |full[- ]time |permanent |local |more |production |shop[- ]?floor |factory |kitchen |skilled |regular |active |of (?:the |their |his |her )?)?(?:people|workers?|staff|employees|hands|men|women|heads|operatives|workmen|drivers|machinists|labourers|technicians|welders|pickers|cooks|waiters|seamstresses|operators|fishermen|persons?|personnel|lads|blokes|girls|guys|boys|chaps|fellas|souls|bodies|pax|mechanics|cleaners|packers|cutters|tailors|masons|carpenters|fitters|clerks|cashiers|sales(?:men|people|girls|staff)|shop ?girls|waitresses|waiters|bakers|butchers|chefs|nurses|teachers|stylists|barbers|farm ?hands|casuals|labou?rers|joiners|weavers|spinners|machine operators|crew|kitchen staff|servers|baristas|riders|conductors|grooms|divers|riggers|moulders|smiths|growers|potters|roasters|printers(?= (?:at|on|in|working))|helpers|assistants|attendants|apprentices|stockmen|milkers|on (?:the )?(?:payroll|books|shift|roll))\b"
)
ROUGH_BEFORE = _R(
    r"(?:大概|大约|约|差不多|近|将近|接近|小|不到|超过|估计|上|有个|得有|至少|about|around|roughly|nearly|almost|some|approximately|approx|close to|over|under|at least|up to|maybe|perhaps)(?:是|有|花了|用了|在)?\s?(?:rmb|usd|cny|¥|\$|人民币)?\s?$"
)
ROUGH_AFTER = _R(
    r"(?:元|块钱?)?(?:左右|上下|出头|多一?点|来块|不到| or so|[ -]?odd|[ -]?ish| give or take| plus)"
)
JOIN_ZH = _R(r"(?:%|万|元|成)?(?:到|至|~|-)(?:百分之)?$")
JOIN_EN = _R(r"^(?:%| ?per ?cent)?\s?(?:to|or|-|and)\s?$")
BETWEEN_EN = _R(r"between (?:rmb |usd |\$)?$")
ANOTHER_EN = _R(r"\b(?:another|a further|the other|plus|the last|the remaining) (?:about |around )?$")
PART_EN = _R(r"\b(?:three[ -]quarters|(?:a |one )quarter|half) of a (?P<u>million|billion)\b")
UNIT_EN = _R(r"(?<![a-z])(?P<u>grand|thousand|k|lakhs?|million|mil|m|crore)\b")
PUT_EN = _R(r"\b(?:put|used|spent|sank|paid) (?:about |another )?$")
CARRIED_EN = _R(
    r"(?:,? (?:of (?:it|that|them|which)|which|he says|she says|has|have|was|is|'s|all|already|still|just|or so|went|gone|straight|been))*(?:'s)?,? (?:to (?:the|his|her|their|an?) (?!us\b|bank|people|weeks?|days?|month)|on (?!(?:the )?(?:floor|payroll|books|rota|roster|shift|line\b|site|job|staff|team|counter|roll|road|go\b|premises|tools)|mon|tue|wed|thu|fri|sat|sun|each|leave|board|order|duty|average|hand)|into |towards? |left (?:in|of it|over|untouched|unspent|on deposit)|sitting |untouched|undrawn|unspent|unused|not (?:touched|drawn|used|spent)|(?:still )?in (?:the|his|her|their) (?:\w+ )?(?:account|bank)|for (?:the |a |new |some )?(?:raw|stock|material|machine|equipment|wages|rent|feed|flour|fabric|build|fit|kitchen|roof|van|truck|oven|seed|fert|fish|seafood|freez|chest|press\b|boat|shed|borehole|pump|alumin|steel|timber|cement|brick|cattle|goats|chicks|fuel|diesel|parts|packag|salar|yarn|cotton)|went |(?:she|he|they)(?:'s|'ve| has| have)? (?:not|n't|hasn't|haven't) (?:touched|drawn|used|spent))"
)
HALVES_ZH = _R(r"百分之百|一多半|一半|过半|半数|对半|满负荷|满产|十成(?!新)")
SPAN_ZH = _R(r"(?:(?<!一个)(?<!两个)(?P<half>半)(?:个)?(?:多|来)?|个把)(?P<u>月|年|个?星期|礼拜)(?!前|底)")
SPAN_EN = _R(
    r"\b(?:(?P<half>half a)|an?|one)(?: full| good| whole)? (?P<u>day|week|fortnight|month|quarter|year)\b(?! ago)"
)
FRACTION_ZH = _R(r"([一二三四五六七八九十两\d]{1,3})分之([一二三四五六七八九十两\d]{1,3})")
FRACTION_EN = _R(
    r"\b(?:(?P<two>two|2)[ -]thirds?|(?P<three>three|3)[ -](?:quarters|fourths)|(?:a |one )(?P<third>third)|(?:a |one )(?P<quarter>quarter)|"
    r"(?P<n>one|two|three|four|a)[ -](?P<fifth>fifths?)|(?P<tn>a|one|two|three|four|five|six|seven|eight|nine)[ -]tenths?\b|(?<!and a )(?P<half>half(?:way)?)(?![ -](?:(?:a |an )?(?:million|hour|day|month|year|dozen|billion)|yearly|time|term|price)\b)|(?P<full>full|flat out))\b"
)


def numerals(text: str, lang: str) -> list[Numeral]:
    return list(chinese(text) if lang == "zh" else english(text))


def free(items: Iterable[Numeral], taken: Sequence[tuple[int, int]]) -> list[Numeral]:
    """The numerals that no earlier reading has used."""
    spans = sorted(taken)
    kept, at = [], 0
    for item in items:
        while at < len(spans) and spans[at][1] <= item.start:
            at += 1
        if at == len(spans) or item.end <= spans[at][0]:
            kept.append(item)
    return kept


def quantities(text: str, lang: str, taken: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Everything counted in the text, in its order; `taken` are spans already read as dates."""
    found = fractions(text, lang)
    spans = [*taken, *((q.start, q.end) for q in found)]
    singles = free(numerals(text, lang), spans)
    items: list[Quantity] = []
    for n in singles:
        inside = items and n.start < items[-1].end
        if not inside and (q := classify(text, n, lang)):
            items.append(q)
    made = sorted(_ranges(text, [*found, *items], lang), key=lambda q: q.start)
    return carried(text, made) if lang == "zh" else _carried_en(text, made)


def _takes_unit_en(text: str, q: Quantity) -> bool:
    return bool(
        CARRIED_EN.match(text, q.end)
        or text.startswith("'s left", q.end)
        or (
            PUT_EN.search(text[max(0, q.start - 12) : q.start])
            and re.match(r" (?:for|on|into) ", text[q.end : q.end + 6])
        )
        or (
            text[max(0, q.start - 2) : q.start] == ": "
            and q.value < 100
            and re.match(r" (?:for|on|to|in) ", text[q.end : q.end + 5])
        )
        or (
            ANOTHER_EN.search(text[max(0, q.start - 16) : q.start])
            and re.match(r"[.,;]|$| and| on| for", text[q.end : q.end + 4])
        )
    )


def _carried_en(text: str, items: list[Quantity]) -> list[Quantity]:
    """Two hundred thousand, and one hundred and twenty on the ovens: the unit said before still holds."""
    unit, whole, made = 0.0, 0.0, []
    for q in items:
        small = q.value * unit <= whole or (
            q.value * unit <= 20 * whole and PUT_EN.search(text[max(0, q.start - 12) : q.start])
        )
        if unit and q.kind == NUMBER and small and _takes_unit_en(text, q):
            q = replace(q, kind=AMOUNT, value=round(q.value * unit, 4), approximate=True)
        elif q.kind == AMOUNT:
            said = UNIT_EN.search(text[q.start : q.end])
            unit, whole = (SCALES[said["u"]] if said else 0.0), max(whole, q.value)
        made.append(q)
    return made


def classify(text: str, n: Numeral, lang: str) -> Quantity | None:
    if text[n.start - 1 : n.start] == "第":
        return None
    read = (
        (_percent, _duration, _count, _money)
        if lang == "zh"
        else (_percent_en, _duration_en, _count_en, _money_en)
    )
    for step in read:
        made = step(text, n)
        if made:
            return made if not n.vague else None
    return None if n.vague else _quantity(NUMBER, text, n, n.end)


def _quantity(
    kind: str,
    text: str,
    n: Numeral,
    end: int,
    factor: float = 1.0,
    *,
    start: int | None = None,
    bare: bool = False,
) -> Quantity:
    low = None if n.low is None else n.low * factor
    high = None if n.high is None else n.high * factor
    rough = n.approximate or low is not None or rough_around(text, n.start, end)
    value = round(n.value * factor, 4)
    return Quantity(kind, n.start if start is None else start, end, value, low, high, rough, bare)


def rough_around(text: str, start: int, end: int) -> bool:
    return bool(ROUGH_BEFORE.search(text[max(0, start - 16) : start]) or ROUGH_AFTER.match(text, end))


def _percent(text: str, n: Numeral) -> Quantity | None:
    if text.startswith("百分之", n.start - 3) and n.start >= 3:
        return _quantity(PERCENT, text, n, n.end, start=n.start - 3)
    found = PERCENT_ZH.match(text, n.end)
    if not found or (n.big and n.value >= 10_000):
        return None
    if not found.group().startswith("成"):
        return _quantity(PERCENT, text, n, found.end())
    made = _quantity(PERCENT, text, n, found.end(), 10.0)
    tail = "零一二三四五六七八九".index(found["tail"]) if found["tail"] else 5 if found["half"] else 0
    return replace(made, value=made.value + tail) if made.value <= 100 else None


def _duration(text: str, n: Numeral) -> Quantity | None:
    found = DAYS_ZH.match(text, n.end)
    if text[n.end - 1] in "俩仨" and text[n.end : n.end + 1] == "月":
        return _quantity(DURATION, text, n, n.end + 1, 30)
    if not found or n.value > 3000:
        return None
    half, factor = bool(found["half"] or found["after"]), _days(found)
    made = _quantity(DURATION, text, n, found.end(), factor)
    return replace(made, value=made.value + (factor / 2 if half else 0))


def _days(found: re.Match[str]) -> float:
    sizes = {"d": 1, "w": 7, "m": 30, "q": 90, "y": 365, "f": 14}
    return next(float(sizes[k]) for k in sizes if found.groupdict().get(k))


def _count(text: str, n: Numeral) -> Quantity | None:
    found = PEOPLE_ZH.match(text, n.end)
    return _quantity(COUNT, text, n, found.end()) if found and not n.big else None


def _money(text: str, n: Numeral) -> Quantity | None:
    prefix = PREFIX.search(text[max(0, n.start - 4) : n.start])
    suffix = CURRENCY.match(text, n.end)
    if suffix and (n.value >= 10 or not suffix.group().startswith("块")):
        return _quantity(AMOUNT, text, n, suffix.end())
    if not prefix and (COUNTER.match(text, n.end) or latin_after(text, n.end)):
        return None
    if prefix or n.big:
        return _quantity(AMOUNT, text, n, n.end)
    sayable = n.value >= 100 and (n.form == "zh" or n.value < 10**8)
    year = 1990 <= n.value <= 2099 and "千" not in text[n.start : n.end]
    return _quantity(AMOUNT, text, n, n.end, bare=True) if sayable and not year else None


def _percent_en(text: str, n: Numeral) -> Quantity | None:
    found = PERCENT_EN.match(text, n.end)
    return _quantity(PERCENT, text, n, found.end()) if found and not n.big else None


def _duration_en(text: str, n: Numeral) -> Quantity | None:
    found = DAYS_EN.match(text, n.end)
    return _quantity(DURATION, text, n, found.end(), _days(found)) if found and n.value < 3000 else None


def _count_en(text: str, n: Numeral) -> Quantity | None:
    found = PEOPLE_EN.match(text, n.end)
    return _quantity(COUNT, text, n, found.end()) if found else None


def _money_en(text: str, n: Numeral) -> Quantity | None:
    prefix = PREFIX.search(text[max(0, n.start - 6) : n.start])
    suffix = CURRENCY.match(text, n.end + (text[n.end : n.end + 1] == " "))
    if suffix:
        return _quantity(AMOUNT, text, n, suffix.end())
    if not prefix and (THINGS.match(text, n.end) or (n.form == "digits" and latin_after(text, n.end))):
        return None
    if prefix or n.big:
        return _quantity(AMOUNT, text, n, n.end)
    years = 1990 <= n.value <= 2099
    sure = n.value >= 1000 or (n.value >= 100 and _small_en(text, n))
    return _quantity(AMOUNT, text, n, n.end, bare=True) if sure and not years else None


_PAY_EN = re.compile(
    r"\b(?:pay|pay us|manage|find us|give us|send us|bring us|bring|promised|offered)(?: (?:about|only|just))? $"
)
_ENDS_EN = re.compile(
    r" (?:on|by|before|this|next|back|now|then|today|tomorrow|every|each|a (?:week|month))\b|[.,;]|$"
)


def _small_en(text: str, n: Numeral) -> bool:
    """She can manage 900 on Friday."""
    return bool(_PAY_EN.search(text[max(0, n.start - 22) : n.start]) and _ENDS_EN.match(text, n.end))


@cache
def _zh_half(word: str) -> float:
    return 100.0 if word in ("满负荷", "满产", "百分之百", "十成") else 50.0


def fractions(text: str, lang: str) -> list[Quantity]:
    """Shares and spans of time that hold no numeral: 一半, 半个月, two thirds, a fortnight."""
    if lang == "zh":
        return _fractions_zh(text) + _spans(text, SPAN_ZH)
    return _fractions_en(text) + _spans(text, SPAN_EN)


_SPANS = {"月": 15, "年": 182, "day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 90, "year": 365}


def _spans(text: str, words: re.Pattern[str]) -> list[Quantity]:
    found = []
    for m in words.finditer(text):
        days = _SPANS.get(m["u"], 4) * (0.5 if m.groupdict().get("half") == "half a" else 1)
        if m.group().startswith("个把"):
            days = 30 if m["u"] == "月" else 7
        found.append(Quantity(DURATION, m.start(), m.end(), days))
    return found


def _fractions_zh(text: str) -> list[Quantity]:
    found = []
    if "半" in text or "满" in text or "百分之百" in text or "十成" in text:
        for m in HALVES_ZH.finditer(text):
            rough = m.group() not in ("满负荷", "满产", "百分之百", "十成")
            found.append(Quantity(PERCENT, m.start(), m.end(), _zh_half(m.group()), approximate=rough))
    if "分之" in text:
        for m in FRACTION_ZH.finditer(text):
            below, above = (_small(m[1]), _small(m[2]))
            if below and above and above <= below:
                found.append(Quantity(PERCENT, m.start(), m.end(), round(100 * above / below, 1)))
    return found


def _small(text: str) -> float:
    n = next(chinese(text), None)
    return n.value if n and n.end == len(text) else 0.0


_TENTHS = {
    "a": 10.0,
    "one": 10.0,
    "two": 20.0,
    "three": 30.0,
    "four": 40.0,
    "five": 50.0,
    "six": 60.0,
    "seven": 70.0,
    "eight": 80.0,
    "nine": 90.0,
}
_FIFTHS = {"a": 20.0, "one": 20.0, "two": 40.0, "three": 60.0, "four": 80.0}
_NAMED = {"two": 66.7, "three": 75.0, "third": 33.3, "quarter": 25.0, "half": 50.0, "full": 100.0}


def _fractions_en(text: str) -> list[Quantity]:
    found = []
    for m in PART_EN.finditer(text):
        value = {"h": 0.5, "a": 0.25, "o": 0.25, "t": 0.75}[m.group()[0]] * SCALES[m["u"]]
        found.append(Quantity(AMOUNT, m.start(), m.end(), value))
    for m in FRACTION_EN.finditer(text):
        if found and any(q.start <= m.start() < q.end for q in found):
            continue
        named = next((v for k, v in _NAMED.items() if m[k]), None)
        value = named if named is not None else _TENTHS[m["tn"]] if m["tn"] else _FIFTHS[m["n"]]
        found.append(
            Quantity(PERCENT, m.start(), m.end(), value, approximate=rough_around(text, m.start(), m.end()))
        )
    return found


def _ranges(text: str, items: list[Quantity], lang: str) -> list[Quantity]:
    made: list[Quantity] = []
    for item in sorted(items, key=lambda q: q.start):
        joined = _join(text, made[-1], item, lang) if made else None
        if joined:
            made[-1] = joined
        else:
            made.append(item)
    return made


def _join(text: str, a: Quantity, b: Quantity, lang: str) -> Quantity | None:
    """Two ends of a range as one quantity: the middle, and both ends kept."""
    gap = text[a.end : b.start]
    if (
        b.kind not in (AMOUNT, PERCENT, COUNT, DURATION)
        or a.kind not in (b.kind, NUMBER, AMOUNT)
        or len(gap) > 12
    ):
        return None
    between = lang == "en" and BETWEEN_EN.search(text[max(0, a.start - 14) : a.start])
    if not (
        JOIN_ZH.fullmatch(gap) if lang == "zh" else JOIN_EN.match(gap) and (gap.strip() != "and" or between)
    ):
        return None
    low = _lower(a, b)
    if low is None or low >= b.value:
        return None
    return replace(
        b,
        start=a.start,
        value=round((low + b.value) / 2, 4),
        low=low,
        high=b.value,
        approximate=True,
        bare=b.bare and a.bare,
    )


def _lower(a: Quantity, b: Quantity) -> float | None:
    if a.kind == b.kind and not a.bare:
        return a.value
    if b.kind == PERCENT:
        return next((a.value * f for f in (1, 10) if 0.3 * b.value <= a.value * f < b.value), None)
    if a.value >= 0.1 * b.value:
        return a.value
    scales = (1, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 30, 7)
    return next((a.value * f for f in scales if 0.3 * b.value <= a.value * f < b.value), None)
