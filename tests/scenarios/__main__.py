"""`python -m tests.scenarios [NAME …]`: precision and recall, by code, and every difference."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.scenarios.evaluation import Result, codes, play, scenarios, score


async def main(names: Sequence[str]) -> None:
    chosen = [one for one in scenarios() if not names or any(name in one.name for name in names)]
    with tempfile.TemporaryDirectory() as folder:
        results = [await play(one, Path(folder)) for one in chosen]
    for result in results:
        _differences(result, verbose=bool(names))
    _table(results)


def _differences(result: Result, verbose: bool) -> None:
    if not (result.missed or result.spurious or result.problems or verbose):
        return
    print(f"\n{result.scenario.name}")
    for word, cases in (("missed", result.missed), ("spurious", result.spurious)):
        for case in sorted(cases):
            print(f"  {word:9}", *case)
    print(*(f"  {problem}" for problem in result.problems), sep="\n", end="")
    for report in result.played["reports"]:
        print("  read     ", report["borrower_code"], report["state"], report["facts"])
    if verbose:
        print("  elsewhere", sorted(result.elsewhere))


def _table(results: Sequence[Result]) -> None:
    print(f"\n{'code':26} {'hits':>5} {'spurious':>9} {'missed':>7}")
    for code in codes(results):
        one = score(results, code)
        print(f"{code:26} {one.hits:5} {one.spurious:9} {one.missed:7}")
    whole = score(results)
    right = sum(not (result.missed or result.spurious) for result in results)
    print(f"\n{right} of {len(results)} scenarios as expected")
    print(f"precision {whole.precision:.3f}, recall {whole.recall:.3f}")


asyncio.run(main(sys.argv[1:]))
