"""The real process, killed in the middle of a long recording: the pieces that were heard are not heard again."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from records.database import Database
from records.tables import reports
from sandbox.people import Person
from sandbox.server import Sandbox
from tests.small_book import CHATS, STAFF, SmallBook
from tests.voice import MODEL, sample
from transcripts.decoding import decode, encode
from transcripts.model import RATE

ROOT = Path(__file__).parents[2]
MARK = "订单照旧，"
TIMES, PAUSE = 14, 20


def start(phone: Sandbox, url: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "HUIFANG_DATA": str(folder),
        "HUIFANG_DATABASE_URL": url,
        "HUIFANG_TELEGRAM_TOKEN": phone.token,
        "HUIFANG_TELEGRAM_API": phone.url,
        "HUIFANG_SEND_PER_SECOND": "0",
        "HUIFANG_SEND_PER_CHAT_SECONDS": "0",
        "HUIFANG_SPEECH": "faster",
        "HUIFANG_SPEECH_MODEL": str(MODEL),
        "HUIFANG_LOG_LEVEL": "error",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


def long_recording() -> bytes:
    """Six minutes: one sentence again and again, with pauses."""
    said = np.concatenate((decode(sample("zh_012.ogg")), np.zeros(PAUSE * RATE, np.float32)))
    return encode(np.tile(said, TIMES))


async def transcript(database: Database) -> dict[str, Any]:
    async with database.read() as tx:
        return (await tx.execute(sa.select(reports.c.transcript))).scalar() or {}


async def half_a_minute_later(database: Database, told: dict[str, Any]) -> None:
    """The dead worker's lease has run out; its first piece is marked, so that we see that it is kept."""
    (pieces,) = told["partial"].values()
    pieces[0] = {**pieces[0], "text": MARK, "words": []}
    values = {"lease_until": datetime(2026, 1, 1, tzinfo=UTC), "transcript": told}
    async with database.begin() as tx:
        await tx.execute(sa.update(reports).values(**values))


@pytest.mark.slow
async def test_a_restart_goes_on_after_the_last_finished_piece(
    book: SmallBook, database_url: str, tmp_path: Path
) -> None:
    sound, database = long_recording(), book.database
    people = [Person(one["chat_id"], one["name"]) for one in STAFF]
    async with Sandbox(people=people) as phone:
        process = start(phone, database_url, tmp_path)
        phone.voice(CHATS["AM1"], sound, duration=TIMES * PAUSE)
        await phone.wait_for(CHATS["AM1"], lambda one: "正在听：" in one.text, timeout=60)
        process.kill()
        process.wait()
        told = await transcript(database)
        heard = len(next(iter(told["partial"].values())))
        await half_a_minute_later(database, told)
        process = start(phone, database_url, tmp_path)
        await phone.wait_for(CHATS["AM1"], lambda one: "听完了" in one.text, timeout=90)
        process.terminate()
        process.wait(timeout=20)
    done = await transcript(database)
    (whole,) = done["parts"].values()
    texts = [one["text"] for one in whole["segments"]]
    assert heard >= 1 and texts[0].startswith("订单照旧")
    assert len(texts) == TIMES and texts.count("设备已经到货，订单正常。") >= TIMES - 3
    assert not done["partial"]
