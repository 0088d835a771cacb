"""What a handler is given: the unit of work, the services, and a way to speak."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackContext, ExtBot

from handlers.saying import put
from handlers.unit import Services, Unit, current_unit
from prompts.message import Message
from records.database import Tx
from records.model import Staff

Bot = ExtBot[None]


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """`await context.say(...)` writes into the outbox, in the same transaction as everything else."""

    def __init__(
        self, application: Application[Any, Any, Any, Any, Any, Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(application, *args, **kwargs)
        self.unit: Unit = current_unit.get()

    @property
    def services(self) -> Services:
        services: Services = self.application.bot_data["services"]
        return services

    @property
    def tx(self) -> Tx:
        return self.unit.tx

    @property
    def now(self) -> Any:
        return self.unit.now

    @property
    def staff(self) -> Staff:
        """The person who speaks; the door has let nobody else in."""
        assert self.unit.staff is not None
        return self.unit.staff

    @property
    def lang(self) -> str:
        return self.unit.staff.language if self.unit.staff else "zh"

    async def say(self, *messages: Message) -> None:
        for message in messages:
            await put(self.unit.tx, message, self.unit.now, chat_id=self.unit.chat_id)

    async def toast(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the tap that is being handled; it goes out when the transaction is done."""
        query_id = self.callback_query_id
        if query_id is not None:
            self.unit.after.append(lambda: self._answer(query_id, text, alert))

    callback_query_id: str | None = None

    async def _answer(self, query_id: str, text: str, alert: bool) -> None:
        await self.bot.answer_callback_query(query_id, text=text or None, show_alert=alert)
