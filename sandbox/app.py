"""Doors of the server: the Bot API, the chat page, control; only loopback names, only own pages."""

import json
from collections.abc import Iterable
from typing import Any

from starlette.types import Receive, Scope, Send

from sandbox.door import BotDoor

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class App:
    """`sandbox` is the Sandbox whose people the page and the control door act for."""

    def __init__(self, sandbox: Any, control: bool, allow_hosts: Iterable[str]) -> None:
        self._control = control
        self._hosts = frozenset((*LOOPBACK, *allow_hosts))
        self._bot = BotDoor(sandbox.world)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if not self._welcome(scope):
            await _refuse(send, 403, "Forbidden: another site's page or an unknown host name")
        elif scope["path"].startswith(("/bot", "/file/bot")):
            await self._bot(scope, receive, send)
        else:
            await _refuse(send, 404, "Not Found")

    def _welcome(self, scope: Scope) -> bool:
        """A browser names its page in Origin; a rebound name shows in Host."""
        host = origin = b""
        for name, value in scope["headers"]:
            if name == b"host":
                host = value
            elif name == b"origin":
                origin = value
        name = host.decode("latin-1").rpartition(":")[0] or host.decode("latin-1")
        return name in self._hosts and origin in (b"", b"http://" + host)


async def _refuse(send: Send, status: int, words: str) -> None:
    body = json.dumps({"ok": False, "error_code": status, "description": words}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
