"""The whole service behind the chat page, in a real browser whose microphone speaks."""

from __future__ import annotations

import asyncio
import re
import time
import wave
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
import sqlalchemy as sa
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.service import Service
from bot.settings import Settings
from sandbox.model import Message
from sandbox.people import Person, Place
from sandbox.server import Sandbox
from tests.sandbox.conftest import chromium
from tests.small_book import CHATS, STAFF, SmallBook

VOICE = Path(__file__).parents[1] / "voice"
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --use-fake-ui-for-media-stream --use-fake-device-for-media-stream"
)
RATE = 48_000
LEAD_SECONDS = 0.8
PATIENCE = 20_000  # milliseconds; two slow cores hear a sentence in far less


class House:
    """A running service, its people's phones, and what its database holds."""

    def __init__(self, service: Service, phone: Sandbox, book: SmallBook) -> None:
        self.service = service
        self.phone = phone
        self.book = book

    def messages(self, who: str) -> list[Message]:
        return self.phone.messages(CHATS[who])

    def told(self, who: str) -> str:
        return "\n".join(one.text for one in self.messages(who) if one.from_bot)

    async def hear(self, who: str, words: str) -> Message:
        return await self.phone.wait_for(CHATS[who], lambda one: words in one.text, timeout=20)

    async def rows(self, table: sa.Table) -> Sequence[Any]:
        async with self.book.database.read() as tx:
            return (await tx.execute(sa.select(table).order_by(*table.primary_key.columns))).all()

    async def act(self, who: str, name: str, files: Any = None, **given: Any) -> httpx.Response:
        """What the page asks of its server when somebody acts."""
        data = {"me": str(CHATS[who]), **given}
        async with httpx.AsyncClient(base_url=self.phone.url, trust_env=False, timeout=60) as client:
            return await client.post(f"/chat/{name}", data=data, files=files)


Open = Callable[..., Any]


def running_clock(start: datetime) -> Callable[[], datetime]:
    """A clock that begins at `start` and goes as fast as any other."""
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


@asynccontextmanager
async def keep_house(book: SmallBook, url: str, **settings: Any) -> AsyncIterator[House]:
    """The service, serving as `huifang run` does, with its plan made and its reminders going out."""
    clock = running_clock(book.now)
    people = [Person(one["chat_id"], one["name"], language_code=one["language"]) for one in STAFF]
    places = (Place("华兴机械", 30.2741, 120.1551),)
    async with Sandbox(people=people, places=places, clock=clock, webhook_pause=0.01) as phone:
        chosen: dict[str, Any] = {
            "database_url": url,
            "telegram_token": phone.token,
            "telegram_api": phone.url,
            "send_per_second": 0,
            "send_per_chat_seconds": 0,
            "send_per_group_seconds": 0,
            "speech": "off",
            "log_level": "error",
        }
        service = Service(Settings(_env_file=None, **chosen | settings), clock=clock)
        await service.start()
        await service.replan()
        serving = asyncio.create_task(service.serve())
        try:
            yield House(service, phone, book)
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            await service.stop()


@pytest.fixture
def dialect() -> str:
    """What people see doesn't hang on the database: one is enough here."""
    return "sqlite"


@pytest.fixture
def speech() -> dict[str, Any]:
    """How the service hears; a module of tests may say otherwise."""
    return {"speech": "faster", "speech_model": str(VOICE / "model" / "ct2-int8")}


@pytest.fixture
async def house(book: SmallBook, database_url: str, speech: dict[str, Any]) -> AsyncIterator[House]:
    async with keep_house(book, database_url, **speech) as running:
        yield running


def as_wav(sample: str, target: Path) -> float:
    """Write the spoken sample as a microphone's WAV, after a moment of silence; its length in seconds."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    sound = bytearray(int(RATE * LEAD_SECONDS) * 2)
    with av.open(str(VOICE / "samples" / f"{sample}.ogg")) as source:
        for frame in [*source.decode(audio=0), None]:
            for piece in resampler.resample(frame):
                sound += piece.to_ndarray().tobytes()
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(bytes(sound))
    return len(sound) / 2 / RATE


@pytest.fixture
def spoken() -> str:
    """Which sample the microphone hears."""
    return "zh_001"


@pytest.fixture
async def browser(tmp_path: Path, spoken: str) -> AsyncIterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: install it or name it in CHROMIUM")
    sound = tmp_path / "microphone.wav"
    as_wav(spoken, sound)
    switches = [*SWITCHES.split(), f"--use-file-for-fake-audio-capture={sound}%noloop"]
    async with async_playwright() as engine:
        running = await engine.chromium.launch(executable_path=path, args=switches)
        yield running
        await running.close()


class Hand:
    """Somebody's phone in the browser: what they see, and what they do on it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def bubble(self, words: str) -> Locator:
        """The newest message with these words."""
        return self.page.locator(".msg", has_text=words).last

    async def sees(self, words: str) -> Locator:
        found = self.bubble(words)
        await expect(found).to_be_visible(timeout=PATIENCE)
        return found

    async def says(self, words: str) -> None:
        await self.page.fill("#text", words)
        await self.page.click("#send")

    async def taps(self, button: str, under: str) -> None:
        await (await self.sees(under)).get_by_role("button", name=re.compile(button)).click()

    async def speaks(self, seconds: float) -> None:
        await self.page.click("#mic")
        await self.page.wait_for_timeout(seconds * 1000)
        await self.page.get_by_role("button", name="停止并发送").click()


@pytest.fixture
async def open_phone(house: House, browser: Browser) -> AsyncIterator[Callable[[str], Any]]:
    """`await open_phone("AM1")` is that person's phone; any script error on it fails the test."""
    troubles: list[str] = []
    contexts = []

    async def opened(who: str) -> Hand:
        context = await browser.new_context(
            viewport={"width": 390, "height": 844}, locale="zh-CN", permissions=["microphone"]
        )
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        await page.goto(house.phone.url)
        await page.click(f"#people .person[data-id='{CHATS[who]}']")
        await expect(page.locator("#text")).to_be_visible()
        return Hand(page)

    yield opened
    for context in contexts:
        await context.close()
    assert troubles == []
