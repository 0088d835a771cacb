"""Plain calls of the Bot API on kept connections: a tenth of the work that a general HTTP client makes of them."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httptools
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, HTTPXRequest, RequestData

CONNECT_SECONDS = 10.0
IDLE = 48


class Fields:
    """What PTB's requests read of their `RequestData`, for parameters that are JSON as they stand."""

    contains_files = False
    multipart_data: Mapping[str, Any] = {}

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = fields

    @property
    def json_parameters(self) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in self.fields.items()
        }

    @property
    def json_payload(self) -> bytes:
        return json.dumps(self.fields, ensure_ascii=False).encode("utf-8", "replace")


async def call(bot: ExtBot[Any], method: str, fields: Mapping[str, Any], seconds: float | None = None) -> Any:
    """The raw result of a method without files; raises PTB's errors."""
    timeout = {} if seconds is None else {"read_timeout": seconds}
    data = cast(RequestData, Fields(fields))
    return await bot.request.post(f"{bot.base_url}/{method}", request_data=data, **timeout)


class Wire(BaseRequest):
    """A transport for PTB. Files, downloads and whatever needs a proxy go through HTTPX."""

    def __init__(self, general: HTTPXRequest) -> None:
        self.general = general
        self._idle: dict[tuple[str, str, int], list[Link]] = {}
        self._proxied: dict[str, bool] = {}
        self._tls: ssl.SSLContext | None = None

    @property
    def read_timeout(self) -> float | None:
        return self.general.read_timeout

    async def initialize(self) -> None:
        await self.general.initialize()

    async def shutdown(self) -> None:
        for link in [link for links in self._idle.values() for link in links]:
            link.close()
        self._idle.clear()
        await self.general.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if method != "POST" or (request_data and request_data.contains_files) or self._needs_proxy(url):
            return await self.general.do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            )
        body = request_data.json_payload if request_data else b""
        try:
            async with asyncio.timeout(
                self.read_timeout if read_timeout is self.DEFAULT_NONE else read_timeout
            ):
                return await self._ask(url, body)
        except TimeoutError as error:
            raise TimedOut from error
        except OSError as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error

    async def _ask(self, url: str, body: bytes) -> tuple[int, bytes]:
        at = urlsplit(url)
        origin = (at.scheme, at.hostname or "", at.port or (443 if at.scheme == "https" else 80))
        idle = self._idle.setdefault(origin, [])
        link = idle.pop() if idle else await self._connect(origin)
        try:
            answer = await link.ask(at.path, at.netloc, body)
        except BaseException:
            link.close()
            raise
        if link.is_open and len(idle) < IDLE:
            idle.append(link)
        else:
            link.close()
        return answer

    async def _connect(self, origin: tuple[str, str, int]) -> Link:
        scheme, host, port = origin
        if scheme == "https" and self._tls is None:
            self._tls = httpx.create_ssl_context()
        loop = asyncio.get_running_loop()
        idle = self._idle[origin]
        async with asyncio.timeout(CONNECT_SECONDS):
            _, link = await loop.create_connection(
                lambda: Link(idle), host, port, ssl=self._tls if scheme == "https" else None
            )
        return link

    def _needs_proxy(self, url: str) -> bool:
        """As the environment says (HTTPS_PROXY, NO_PROXY …)."""
        scheme, _, rest = url.partition("://")
        place = f"{scheme}://{rest.partition('/')[0]}"
        if place not in self._proxied:
            proxies = getproxies()
            host = urlsplit(place).hostname or ""
            self._proxied[place] = bool(
                (proxies.get(scheme) or proxies.get("all")) and not proxy_bypass(host)
            )
        return self._proxied[place]


class Link(asyncio.Protocol):
    """One connection: one request after the other. It leaves `idle` when the other side closes it."""

    def __init__(self, idle: list[Link]) -> None:
        self.is_open = False
        self._idle = idle
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    async def ask(self, path: str, host: str, body: bytes) -> tuple[int, bytes]:
        """Status and body. Raises NetworkError."""
        if self._transport is None or not self.is_open:
            raise NetworkError("the connection was closed")
        self._answer = asyncio.get_running_loop().create_future()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._transport.write(head.encode("latin-1") + body)
        return await self._answer

    def close(self) -> None:
        self.is_open = False
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(f"not HTTP: {error}")

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        if self in self._idle:
            self._idle.remove(self)
        self._fail(f"the connection was lost: {exc}")

    def on_message_begin(self) -> None:
        self._body = []

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            return
        self.is_open = self.is_open and self._parser.should_keep_alive()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((status, b"".join(self._body)))

    def _fail(self, words: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(NetworkError(words))
