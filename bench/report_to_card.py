"""Text report → card through the whole service, beside a bare PTB echo bot on the same sandbox.

Each chat sends its next report when the last is answered. Both bots run in a process of their own, one after the
other, several times over: the table has medians, of the ratios too, each against the echo of its own round.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.common import FIRST_CHAT, Bot, fill, percentile, table, unlimited
from sandbox.people import Person
from sandbox.server import Sandbox

NAMES = ("echo", "echo, 16 at once", "huifang")
ROUNDS = 7
CHATS = 8
REPORTS = 40
WORDS = (
    "今天去了{name},老板在。贷款500万,320万买了两台注塑机,100万付了原料款,剩80万还在账上。"
    "工程进度六成五,比计划晚半个月。工资欠了两个月,下游货款压着三百来万。"
)


Figures = tuple[float, float, float]
"""p50 and p99 in seconds, reports a second."""


async def main() -> None:
    rounds: dict[tuple[str, int], list[Figures]] = defaultdict(list)
    for _ in range(ROUNDS):
        for chats in (1, CHATS):
            for name in NAMES:
                rounds[name, chats].append(await measure(name, chats))
    head = ["bot", "chats", "p50 ms", "p99 ms", "reports/s", "p50 ÷ echo", "rate ÷ echo", "of … to …"]
    rows = [_row(name, chats, found, rounds["echo", chats]) for (name, chats), found in rounds.items()]
    table(f"Text report → card ({ROUNDS} rounds)", head, rows)


def _row(name: str, chats: int, found: Sequence[Figures], echoes: Sequence[Figures]) -> list[Any]:
    p50, p99, rate = (median(one[n] for one in found) for n in range(3))
    slower = median(one[0] / echo[0] for one, echo in zip(found, echoes, strict=True))
    shares = sorted(one[2] / echo[2] for one, echo in zip(found, echoes, strict=True))
    spread = f"{shares[0]:.2f} to {shares[-1]:.2f}"
    return [name, chats, p50 * 1000, p99 * 1000, rate, slower, median(shares), spread]


async def measure(name: str, chats: int) -> Figures:
    people = [Person(FIRST_CHAT + n, f"AM{n}") for n in range(CHATS)]
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.sqlite3"
        borrowers = await fill(url, CHATS, REPORTS + 5)
        async with Sandbox(people=people) as phone:
            bot = _bot(name, phone, Path(folder), url)
            try:
                return await _load(phone, [row["short_name"] for row in borrowers], chats)
            finally:
                await bot.stop()


def _bot(name: str, phone: Sandbox, folder: Path, url: str) -> Bot:
    if name == "huifang":
        return Bot(phone, "-m", "bot", "run", **unlimited(folder, url))
    return Bot(phone, "bench/yardsticks/echo_bot.py", ECHO_CONCURRENT="16" if "16" in name else "0")


async def _load(phone: Sandbox, names: Sequence[str], chats: int) -> Figures:
    each = REPORTS + 5
    for n in range(chats):  # warm
        await _report(phone, FIRST_CHAT + n, names[n * each + REPORTS])
    gc.collect()
    gc.freeze()  # a collection in the phone's process would count as the bot's time
    begun = time.perf_counter()
    taken = await asyncio.gather(
        *(_chat(phone, FIRST_CHAT + n, names[n * each : n * each + REPORTS]) for n in range(chats))
    )
    whole = time.perf_counter() - begun
    times = [one for chat in taken for one in chat]
    return percentile(times, 0.5), percentile(times, 0.99), len(times) / whole


async def _chat(phone: Sandbox, person: int, names: Sequence[str]) -> list[float]:
    return [await _report(phone, person, name) for name in names]


async def _report(phone: Sandbox, person: int, name: str) -> float:
    begun = time.perf_counter()
    sent = phone.say(person, WORDS.format(name=name))
    await phone.wait_for(person, timeout=30, after=sent)
    return time.perf_counter() - begun


if __name__ == "__main__":
    asyncio.run(main())
