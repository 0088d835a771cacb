"""Who carries how much, and what could be moved so that nobody has too much to do."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot
from typing import Any

from prompts.catalog import say
from records import delegations, workload
from records.database import Tx
from records.model import Staff
from records.workload import Carried, Movable

WIDTH = 10  # characters of the longest bar
TOO_MUCH = 1.25  # times the average of the branch
LEAST = 3  # items above the average, below which nothing is suggested
SUGGESTED, BORROWERS = 3, 5
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """These borrowers could go from one to the other; `items` are what they have due."""

    giver: str
    taker: str
    borrowers: tuple[Movable, ...]

    @property
    def items(self) -> int:
        return sum(one.items for one in self.borrowers)


@dataclass(frozen=True, slots=True)
class Balance:
    """The heaviest load first."""

    people: Mapping[str, Staff]
    loads: tuple[Carried, ...]
    suggestions: tuple[Suggestion, ...]
    until: date


async def balance(tx: Tx, crew: Sequence[Staff], today: date) -> Balance:
    """The loads of the account managers among `crew` up to the end of this month."""
    mine = {one.staff_code: one for one in crew if one.role == "account_manager"}
    until = today.replace(day=monthrange(today.year, today.month)[1])
    loads = await workload.carried(tx, list(mine), today, until)
    free = await workload.movable(tx, list(mine), today, until)
    centres = await workload.centres(tx, list(mine))
    away = await delegations.stand_ins(tx, today)
    branches = {code: person.branch for code, person in mine.items()}
    found = suggest(loads, free, branches, centres, set(away))
    ordered = sorted(loads, key=lambda one: (-one.due, -one.late, -one.borrowers, one.staff_code))
    return Balance(mine, tuple(ordered), tuple(found), until)


def suggest(
    loads: Sequence[Carried],
    free: Sequence[Movable],
    branches: Mapping[str, str],
    centres: Mapping[str, Place],
    away: set[str],
) -> list[Suggestion]:
    """From those far above their branch's average to its least loaded who is there, nearest borrowers first."""
    due = {one.staff_code: one.due for one in loads}
    found: list[Suggestion] = []
    for giver in sorted(due, key=lambda code: (-due[code], code)):
        branch = [code for code in due if branches[code] == branches[giver]]
        average = sum(due[code] for code in branch) / len(branch)
        takers = [code for code in branch if code not in away and code != giver]
        if not takers or due[giver] < max(average * TOO_MUCH, average + LEAST) or len(found) == SUGGESTED:
            continue
        taker = min(takers, key=lambda code: (due[code], code))
        room = (due[giver] - due[taker]) // 2
        chosen = _choose([one for one in free if one.staff_code == giver], centres.get(taker), room)
        if chosen:
            found.append(Suggestion(giver, taker, chosen))
            due[giver] -= found[-1].items
            due[taker] += found[-1].items
    return found


def _choose(free: Sequence[Movable], centre: Place | None, room: int) -> tuple[Movable, ...]:
    chosen: list[Movable] = []
    for one in sorted(free, key=lambda one: (_away(one, centre), -one.items, one.borrower_code)):
        if len(chosen) < BORROWERS and one.items <= room:
            chosen.append(one)
            room -= one.items
    return tuple(chosen)


def _away(one: Movable, centre: Place | None) -> float:
    """Degrees, good enough to tell near from far."""
    if centre is None or one.latitude is None or one.longitude is None:
        return 0.0
    return hypot(one.latitude - centre[0], one.longitude - centre[1])


def words(found: Balance, lang: str) -> str:
    """A list with a bar each, and the suggestions (HTML)."""
    most = max((one.due for one in found.loads), default=0)
    lines = [say("handover.load_head", lang, until=found.until)]
    for one in found.loads:
        bar = "▇" * round(WIDTH * one.due / most) if most else ""
        lines.append(say("handover.load", lang, who=found.people[one.staff_code].name, bar=bar, load=one))
    lines += [say("handover.suggest", lang, **_suggested(found, one, lang)) for one in found.suggestions]
    if found.loads and not found.suggestions:
        lines.append(say("handover.even", lang))
    return "\n".join(lines)


def _suggested(found: Balance, one: Suggestion, lang: str) -> dict[str, Any]:
    names = (", " if lang == "en" else "、").join(borrower.called for borrower in one.borrowers)
    giver, taker = (found.people[code].name for code in (one.giver, one.taker))
    return {"giver": giver, "taker": taker, "names": names, "count": len(one.borrowers), "items": one.items}
