"""An account manager who sends messages, without Telegram: straight into the use cases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from prompts.message import Message
from records import people, reports
from records.database import Tx
from records.model import Report, Staff
from reports import intake
from reports.intake import Taken, Thread
from reports.model import Incoming
from tests.small_book import CHATS, SmallBook


class Author:
    """Says things to the reports room, each in a transaction of its own, a minute after the other."""

    def __init__(self, book: SmallBook, code: str = "AM1") -> None:
        self.book = book
        self.code = code
        self.now: datetime = book.now
        self.number = 0
        self.told: list[Message] = []

    @asynccontextmanager
    async def tx(self) -> AsyncIterator[tuple[Tx, Staff]]:
        async with self.book.database.begin() as tx:
            person = await people.by_code(tx, self.code)
            assert person is not None
            yield tx, person

    def incoming(self, kind: str, **values: Any) -> Incoming:
        self.number += 1
        self.now += timedelta(minutes=1)
        values.setdefault("message_id", self.number)
        return Incoming(kind, CHATS[self.code], sent_at=self.now, **values)

    async def says(self, text: str, thread: Thread | None = None, **values: Any) -> Taken:
        async with self.tx() as (tx, person):
            said = self.incoming("text", text=text, **values)
            return self._note(await intake.take_text(tx, person, said, now=self.now, thread=thread))

    async def sends(self, kind: str, thread: Thread | None = None, **values: Any) -> Taken:
        async with self.tx() as (tx, person):
            said = self.incoming(kind, **values)
            return self._note(await intake.take_file(tx, person, said, now=self.now, thread=thread))

    async def report(self, report_id: int) -> Report:
        async with self.book.database.read() as tx:
            found = await reports.get(tx, report_id)
        assert found is not None
        return found

    async def facts(self, report_id: int) -> dict[str, Any]:
        async with self.book.database.read() as tx:
            stored = await reports.facts_of(tx, report_id)
        return {row.field: row.fact["value"] for row in stored}

    def _note(self, taken: Taken) -> Taken:
        self.told += taken.messages
        return taken


@pytest.fixture
def author(book: SmallBook) -> Author:
    return Author(book)
