"""A bot of a few lines on the real engine: what the lanes and the sender do without the product's handlers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.lanes import Lanes, note_error
from bot.receiving import Receiver
from bot.sending import Pace, Sender
from bot.wire import Wire
from handlers.context import Context
from prompts.message import Message
from records.database import Database
from sandbox.people import Person
from sandbox.server import Sandbox

FAST = Pace(0, 0, 0)


def now() -> datetime:
    return datetime.now(UTC)


def build(phone: Sandbox) -> Application[Any, Any, Any, Any, Any, Any]:
    return (
        ApplicationBuilder()
        .token(phone.token)
        .base_url(phone.base_url)
        .base_file_url(phone.base_file_url)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .request(Wire(HTTPXRequest()))
        .build()
    )


async def echo(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    await context.say(Message(f"heard {update.effective_message.text}"))


class Engine:
    """Receiver, lanes and sender around one handler of text messages."""

    def __init__(
        self, phone: Sandbox, database: Database, handle: Callable[..., Any] = echo, pace: Pace = FAST
    ) -> None:
        self.phone = phone
        self.database = database
        self.application = build(phone)
        self.application.add_handler(MessageHandler(filters.ALL, handle))
        self.application.add_error_handler(note_error)
        self.sender = Sender(self.application.bot, database, pace, now)
        self.lanes = Lanes(self.application, database, now, spoken=self.sender.wake)
        self.receiver = Receiver(self.application.bot, database, self.lanes.offer, take=self.lanes.take)

    async def settle(self) -> None:
        await self.lanes.drain()
        while await self.receiver.fetch():
            await self.lanes.drain()
        await self.sender.drain()

    def heard(self, person: int) -> list[str]:
        return [one.text for one in self.phone.messages(person) if one.from_bot]


@pytest.fixture
async def phone() -> AsyncIterator[Sandbox]:
    people: Iterable[Person] = [Person(100 + n, f"P{n}") for n in range(40)]
    async with Sandbox(people=people) as made:
        yield made


Make = Callable[..., Awaitable[Engine]]


@pytest.fixture
async def make_engine(phone: Sandbox, database: Database) -> AsyncIterator[Make]:
    made: list[Engine] = []

    async def make(handle: Callable[..., Any] = echo, pace: Pace = FAST) -> Engine:
        made.append(Engine(phone, database, handle, pace))
        await made[-1].application.initialize()
        return made[-1]

    yield make
    for engine in made:
        await engine.lanes.stop()
        await engine.sender.stop()
        await engine.application.shutdown()


@pytest.fixture(autouse=True)
def _quiet() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
