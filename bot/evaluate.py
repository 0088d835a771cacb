"""`python -m bot.evaluate FILE.jsonl`: the score with the model that is set up; nothing where none is."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.model import Model, terms
from bot.settings import Settings
from facts.answer import Said
from facts.guard import CHECK, PASSED, Judged, laid
from facts.model import contract
from facts.scoring import Score, atoms, same
from reports import proposals, second
from reports.second import Answered, Terms


@dataclass
class Tally:
    """What the model brought: the score of what a card would take, and its offers, right or wrong."""

    score: Score = field(default_factory=Score)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, row: Mapping[str, Any], found: Sequence[Judged], answer: Answered, facts: Any) -> None:
        self.score.add(row["id"], row["facts"], contract(facts))
        self.counts += Counter(
            passed=sum(one.verdict == PASSED for one in found),
            offered=sum(one.verdict == CHECK for one in found),
            right=sum(one.verdict == CHECK and _is_right(one, row["facts"]) for one in found),
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
            failed=answer.failure is not None,
        )

    def page(self, given: Terms) -> str:
        c = self.counts
        cost = given.cost(c["tokens_in"], c["tokens_out"])
        return (
            f"with {given.name}\n{self.score.table()}\n"
            f"taken beside the grammar: {c['passed']}; offered to check: {c['offered']}, of them right: {c['right']}\n"
            f"tokens: {c['tokens_in']} in, {c['tokens_out']} out; cost: {cost}; without an answer: {c['failed']}"
        )


async def evaluate(path: Path, settings: Settings) -> str:
    """The table of a JSONL file of labelled reports, read by grammar and model together."""
    model, given, tally = Model(settings), terms(settings), Tally()
    lines = path.read_text("utf-8").splitlines()  # noqa: ASYNC240
    at_once = asyncio.Semaphore(settings.model_at_once)

    async def one(row: dict[str, Any]) -> None:
        async with at_once:
            await _read(row, model, given, tally)

    try:
        await asyncio.gather(*(one(json.loads(line)) for line in lines if line.strip()))
    finally:
        await model.close()
    return tally.page(given)


async def _read(row: dict[str, Any], model: Model, given: Terms, tally: Tally) -> None:
    on = date.fromisoformat(row["reported_on"])
    reading = laid(row["text"], on, row.get("lang")).reading
    question = second.question(row["text"], on, reading)
    spent = tally.counts["tokens_in"] + tally.counts["tokens_out"]
    answer = await model.ask(question.words, Said, min(given.report_tokens, given.day_tokens - spent))
    found = question.judge(answer.said) if answer.said else ()
    tally.add(row, found, answer, proposals.joined(reading.facts, found))


def _is_right(one: Judged, wanted: Mapping[str, Any]) -> bool:
    return any(
        name == other and same(name, value, told)
        for name, value in atoms(contract([one.fact]))
        for other, told in atoms(wanted)
    )


def main(argv: list[str]) -> int:
    settings = Settings()
    for path in map(Path, argv if settings.model_name else ()):
        sys.stdout.write(f"{path}, {asyncio.run(evaluate(path, settings))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
