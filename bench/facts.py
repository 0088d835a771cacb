"""How fast reports are read, how time grows with length, and what other readers make of spoken amounts.

Run `python -m bench.facts`. Figures are of one core and of the machine they were taken on.
"""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from facts.amounts import amounts
from facts.grammar import read
from facts.subject import Known, Names

DATA = Path(__file__).parent.parent / "tests" / "facts" / "data"
DAY = date(2026, 11, 17)
SPOKEN = {"三百二十万": 3.2e6, "一亿三": 1.3e8, "两千三": 2300, "三百来万": 3e6, "3000w": 3e7, "1亿3000万元": 1.3e8, "1个亿": 1e8, "五六十万": 5.5e5, "叁佰万元整": 3e6, "1,200.5万元": 12005000}  # fmt: skip


def reports() -> list[str]:
    rows = [json.loads(line) for line in (DATA / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in rows]


def timed(work: Callable[[], object], seconds: float = 2.0) -> float:
    """Calls a second, over at least `seconds` after one call to warm up."""
    work()
    start, calls = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        work()
        calls += 1
    return calls / (time.perf_counter() - start)


def speed() -> None:
    texts = reports()
    rate = timed(lambda: [read(t, DAY) for t in texts])
    size = sum(map(len, texts))
    print(f"{'reports a second':44}{rate * len(texts):10.0f}")
    print(f"{'of 120 characters each, a second':44}{rate * size / 120:10.0f}")


def growth() -> None:
    """Time for a text n times as long, over n times the time: near 1 is linear."""
    for name, piece in (
        ("reports in a row", reports()[0]),
        ("24 digits", "9" * 24),
        ("units", "十百千万亿"),
        ("amounts", "三百二十万"),
    ):
        once = 1 / timed(lambda p=piece: read(p * 4, DAY), 0.5)
        many = 1 / timed(lambda p=piece: read(p * 64, DAY), 0.5)
        print(f"{'growth, ' + name:44}{many / once / 16:10.2f}")


def subjects() -> None:
    signs = "华兴宏达鑫德金龙飞腾顺利永昌盛泰恒固"
    book = [
        Known(f"B{i}", "".join(signs[(i * k + k) % len(signs)] for k in (3, 5, 7, 11)) + "有限公司")
        for i in range(2000)
    ]
    names = Names(book)
    print(f"{'subjects ranked a second, book of 2,000':44}{timed(lambda: names.rank(reports()[0]), 1):10.0f}")


def others() -> None:
    ours = sum([a.value for a in amounts(t)] == [v] for t, v in SPOKEN.items())
    print(f"{'spoken amounts right, this grammar':44}{ours:7d}/{len(SPOKEN)}")
    for module in ("jionlp", "recognizers_number"):
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"{module + ': not installed, not compared':44}")
        else:
            print(f"{module:44}{_theirs(module):7d}/{len(SPOKEN)}")


def _theirs(module: str) -> int:
    library = importlib.import_module(module)
    if module != "jionlp":
        return 0
    right = 0
    for text, value in SPOKEN.items():
        try:
            right += float(library.parse_money(text)["num"]) == value
        except Exception:
            continue
    return right


if __name__ == "__main__":
    speed()
    growth()
    subjects()
    others()
