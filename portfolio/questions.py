"""What is asked: the words of a question as an intent with its slots, by a small grammar and no model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from facts.script import language
from portfolio import lexicon as lex
from portfolio import shape
from portfolio.names import Names
from portfolio.periods import Period
from portfolio.slots import Draft, read_names, read_nearby, read_slots, tokens
from records.conditions import Filter

BEHIND_POINTS = 5.0
EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Question:
    """`borrowers` are codes that are sure; `candidates` where the words fit several; `unknown` words for nobody known.

    `conditions` names what `wanted` asks, for the heading of the answer. `field` is one of FACTS.md or of the loan
    book (balance, matures_on, …); `signal` narrows `cash_stress.signal`.
    """

    intent: str
    text: str
    lang: str = "zh"
    borrowers: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    unknown: str = ""
    wanted: Filter = EVERYTHING
    conditions: tuple[str, ...] = ()
    field: str | None = None
    signal: str | None = None
    period: Period | None = None
    days: int | None = None
    group: str | None = None
    measure: str | None = None
    severities: tuple[str, ...] = ()
    broken: bool = False

    def to_json(self) -> dict[str, Any]:
        """What was understood, only what was said."""
        plain: dict[str, Any] = {"intent": self.intent}
        for name in (
            "borrowers",
            "candidates",
            "unknown",
            "conditions",
            "field",
            "signal",
            "days",
            "group",
            "measure",
        ):
            if value := getattr(self, name):
                plain[name] = list(value) if isinstance(value, tuple) else value
        if self.period:
            plain["period"] = {
                "name": self.period.name,
                "from": str(self.period.first),
                "to": str(self.period.last),
            }
        for name in ("staff", "industry", "place", "product"):
            if value := getattr(self.wanted, name):
                plain[name] = value
        if self.wanted.risk_classes:
            plain["risk_classes"] = list(self.wanted.risk_classes)
        return plain


def understand(text: str, names: Names, lang: str, now: datetime) -> Question | None:
    """The question that `text` asks, or None where it asks nothing (a report, small talk).

    `lang` is the language to answer in; the words may be in either. `now` is in the asker's zone.
    """
    folded = shape.fold(text)
    if not folded or len(folded) > max(shape.LONGEST.values()):
        return None
    draft = Draft(folded, folded, now.date(), False, language(folded))
    read_names(draft, names)
    draft.text = draft.rest
    draft.asking = shape.asks(draft.rest)
    if not draft.asking and (shape.tells(draft.rest) or len(draft.rest) > 40 + 20 * (draft.lang == "en")):
        return None
    read_slots(draft, names)
    read_nearby(draft, names)
    found = _decide(draft)
    return replace(found, text=text, lang=lang) if found else None


def residue(text: str) -> list[str]:
    """What may be a name: the pieces of two letters or more left when all words of asking are taken out."""
    draft = Draft(text, shape.fold(text), date(2000, 1, 1), True, language(text))
    read_slots(draft, Names())
    return tokens(draft.rest)


# --- decisions ----------------------------------------------------------------------------------


def _decide(draft: Draft) -> Question | None:
    if not draft.asking and not _is_phrase(draft):
        return None
    if draft.borrowers or draft.candidates:
        return _of_borrower(draft)
    stranger = _stranger(draft)
    if stranger:
        return replace(_base(draft), intent="not_found", unknown=stranger)
    return _of_book(draft) or _of_nobody(draft)


def _stranger(draft: Draft) -> str:
    """Words that limit the question to somebody or something that the asker knows nothing of."""
    if not draft.asking or not (
        draft.conditions or draft.slots.get("measure") or draft.topics & {"cases", "promises"}
    ):
        return ""
    alone = not draft.has(ABOUT_MANY)
    for token in tokens(draft.rest):
        owns = re.search(re.escape(token) + r"(?:经理)?(?:的|名下|手[上里]|负责|管|行业|'s\b)", draft.text)
        of = re.search(r"\b(?:by|of|in|at|for) " + re.escape(token), draft.text)
        if (alone or owns or of) and not SMALL_TALK.search(token):
            return token
    return ""


ABOUT_MANY = r"谁|哪|客户|企业|借款人|名单|户|项目|我|一共|总共|全部|所有|\b(?:who|which|any|all|our|my|we|list|borrowers|clients|customers|projects|loans|how many|total)\b"


def _is_phrase(draft: Draft) -> bool:
    """No question by its form, but nothing other than one: 「华兴机械」, 「逾期客户」, 「我的本周安排」."""
    if tokens(draft.rest) or re.search(r"[,。;!\d]", draft.text):
        return False
    if draft.borrowers or draft.candidates:
        return not draft.conditions and not {"done", "agenda", "promises", "papers"} & draft.topics
    listed = bool(draft.conditions or draft.slots.get("risk_classes") or draft.slots.get("staff"))
    if draft.slots.get("group") or (
        "agenda" in draft.topics and not draft.conditions and PHRASE_AGENDA.search(draft.text)
    ):
        return True
    return (listed and PHRASE_PEOPLE.search(draft.text) is not None) or (
        bool({"cases", "promises", "papers"} & draft.topics) and PHRASE_WHOSE.search(draft.text) is not None
    )


PHRASE_AGENDA = re.compile(
    r"安排|日程|行程|待办|\b(?:agenda|schedule|my (?:week|day|visits|tasks))\b", re.IGNORECASE
)
PHRASE_PEOPLE = re.compile(
    r"(?:客户|名单|清单|列表|借款人|企业|户|的)$|余额$|\b(?:borrowers|clients|customers|list|projects|visits|loans)$",
    re.IGNORECASE,
)
PHRASE_WHOSE = re.compile(
    r"我的|名单|清单|列表|未结|待处理|未处理|本周|这周|今天|\b(?:open|my|broken|due|red)\b", re.IGNORECASE
)
FIELD_OF: Mapping[str, str] = {
    "tight": "cash_stress.level", "severe": "cash_stress.level", "comfortable": "cash_stress.level",
    "behind": "progress.percent", "ahead": "progress.percent", "on_schedule": "progress.percent",
    "suspended": "progress.status", "completed": "progress.status", "loan_overdue": "overdue_days",
    "maturing": "matures_on", "not_visited": "last_visit", "never_visited": "last_visit",
    "overdue_visits": "visits", "collateral_trouble": "collateral.status", "misuse": "fund_usage",
    "unreachable": "last_visit",
} | dict.fromkeys(lex.SIGNALS, "cash_stress.signal")  # fmt: skip
CHECKED = (
    ("papers", "papers"), ("compare", "compare"), ("cases", "cases"), ("promises", "promises"),
)  # fmt: skip


def _of_borrower(draft: Draft) -> Question | None:
    base = _base(draft)
    told = draft.conditions
    name = told[0] if told else ""
    signal = name if name in lex.SIGNALS else None
    if draft.candidates and not draft.borrowers:
        return replace(base, intent="which")
    if _since_asked(draft, name, signal):
        return replace(base, intent="since", field=FIELD_OF[name], signal=signal)
    for topic, intent in CHECKED:
        if topic in draft.topics and not (topic == "compare" and name):
            return replace(base, intent=intent)
    if "last" in draft.topics or name in ("not_visited", "never_visited"):
        return replace(base, intent="last_visit")
    if name:
        return replace(base, intent="fact", field=FIELD_OF[name], signal=signal)
    return _field_or_status(draft, base)


def _since_asked(draft: Draft, name: str, signal: str | None) -> bool:
    """Of a sign of stress "how long" is a fact that the report may state; "since when" asks the records."""
    if "since" not in draft.topics or not name or FIELD_OF[name] == "last_visit":
        return False
    return signal is None or draft.has(START)


def _field_or_status(draft: Draft, base: Question) -> Question | None:
    if field_name := draft.slots.get("field") or draft.slots.get("measure"):
        return replace(base, intent="fact", field="balance" if field_name == "count" else field_name)
    if "agenda" in draft.topics and "period" not in draft.slots and "status" not in draft.topics:
        return replace(base, intent="fact", field="next_contact")
    if "done" in draft.topics:
        return replace(base, intent="last_visit")
    return replace(base, intent="status")


def _of_book(draft: Draft) -> Question | None:
    base = _base(draft)
    measure = draft.slots.get("measure")
    if draft.slots.get("group"):
        return replace(base, intent="groups", measure=measure or "count")
    for test, intent in INTENTS:
        if test(draft):
            return replace(base, intent=intent)
    limited = base.wanted != Filter() or base.conditions
    listed = limited and draft.has(LISTED) and not draft.has(COUNTED)
    if (
        measure
        and not listed
        and (limited or draft.has(r"一共|总共|合计|共|全部|总|我|咱|how many|how much|total|our|my|all"))
    ):
        return replace(base, intent="sums", measure=measure)
    if limited and (draft.asking or PHRASE_PEOPLE.search(draft.text)):
        return replace(base, intent="list")
    return None


def _visits_asked(draft: Draft) -> bool:
    return "not_visited" in draft.conditions and draft.slots.get("days") is None


FLAG_WORDS = r"预警|警报|旗|警示|案件|案子|\b(?:flags?|cases?|alerts?|warnings?)\b"
LISTED = r"哪些|哪几|哪个|哪家|谁|\b(?:which|who|list)\b"
COUNTED = r"多少|(?<!哪)几|一共|总共|合计|\b(?:how|total|sum)\b"
START = r"什么时候|啥时候|何时|哪天|几时|since when|when did"


def _agenda_asked(draft: Draft) -> bool:
    if draft.conditions and draft.conditions != ["maturing"]:
        return False
    return "agenda" in draft.topics and (
        "period" in draft.slots or draft.has(r"我|安排|日程|行程|待办|\bi\b|\bwe\b|\bmy\b|visits")
    )


INTENTS: Sequence[tuple[Callable[[Draft], bool], str]] = (
    (lambda d: "papers" in d.topics, "papers"),
    (lambda d: "promises" in d.topics, "promises"),
    (lambda d: "overdue_visits" in d.conditions, "overdue_visits"),
    (_visits_asked, "not_visited"),
    (lambda d: "cases" in d.topics and (not d.conditions or d.has(FLAG_WORDS)), "cases"),
    (lambda d: "done" in d.topics and not d.conditions and d.slots.get("period") is not None, "reports"),
    (_agenda_asked, "agenda"),
)


def _of_nobody(draft: Draft) -> Question | None:
    """A question on one borrower that names none we know: an unknown name, or a follow-up to the last answer."""
    if not draft.asking:
        return None
    base = _base(draft)
    left = [token for token in tokens(draft.rest) if not SMALL_TALK.search(token)]
    topical = (
        draft.slots.get("field") or {"status", "last", "compare", "since"} & draft.topics or draft.conditions
    )
    if SMALL_TALK.search(draft.text) or not topical:
        return None
    if left:
        return replace(base, intent="not_found", unknown=left[0])
    if draft.slots.get("field") or draft.topics & {"last", "compare"}:
        return _of_borrower(draft)
    return None


SMALL_TALK = re.compile(
    r"天气|你好|您好|吃饭|吃了|心情|身体|几点|新闻|股市|大盘|电影|名字|你是谁|你叫|你能|你会|谢谢|密码|系统|机器人|觉得|经济|市场|行情|利率|政策|路况|堵车|怎么用|功能|帮助|这个词|意思|\b(?:weather|joke|news|your name|are you|how are|thanks?|password|system|bot|time is|things|life|you|everything|today's|market|economy|interest rates?)\b",
    re.IGNORECASE,
)


# --- conditions to a filter ---------------------------------------------------------------------


def _base(draft: Draft) -> Question:
    slots = draft.slots
    return Question(
        "", draft.text,
        borrowers=draft.borrowers,
        candidates=draft.candidates,
        wanted=_filter(draft),
        conditions=tuple(draft.conditions),
        period=slots.get("period"),
        days=slots.get("days"),
        group=slots.get("group"),
        measure=slots.get("measure"),
        severities=slots.get("severities", ()),
        broken="broken" in draft.topics,
    )  # fmt: skip


def _filter(draft: Draft) -> Filter:
    names = (
        "staff",
        "industry",
        "place",
        "product",
        "balance_over",
        "balance_under",
        "percent_over",
        "percent_under",
        "capacity_over",
        "capacity_under",
    )
    values: dict[str, Any] = {name: draft.slots[name] for name in names if draft.slots.get(name) is not None}
    if draft.slots.get("risk_classes"):
        values["risk_classes"] = draft.slots["risk_classes"]
    for name in draft.conditions:
        values |= _condition(name, draft)
    signals = tuple(name for name in draft.conditions if name in lex.SIGNALS)
    return Filter(**(values | ({"signals": signals} if signals else {})))


def _condition(name: str, draft: Draft) -> dict[str, Any]:
    days = draft.slots.get("days")
    period = draft.slots.get("period")
    if name in STATIC:
        return STATIC[name]
    if name in lex.STATUSES:
        return {"statuses": (name,)}
    if name == "behind":
        return {"behind_points": draft.slots.get("points", BEHIND_POINTS), "order": "behind"}
    if name == "loan_overdue":
        return {"overdue_over": days or 0, "order": "overdue"}
    if name == "maturing":
        first, last = (
            (period.first, period.last) if period else (draft.today, draft.today + timedelta(days or 30))
        )
        return {"matures": (first, last), "order": "matures"}
    if name == "not_visited" and days:
        return {"not_since": draft.today - timedelta(days), "order": "visited"}
    return {}


STATIC: Mapping[str, dict[str, Any]] = {
    "tight": {"levels": ("mild", "severe"), "order": "level"},
    "severe": {"levels": ("severe",), "order": "level"},
    "comfortable": {"levels": ("none",), "order": "balance"},
    "never_visited": {"never_visited": True},
    "collateral_trouble": {"collateral": ("damaged", "missing", "transferred", "seized")},
    "misuse": {"case_codes": ("use.",)},
    "unreachable": {"case_codes": ("contact.unreachable",)},
}
