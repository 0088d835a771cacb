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
from facts.guard import CHECK, Judged, laid
from facts.model import Fact, contract
from facts.scoring import Score, atoms, same
from reports import proposals, second
from reports.mends import apply, entry
from reports.second import Answered, Terms


@dataclass
class Tally:
    """What the model reads by itself, and what a card becomes whose author takes each right offer and no other."""

    alone: Score = field(default_factory=Score)
    both: Score = field(default_factory=Score)
    counts: Counter[str] = field(default_factory=Counter)

    def add(
        self, row: Mapping[str, Any], found: Sequence[Judged], answer: Answered, facts: Sequence[Fact]
    ) -> None:
        offers = [one for one in found if one.verdict == CHECK]
        right = [one for one in offers if _is_right(one, row["facts"])]
        self.alone.add(row["id"], row["facts"], contract(one.fact for one in found))
        self.both.add(row["id"], row["facts"], contract(taken(right, facts)))
        self.counts += Counter(
            offered=len(offers),
            right=len(right),
            tokens_in=answer.tokens_in,
            tokens_out=answer.tokens_out,
            failed=answer.failure is not None,
        )

    def page(self, given: Terms) -> str:
        c = self.counts
        precision, recall, f1 = self.both.rates()
        return (
            f"{given.name} alone\n{self.alone.table()}\n"
            f"grammar, and each right offer taken: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}\n"
            f"offers: {c['offered']}, of them right: {c['right']}; without an answer: {c['failed']}\n"
            f"tokens: {c['tokens_in']} in, {c['tokens_out']} out; "
            f"cost: {given.cost(c['tokens_in'], c['tokens_out'])}"
        )


def taken(offers: Sequence[Judged], facts: Sequence[Fact]) -> list[Fact]:
    """The card's facts once its author has taken these offers."""
    mend = entry("", proposals.changes(offers, facts))
    return apply(facts, [mend], "")


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
    tally.add(row, found, answer, reading.facts)


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
