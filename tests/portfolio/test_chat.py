"""Questions and their buttons in the chat: what is put into the outbox."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from telegram import Update
from telegram.ext import Application, ContextTypes

from handlers import asking
from handlers.context import Context
from handlers.unit import Services, Unit, current_unit
from records import people
from records.tables import audit, outgoing
from tests.portfolio import story
from tests.small_book import SmallBook

Handler = Callable[[Update, Context], Awaitable[Any]]


class Chat:
    """Says and taps as one person; hears what the outbox holds for them."""

    def __init__(self, book: SmallBook, who: str) -> None:
        self.book, self.who = book, who
        kinds: Any = ContextTypes(context=Context)
        self.application = Application.builder().token("1:x").updater(None).context_types(kinds).build()
        services = Services(book.database, lambda: book.now, None)
        self.application.bot_data["services"] = services

    @asynccontextmanager
    async def context(self) -> AsyncIterator[Context]:
        async with self.book.database.begin() as tx:
            person = await people.by_code(tx, self.who)
            unit = Unit(tx, self.book.now, self.book.chat(self.who), person)
            token = current_unit.set(unit)
            try:
                yield Context(self.application, unit.chat_id)
            finally:
                current_unit.reset(token)
        for call in unit.after[1:] if len(unit.after) > 1 else ():
            await call()

    async def says(self, text: str, handler: Handler = asking.try_answer) -> Any:
        message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": text}
        async with self.context() as context:
            return await handler(Update.de_json({"update_id": 1, "message": message}, None), context)

    async def taps(self, data: str) -> None:
        query = {
            "id": "9",
            "from": {"id": 1, "is_bot": False, "first_name": "x"},
            "chat_instance": "1",
            "data": data,
        }
        handler = asking.TAPS[data.split(":")[0]]
        async with self.context() as context:
            await handler(Update.de_json({"update_id": 1, "callback_query": query}, None), context)

    async def heard(self) -> list[dict[str, Any]]:
        async with self.book.database.read() as tx:
            return [
                dict(row._mapping) for row in await tx.execute(sa.select(outgoing).order_by(outgoing.c.id))
            ]

    async def buttons(self) -> list[str]:
        payload = (await self.heard())[-1]["payload"]
        rows = json.loads(payload.get("reply_markup", "{}")).get("inline_keyboard", [])
        return [button["callback_data"] for row in rows for button in row]

    async def last(self) -> str:
        return str((await self.heard())[-1]["payload"]["text"])


@pytest.fixture
async def told(book: SmallBook) -> dict[str, int]:
    return await story.tell(book.database)


async def test_a_question_is_answered_and_a_report_is_left_alone(
    book: SmallBook, told: dict[str, int]
) -> None:
    chat = Chat(book, "AM1")
    assert await chat.says("华兴机械怎么样") is True
    assert await chat.says("今天去了华兴机械,老板在,工资欠了两个月") is False
    assert len(await chat.heard()) == 1
    assert "45%" in await chat.last()


async def test_the_source_button_shows_the_report(book: SmallBook, told: dict[str, int]) -> None:
    chat = Chat(book, "M1")
    await chat.says("哪些客户资金紧张")
    assert f"source:{told['b1']}" in await chat.buttons()
    await chat.taps(f"source:{told['b1']}")
    assert "工资欠了两个月" in await chat.last()


async def test_a_source_outside_ones_scope_is_not_there(book: SmallBook, told: dict[str, int]) -> None:
    chat = Chat(book, "AM2")
    for data in (f"source:{told['b1']}", "source:999999"):
        await chat.taps(data)
        assert await chat.last() == "That report doesn't exist or isn't yours to see."


async def test_the_more_button_goes_on_where_the_list_stopped(
    book: SmallBook, told: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LINES", 2)
    chat = Chat(book, "M1")
    await chat.says("哪些客户10天没去了")
    first = await chat.last()
    more = [data for data in await chat.buttons() if data.startswith("more:")]
    assert "1. " in first and "3. " not in first
    await chat.taps(more[0])
    second = await chat.last()
    assert "\n3. " in second
    assert "\n4. " in second
    assert "\n1. " not in second


async def test_anothers_more_button_does_nothing(book: SmallBook, told: dict[str, int]) -> None:
    await Chat(book, "M1").says("哪些客户资金紧张")
    async with book.database.read() as tx:
        number = (await tx.execute(sa.select(sa.func.max(audit.c.id)))).scalar_one()
    thief = Chat(book, "AM2")
    await thief.taps(f"more:{number}:0")
    assert "华兴" not in await thief.last()


async def test_the_borrower_command_wants_a_name_and_answers_for_one(
    book: SmallBook, told: dict[str, int]
) -> None:
    chat = Chat(book, "AM1")
    await chat.says("/borrower", asking.on_borrower)
    assert "/borrower 华兴机械" in await chat.last()
    await chat.says("/borrower 华兴机械", asking.on_borrower)
    assert "测试经理甲" in await chat.last()
    await chat.says("/borrower 云溪水泥", asking.on_borrower)
    assert await chat.last() == "没有找到「云溪水泥」。请用客户全称或简称再问一次。"


async def test_ask_answers_what_it_does_not_understand_with_examples(book: SmallBook) -> None:
    chat = Chat(book, "AM1")
    await chat.says("/ask", asking.on_ask)
    assert "想问什么" in await chat.last()
    await chat.says("/ask 蓝色的大象", asking.on_ask)
    assert "没听出" in await chat.last()


async def test_a_forged_button_is_refused_without_harm(book: SmallBook, told: dict[str, int]) -> None:
    chat = Chat(book, "AM1")
    for data in ("source:", "source:x", "more:1", "borrower:", "borrower:B004", "chart:B004"):
        await chat.taps(data)
    assert all("云溪" not in row["payload"]["text"] for row in await chat.heard())


async def test_a_chart_is_drawn_after_the_transaction(book: SmallBook, told: dict[str, int]) -> None:
    chat = Chat(book, "AM1")
    await chat.taps("chart:B001")
    row = (await chat.heard())[-1]
    assert row["method"] == "sendPhoto"
    assert row["blob"].startswith(b"\x89PNG")


async def test_the_book_is_drawn_as_a_heat_map(book: SmallBook, told: dict[str, int]) -> None:
    chat = Chat(book, "M1")
    await chat.says("哪些客户资金紧张")
    assert "heat" in await chat.buttons()
    await chat.taps("heat")
    assert (await chat.heard())[-1]["blob"].startswith(b"\x89PNG")
