"""Pictures where they tell more than words: what to draw, and a process of its own that draws it."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portfolio.values import as_day
from prompts import catalog
from records import dossier, overview, owed
from records.database import Tx
from records.dossier import Dossier
from records.model import Staff
from records.owed import Told
from records.scope import sees_reports

REPORTS = 60
LEVELS = ("none", "mild", "severe")
SECONDS = 30


class ChartError(Exception):
    """The drawing process failed; `code` is stable, the cause goes to the log alone."""

    code = "chart"


@dataclass(frozen=True, slots=True)
class Course:
    """A borrower over time. Points are (ISO day, percent); levels (ISO day, none, mild or severe)."""

    name: str
    today: str
    progress: tuple[tuple[str, float], ...] = ()
    plan: tuple[tuple[str, float], ...] = ()
    levels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Heat:
    """How many borrowers of each row are in each cash level; the last column is not known."""

    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Way:
    """A way from place to place in order, degrees of WGS-84; `start` where it begins at none of them."""

    names: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    start: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """What each person of a team did in a week: visits done, late by now, and still to come."""

    names: tuple[str, ...]
    done: tuple[int, ...]
    late: tuple[int, ...]
    coming: tuple[int, ...]


Drawn = Course | Heat | Way | Week


async def course(tx: Tx, viewer: Staff, on: date, borrower_code: str) -> Course | None:
    """None where the borrower isn't in scope or nothing can be drawn."""
    file = await dossier.get(tx, viewer, on, borrower_code)
    if file is None or not sees_reports(viewer):
        return None
    told = list(reversed(await owed.told(tx, viewer, on, borrower_code, limit=REPORTS)))
    found = Course(
        file.borrower.called,
        on.isoformat(),
        tuple((day, float(value)) for day, value in _series(told, "progress.percent")),
        _plan(file),
        tuple((day, str(value)) for day, value in _series(told, "cash_stress.level")),
    )
    return found if found.progress or found.levels else None


async def heat(tx: Tx, viewer: Staff, on: date) -> Heat | None:
    """The book in scope, by industry and cash level."""
    if not sees_reports(viewer):
        return None
    cells = await overview.cash_by_industry(tx, viewer, on)
    rows = sorted({industry for industry, _ in cells}, key=lambda row: -_troubled(cells, row))[:14]
    counts = tuple(tuple(cells.get((row, level), 0) for level in (*LEVELS, None)) for row in rows)
    return Heat(tuple(rows), counts) if rows else None


async def draw(what: Drawn, lang: str) -> bytes:
    """A PNG. Drawn in a process of its own, so that the service stays small. Raises ChartError."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "portfolio.drawing",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        order = json.dumps(_order(what, lang)).encode()
        picture, trouble = await asyncio.wait_for(process.communicate(order), SECONDS)
    except TimeoutError as error:
        process.kill()
        raise ChartError("timeout") from error
    if process.returncode or not picture:
        raise ChartError(trouble.decode(errors="replace")[-500:])
    return picture


def _order(what: Drawn, lang: str) -> dict[str, Any]:
    """All that the drawing process needs, words included, in the language and in English as a fallback."""
    kind = type(what).__name__.lower()
    data = {name: getattr(what, name) for name in what.__dataclass_fields__}
    return {"kind": kind, "data": data, "words": _words(lang), "plain": _words("en")}


def _words(lang: str) -> dict[str, str]:
    keys = (
        "progress",
        "plan",
        "cash",
        "today",
        "unknown",
        "heat",
        "course",
        "start",
        "done",
        "late",
        "coming",
    )
    words = {key: catalog.say(f"portfolio.drawn.{key}", lang) for key in keys}
    return words | {level: catalog.label("level", level, lang) for level in LEVELS}


def _series(told: list[Told], name: str) -> list[tuple[str, Any]]:
    found = []
    for one in told:
        stated = [fact["value"] for fact in one.facts.get(name, ())]
        if stated:
            found.append(((one.report.visited_on or one.report.reported_on).isoformat(), stated[-1]))
    return found


def _plan(file: Dossier) -> tuple[tuple[str, float], ...]:
    """The milestone line of the newest loan that has one, from disbursement on."""
    planned = [loan for loan in file.loans if any(m.loan_no == loan.loan_no for m in file.milestones)]
    if not planned:
        return ()
    newest = planned[-1]
    points = [(m.due_on.isoformat(), m.percent) for m in file.milestones if m.loan_no == newest.loan_no]
    start = as_day(newest.disbursed_on)
    return ((start.isoformat(), 0.0), *points) if start else tuple(points)


def _troubled(cells: dict[tuple[str, str | None], int], row: str) -> int:
    return (
        10000 * cells.get((row, "severe"), 0) + 100 * cells.get((row, "mild"), 0) + cells.get((row, None), 0)
    )
