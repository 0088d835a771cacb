"""`python -m facts.evaluate FILE.jsonl [--misses]`: read labelled reports and print the score by field."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from facts.grammar import read
from facts.scoring import Score


def evaluate(path: Path) -> Score:
    """The score of the grammar on a JSONL file of labelled reports ({id, lang, reported_on, text, facts})."""
    score = Score()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            given = read(row["text"], date.fromisoformat(row["reported_on"]), row.get("lang"))
            score.add(row["id"], row["facts"], given.contract())
    return score


def main(argv: list[str]) -> int:
    paths = [Path(a) for a in argv if not a.startswith("--")]
    for path in paths:
        score = evaluate(path)
        if "--misses" in argv:
            sys.stdout.writelines("\t".join(map(str, row)) + "\n" for row in score.misses)
        sys.stdout.write(f"{path}\n{score.table()}\n")
    return 0 if paths else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
