"""A case in words: what happened, where, what to do, and the buttons under it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from prompts.catalog import label, say
from prompts.message import Button
from records.model import Case, Loan, Staff

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
RATIOS = ("current_ratio", "debt_ratio", "interest_cover")
QUOTES = 2
LOUD = ("orange", "red")


def title(case: Case, lang: str) -> str:
    return label("rule", case.code, lang)


def what(code: str, details: Mapping[str, Any], lang: str) -> str:
    """One sentence on what the rule found."""
    values = {name: _value(value) for name, value in details.items()}
    if code == "ratio.line":
        values["names"] = {name: say(f"anomalies.what.ratio.{name}", lang) for name in RATIOS}
    return say(f"anomalies.what.{code}", lang, **values)


def action(code: str, lang: str) -> str:
    return say(f"anomalies.action.{code}", lang)


def body(case: Case, borrower: str, loan: Loan | None, lang: str, extra: Sequence[str] = ()) -> str:
    """The notice of a case: head, finding, its words, the loan, what to do."""
    head = say(
        "anomalies.notice.head",
        lang,
        icon=label("severity_icon", case.severity, lang),
        borrower=borrower,
        title=title(case, lang),
    )
    lines = [head, what(case.code, case.details, lang), *quotes(case, lang), *extra]
    if loan is not None:
        lines.append(loan_words(loan, lang))
    lines.append(say("anomalies.notice.action", lang, action=action(case.code, lang)))
    return "\n".join(lines)


def quotes(case: Case, lang: str) -> list[str]:
    """The newest report's words that say it."""
    newest = case.report_ids[-1] if case.report_ids else None
    words = [quote["text"] for quote in case.evidence if quote.get("report_id") == newest]
    return [say("anomalies.notice.quote", lang, words=text) for text in list(dict.fromkeys(words))[:QUOTES]]


def history(case: Case, what: str, closed_on: date | None, lang: str) -> list[str]:
    """How a case came to be told now: louder, again, or back after it was closed."""
    lines = []
    if what == "raised":
        lines.append(
            say("anomalies.notice.raised", lang, severity=label("severity", case.severity, lang).lower())
        )
    if case.count > 1:
        lines.append(say("anomalies.notice.again", lang, count=case.count))
    if closed_on is not None and what == "opened":
        lines.append(say("anomalies.notice.returned", lang, closed_on=closed_on))
    return lines


def due(case: Case, person: Staff) -> list[str]:
    """By when an orange one is to be answered, in the person's own time."""
    if case.due_at is None or case.severity not in LOUD:
        return []
    at = case.due_at.astimezone(ZoneInfo(person.timezone))
    return [say("anomalies.notice.due", person.language, due=at.date(), hour=f"{at:%H:%M}")]


def buttons(case: Case, person: Staff) -> tuple[tuple[Button, ...], ...]:
    """What this person may do with the case; an account manager doesn't close a loud one."""
    actions = ["acknowledge", "answer"]
    if may_close(case, person):
        actions.append("close")
    args = (str(case.id),)
    return (tuple(Button(say(f"anomalies.button.{name}", person.language), name, args) for name in actions),)


def may_close(case: Case, person: Staff) -> bool:
    if case.audience == "compliance":
        return person.role == "compliance"
    return case.severity not in LOUD or person.role in ("manager", "risk", "compliance")


def loan_words(loan: Loan, lang: str) -> str:
    return say(
        "anomalies.notice.loan",
        lang,
        product=loan.product,
        amount=loan.amount,
        balance=loan.balance,
        loan_no=loan.loan_no,
    )


def _value(value: Any) -> Any:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value
