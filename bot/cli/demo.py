"""The demo: the product on a Telegram of its own, in a browser, with a year of a fictional book behind it."""

from __future__ import annotations

import asyncio
import errno
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli.common import address, fail, progress, show
from bot.cli.running import only_one, until_signal
from bot.settings import Settings, host_and_port

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = timedelta(hours=9)
SAVE_SECONDS = 5
UNREAD = 3
NO_DOOR = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


async def serve(chosen: Settings, fresh: bool) -> None:
    """Make the demo if there is none, and serve its page until stopped."""
    folder = chosen.data / "demo"
    with only_one(chosen):
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "ready").exists():
            await _make(folder)
        try:
            await _serve(chosen, folder)
        except OSError as error:
            if error.errno not in NO_DOOR:
                raise
            fail(
                f"{chosen.page_listen} can't be opened ({error.strerror}); set HUIFANG_PAGE_LISTEN to another.",
                2,
            )


async def _make(folder: Path) -> None:
    """Play the year that ends today into the demo's database and its people's phones."""
    from bot import demo
    from bot.cli.playing import stage
    from bot.scenario import read
    from sandbox.keeping import Keeper

    database = folder / "huifang.sqlite3"
    _clear(folder)
    today = _last_day(datetime.now(ZONE))
    book, scenario = demo.build(today, folder)
    lines = [line for line in read(scenario) if line.at <= datetime.now(UTC)]
    show("回访演示:正在生成一年的虚构走访记录…  Making a year of fictional visits…")
    async with stage(database, book, lines[0].at) as player:
        with progress("demo", len(lines)) as advance:
            for line in lines:
                await player.play(line)
                advance()
        await _to_now(player, folder)
        Keeper(player.phone, folder / "phones.json").save()
    _mark(folder, today)


async def _to_now(player: Any, folder: Path) -> None:
    """The book as it stands today, the mornings until now, and phones on which only the newest is unread."""
    from bot import demo
    from bot.bookkeeping import bring_in, look

    service = player.service
    await bring_in(service.database, *await look(service.database, demo.today_book(folder)), player.clock())
    await service.replan()
    await player.pass_time(datetime.now(UTC))
    for chat in player.chats.values():
        messages = player.phone.messages(chat)
        if len(messages) > UNREAD:
            player.phone.world.mark_read(player.phone.world.chat(chat), messages[-UNREAD - 1].id)


def _last_day(now: datetime) -> date:
    """The newest day whose reminders have gone out (a Sunday's go on Friday): there the demo's year ends."""
    from reminders.workdays import add, on_or_before

    morning = on_or_before((now - MORNING).date(), "CN")
    return min(now.date(), add(morning, 1, "CN") - timedelta(1))


def _clear(folder: Path) -> None:
    """What an interrupted first start left."""
    for file in folder.glob("huifang.sqlite3*"):
        file.unlink()


def _mark(folder: Path, today: date) -> None:
    (folder / "ready").write_text(today.isoformat())


async def _serve(chosen: Settings, folder: Path) -> None:
    from bot.service import Service
    from sandbox.keeping import Keeper
    from sandbox.server import Sandbox

    host, port = host_and_port(chosen.page_listen)
    phone = Sandbox(host=host, port=port)
    keeper = Keeper(phone, folder / "phones.json")
    keeper.load()
    async with phone:
        service = Service(_settings(chosen, folder, phone))
        await service.start()
        saving = asyncio.create_task(_keep_saving(keeper))
        show(f"\n  回访 · Huifang  →  {phone.url}\n")
        try:
            await until_signal(service.serve())
        finally:
            saving.cancel()
            await service.stop()
            keeper.save()


async def _keep_saving(keeper: Any) -> None:
    while True:
        await asyncio.sleep(SAVE_SECONDS)
        keeper.save()


def _settings(chosen: Settings, folder: Path, phone: Any) -> Settings:
    return chosen.model_copy(
        update={
            "database_url": address(folder / "huifang.sqlite3"),
            "telegram_token": type(chosen.telegram_token)(phone.token),
            "telegram_api": phone.url,
            "webhook_url": "",
            "send_per_second": 0,
            "send_per_chat_seconds": 0,
            "send_per_group_seconds": 0,
        }
    )
