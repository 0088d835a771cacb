"""Mending a card by talking: 「不对,是三百二十万」, "progress is 70%", 「第二笔删掉」, put on the fact it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from facts.cues import ADD, DELETE, FIELD_CUES, MENDING, ORDINALS, SIGNAL_CUES
from facts.grammar import page_of, read
from facts.model import Fact
from facts.page import Page, number
from facts.polarity import denied, over
from facts.purposes import purpose
from facts.quantities import Quantity
from facts.signals import spans
from facts.stress import SEVERE

LONGEST = {"zh": 60, "en": 140}
AMOUNT_FIELDS = (
    "fund_usage",
    "unused_funds.amount",
    "repayment.promise_amount",
    "repayment.paid_amount",
    "collateral.value",
)
PERCENT_FIELDS = (
    "progress.percent",
    "operations.capacity_percent",
    "operations.orders_change_percent",
    "operations.revenue_change_percent",
)
DATE_FIELDS = ("repayment.promise_date", "next_contact", "contact.on")
KINDS = {"amount": AMOUNT_FIELDS, "percent": PERCENT_FIELDS, "count": ("operations.headcount",), "duration": ("progress.delay_days",), "date": DATE_FIELDS, "number": ("operations.headcount", *PERCENT_FIELDS)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """`before` None: added; `after` None: dropped."""

    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True)
class Mend:
    """The card's facts as mended. With `ambiguous` nothing is changed: one of these is meant, and a person must say which."""

    facts: tuple[Fact, ...]
    changes: tuple[Change, ...] = ()
    ambiguous: tuple[Fact, ...] = ()


def mend(facts: Sequence[Fact], utterance: str, reported_on: date, lang: str | None = None) -> Mend | None:
    """What the utterance mends of the card, or None where it is no mending (a new report, small talk)."""
    page = page_of(utterance, reported_on, lang)
    if not page.text.strip() or len(page.text) > LONGEST[page.lang]:
        return None
    for step in (_delete, _deny, _stated, _valued, _renamed):
        found = step(tuple(facts), page)
        if found:
            return _levelled(found) if found.changes else found
    return None


def _cue(page: Page) -> bool:
    return bool(MENDING[page.lang].search(page.text))


def _delete(facts: tuple[Fact, ...], page: Page) -> Mend | None:
    if not DELETE[page.lang].search(page.text):
        return None
    meant = _meant(facts, page)
    if not meant:
        return None
    if len(meant) > 1 and not re.search(r"都|全|all|both", page.text):
        return Mend(facts, ambiguous=tuple(meant))
    return _changed(facts, [Change(f, None) for f in meant])


def _meant(facts: tuple[Fact, ...], page: Page) -> list[Fact]:
    """The facts an utterance points at: by ordinal, amount, signal, purpose or the name of their field."""
    uses = [f for f in facts if f.field == "fund_usage"]
    place = _ordinal(page)
    if place is not None and uses:
        return [uses[place]] if -len(uses) <= place < len(uses) else []
    amounts = [q.value for q in page.of("amount")]
    exact = [f for f in facts if _sum(f) is not None and any(_near(_sum(f), a) for a in amounts)]
    if exact:
        return exact
    signals = [f for f in facts if f.field == "cash_stress.signal" and _names_signal(page, str(f.value))]
    if signals:
        return signals
    named = [n for n, words in FIELD_CUES[page.lang].items() if words.search(page.text)]
    spent = purpose(page.text, page.lang) if "fund_usage" in named or not named else None
    by_purpose = [f for f in uses if spent and _purpose(f) == spent[0]]
    return by_purpose or [f for f in facts if f.field in named]


def _ordinal(page: Page) -> int | None:
    return next((n for n, words in ORDINALS[page.lang] if words.search(page.text)), None)


def _names_signal(page: Page, signal: str) -> bool:
    return bool(spans(page.sk, page.lang, signal) or SIGNAL_CUES[page.lang][signal].search(page.text))


def _deny(facts: tuple[Fact, ...], page: Page) -> Mend | None:
    """工资没欠: the signal goes."""
    gone = []
    for fact in facts:
        if fact.field != "cash_stress.signal":
            continue
        said = spans(page.sk, page.lang, str(fact.value))
        untrue = [s for s in said if denied(page, *s) or over(page, *s)]
        cue = SIGNAL_CUES[page.lang][str(fact.value)].search(page.text)
        if (said and len(untrue) == len(said)) or (cue and not said and _plainly_denied(page)):
            gone.append(fact)
    return _changed(facts, [Change(f, None) for f in gone]) if gone else None


