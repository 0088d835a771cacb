"""What every answer is made from: who asks what, when, and what is put together for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from portfolio import questions
from portfolio.names import Names, borrower, person
from portfolio.questions import Question
from portfolio.shape import fold
from prompts import catalog
from prompts.message import Button
from records import named, scope
from records.database import Tx
from records.model import Staff


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of one person on one day of theirs; lists show `limit` lines from `offset`."""

    tx: Tx
    viewer: Staff
    now: datetime
    question: Question
    limit: int = 10
    offset: int = 0

    @property
    def on(self) -> date:
        return local_day(self.viewer, self.now)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.viewer.timezone)

    @property
    def lang(self) -> str:
        return self.question.lang

    def say(self, key: str, **values: Any) -> str:
        return catalog.say(f"portfolio.{key}", self.lang, **values)

    def label(self, kind: str, code: str) -> str:
        return catalog.label(kind, code, self.lang)


@dataclass(slots=True)
class Reply:
    """An answer in the making: `sources` are (report id, borrower's name, day), the first named first."""

    lines: list[str] = field(default_factory=list)
    borrowers: list[str] = field(default_factory=list)
    numbers: dict[str, Any] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    sources: dict[int, tuple[str, date | None]] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)
    total: int = 0
    shown: int = 0

    def source(self, report_id: Any, called: str, on: date | None) -> None:
        if report_id is not None:
            self.sources.setdefault(int(report_id), (called, on))


def local_day(staff: Staff, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(staff.timezone)).date()


async def names_for(tx: Tx, viewer: Staff, on: date, text: str) -> Names:
    """All that this person's question may name; nothing outside their scope."""
    parts = questions.residue(text)
    people = await scope.visible_staff(tx, viewer, on)
    found = await named.borrower_names(tx, viewer, on, fold(text), parts)
    return Names(
        borrowers=tuple(borrower(*row) for row in found),
        staff=tuple(person(one.staff_code, one.name) for one in people),
        industries=tuple(await named.industries(tx, viewer, on)),
        places=tuple(await named.places(tx, viewer, on, parts)),
    )
