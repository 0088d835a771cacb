"""The composition root: every part is built and joined here, and nowhere else."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

import structlog
from telegram.ext import Application, ApplicationBuilder, ContextTypes
from telegram.request import HTTPXRequest

from anomalies import policy as anomalies_policy
from bot.clock import Clock, Job
from bot.jobs import jobs
from bot.lanes import Lanes, note_error
from bot.model import Model, terms
from bot.receiving import ALLOWED, Receiver
from bot.sending import Pace, Sender
from bot.settings import Settings, host_and_port
from bot.speech import Ears, speech_config
from bot.wire import Wire
from bot.worker import Worker
from handlers import routing
from handlers.context import Context
from handlers.saying import put
from handlers.unit import Services
from portfolio import charts
from prompts.catalog import LANGUAGES, say
from prompts.message import Message
from records import cases, inbox, migrate, outbox
from records.database import Database, Tx
from reminders import feed, plan
from reminders import policy as reminders_policy
from reports import second, work

log = structlog.get_logger()
App = Application[Any, Any, Any, Any, Any, Any]
RESUME_SECONDS = 5.0
CONNECTIONS = 48


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Policies:
    reminders: Any
    anomalies: Any


class Service:
    """The whole product on one token and one database.

    `start()` opens it, `serve()` runs until cancelled, `settle()` works off what is at hand (replay, tests),
    `stop()` closes it. Killed at any point it goes on from the rows.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = utc_now,
        durable: bool = True,
        pictures: bool = True,
    ) -> None:
        self.settings = settings
        self.pictures = pictures
        self.clock = clock
        self.database = Database(settings.database, durable=durable)
        self.application = build_application(settings)
        self.policies = Policies(
            reminders_policy.load(settings.reminders_policy), anomalies_policy.load(settings.anomalies_policy)
        )
        self.transcriber = Ears(speech_config(settings))
        self.model = Model(settings)
        self.services = Services(
            database=self.database,
            clock=clock,
            policies=self.policies,
            transcriber=self.transcriber,
            wake=self._spoken,
            door=settings.webhook_url.rstrip("/"),
        )
        self.application.bot_data["services"] = self.services
        self.application.add_error_handler(note_error)
        routing.register(self.application)
        self._join()

    def _join(self) -> None:
        bot, settings = self.application.bot, self.settings
        self.lanes = Lanes(
            self.application,
            self.database,
            self.clock,
            width=settings.lanes,
            spoken=self._answered,
            work=lambda: self.worker.wake(),
        )
        self.receiver = Receiver(bot, self.database, self.lanes.offer, take=self.lanes.take)
        self.sender = Sender(bot, self.database, pace(settings), self.clock)
        self.worker = Worker(self.database, self._work, width=settings.workers, spoken=self._spoken)
        self.readers = [self._reader()] if settings.model_name else []
        self.jobs: Sequence[Job] = jobs(self.database, self.policies, self._put_all, self._draw)
        self.timer = Clock(self.jobs, self.clock)
        self._secret = settings.webhook_secret.get_secret_value() or token_urlsafe(32)

    async def start(self) -> None:
        await migrate.upgrade(self.database)
        await self._keep_policy()
        await self.application.initialize()
        await self.lanes.resume()

    async def serve(self) -> None:
        """Receive, work, send and keep time until cancelled."""
        gc.collect()
        gc.freeze()  # what is loaded by now stays; looking through it again would stop everybody for 0.1 s
        self.timer.start()
        doors = [self.sender.run(), self._resume(), self._receive(), self._introduce()]
        doors += [self.work()] if self.settings.workers else []
        async with asyncio.TaskGroup() as group:
            for door in doors:
                group.create_task(door)

    async def work(self) -> None:
        """Do long work until cancelled: hearing, and where a model is set up reading with it."""
        async with asyncio.TaskGroup() as group:
            for worker in (self.worker, *self.readers):
                group.create_task(worker.run())

    async def stop(self) -> None:
        self.timer.stop()
        await self.lanes.stop()
        for worker in (self.worker, *self.readers):
            await worker.stop()
        await self.sender.stop()
        await self.transcriber.close()
        await self.model.close()
        await self.application.shutdown()
        await self.database.close()

    async def settle(self) -> None:
        """Work off all that is at hand now, without waiting for anything new."""
        while True:
            brought = await self.receiver.fetch()
            await self.lanes.resume()
            await self.lanes.drain()
            await self.worker.drain()
            await self.sender.drain()
            for reader in self.readers:
                await reader.drain()
                await self.sender.drain()
            if not brought:
                return

    async def replan(self) -> None:
        await plan.replan_all(self.database, now=self.clock(), policy=self.policies.reminders)

    async def _keep_policy(self) -> None:
        """The plan's policy, by its version, with the day from which it is in force."""
        policy = self.policies.reminders
        async with self.database.begin() as tx:
            await cases.keep_policy(tx, policy.version, "reminders", policy.model_dump_json(), self.clock())

    async def _calendar(self, token_hash: str) -> feed.Page | None:
        async with self.database.begin() as tx:
            return await feed.page(tx, token_hash, now=self.clock(), policy=self.policies.reminders)

    async def health(self) -> dict[str, Any]:
        async with self.database.read() as tx:
            counts, waiting = await inbox.counts(tx), await outbox.waiting(tx)
        return {"ok": True, "updates": counts, "outgoing": waiting}

    def _spoken(self) -> None:
        self._answered()
        self.worker.wake()

    def _answered(self) -> None:
        """A chat was answered: there is something to send, and perhaps a report that the model should read."""
        self.sender.wake()
        for reader in self.readers:
            reader.wake()

    async def _put_all(self, make: Callable[[Any], Awaitable[Iterable[Message]]]) -> int:
        """One transaction: what `make` changes and the messages that it returns."""
        async with self.database.begin() as tx:
            messages = list(await make(tx))
            for message in messages:
                await put(tx, message, self.clock())
        if messages:
            self._spoken()
        return len(messages)

    async def _draw(self, week: charts.Week, lang: str) -> bytes | None:
        """None where nobody looks (a replay) or it can't be drawn; the words come without it then."""
        try:
            return await charts.draw(week, lang) if self.pictures else None
        except charts.ChartError as error:
            log.error("the week's chart wasn't drawn", exc_info=error)
            return None

    async def _work(self, report_id: int, owner: str) -> None:
        await work.do(
            self.database,
            report_id,
            owner,
            fetch=self._fetch,
            transcriber=self.transcriber,
            clock=self.clock,
            put=put,
        )

    def _reader(self) -> Worker:
        """Reads with the model, beside the hearing: neither waits for the other."""

        async def claim(tx: Tx, owner: str, now: datetime, lease: timedelta, limit: int) -> list[int]:
            return await second.claim(tx, owner, now, lease, limit, read_by=self.clock())

        width = self.settings.model_at_once
        return Worker(self.database, self._read, width=width, spoken=self._answered, claim=claim)

    async def _read(self, report_id: int, owner: str) -> None:
        await second.do(
            self.database,
            report_id,
            owner,
            asker=self.model,
            terms=terms(self.settings),
            clock=self.clock,
            put=put,
        )

    async def _fetch(self, file_id: str) -> bytes:
        file = await self.application.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    async def _resume(self) -> None:
        """Offer again what no lane holds: put off, or left by another process."""
        while True:
            await asyncio.sleep(RESUME_SECONDS)
            await self.lanes.resume()

    async def _receive(self) -> None:
        bot = self.application.bot
        if not self.settings.webhook_url:
            await bot.delete_webhook()
            await self.receiver.run()
            return
        from bot import web  # the server's libraries are for webhooks alone

        host, port = host_and_port(self.settings.webhook_listen)
        url = self.settings.webhook_url.rstrip("/") + "/telegram"
        await bot.set_webhook(url, secret_token=self._secret, allowed_updates=ALLOWED)
        app = web.door(self.receiver.keep, self.health, self._secret, self._calendar)
        await web.server(app, host, port).serve()

    async def _introduce(self) -> None:
        """Tell Telegram our commands in each language, so that they show under the menu button."""
        for lang in LANGUAGES:
            commands = [(name, say(key, lang)) for name, key in routing.COMMANDS.items()]
            await self.application.bot.set_my_commands(commands, language_code=lang)
        await self.application.bot.set_my_commands(
            [(name, say(key, "zh")) for name, key in routing.COMMANDS.items()]
        )


def build_application(settings: Settings) -> App:
    """PTB's Application without updater and job queue: receiving and timing are our own."""
    api = settings.telegram_api.rstrip("/")
    return (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .request(Wire(HTTPXRequest(CONNECTIONS, read_timeout=20, media_write_timeout=60)))
        .build()
    )


def pace(settings: Settings) -> Pace:
    return Pace(settings.send_per_second, settings.send_per_chat_seconds, settings.send_per_group_seconds)
