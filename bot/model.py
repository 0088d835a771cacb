"""The language model, as the settings say; its client is made with the first question."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.settings import Settings
from prompts.asking import Words
from reports.second import Terms


def terms(settings: Settings) -> Terms:
    return Terms(
        name=settings.model_name,
        report_tokens=settings.model_report_tokens,
        day_tokens=settings.model_day_tokens,
        price_in=settings.model_price_in,
        price_out=settings.model_price_out,
    )


def endpoint(settings: Settings) -> Any:
    """The `prompts.client.Endpoint` of the settings."""
    from prompts.client import Endpoint

    return Endpoint(
        name=settings.model_name,
        base=settings.model_base,
        key=settings.model_key.get_secret_value(),
        timeout=settings.model_timeout_seconds,
    )


class Model:
    """A `prompts.client.Client` that is made when first asked: openai takes a second and 40 MB to load."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._making = asyncio.Lock()
        self._client: Any = None

    async def ask(self, words: Words, shape: type[Any], most: int) -> Any:
        """As `Client.ask`."""
        async with self._making:
            if self._client is None:
                self._client = await asyncio.to_thread(_client, self.settings)
        return await self._client.ask(words, shape, most)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()


def _client(settings: Settings) -> Any:
    from prompts.client import Client

    return Client(endpoint(settings))
