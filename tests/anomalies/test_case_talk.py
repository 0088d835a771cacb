"""/cases and the buttons under a notice, through the handlers."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from telegram import Update
from telegram.ext import Application, ContextTypes

from handlers import cases as talk
from handlers.context import Context
from handlers.unit import Unit, current_unit
from records import cases, dialogs, people, tables
from records.database import Tx
from records.model import Case
from tests.anomalies.test_casework import stated, told
from tests.small_book import SmallBook


def application() -> Any:
    kind = ContextTypes(context=Context)
    return Application.builder().token("1:test").updater(None).context_types(kind).build()


def message(chat_id: int, text: str) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private"}
    return {"message_id": 5, "date": 1_772_400_000, "chat": chat, "text": text}


async def heard(tx: Tx, chat_id: int) -> list[str]:
    query = sa.select(tables.outgoing.c.payload).where(tables.outgoing.c.chat_id == chat_id)
    return [row.payload["text"] for row in await tx.execute(query.order_by(tables.outgoing.c.id))]


async def buttons(tx: Tx, chat_id: int) -> list[str]:
    query = sa.select(tables.outgoing.c.payload).where(tables.outgoing.c.chat_id == chat_id)
    payload = (await tx.execute(query.order_by(tables.outgoing.c.id.desc()))).first()
    assert payload is not None
    rows = json.loads(payload[0]["reply_markup"])["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row]


class Talk:
    """One person at the handlers of cases, inside a transaction."""

    def __init__(self, book: SmallBook, tx: Tx) -> None:
        self.book, self.tx, self.app = book, tx, application()

    async def _context(self, who: str) -> Context:
        staff = await people.by_code(self.tx, who)
        current_unit.set(Unit(self.tx, self.book.now, self.book.chat(who), staff))
        return Context(self.app)

    async def list(self, who: str) -> None:
        update = Update.de_json(
            {"update_id": 1, "message": message(self.book.chat(who), "/cases")}, self.app.bot
        )
        await talk.list_cases(update, await self._context(who))

    async def tap(self, who: str, data: str) -> None:
        person = {"id": self.book.chat(who), "is_bot": False, "first_name": who}
        query = {"id": "1", "from": person, "chat_instance": "1", "data": data}
        update = Update.de_json({"update_id": 1, "callback_query": query}, self.app.bot)
        context = await self._context(who)
        await talk.ACTIONS[data.split(":")[0]](update, context)
        assert len(context.unit.after) == 1  # the tap is answered

    async def write(self, who: str, text: str) -> None:
        chat_id = self.book.chat(who)
        waiting = await dialogs.waiting(self.tx, chat_id)
        assert waiting is not None
        update = Update.de_json({"update_id": 1, "message": message(chat_id, text)}, self.app.bot)
        await talk.WAITING[waiting["kind"]](update, await self._context(who), waiting)


async def _case(tx: Tx, book: SmallBook, field: str, value: str) -> Case:
    (change,) = await told(tx, "B001", book.now, stated(field, value))
    return change.case


async def test_the_list_shows_what_is_in_scope_and_a_tap_opens_it(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "cash_stress.signal", "lawsuit")
        people_talk = Talk(book, tx)
        for who in ("AM1", "AM2", "M1", "A1"):
            await people_talk.list(who)
        said = {who: (await heard(tx, book.chat(who)))[-1] for who in ("AM1", "AM2", "M1", "A1")}
        assert await buttons(tx, book.chat("M1")) == [f"case:{case.id}"]
        await people_talk.tap("M1", f"case:{case.id}")
        shown = (await heard(tx, book.chat("M1")))[-1]
    assert "华兴机械" in said["AM1"] and "华兴机械" in said["M1"]
    assert said["AM2"] == "✅ No open flags." and said["A1"] == "✅ 没有待处理的预警。"
    assert "被起诉" in shown


async def test_acknowledge_is_one_tap(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "cash_stress.signal", "account_frozen")
        people_talk = Talk(book, tx)
        await people_talk.tap("M1", f"acknowledge:{case.id}")
        await people_talk.tap("M2", f"acknowledge:{case.id}")
        kept = await cases.get(tx, case.id)
        said = [(await heard(tx, book.chat(who)))[-1] for who in ("M1", "M2")]
    assert kept is not None and kept.acknowledged_by == "M1"
    assert said[0].startswith("✅ 测试主管 已确认") and said[1] == "已由 测试主管 确认过了。"


async def test_an_answer_is_asked_for_and_the_next_words_are_it(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "cash_stress.signal", "lawsuit")
        people_talk = Talk(book, tx)
        await people_talk.tap("AM1", f"answer:{case.id}")
        await people_talk.write("AM1", "合同纠纷，已请律师")
        kept = await cases.get(tx, case.id)
        assert await dialogs.waiting(tx, book.chat("AM1")) is None
        to_manager = await heard(tx, book.chat("M1"))
    assert kept is not None and kept.state == "answered"
    assert any("合同纠纷" in text for text in to_manager)


async def test_a_loud_case_closes_with_a_reason_of_somebody_else(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "cash_stress.signal", "lawsuit")
        people_talk = Talk(book, tx)
        await people_talk.tap("AM1", f"close:{case.id}")
        assert await dialogs.waiting(tx, book.chat("AM1")) is None
        await people_talk.tap("M1", f"close:{case.id}")
        await people_talk.write("M1", "已撤诉")
        await people_talk.tap("M1", f"acknowledge:{case.id}")
        kept, said = await cases.get(tx, case.id), await heard(tx, book.chat("M1"))
    assert kept is not None and (kept.state, kept.close_reason) == ("closed", "已撤诉")
    assert said[-1] == "这条预警已经结案了。"


async def test_a_quiet_case_closes_by_the_tap(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "cash_stress.signal", "inventory_buildup")
        await Talk(book, tx).tap("AM1", f"close:{case.id}")
        kept = await cases.get(tx, case.id)
    assert kept is not None and kept.state == "closed"


async def test_a_case_of_compliance_does_not_exist_for_others_even_by_its_number(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        case = await _case(tx, book, "conduct.money", "received")
        people_talk = Talk(book, tx)
        for who in ("AM1", "M1", "M2", "R1", "A1"):
            for action in talk.ACTIONS:
                await people_talk.tap(who, f"{action}:{case.id}")
            assert set(await heard(tx, book.chat(who))) == {"找不到这条预警。"}
        await people_talk.tap("C1", f"case:{case.id}")
        shown = await heard(tx, book.chat("C1"))
    assert "员工资金往来" in shown[-1]


async def test_the_handlers_register_on_an_application() -> None:
    app = application()
    talk.register(app)
    assert len(app.handlers[0]) == 1 + len(talk.ACTIONS)