_DENIAL = {
    "zh": re.compile(
        r"没有?(?:欠|拖|停|这|的|被|少|跌|降|积压|冻|借|卖|跑|逾期|发生|问题)|没欠|没拖|没停|不欠|未欠|不是|没这回事|没有$|正常发|都发了|按时|已经?(?:结清|还清|解冻|发了)|没有的事"
    ),
    "en": re.compile(
        r"\b(?:not|no|isn't|aren't|wasn't|weren't|never|hasn't|haven't|didn't|don't|doesn't|none|nothing|paid up|up to date|settled|wrong)\b"
    ),
}


def _plainly_denied(page: Page) -> bool:
    return bool(_DENIAL[page.lang].search(page.text))


def _stated(facts: tuple[Fact, ...], page: Page) -> Mend | None:
    """The utterance states a fact by itself: 进度七成, 那100万是付的设备款."""
    reading = read(page.script.raw, page.today, page.lang)
    changes: list[Change] = []
    for new in reading.facts:
        if new.field in ("cash_stress.level",) and any(
            f.field == "cash_stress.signal" for f in reading.facts
        ):
            continue
        if new.field == "fund_usage":
            change, candidates = _use(facts, new)
            if candidates:
                return Mend(facts, ambiguous=candidates)
        else:
            change = _single(facts, new)
        if change and _wanted(change, page):
            changes.append(change)
    return _changed(facts, changes) if changes else None


def _wanted(change: Change, page: Page) -> bool:
    """A fact that isn't on the card yet is added only where the words ask for it."""
    if change.before is not None:
        return True
    short = len(page.text) <= (24 if page.lang == "zh" else 70)
    return bool(short or _cue(page) or ADD[page.lang].search(page.text)) and not (
        change.after and change.after.field.startswith("contact.")
    )


def _single(facts: tuple[Fact, ...], new: Fact) -> Change | None:
    if new.field == "cash_stress.signal":
        return (
            None if any(f.field == new.field and f.value == new.value for f in facts) else Change(None, new)
        )
    old = next((f for f in facts if f.field == new.field), None)
    if old and old.value == new.value:
        return None
    return Change(old, new)


def _use(facts: tuple[Fact, ...], new: Fact) -> tuple[Change | None, tuple[Fact, ...]]:
    """Same sum: another purpose. Same purpose: another sum. Two that fit are nobody's guess."""
    uses = [f for f in facts if f.field == "fund_usage"]
    same_sum = [f for f in uses if _sum(new) is not None and _near(_sum(f), _sum(new))]
    same_purpose = [f for f in uses if _purpose(f) == _purpose(new)]
    if any(f in same_purpose for f in same_sum):
        return None, ()
    fits = same_sum or same_purpose
    if len(fits) > 1:
        return None, tuple(fits)
    if fits and _sum(new) is None:
        return None, ()
    return Change(fits[0] if fits else None, new), ()


def _valued(facts: tuple[Fact, ...], page: Page) -> Mend | None:
    """A bare value: what it is of is named beside it, or only one fact on the card can be meant."""
    values = [(q.kind, q) for q in page.items] + [("date", d) for d in page.days if d.value]
    if not values:
        return None
    if page.lang == "zh" and len(values) > 1 and (pair := _old_and_new(facts, page)):
        return pair
    kind, value = values[-1]
    fields = KINDS.get(kind, ())
    named = [n for n, words in FIELD_CUES[page.lang].items() if n in fields and words.search(page.text)]
    if kind in ("amount", "number") and (not named or named == ["fund_usage"]):
        found = _ordinal_sum(facts, page, value) if isinstance(value, Quantity) else None
        if found:
            return found
    fits = [f for f in facts if f.field in (named or fields)]
    if named and not fits and not (isinstance(value, Quantity) and value.bare):
        return _add(facts, page, named, value)
    if not (_cue(page) or named) or not fits:
        return None
    narrowed = _by_purpose(fits, page) or fits
    if len(narrowed) > 1:
        return Mend(facts, ambiguous=tuple(narrowed))
    return _set(facts, page, narrowed[0], value)


def _old_and_new(facts: tuple[Fact, ...], page: Page) -> Mend | None:
    """不是三百万，是三百二十万: the old value says which fact is meant."""
    sums = page.of("amount")
    if len(sums) != 2:
        return None
    for old, new in ((sums[0], sums[1]), (sums[1], sums[0])):
        fits = [f for f in facts if _near(_sum(f), old.value)]
        if len(fits) == 1 and not any(_near(_sum(f), new.value) for f in facts):
            return _set(facts, page, fits[0], new)
    return None


