"""Items of the plan as messages: one alone with its pack, several as a list, each with its buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from prompts.catalog import label, say
from prompts.message import Button, Message
from records.model import Borrower, Promise, Visit
from reminders.pack import Pack, stated

ICONS = {"first_check": "🔎", "visit": "🏭", "callback": "📞", "special": "🚨", "maturity": "📆"}
LISTED = 12  # items in one message; /visits has the rest
A_ROW = 6
WHY = ("disbursed_on", "days", "since", "matures_on", "said_on", "next", "drawn_on", "amount", "promised")
SHOWN = (
    "progress.percent",
    "progress.status",
    "cash_stress.level",
    "operations.headcount",
    "collateral.status",
)


def why_words(visit: Visit, lang: str) -> str:
    """Why that day, in a few words (HTML)."""
    words = reason(visit.why, lang)
    if visit.moved_times:
        words += say("reminders.why_moved", lang, times=visit.moved_times)
    if visit.why.get("tries"):
        words += say("reminders.why_tried", lang, times=visit.why["tries"])
    return words


def reason(why: Mapping[str, Any], lang: str) -> str:
    """The rule that set a day, with its figures (HTML)."""
    values: dict[str, Any] = dict.fromkeys(WHY) | {key: _dated(value) for key, value in why.items()}
    class_ = label("risk_class", str(why.get("risk_class", "normal")), lang)
    values["class_"] = class_
    values["flag"] = label("rule", str(why.get("flag", "")), lang)
    values["rule"] = say(f"reminders.rule.{why.get('by', 'class')}", lang, class_=class_)
    values["what"] = say(f"reminders.promised.{why.get('what', 'pay')}", lang)
    return say(f"reminders.why.{why.get('code', 'plan')}", lang, **values)


def _dated(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    except ValueError:
        return value


def item_line(
    visit: Visit, borrower: Borrower, today: date, lang: str, number: int | None = None, who: str = ""
) -> str:
    """One line with what, when and how late, and one with why."""
    return say(
        "reminders.item",
        lang,
        number=number,
        icon=ICONS.get(visit.kind, "•"),
        kind=label("visit_kind", visit.kind, lang),
        name=borrower.called,
        who=who,
        day=visit.due_on,
        late=max((today - visit.due_on).days, 0),
        today=visit.due_on == today,
        why=why_words(visit, lang),
    )


def buttons(visit: Visit, lang: str) -> tuple[tuple[Button, ...], ...]:
    """All that can be done with an item; one tap is enough to have its plain effect."""
    rows = (("report", "on_way"), ("later", "move"), ("unreachable", "hand", "not_needed"))
    return tuple(tuple(button(action, visit, lang) for action in row) for row in rows)


def button(action: str, visit: Visit, lang: str, *more: str) -> Button:
    return Button(say(f"reminders.button.{action}", lang), action, (str(visit.id), *more))


def short_buttons(visit: Visit, number: int, lang: str) -> tuple[Button, ...]:
    """An item's row under a list: report, later, unreachable, move, and everything else."""
    args = (str(visit.id),)
    return (
        Button(say("reminders.short.report", lang, number=number), "report", args),
        *(
            Button(say(f"reminders.short.{name}", lang), name, args)
            for name in ("later", "unreachable", "move")
        ),
        Button(say("reminders.short.visit", lang), "visit", args),
    )


def one(pack: Pack, today: date, lang: str, *, to: str = "", key: str | None = None) -> Message:
    """An item with its whole pack."""
    text = "\n".join((item_line(pack.visit, pack.known.borrower, today, lang), pack_words(pack, today, lang)))
    rows = promise_rows(pack.promises, today, lang) + buttons(pack.visit, lang)
    return Message(text, rows, to=to, key=key, about=f"visit:{pack.visit.id}")


