"""The taps and commands as people make them, on PTB's own objects, up to the outbox."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes

from anomalies import policy as anomalies_policy
from bot.service import Policies
from handlers import requesting
from handlers import visits as talk
from handlers.context import Context
from handlers.unit import Services, Unit, current_unit
from records import dialogs, people, scope, tables, visits
from records.database import Tx
from reminders import plan, wording
from tests.reminders.stage import POLICY, local
from tests.small_book import SmallBook


class Chat:
    """One person's chat at a moment: `tap` and `command`, and what they then read."""

    def __init__(self, book: SmallBook, tx: Tx) -> None:
        self.book, self.tx = book, tx
        self.application = (
            ApplicationBuilder()
            .token("1:test")
            .updater(None)
            .context_types(ContextTypes(context=Context))
            .build()
        )
        rules = Policies(POLICY, anomalies_policy.load())
        self.application.bot_data["services"] = Services(book.database, lambda: book.now, rules)
        self.after: list[Any] = []

    async def _run(self, handler: Any, staff_code: str, update: dict[str, Any], now: datetime | None) -> None:
        staff = await people.by_code(self.tx, staff_code)
        unit = Unit(self.tx, now or self.book.now, self.book.chat(staff_code), staff)
        token = current_unit.set(unit)
        try:
            whole = Update.de_json({"update_id": 1, **update}, self.application.bot)
            await handler(whole, Context(self.application, self.book.chat(staff_code)))
        finally:
            current_unit.reset(token)
        self.after = unit.after

    async def tap(self, staff_code: str, data: str, now: datetime | None = None) -> None:
        person = {"id": self.book.chat(staff_code), "is_bot": False, "first_name": "x"}
        query = {"id": "7", "from": person, "chat_instance": "1", "data": data}
        await self._run(talk.TAPS[data.split(":")[0]], staff_code, {"callback_query": query}, now)
        assert len(self.after) == 1  # the tap is always answered, and once

    async def write(self, handler: Any, staff_code: str, text: str, now: datetime | None = None) -> None:
        chat = {"id": self.book.chat(staff_code), "type": "private"}
        message = {"message_id": 1, "date": 0, "chat": chat, "text": text}
        await self._run(handler, staff_code, {"message": message}, now)

    async def heard(self, staff_code: str) -> list[tuple[str, list[str]]]:
        query = sa.select(tables.outgoing.c.payload).where(
            tables.outgoing.c.chat_id == self.book.chat(staff_code)
        )
        payloads = (await self.tx.execute(query.order_by(tables.outgoing.c.id))).scalars()
        return [(payload["text"], _buttons(payload)) for payload in payloads]

    async def edited(self, staff_code: str) -> list[str | None]:
        """Which earlier message each of those told takes the place of."""
        chat_id = tables.outgoing.c.chat_id == self.book.chat(staff_code)
        query = sa.select(tables.outgoing.c.edits).where(chat_id).order_by(tables.outgoing.c.id)
        return list((await self.tx.execute(query)).scalars())

    async def visit(self, borrower: str, kind: str) -> int:
        return next(one.id for one in await visits.open_of(self.tx, borrower) if one.kind == kind)


