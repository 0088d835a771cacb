"""Calendars behind private addresses, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from icalendar import Calendar

from bot.calendars import AT_ONCE, UNKNOWN_AT_ONCE, Brake, Calendars
from bot.web import door
from records import feeds, tables
from records.database import Database
from reminders import feed, plan
from tests.reminders.stage import POLICY
from tests.small_book import SmallBook


class Web:
    """The door on a book, with a clock to move."""

    def __init__(self, book: SmallBook) -> None:
        self.book, self.now, self.seconds = book, book.now, 0.0
        calendars = Calendars(self.read, lambda: self.seconds)
        app = door(self.keep, self.health, "secret", self.read)
        app.router.routes[-1] = calendars.route()
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://bank.example")

    async def keep(self, updates: list[dict[str, Any]]) -> None:
        raise AssertionError("no update is sent here")

    async def health(self) -> dict[str, Any]:
        return {"ok": True}

    async def read(self, token_hash: str) -> feed.Page | None:
        async with self.book.database.begin() as tx:
            return await feed.page(tx, token_hash, now=self.now, policy=POLICY)

    async def renew(self, staff_code: str) -> str:
        async with self.book.database.begin() as tx:
            return f"/calendar/{await feeds.renew(tx, staff_code, self.now)}.ics"

    async def get(self, path: str, **headers: str) -> httpx.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(path, headers=sent)


@pytest.fixture
async def web(book: SmallBook) -> AsyncIterator[Web]:
    await plan.replan_all(book.database, now=book.now, policy=POLICY)
    made = Web(book)
    yield made
    await made.client.aclose()


async def change(database: Database, **values: Any) -> None:
    async with database.begin() as tx:
        await tx.execute(sa.update(tables.visits).where(tables.visits.c.kind == "visit").values(**values))


async def test_an_address_gives_its_owners_plan_and_nothing_of_others(web: Web) -> None:
    answer = await web.get(await web.renew("AM1"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    words = [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert any("华兴机械" in one for one in words) and not any("蓝杉服饰" in one for one in words)
    assert "no-store" not in answer.headers["cache-control"] and "private" in answer.headers["cache-control"]


async def test_the_feed_says_no_more_of_a_borrower_than_the_file(web: Web) -> None:
    answer = await web.get(await web.renew("AM1"))
    (event, *_) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {name.lower() for name in event} <= {"uid", "dtstamp", "dtstart", "dtend", "summary", "sequence", "location", "geo"}  # fmt: skip
    assert b"5,000,000" not in answer.content and "华老板".encode() not in answer.content


async def test_what_is_known_isnt_sent_again_until_the_plan_changes(web: Web) -> None:
    path = await web.renew("AM1")
    first = await web.get(path)
    web.now += timedelta(hours=1)
    again = await web.get(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert (await web.get(path)).content == first.content
    await change(web.book.database, due_on=web.book.today + timedelta(40))
    later = await web.get(path, if_none_match=first.headers["etag"])
    assert later.status_code == 200 and later.headers["etag"] != first.headers["etag"]


async def test_last_modified_is_when_the_plan_first_read_like_this(web: Web) -> None:
    path = await web.renew("AM1")
    first = await web.get(path)
    since = first.headers["last-modified"]
    assert parsedate_to_datetime(since) == web.book.now
    web.now += timedelta(hours=2)
    assert (await web.get(path, if_modified_since=since)).status_code == 304
    await change(web.book.database, due_on=web.book.today + timedelta(40))
    moved = await web.get(path, if_modified_since=since)
    assert moved.status_code == 200
    changed: datetime = parsedate_to_datetime(moved.headers["last-modified"])
    assert changed == web.now
    assert (await web.get(path, if_modified_since=moved.headers["last-modified"])).status_code == 304


async def test_a_new_address_ends_the_old_one_and_revoking_ends_it_all(web: Web) -> None:
    old = await web.renew("AM1")
    new = await web.renew("AM1")
    assert [(await web.get(path)).status_code for path in (old, new)] == [404, 200]
    async with web.book.database.begin() as tx:
        assert await feeds.revoke(tx, "AM1", "AM1", web.now)
        assert not await feeds.revoke(tx, "AM1", "AM1", web.now)
    assert (await web.get(new)).status_code == 404


async def test_who_has_left_is_shown_nothing(web: Web) -> None:
    path = await web.renew("AM1")
    async with web.book.database.begin() as tx:
        await tx.execute(
            sa.update(tables.staff).where(tables.staff.c.staff_code == "AM1").values(active=False)
        )
    assert (await web.get(path)).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5000, "..%2f..%2fetc", "💥"])
async def test_what_is_no_address_is_not_found(web: Web, token: str) -> None:
    assert (await web.get(f"/calendar/{token}.ics")).status_code == 404


async def test_too_many_reads_of_one_address_wait_and_then_go_on(web: Web) -> None:
    path, other = await web.renew("AM1"), await web.renew("AM2")
    codes = [(await web.get(path)).status_code for _ in range(AT_ONCE + 2)]
    assert codes.count(200) >= AT_ONCE and codes[-1] == 429
    refused = await web.get(path)
    assert (await web.get(other)).status_code == 200
    web.seconds += int(refused.headers["retry-after"])
    assert (await web.get(path)).status_code == 200


async def test_guessing_is_slowed_down_and_those_who_know_theirs_are_not(web: Web) -> None:
    path = await web.renew("AM1")
    assert (await web.get(path)).status_code == 200
    codes = [(await web.get(f"/calendar/{n:043d}.ics")).status_code for n in range(UNKNOWN_AT_ONCE + 5)]
    assert codes[0] == 404 and codes[-1] == 429
    assert (await web.get(path)).status_code == 200


def test_a_brake_fills_evenly() -> None:
    at = [0.0]
    brake = Brake(per_hour=3600, at_once=2, clock=lambda: at[0])
    assert [brake.wait("a") for _ in range(3)] == [0, 0, 1]
    at[0] = 1.0
    assert (brake.wait("a"), brake.wait("a"), brake.wait("b")) == (0, 1, 0)