def several(
    items: Sequence[tuple[Visit, Borrower]],
    today: date,
    lang: str,
    *,
    to: str = "",
    key: str | None = None,
    head: str = "reminders.list_head",
) -> Message:
    """A list, the latest first, each item with its own row of buttons."""
    shown = items[:LISTED]
    lines = [item_line(visit, borrower, today, lang, n) for n, (visit, borrower) in enumerate(shown, 1)]
    late = sum(1 for visit, _ in items if visit.due_on < today)
    first = say(head, lang, count=len(items), late=late)
    tail = [say("reminders.list_more", lang, count=len(items) - LISTED)] if len(items) > LISTED else []
    rows = tuple(short_buttons(visit, n, lang) for n, (visit, _) in enumerate(shown, 1))
    return Message("\n".join((first, *lines, *tail)), rows, to=to, key=key, about=f"visits:{today}")


def listed(
    items: Sequence[tuple[Visit, Borrower]],
    today: date,
    lang: str,
    head: str,
    *,
    at: int = 0,
    whose: Mapping[str, str],
) -> Message:
    """A page of a list from item `at` on, each opened by its number; `whose` names the staff who aren't the reader."""
    shown = list(enumerate(items[at : at + LISTED], at + 1))
    late = sum(1 for visit, _ in items if visit.due_on < today)
    lines = [
        item_line(visit, borrower, today, lang, n, whose.get(visit.staff_code, ""))
        for n, (visit, borrower) in shown
    ]
    keys = [Button(str(n), "visit", (str(visit.id),)) for n, (visit, _) in shown]
    rows = tuple(tuple(keys[start : start + A_ROW]) for start in range(0, len(keys), A_ROW))
    return Message(
        "\n".join((say(head, lang, count=len(items), late=late), *lines)), rows, about=f"visits:{today}"
    )


def pack_words(pack: Pack, today: date, lang: str) -> str:
    known = pack.known
    facts = [
        say("reminders.fact", lang, field=label("field", name, lang), value=_value(name, value, lang))
        for name in SHOWN
        if (value := stated(known, name)) is not None
    ]
    loud = ("red", "orange", "yellow")
    flags = sorted(
        (one for one in known.cases if one.severity in loud), key=lambda one: loud.index(one.severity)
    )
    return say(
        "reminders.pack",
        lang,
        borrower=known.borrower,
        loans=known.loans,
        products={loan.loan_no: label("product", loan.product, lang) for loan in known.loans},
        purposes={loan.loan_no: _purposes(loan, lang) for loan in known.loans},
        facts=facts,
        standing=known.standing,
        flags=[
            f"{label('severity_icon', case.severity, lang)} {label('rule', case.code, lang)}"
            for case in flags
        ],
        promises=[promise_words(one, lang) for one in pack.promises],
        papers=pack.papers,
        questions=[question_words(question.code, question.values, lang) for question in pack.questions],
        map_url=pack.map_url,
        today=today,
    )


def _purposes(loan: Any, lang: str) -> str:
    codes = [label("purpose", code, lang) for code in loan.purposes]
    return loan.purpose or (", " if lang == "en" else "、").join(codes)


def question_words(code: str, values: Any, lang: str) -> str:
    words = dict(values)
    if "signal" in words:
        words["signal"] = label("signal", words["signal"], lang)
    if code == "flag":
        words["code"] = label("rule", words["code"], lang)
    if code.startswith("promise."):
        return say(f"promises.ask.{code.removeprefix('promise.')}", lang, **words)
    return say(f"reminders.ask.{code}", lang, **words)


def promise_words(promise: Promise, lang: str) -> str:
    """What was promised, how much, by when (HTML)."""
    values = {"kind": promise.kind, "amount": promise.amount, "day": promise.due_on}
    return say("promises.pack", lang, broken=promise.state == "broken", **values)


def promise_rows(promises: Sequence[Promise], today: date, lang: str) -> tuple[tuple[Button, ...], ...]:
    """What became of a promise whose day has come: a row each, for the first two."""
    due = [one for one in promises if one.state == "open" and one.due_on and one.due_on <= today]
    return tuple(
        tuple(
            Button(say(f"promises.{what}", lang), f"promise_{what}", (str(one.id),))
            for what in ("kept", "broken", "void")
        )
        for one in due[:2]
    )


def _value(name: str, value: Any, lang: str) -> str:
    kind = {"progress.status": "status", "cash_stress.level": "level", "collateral.status": "collateral"}.get(
        name
    )
    if kind:
        return label(kind, str(value), lang)
    return f"{value}%" if name.endswith("percent") else str(value)
