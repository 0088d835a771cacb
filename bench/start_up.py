"""From the start of the process to its first reply, and what it holds in memory then."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from bench.common import FIRST_CHAT, Bot, fill, percentile, table, unlimited
from sandbox.people import Person
from sandbox.server import Sandbox

RUNS = 5


async def main() -> None:
    rows = []
    for name in ("echo", "huifang"):
        times, memory = zip(*[await measure(name) for _ in range(RUNS)], strict=True)
        rows.append([name, percentile(times, 0.5), max(times), percentile(memory, 0.5)])
    table("Start to first reply", ["bot", "median s", "slowest s", "idle MB"], rows)


async def measure(name: str) -> tuple[float, float]:
    """Seconds from start to the first reply, and the resident megabytes after it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.sqlite3"
        borrowers = await fill(url, 1, 5)
        async with Sandbox(people=[Person(FIRST_CHAT, "AM0")]) as phone:
            sent = phone.say(FIRST_CHAT, f"今天去了{borrowers[0]['short_name']},老板在,320万买了设备。")
            begun = time.perf_counter()
            command = ("bench/yardsticks/echo_bot.py",) if name == "echo" else ("-m", "bot", "run")
            bot = Bot(phone, *command, **unlimited(Path(folder), url))
            try:
                await phone.wait_for(FIRST_CHAT, lambda message: message.id > sent, timeout=60)
                return time.perf_counter() - begun, bot.memory_mb()
            finally:
                await bot.stop()


if __name__ == "__main__":
    asyncio.run(main())
