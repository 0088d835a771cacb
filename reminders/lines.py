"""Lines that the digests share: what is late, flagged, promised, not handed in; and who has how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from prompts.catalog import label, say
from records.model import Borrower, Case, Promise, Staff, Visit
from records.statements import Paper

LINES = 10


@dataclass(frozen=True)
class Names:
    """Who the lines speak of, in whose language and on whose day."""

    lang: str
    day: date
    people: Mapping[str, Staff] = field(default_factory=dict)
    borrowers: Mapping[str, Borrower] = field(default_factory=dict)

    def person(self, staff_code: str) -> str:
        found = self.people.get(staff_code)
        return found.name if found else staff_code

    def borrower(self, code: str) -> str:
        found = self.borrowers.get(code)
        return found.called if found else code

    def say(self, key: str, **values: object) -> str:
        return say(f"digests.{key}", self.lang, **values)

    def joined(self, words: Sequence[str]) -> str:
        return (", " if self.lang == "en" else "、").join(words)


def block(name: str, lines: Sequence[str], names: Names) -> list[str]:
    """A heading with the count, and the first lines."""
    if not lines:
        return []
    more = [names.say("more", count=len(lines) - LINES)] if len(lines) > LINES else []
    return [names.say(f"head.{name}", count=len(lines)), *lines[:LINES], *more]


def late_line(visit: Visit, names: Names) -> str:
    return names.say(
        "late",
        name=names.borrower(visit.borrower_code),
        kind=label("visit_kind", visit.kind, names.lang),
        who=names.person(visit.staff_code),
        late=(names.day - visit.due_on).days,
        moved=visit.moved_times,
    )


def flag_line(case: Case, names: Names) -> str:
    borrower = names.borrowers.get(case.borrower_code)
    return names.say(
        "flag",
        icon=label("severity_icon", case.severity, names.lang),
        name=names.borrower(case.borrower_code),
        rule=label("rule", case.code, names.lang),
        who=names.person(borrower.account_manager) if borrower else "",
        on=case.opened_at.date(),
    )


def promise_line(promise: Promise, names: Names) -> str:
    return names.say(
        "promise",
        name=names.borrower(promise.borrower_code),
        what=say(f"reminders.promised.{promise.kind}", names.lang),
        day=promise.due_on,
        amount=promise.amount,
    )


def paper_line(paper: Paper, names: Names) -> str:
    late = (names.day - paper.due_on).days
    return names.say("paper", name=paper.called, who=paper.owner_name, end=paper.period_end, late=late)


def load_words(loads: Mapping[str, int], names: Names) -> str:
    """Whose how much, the most first."""
    ordered = sorted(loads.items(), key=lambda pair: (-pair[1], pair[0]))
    return names.joined([names.say("load", who=names.person(code), count=count) for code, count in ordered])
