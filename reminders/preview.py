"""What a policy would change in the plan of the whole book, with nothing changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from records.database import Database
from reminders.plan import Change, differences
from reminders.policy import Policy

SHOWN = 20
EFFECTS = ("new", "sooner", "later", "dropped", "same_day")


@dataclass(frozen=True, slots=True)
class Move:
    """One item: on which day it was and will be (None: not planned), and why then."""

    borrower_code: str
    called: str
    kind: str
    branch: str
    effect: str
    was: date | None
    day: date | None
    why: Mapping[str, Any]


@dataclass(slots=True)
class Preview:
    """`counts` by (branch, kind, effect); `first` the first moves of a day, by borrower code.

    `anyway` counts what planning would change under the policy in force too.
    """

    version: str
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    first: list[Move] = field(default_factory=list)
    borrowers: int = 0
    anyway: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def rows(self) -> list[tuple[str, str, list[int]]]:
        """(branch, kind, how many of each of EFFECTS)."""
        keys = sorted({(branch, kind) for branch, kind, _ in self.counts})
        return [(*key, [self.counts[*key, effect] for effect in EFFECTS]) for key in keys]


async def preview(
    database: Database,
    *,
    now: datetime,
    policy: Policy,
    current: Policy,
    progress: Callable[[int], object] | None = None,
) -> Preview:
    """Compare page by page, so that a book of any size fits into memory."""
    found = Preview(policy.version)
    async for wanted, kept in differences(database, now=now, policies=(policy, current)):
        anyway = {_key(change) for change in kept} if policy != current else set()
        _take(found, [change for change in wanted if _key(change) not in anyway])
        found.anyway += sum(_key(change) in anyway for change in wanted)
        if progress:
            progress(1)
    return found


def _take(found: Preview, changes: list[Change]) -> None:
    for change in changes:
        move = _move(change)
        found.counts[move.branch, move.kind, move.effect] += 1
        if len(found.first) < SHOWN and move.effect != "same_day":
            found.first.append(move)
    found.borrowers += len({change.borrower_code for change in changes})


def _move(change: Change) -> Move:
    was = change.visit.due_on if change.visit else None
    called, why = change.borrower.called, change.values["why"]
    day = change.due_on
    return Move(change.borrower_code, called, change.kind, change.branch, _effect(was, day), was, day, why)


def _effect(was: date | None, day: date | None) -> str:
    if was is None or day is None:
        return "new" if was is None else "dropped"
    return "same_day" if was == day else "sooner" if day < was else "later"


def _key(change: Change) -> tuple[str, str, str, date | None]:
    return change.borrower_code, change.kind, change.what, change.due_on