def _ordinal_sum(facts: tuple[Fact, ...], page: Page, value: Quantity) -> Mend | None:
    place = _ordinal(page)
    uses = [f for f in facts if f.field == "fund_usage"]
    if place is None or not -len(uses) <= place < len(uses):
        return None
    return _set(facts, page, uses[place], value)


def _by_purpose(fits: list[Fact], page: Page) -> list[Fact]:
    spent = purpose(page.text, page.lang)
    return [f for f in fits if spent and f.field == "fund_usage" and _purpose(f) == spent[0]]


def _add(facts: tuple[Fact, ...], page: Page, named: list[str], value: object) -> Mend | None:
    if len(named) != 1 or named[0] == "fund_usage":
        return None
    made = _with(Fact(named[0], 0), page, value)
    return _changed(facts, [Change(None, made)])


def _set(facts: tuple[Fact, ...], page: Page, old: Fact, value: object) -> Mend | None:
    new = _with(old, page, value)
    return _changed(facts, [Change(old, new)]) if new.value != old.value else None


def _with(old: Fact, page: Page, value: object) -> Fact:
    if not isinstance(value, Quantity):
        day = value
        return page.fact(old.field, day.value.isoformat(), day.start, day.end)  # type: ignore[attr-defined]
    new = page.fact(old.field, _signed(old, page, value), value.start, value.end, value)
    if old.field == "fund_usage":
        return replace(new, value={"amount": number(value.value), "purpose": _purpose(old)})
    return new


def _signed(old: Fact, page: Page, value: Quantity) -> int | float:
    """A change of orders keeps its direction unless the words turn it."""
    falls = isinstance(old.value, int | float) and old.value < 0
    if old.field.endswith("change_percent"):
        if re.search(r"涨|增|多|升|\bup\b|\bmore\b|rose|grew", page.text):
            falls = False
        elif re.search(r"少|降|跌|减|下滑|\bdown\b|\bless\b|fell", page.text):
            falls = True
        return number(-value.value if falls else value.value)
    return number(value.value)


def _renamed(facts: tuple[Fact, ...], page: Page) -> Mend | None:
    """Only a purpose: 第二笔是买原料, 那100万是付设备款."""
    uses = [f for f in facts if f.field == "fund_usage"]
    spent = purpose(page.text, page.lang)
    if not uses or not spent or not _cue(page):
        return None
    place = _ordinal(page)
    sums = [q.value for q in page.of("amount")]
    fits = [f for f in uses if any(_near(_sum(f), s) for s in sums)]
    if place is not None and -len(uses) <= place < len(uses):
        fits = [uses[place]]
    fits = fits or (uses if not sums else [])
    if len(fits) > 1:
        return Mend(facts, ambiguous=tuple(fits))
    if not fits or _purpose(fits[0]) == spent[0]:
        return None
    said = page.evidence(spent[1], spent[2])
    new = replace(fits[0], value={"amount": _sum(fits[0]), "purpose": spent[0]}, evidence=said)
    return _changed(facts, [Change(fits[0], new)])


def _changed(facts: tuple[Fact, ...], changes: Sequence[Change]) -> Mend:
    kept = list(facts)
    for change in changes:
        if change.before is None:
            kept += [change.after] if change.after else []
            continue
        at = next(n for n, f in enumerate(kept) if f is change.before)
        kept[at : at + 1] = [change.after] if change.after else []
    return Mend(tuple(kept), tuple(changes))


def _levelled(made: Mend) -> Mend:
    """The level follows the signals that are left, where signals were changed."""
    touched = any(f and f.field == "cash_stress.signal" for c in made.changes for f in (c.before, c.after))
    if not touched or any(c.after and c.after.field == "cash_stress.level" for c in made.changes):
        return made
    signals = [f for f in made.facts if f.field == "cash_stress.signal"]
    old = next((f for f in made.facts if f.field == "cash_stress.level"), None)
    level = "severe" if any(f.value in SEVERE for f in signals) else "mild" if signals else None
    if (old.value if old else None) == level:
        return made
    new = Fact("cash_stress.level", level, signals[0].evidence) if level else None
    changed = _changed(made.facts, [Change(old, new)])
    return Mend(changed.facts, (*made.changes, *changed.changes))


def _sum(fact: Fact) -> float | int | None:
    if fact.field not in AMOUNT_FIELDS:
        return None
    value = fact.value.get("amount") if isinstance(fact.value, dict) else fact.value
    return value if isinstance(value, int | float) else None


def _purpose(fact: Fact) -> str:
    return str(fact.value["purpose"]) if isinstance(fact.value, dict) else ""


def _near(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(a - b) <= 0.005 * abs(b)
