"""Plays the scenarios through the whole service and compares the cases with those expected."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cli.playing import stage
from bot.outcome import outcome
from bot.scenario import Line, read
from tests import databases

HERE = Path(__file__).parent
BOOK = HERE / "book"
Found = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Scenario:
    """`scope` are the borrowers it is about: those spoken of, or whose cases it waits for. `kind` is trouble or safe."""

    name: str
    kind: str
    scope: frozenset[str]
    cases: frozenset[Found]

    @property
    def lines(self) -> list[Line]:
        return read(HERE / "timelines" / f"{self.name}.jsonl")


@dataclass(frozen=True, slots=True)
class Result:
    """The cases (borrower, code, severity) of the borrowers in scope, and of the rest of the book."""

    scenario: Scenario
    found: frozenset[Found]
    elsewhere: frozenset[Found]
    problems: tuple[str, ...]
    played: dict[str, Any]

    @property
    def missed(self) -> frozenset[Found]:
        return self.scenario.cases - self.found

    @property
    def spurious(self) -> frozenset[Found]:
        return self.found - self.scenario.cases


@dataclass(frozen=True, slots=True)
class Score:
    hits: int
    spurious: int
    missed: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.spurious)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)


def scenarios() -> list[Scenario]:
    return [_scenario(json.loads(row)) for row in (HERE / "expected.jsonl").read_text("utf-8").splitlines()]


def _scenario(row: dict[str, Any]) -> Scenario:
    cases = frozenset((borrower, code, severity) for borrower, code, severity in row["cases"])
    scope = frozenset(row["scope"]) | {borrower for borrower, _, _ in cases}
    return Scenario(row["name"], row["kind"], scope, cases)


async def play(scenario: Scenario, folder: Path) -> Result:
    """One scenario on a database of its own, copied from an empty one with the whole schema."""
    lines = scenario.lines
    async with _opened(folder, scenario.name, lines) as player:
        done = [await player.play(line) for line in lines]
        end = await outcome(player.service.database, [told for line in done for told in line.told])
    problems = tuple(f"line {one.line.number}: {one.problem}" for one in done if one.problem)
    found = frozenset((case["borrower_code"], case["code"], case["severity"]) for case in end["cases"])
    told = {report["borrower_code"] for report in end["reports"]} | scenario.scope
    inside = frozenset(case for case in found if case[0] in told)
    return Result(scenario, inside, found - inside, problems, end)


@asynccontextmanager
async def _opened(folder: Path, name: str, lines: Sequence[Line]) -> AsyncIterator[Any]:
    template, kept = folder / "template.sqlite3", folder / f"{name}.sqlite3"
    if not template.exists():
        await databases.create_schema(databases.sqlite_url(template))
    shutil.copy(template, kept)
    async with stage(kept, BOOK, lines[0].at) as player:
        yield player


def score(results: Iterable[Result], code: str | None = None) -> Score:
    def of(cases: Iterable[Found]) -> int:
        return sum(1 for case in cases if code in (None, case[1]))

    results = list(results)
    hits = sum(of(result.found & result.scenario.cases) for result in results)
    return Score(hits, sum(of(r.spurious) for r in results), sum(of(r.missed) for r in results))


def codes(results: Iterable[Result]) -> list[str]:
    return sorted({case[1] for result in results for case in result.scenario.cases | result.found})