def _buttons(payload: dict[str, Any]) -> list[str]:
    rows = json.loads(payload.get("reply_markup", '{"inline_keyboard": []}'))["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row if button["callback_data"] != "ics:0"]


@pytest.fixture
async def chat(book: SmallBook) -> AsyncIterator[Chat]:
    async with book.database.begin() as tx:
        await plan.replan(tx, now=book.now, policy=POLICY, borrower_codes=[f"B00{n}" for n in range(1, 7)])
        yield Chat(book, tx)


async def test_today_lists_what_is_due_with_its_buttons(chat: Chat) -> None:
    await chat.write(talk.today, "AM1", "/today")
    ((text, buttons),) = await chat.heard("AM1")
    check = await chat.visit("B001", "first_check")
    assert "华兴机械" in text and "首次检查" in text and "今天" in text
    assert {f"report:{check}", f"later:{check}", f"unreachable:{check}", f"move:{check}"} <= set(buttons)


async def test_today_with_nothing_due_says_so(chat: Chat) -> None:
    await chat.write(talk.today, "AM2", "/today")
    assert await chat.heard("AM2") == [("✅ Nothing due today.", [])]


async def test_a_manager_sees_what_is_due_of_the_team(chat: Chat) -> None:
    await chat.write(talk.coming, "M2", "/visits")
    ((text, _),) = await chat.heard("M2")
    assert "华兴机械" in text and "蓝杉服饰" in text


async def test_report_waits_for_the_words(chat: Chat) -> None:
    check = await chat.visit("B001", "first_check")
    await chat.tap("AM1", f"report:{check}")
    waiting = await dialogs.waiting(chat.tx, chat.book.chat("AM1"))
    assert waiting == {"kind": "report", "visit_id": check, "borrower_code": "B001"}


async def test_later_takes_an_hour_at_once_and_offers_other_times(chat: Chat) -> None:
    check = await chat.visit("B001", "first_check")
    await chat.tap("AM1", f"later:{check}")
    ((text, buttons),) = await chat.heard("AM1")
    assert "10:00" in text
    assert buttons == [f"later_to:{check}:{name}" for name in ("hour", "evening", "tomorrow", "pick")]
    await chat.tap("AM1", f"later_to:{check}:evening")
    assert (await visits.get(chat.tx, check)).due_at == local(chat.book.today, "18:00")
    await chat.tap("AM1", f"later_to:{check}:pick")
    assert f"later_to:{check}:2026-03-20" in (await chat.heard("AM1"))[-1][1]


async def test_move_takes_the_next_working_day_and_shows_a_calendar(chat: Chat) -> None:
    check = await chat.visit("B001", "first_check")
    await chat.tap("AM1", f"move:{check}")
    ((text, buttons),) = await chat.heard("AM1")
    assert "3月3日（周二）" in text and f"move_to:{check}:2026-03-16" in buttons
    await chat.tap("AM1", f"move_to:{check}:2026-03-06")
    assert str((await visits.get(chat.tx, check)).due_on) == "2026-03-06"


async def test_three_days_not_reached_raise_the_flag_and_tell_the_manager(chat: Chat) -> None:
    check = await chat.visit("B001", "first_check")
    for clock in ("2026-03-02", "2026-03-03", "2026-03-04"):
        await chat.tap("AM1", f"unreachable:{check}", local(datetime.fromisoformat(clock).date()))
    codes = (await chat.tx.execute(sa.select(tables.cases.c.code, tables.cases.c.severity))).all()
    assert codes == [("contact.unreachable", "orange")]
    assert await chat.heard("M1")
    special = await visits.get(chat.tx, await chat.visit("B001", "special"))
    assert (str(special.due_on), special.why["flag"]) == ("2026-03-06", "contact.unreachable")
    asked = [
        buttons for _, buttons in await chat.heard("AM1") if any(b.startswith("tried:") for b in buttons)
    ]
    assert len(asked) == 3 and asked[0][1].endswith(":off")
    await chat.tap("AM1", asked[0][1])
    assert {one.reason for one in await visits.attempts_of(chat.tx, "B001")} == {"off", "no_answer"}


async def test_not_needed_is_the_managers_to_agree(chat: Chat) -> None:
    callback = await chat.visit("B002", "callback")
    await chat.tap("AM1", f"not_needed:{callback}")
    assert (await chat.heard("M1"))[0][1] == [f"off_agree:{callback}", f"off_refuse:{callback}"]
    await chat.write(_waiting("off_why", callback), "AM1", "上周刚<通>过电话")
    assert "上周刚&lt;通&gt;过电话" in (await chat.heard("M1"))[-1][0]
    assert await chat.edited("M1") == [None, f"off:{callback}"]  # one question, into which the reason comes
    await chat.tap("AM1", f"off_agree:{callback}")
    assert (await visits.get(chat.tx, callback)).state == "planned"
    await chat.tap("M1", f"off_agree:{callback}")
    assert (await visits.get(chat.tx, callback)).state == "cancelled"
    assert "主管同意" in (await chat.heard("AM1"))[-1][0]
    assert "已同意" in (await chat.heard("M1"))[-1][0] and (await chat.edited("M1"))[-1] == f"off:{callback}"


async def test_what_is_chosen_from_a_menu_takes_its_place(chat: Chat) -> None:
    check = await chat.visit("B001", "first_check")
    for data in (f"later:{check}", f"later_to:{check}:pick", f"later_to:{check}:tomorrow"):
        await chat.tap("AM1", data)
    await chat.tap("AM1", f"move:{check}")
    await chat.tap("AM1", f"move_to:{check}:{chat.book.today + timedelta(2)}")
    later, move = f"later:{check}", f"move:{check}"
    assert await chat.edited("AM1") == [None, later, later, None, move]
    assert (await chat.heard("AM1"))[-1][1] == []


async def test_a_long_list_has_pages_and_says_whose_an_item_is(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wording, "LISTED", 2)
    await chat.write(talk.coming, "M2", "/visits")
    ((first, buttons),) = await chat.heard("M2")
    assert buttons[-1] == "further:30:2" and "（" in first and "3. " not in first
    await chat.tap("M2", "further:30:2")
    assert "3. " in (await chat.heard("M2"))[-1][0]


def _waiting(kind: str, visit_id: int) -> Any:
    async def handler(update: Any, context: Any) -> None:
        await talk.WAITING[kind](update, context, {"kind": kind, "visit_id": visit_id})

    return handler


async def test_on_the_way_gives_the_address(chat: Chat) -> None:
    check = await chat.visit("B001", "first_check")
    await chat.tap("AM1", f"on_way:{check}")
    assert "示例市示例路1号" in (await chat.heard("AM1"))[0][0]


async def test_one_item_of_a_list_opens_with_its_pack(chat: Chat) -> None:
    check = await chat.visit("B001", "first_check")
    await chat.tap("AM1", f"visit:{check}")
    assert "购置注塑机" in (await chat.heard("AM1"))[0][0]


@pytest.mark.parametrize(
    "data", ["later", "move", "unreachable", "on_way", "not_needed", "visit", "report", "off_agree"]
)
async def test_nobody_touches_what_isnt_theirs(chat: Chat, data: str) -> None:
    check = await chat.visit("B001", "first_check")
    before = await visits.get(chat.tx, check)
    await chat.tap("AM2", f"{data}:{check}")
    assert await visits.get(chat.tx, check) == before and await chat.heard("AM2") == []


@pytest.mark.parametrize(
    "data",
    [
        "later_to:{}:soon",
        "move_to:{}:2026-99-99",
        "move_to:{}",
        "tried:999999:off",
        "tried:1",
        "pick:{}",
        "visit:999999999999999",
    ],
)
async def test_a_forged_or_old_tap_is_answered_and_changes_nothing(chat: Chat, data: str) -> None:
    check = await chat.visit("B001", "first_check")
    before = await visits.get(chat.tx, check)
    await chat.tap("AM1", data.format(check))
    assert await visits.get(chat.tx, check) == before


async def test_a_plain_sentence_moves_a_visit(chat: Chat) -> None:
    callback = await chat.visit("B002", "callback")
    await chat.write(requesting.try_request, "AM1", "把青禾食品的电话改到下周三")
    assert str((await visits.get(chat.tx, callback)).due_on) == "2026-03-11"


async def test_a_plain_sentence_sets_a_reminder(chat: Chat) -> None:
    await chat.write(requesting.try_request, "AM1", "明天下午三点提醒我给青禾食品打电话")
    callback = await visits.get(chat.tx, await chat.visit("B002", "callback"))
    assert callback.due_at == local(chat.book.today.replace(day=3), "15:00")
    assert "15:00" in (await chat.heard("AM1"))[0][0]


async def test_who_goes_on_leave_names_a_deputy_who_is_told_and_sees_the_borrowers(chat: Chat) -> None:
    await chat.write(requesting.try_request, "AM1", "我下周休假,让Test Manager B顶我")
    assert "9 Mar" in (await chat.heard("AM2"))[0][0]
    deputy = await people.by_code(chat.tx, "AM2")
    assert not await scope.can_see(chat.tx, deputy, "B001", chat.book.today)
    assert await scope.can_see(chat.tx, deputy, "B001", chat.book.today.replace(day=10))


async def test_a_request_about_somebody_elses_borrower_finds_none(chat: Chat) -> None:
    before = await visits.get(chat.tx, await chat.visit("B005", "visit"))
    await chat.write(requesting.try_request, "AM1", "把蓝杉服饰的走访改到明天")
    assert await visits.get(chat.tx, before.id) == before


async def test_the_plan_goes_into_ones_calendar_as_a_file(chat: Chat) -> None:
    await chat.tap("AM1", "ics:0")
    query = sa.select(tables.outgoing.c.method, tables.outgoing.c.blob)
    ((method, blob),) = (await chat.tx.execute(query)).all()
    assert method == "sendDocument" and blob.count(b"BEGIN:VEVENT") >= 4
