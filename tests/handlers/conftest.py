"""Conversations with the whole service: real PTB, the sandbox's Bot API, both databases, a clock that stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.service import Service
from bot.settings import Settings
from sandbox.model import Message
from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.world import Callback
from tests.small_book import CHATS, STAFF, SmallBook

STRANGER = 9999


class Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class Talk:
    """`await talk.say("AM1", "…")` and `await talk.tap("AM1", "confirm")` return what that person was told upon it."""

    def __init__(self, service: Service, phone: Sandbox, clock: Clock, book: SmallBook) -> None:
        self.service = service
        self.phone = phone
        self.clock = clock
        self.book = book
        self.heard: list[tuple[int, Message]] = []

    def chat(self, who: str | int) -> int:
        return who if isinstance(who, int) else CHATS[who]

    async def settle(self) -> list[tuple[int, Message]]:
        start = self.phone.said_count
        await self.service.settle()
        said = self.phone.said_since(start, edits=True)
        self.heard = [(one.to, one.message) for one in said]
        return self.heard

    def told(self, who: str | int) -> str:
        """All that the person was told by the last act, as plain text."""
        return "\n".join(message.text for to, message in self.heard if to == self.chat(who))

    async def act(self, who: str | int) -> str:
        self.clock.at += timedelta(seconds=20)
        await self.settle()
        return self.told(who)

    async def say(self, who: str | int, text: str, **more: Any) -> str:
        self.phone.say(self.chat(who), text, **more)
        return await self.act(who)

    async def send(self, who: str | int, kind: str, *content: Any, **more: Any) -> str:
        getattr(self.phone, kind)(self.chat(who), *content, **more)
        return await self.act(who)

    async def tap(self, who: str | int, action: str, *args: str) -> str:
        """Press the newest message's button with this action and, where given, ending in these arguments."""
        message, data = self.button(who, action, *args)
        self.phone.tap(self.chat(who), message.id, data)
        return await self.act(who)

    def button(self, who: str | int, action: str, *args: str) -> tuple[Message, str]:
        for message in reversed(self.phone.messages(self.chat(who))):
            for data in datas(message):
                words = data.split(":")
                if words[0] == action and tuple(words[len(words) - len(args) :]) == args:
                    return message, data
        raise LookupError(action)

    def toasts(self) -> list[str]:
        return [str(body.get("text", "")) for _, body in self.phone.world.answers]

    def forged(self, who: str | int, message_id: int, data: str) -> dict[str, Any]:
        """A tap that no button of the message could make: to be handed over by `phone.raw_update`."""
        chat = self.chat(who)
        self.phone.world.callbacks["424242"] = Callback(chat, self.clock.at + timedelta(minutes=5))
        here = {"id": chat, "type": "private", "first_name": "x"}
        message = {
            "message_id": message_id,
            "date": int(self.clock.at.timestamp()),
            "chat": here,
            "text": "x",
        }
        person = {"id": chat, "is_bot": False, "first_name": "x"}
        query = {"id": "424242", "from": person, "chat_instance": "1", "data": data, "message": message}
        return {"callback_query": query}

    async def rows(self, table: sa.Table) -> Sequence[Any]:
        async with self.book.database.read() as tx:
            return (await tx.execute(sa.select(table).order_by(*table.primary_key.columns))).all()


def datas(message: Message) -> list[str]:
    return [button.data for row in message.buttons for button in row if button.data]


@pytest.fixture
def speech() -> dict[str, Any]:
    """How the service hears; a module of tests may say otherwise."""
    return {"speech": "off"}


@pytest.fixture
async def talk(book: SmallBook, database_url: str, speech: dict[str, Any]) -> AsyncIterator[Talk]:
    clock = Clock(book.now)
    people = [Person(one["chat_id"], one["name"], language_code=one["language"]) for one in STAFF]
    async with Sandbox(people=[*people, Person(STRANGER, "Somebody")], clock=clock) as phone:
        settings = Settings(
            _env_file=None,
            database_url=database_url,
            telegram_token=phone.token,
            telegram_api=phone.url,
            send_per_second=0,
            send_per_chat_seconds=0,
            send_per_group_seconds=0,
            **speech,
            log_level="error",
        )
        service = Service(settings, clock=clock, durable=False)
        await service.start()
        yield Talk(service, phone, clock, book)
        await service.stop()
