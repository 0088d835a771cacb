"""The sender against the sandbox's Bot API: pace, order, and what it makes of Telegram's refusals."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import pytest

from bot.sending import Pace
from handlers.saying import put
from prompts.message import Attachment, Button, Message
from records import outbox, people
from records.database import Database
from sandbox.server import Sandbox
from tests.bot.conftest import Engine, now
from tests.small_book import SmallBook


async def queue(database: Database, person: int, *texts: str, **more: Any) -> None:
    async with database.begin() as tx:
        for text in texts:
            await put(tx, Message(text, **more), now(), chat_id=person)


def times(phone: Sandbox, chat_id: int | None = None) -> list[float]:
    return [one.at for one in phone.requests("sendMessage", chat_id)]


async def test_messages_to_many_chats_are_evenly_spaced_below_thirty_a_second(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine: Engine = await make_engine(pace=Pace(29.5, 1.0, 3.0))
    for person in range(100, 140):
        await queue(database, person, "hello")
    await engine.sender.drain()
    sent = times(phone)
    assert len(sent) == 40
    assert all(len([t for t in sent if start <= t < start + 1.0]) <= 30 for start in sent)


async def test_one_chat_gets_one_message_a_second(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine: Engine = await make_engine(pace=Pace(29.5, 1.0, 3.0))
    await queue(database, 100, "one", "two", "three")
    await engine.sender.drain()
    assert engine.heard(100) == ["one", "two", "three"]
    assert all(later - earlier >= 0.95 for earlier, later in pairwise(times(phone, 100)))


async def test_a_429_pauses_that_chat_and_loses_nothing(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine: Engine = await make_engine()
    phone.inject("sendMessage", times=1, kind="429", retry_after=1, chat_id=100)
    await queue(database, 100, "patient")
    await queue(database, 101, "at once")
    await engine.sender.drain()
    assert engine.heard(100) == ["patient"]
    assert engine.heard(101) == ["at once"]
    refused, accepted = times(phone, 100)
    assert accepted - refused >= 1.0
    assert times(phone, 101)[0] < accepted


async def test_two_chats_told_to_wait_pause_all(make_engine: Any, phone: Sandbox, database: Database) -> None:
    engine: Engine = await make_engine()
    phone.inject("sendMessage", times=2, kind="429", retry_after=1)
    for person in (100, 101):
        await queue(database, person, "a")
    await engine.sender.turn()
    await engine.sender.drain()
    assert [engine.heard(person) for person in (100, 101)] == [["a"], ["a"]]
    assert len(times(phone)) == 4


@pytest.mark.parametrize("kind", ["500", "drop"])
async def test_a_passing_fault_is_waited_out(
    make_engine: Any, phone: Sandbox, database: Database, kind: str
) -> None:
    engine: Engine = await make_engine()
    phone.inject("sendMessage", times=1, kind=kind)
    await queue(database, 100, "first", "second")
    await engine.sender.drain()
    assert engine.heard(100) == ["first", "second"]


async def test_a_person_who_blocked_the_bot_is_marked_held_and_told_of_once(
    make_engine: Any, phone: Sandbox, database: Database, book: SmallBook
) -> None:
    async with database.begin() as tx:
        await people.change(tx, "AM1", chat_id=100)
        await people.change(tx, "M1", chat_id=101)
    engine: Engine = await make_engine()
    phone.block(100)
    await queue(database, 100, "one", "two")
    await engine.sender.drain()
    async with database.read() as tx:
        person = await people.by_chat(tx, 100)
    assert person is not None
    assert person.blocked_at is not None
    assert len(engine.heard(101)) == 1
    assert len(times(phone, 100)) == 1
    phone.unblock(100)
    async with database.begin() as tx:
        assert await outbox.release(tx, 100) == 2
    await engine.sender.drain()
    assert engine.heard(100) == ["one", "two"]


async def test_a_message_that_edits_changes_the_earlier_one_in_place(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine: Engine = await make_engine()
    await queue(database, 100, "card v1", about="card:1", buttons=((Button("OK", "confirm", ("1", "1")),),))
    await engine.sender.drain()
    await queue(database, 100, "card v2", about="card:1", edits="card:1")
    await engine.sender.drain()
    await queue(database, 100, "card v2", about="card:1", edits="card:1")
    await engine.sender.drain()
    assert engine.heard(100) == ["card v2"]


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine: Engine = await make_engine()
    await queue(database, 100, "card v1", about="card:1")
    await engine.sender.drain()
    phone.delete(100, phone.messages(100)[-1].id)
    await queue(database, 100, "card v2", about="card:1", edits="card:1")
    await engine.sender.drain()
    assert engine.heard(100) == ["card v2"]


async def test_broken_markup_still_reaches_the_person_as_plain_text(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine: Engine = await make_engine()
    await queue(database, 100, "<b>open")
    await engine.sender.drain()
    assert engine.heard(100) == ["<b>open"]


async def test_a_key_is_said_once_for_ever(make_engine: Any, phone: Sandbox, database: Database) -> None:
    engine: Engine = await make_engine()
    await queue(database, 100, "a", key="k")
    await queue(database, 100, "b", key="k")
    await engine.sender.drain()
    assert engine.heard(100) == ["a"]


async def test_a_document_goes_out_with_its_name_and_words(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine: Engine = await make_engine()
    await queue(database, 100, "plan", attachment=Attachment("document", b"BEGIN:VCALENDAR", "plan.ics"))
    await engine.sender.drain()
    message = phone.messages(100)[-1]
    assert message.text == "plan"
    assert message.media is not None
    assert message.media.file_name == "plan.ics"


async def test_a_text_longer_than_telegram_takes_comes_in_pieces(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine: Engine = await make_engine()
    lines = [f"line {number}" for number in range(900)]
    await queue(database, 100, "\n".join(lines))
    await engine.sender.drain()
    assert "\n".join(engine.heard(100)).split("\n") == lines
    assert len(engine.heard(100)) > 1


async def test_a_chat_that_gets_free_while_the_sender_looks_hears_nothing_twice(
    make_engine: Any, phone: Sandbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine: Engine = await make_engine()
    await queue(database, 100, "once", "then")
    look = outbox.HEADS.all

    async def slowly(*args: Any, **options: Any) -> Any:
        found = await look(*args, **options)
        await asyncio.gather(*engine.sender._busy.values())
        return found

    await engine.sender.turn()
    with monkeypatch.context() as patch:
        patch.setattr(outbox.HEADS, "all", slowly)
        await engine.sender.turn()
    await engine.sender.drain()
    assert engine.heard(100) == ["once", "then"]
