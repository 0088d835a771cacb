"""Long work goes by lease: what fails is tried again, and nobody writes who no longer holds the report."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from prompts.message import Message
from records import reports
from records.database import Tx
from reports import work
from tests.reports.conftest import Author
from transcripts.model import Transcript

LEASE = timedelta(minutes=5)
SOUND = (Path(__file__).parents[1] / "voice" / "samples" / "zh_000.ogg").read_bytes()


class Hearer:
    """Says what it was told to hear, whatever the sound."""

    def __init__(self, text: str) -> None:
        self.text = text

    async def transcribe(self, sound: bytes, hints: Any = None, **more: Any) -> Transcript:
        return Transcript(self.text, "zh", 3.0, (), "told", "none", original=self.text)


class Desk:
    """A worker's desk: `bytes_of` is what fetching gives, an exception for what can't be had."""

    def __init__(self, author: Author, content: bytes | Exception = SOUND, hears: str = "") -> None:
        self.author = author
        self.transcriber = Hearer(hears) if hears else None
        self.content = content
        self.said: list[Message] = []

    async def claim(self, owner: str = "one") -> list[int]:
        async with self.author.book.database.begin() as tx:
            return await work.claim(tx, owner, self.author.now, LEASE, 5)

    async def do(self, report_id: int, owner: str = "one") -> None:
        await work.do(
            self.author.book.database,
            report_id,
            owner,
            fetch=self.fetch,
            transcriber=self.transcriber,
            clock=lambda: self.author.now,
            put=self.put,
        )

    async def fetch(self, file_id: str) -> bytes:
        if isinstance(self.content, Exception):
            raise self.content
        return self.content

    async def put(self, tx: Tx, message: Message, now: datetime) -> bool:
        self.said.append(message)
        return True

    async def parts(self, report_id: int) -> list[Any]:
        async with self.author.book.database.read() as tx:
            return await reports.parts_of(tx, report_id)


async def test_what_is_claimed_is_nobody_elses_until_its_lease_runs_out(author: Author) -> None:
    await author.sends("voice", file_id="v")
    desk = Desk(author)
    assert await desk.claim("one") == [1]
    assert await desk.claim("two") == []
    author.now += LEASE + timedelta(seconds=1)
    assert await desk.claim("two") == [1]


async def test_a_worker_whose_report_was_taken_over_writes_nothing(author: Author) -> None:
    await author.sends("voice", file_id="v")
    desk = Desk(author)
    await desk.claim("one")

    async def taken_over(file_id: str) -> bytes:
        author.now += LEASE + timedelta(seconds=1)
        await desk.claim("two")
        return SOUND

    desk.fetch = taken_over  # type: ignore[method-assign]
    await desk.do(1, "one")
    assert (await desk.parts(1))[0].sha256 is None
    assert desk.said == []


async def test_bytes_that_cannot_be_had_now_are_tried_again_later(author: Author) -> None:
    await author.sends("photo", file_id="p", text="今天去了华兴机械,工程进度六成五。")
    desk = Desk(author, OSError("no way out"))
    await desk.claim()
    await desk.do(1)
    assert await desk.claim() == []
    author.now += timedelta(minutes=2)
    desk.content = b"not a picture"
    assert await desk.claim() == [1]
    await desk.do(1)
    assert (await desk.parts(1))[0].sha256
    assert await desk.claim() == []


async def test_bytes_that_can_never_be_had_are_told_to_the_author_once(author: Author) -> None:
    await author.sends("photo", file_id="p")
    desk = Desk(author, OSError("gone"))
    for _ in range(work.ATTEMPTS + 2):
        for report_id in await desk.claim():
            await desk.do(report_id)
        author.now += timedelta(minutes=10)
    assert (await desk.parts(1))[0].failure == "gone"
    assert len(desk.said) == 1


async def test_empty_bytes_are_told_and_not_tried_again(author: Author) -> None:
    await author.sends("voice", file_id="v")
    desk = Desk(author, b"")
    await desk.claim()
    await desk.do(1)
    assert "0 字节" in desk.said[0].text
    author.now += timedelta(hours=1)
    assert await desk.claim() == []


async def test_sound_that_nobody_could_hear_is_offered_again_when_somebody_can(author: Author) -> None:
    await author.sends("voice", file_id="v")
    desk = Desk(author)
    await desk.claim()
    await desk.do(1)
    assert await desk.claim() == []
    async with author.tx() as (tx, _):
        assert await work.reoffer(tx) == 1
    assert await desk.claim() == [1]


async def test_the_same_bytes_are_kept_once(author: Author) -> None:
    await author.says("今天去了华兴机械,老板在。")
    await author.sends("photo", file_id="a")
    await author.sends("photo", file_id="b")
    desk = Desk(author, b"the same")
    await desk.claim()
    await desk.do(1)
    hashes = {part.sha256 for part in await desk.parts(1) if part.kind == "photo"}
    assert len(hashes) == 1


async def test_what_was_heard_says_whose_report_it_is(author: Author) -> None:
    await author.sends("voice", file_id="v")
    desk = Desk(author, hears="今天去了青禾食品,订单比去年少了三成。")
    await desk.claim()
    await desk.do(1)
    report = await author.report(1)
    assert (report.state, report.borrower_code) == ("read", "B002")
    assert "青禾食品" in desk.said[-1].text


async def test_one_recording_on_two_borrowers_becomes_two_cards(author: Author) -> None:
    await author.sends("voice", file_id="v")
    desk = Desk(author, hears="上午去了华兴机械,工程进度六成五。下午去了青禾食品,订单比去年少了三成。")
    await desk.claim()
    await desk.do(1)
    first, second = await author.report(1), await author.report(2)
    assert (first.borrower_code, second.borrower_code) == ("B001", "B002")
    assert "青禾" not in first.text
    assert len(desk.said) == 2
    assert await desk.claim() == []
