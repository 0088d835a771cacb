"""Doors of the server: the Bot API, the chat page, control; only known host names, only own pages."""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.control import Control
from sandbox.door import BotDoor
from sandbox.page import Page
from sandbox.world import World

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class App:
    def __init__(self, world: World, page: Page, control: Control | None, allow_hosts: Iterable[str]) -> None:
        self._hosts = frozenset((*LOOPBACK, *allow_hosts))
        self._bot = BotDoor(world)
        self._rest: ASGIApp = Starlette(routes=[*page.routes(), *(control.routes() if control else [])])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._welcome(scope):
            words = "Forbidden: another site's page or an unknown host name"
            answer = JSONResponse({"ok": False, "error_code": 403, "description": words}, 403)
            await answer(scope, receive, send)
        elif scope["path"].startswith(("/bot", "/file/bot")):
            await self._bot(scope, receive, send)
        else:
            await self._rest(scope, receive, send)

    def _welcome(self, scope: Scope) -> bool:
        """A browser names its page in Origin; a rebound name shows in Host."""
        host = origin = b""
        for name, value in scope.get("headers", []):
            if name == b"host":
                host = value
            elif name == b"origin":
                origin = value
        return _name(host.decode("latin-1")) in self._hosts and origin in (b"", b"http://" + host)


def _name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
