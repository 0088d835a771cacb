"""The sandbox itself: one server in the caller's event loop."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import uvicorn

from sandbox.acting import Acting
from sandbox.app import App
from sandbox.control import Control
from sandbox.limits import Limits
from sandbox.page import Page
from sandbox.people import Person, Place
from sandbox.reading import Reading
from sandbox.world import World

TOKEN = "700000001:sandbox-not-a-secret-000000000000000"


def _now() -> datetime:
    return datetime.now(UTC)


class _Server(uvicorn.Server):
    """Signals belong to whoever runs the loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Sandbox(Acting, Reading):
    """`clock` dates messages and ages links; waiting and pauses are real time. `port` 0 takes a free one.

    `control` opens `/control/…`. `allow_hosts` are further names in the Host header (a container's), without
    which only loopback is served. `limits` refuses what is sent too fast, as Telegram does (429). `places` are offered by the page when a location is to be sent.
    """

    def __init__(
        self,
        token: str = TOKEN,
        people: Iterable[Person] = (),
        port: int = 0,
        host: str = "127.0.0.1",
        clock: Callable[[], datetime] = _now,
        control: bool = False,
        webhook_pause: float = 1.0,
        allow_hosts: Iterable[str] = (),
        first_message_id: int | None = None,
        places: Iterable[Place] = (),
        limits: bool = False,
    ) -> None:
        self.world = World(token, people, clock, first_message_id)
        self.world.webhook_pause = webhook_pause
        self.world.limits = Limits() if limits else None
        self._address = (host, port)
        self._app = App(
            self.world, Page(self, tuple(places)), Control(self) if control else None, allow_hosts
        )
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Sandbox":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; returns when requests are answered. Raises OSError when the port is taken."""
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        # asyncio turns Nagle's delay off only where the protocol is named
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(self._address)
        self._address = listener.getsockname()[:2]
        config = uvicorn.Config(
            self._app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started and not self._task.done():
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Let every waiting request go and close the port."""
        if self._server is None or self._task is None:
            return
        self.world.feed.close()
        self.world.updates.close()
        if self.world.hook is not None:
            self.world.hook.stop()
        self._server.should_exit = True
        await self._task
        self._server = self._task = None

    async def run(self) -> None:
        """Serve (starting first if need be) until cancelled."""
        if self._task is None:
            await self.start()
        assert self._task is not None
        try:
            await asyncio.shield(self._task)
        finally:
            await self.stop()

    def welcome(self, person: Person) -> None:
        """A new person gets a phone."""
        self.world.welcome(person)
        self.world.feed.add("commands", person.id, {})

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def url(self) -> str:
        """The chat page."""
        host, port = self._address
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    @property
    def base_url(self) -> str:
        """For a client library: the token follows directly."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"
