"""The inbox and its lanes, on both databases, against the Bot API of the sandbox."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot import lanes as lanes_module
from prompts.message import Message
from records import inbox
from records.database import Database
from records.model import Staff
from sandbox.server import Sandbox
from tests.small_book import SmallBook


async def states(database: Database) -> dict[str, int]:
    async with database.read() as tx:
        return await inbox.counts(tx)


async def test_a_message_is_answered_and_marked_done(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine = await make_engine()
    phone.say(100, "hello")
    await engine.settle()
    assert engine.heard(100) == ["heard hello"]
    assert await states(database) == {"done": 1}


async def test_an_update_given_twice_is_kept_once(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine = await make_engine()
    phone.say(100, "once")
    await engine.settle()
    async with database.begin() as tx:
        kept = await inbox.head(tx, 100)
        assert kept is None
    engine.receiver.offset = 0
    raw = {"update_id": phone.raw_update({"message": {}}), "message": {"chat": {"id": 7}}}
    await engine.receiver.keep([raw, raw])
    assert sum((await states(database)).values()) == 2


async def test_one_chat_keeps_its_order_while_chats_run_beside_each_other(
    make_engine: Any, phone: Sandbox
) -> None:
    async def slowly(update: Any, context: Any) -> None:
        await asyncio.sleep(0.002 * (update.message.message_id % 3))
        await context.say(Message(update.message.text))

    engine = await make_engine(slowly)
    for number in range(10):
        for person in range(100, 110):
            phone.say(person, str(number))
    await engine.settle()
    for person in range(100, 110):
        assert engine.heard(person) == [str(n) for n in range(10)]


async def test_a_failing_handler_leaves_nothing_and_is_tried_again(
    make_engine: Any, phone: Sandbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes_module, "FIRST_PAUSE", 0.001)
    calls: list[str] = []

    async def fails_twice(update: Any, context: Any) -> None:
        calls.append(update.message.text)
        await context.say(Message("said"))
        if len(calls) < 3:
            raise RuntimeError("not yet")

    engine = await make_engine(fails_twice)
    phone.say(100, "x")
    await engine.settle()
    assert len(calls) == 3
    assert engine.heard(100) == ["said"]
    assert await states(database) == {"done": 1}


async def test_one_that_fails_in_a_batch_takes_nothing_from_the_others(
    make_engine: Any, phone: Sandbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes_module, "FIRST_PAUSE", 0.001)
    failures: list[str] = []

    async def sometimes(update: Any, context: Any) -> None:
        await context.say(Message(f"did {update.message.text}"))
        if update.message.text == "fails" and len(failures) < 2:
            failures.append("once more")
            raise RuntimeError("not yet")

    engine = await make_engine(sometimes)
    for person, words in ((100, "a"), (101, "fails"), (102, "b"), (101, "after it")):
        phone.say(person, words)
    await engine.settle()
    assert [engine.heard(person) for person in (100, 102)] == [["did a"], ["did b"]]
    assert engine.heard(101) == ["did fails", "did after it"]
    assert await states(database) == {"done": 4}


async def test_a_batch_that_cannot_be_kept_is_given_again_and_works_once(
    make_engine: Any, phone: Sandbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = await make_engine()
    phone.say(100, "x")
    accept = inbox.accept

    async def broken(*args: Any) -> Any:
        await accept(*args)
        raise OSError("disk full")

    monkeypatch.setattr(inbox, "accept", broken)
    with pytest.raises(OSError, match="disk full"):
        await engine.receiver.fetch()
    monkeypatch.setattr(inbox, "accept", accept)
    assert await states(database) == {}
    await engine.settle()
    assert engine.heard(100) == ["heard x"]


async def test_a_dead_update_is_told_with_its_number_and_can_be_opened_again(
    make_engine: Any, phone: Sandbox, database: Database, book: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes_module, "FIRST_PAUSE", 0.001)
    broken = True

    async def fails(update: Any, context: Any) -> None:
        if broken and update.message.text == "bad":
            raise RuntimeError("secret detail")
        await context.say(Message(f"did {update.message.text}"))

    author: Staff = await _with_chat(database, 100)
    assert author.chat_id == 100
    engine = await make_engine(fails)
    phone.say(100, "bad")
    phone.say(100, "good")
    await engine.settle()
    told, after = engine.heard(100)
    async with database.read() as tx:
        assert (await inbox.counts(tx)) == {"dead": 1, "done": 1}
    assert any(character.isdigit() for character in told)
    assert "secret" not in told
    assert after == "did good"
    broken = False
    async with database.begin() as tx:
        assert await inbox.replay(tx) == 1
    await engine.lanes.resume()
    await engine.settle()
    assert engine.heard(100)[-1] == "did bad"


async def _with_chat(database: Database, chat_id: int) -> Staff:
    from records import people

    async with database.begin() as tx:
        await people.change(tx, "AM1", chat_id=chat_id)
        person = await people.by_chat(tx, chat_id)
    assert person is not None
    return person


async def test_an_update_of_no_known_shape_is_put_aside_and_holds_nobody_up(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    engine = await make_engine()
    phone.raw_update({"message": {"chat": {"id": 100}, "date": "yesterday"}})
    phone.raw_update({"message": 17})
    phone.raw_update({"callback_query": {"id": "1", "from": {"id": 2**70}}})
    phone.say(100, "still here")
    await engine.settle()
    assert engine.heard(100) == ["heard still here"]
    counts = await states(database)
    assert sum(counts.values()) == 4
    assert "new" not in counts


async def test_a_new_process_goes_on_with_what_an_earlier_one_kept(
    make_engine: Any, phone: Sandbox, database: Database
) -> None:
    first = await make_engine()
    first.receiver.take, first.receiver.offer = first.receiver.keep, lambda chats: None
    phone.say(100, "kept, then killed")
    await first.receiver.fetch()
    second = await make_engine()
    await second.lanes.resume()
    await second.settle()
    assert second.heard(100) == ["heard kept, then killed"]
