"""The real process, killed again and again while reports come in."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from records.database import Database
from records.tables import outgoing, reports, updates
from sandbox.people import Person
from sandbox.server import Sandbox
from tests.bot import crowd

KILLS = 20
ROOT = Path(__file__).parents[2]


def start(phone: Sandbox, url: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "HUIFANG_DATA": str(folder),
        "HUIFANG_DATABASE_URL": url,
        "HUIFANG_TELEGRAM_TOKEN": phone.token,
        "HUIFANG_TELEGRAM_API": phone.url,
        "HUIFANG_SEND_PER_SECOND": "0",
        "HUIFANG_SEND_PER_CHAT_SECONDS": "0",
        "HUIFANG_SPEECH": "off",
        "HUIFANG_LOG_LEVEL": "error",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


@pytest.mark.slow
async def test_twenty_kills_lose_nothing_repeat_nothing_and_keep_the_order(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    chance = random.Random(20)
    book = await crowd.load(database)
    await database.close()
    async with Sandbox(people=[Person(chat, code) for code, chat in book.chats.items()]) as phone:
        waiting = list(book.reports())
        for _ in range(KILLS):
            process = start(phone, database_url, tmp_path)
            for chat, words in waiting[: len(book.borrowers) // KILLS]:
                phone.say(chat, words)
            del waiting[: len(book.borrowers) // KILLS]
            goal = phone.said_count + chance.randint(1, 12)
            calls = len(phone.requests()) + chance.randint(4, 60)
            await phone.wait_until(
                lambda goal=goal, calls=calls: phone.said_count >= goal or len(phone.requests()) >= calls,
                timeout=60,
            )
            process.kill()
            process.wait()
        process = start(phone, database_url, tmp_path)
        await phone.wait_until(lambda: all(book.told(phone, name) for name in book.borrowers), timeout=120)
        process.terminate()
        process.wait(timeout=20)
    await _check(database_url, book)


async def _check(database_url: str, book: crowd.Crowd) -> None:
    database = Database(database_url)
    async with database.read() as tx:
        kept = (await tx.execute(sa.select(reports).order_by(reports.c.id))).all()
        states = Counter((await tx.execute(sa.select(updates.c.state))).scalars())
        cards = Counter((await tx.execute(sa.select(outgoing.c.about))).scalars())
    await database.close()
    assert states == {"done": len(book.borrowers)}
    assert Counter(report.borrower_code for report in kept) == Counter(book.borrowers.values())
    for code in book.chats:
        theirs = [report.borrower_code for report in kept if report.author == code]
        assert theirs == [book.borrowers[name] for name in book.order[code]]
    assert all(cards[f"card:{report.id}"] == 1 for report in kept)
