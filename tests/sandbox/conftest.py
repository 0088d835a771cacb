"""A running sandbox, a plain client of its Bot API, and a real bot on PTB."""

import io
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.async_api import Browser, async_playwright
from telegram import Update
from telegram.ext import Application

from sandbox import Person, Place, Sandbox

LIN, WU = 11, 12
PEOPLE = (
    Person(LIN, "小林", title="客户经理", subtitle="城东支行", username="xiaolin"),
    Person(WU, "Wu", title="Risk", language_code="en"),
)
Api = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def box() -> AsyncIterator[Sandbox]:
    places = (Place("江边码头", 31.2397, 121.4998),)
    async with Sandbox(people=PEOPLE, webhook_pause=0.01, control=True, places=places) as running:
        yield running


@pytest.fixture
async def http(box: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=box.url, trust_env=False, timeout=20) as client:
        yield client


@pytest.fixture
def api(box: Sandbox, http: httpx.AsyncClient) -> Api:
    """Call a method with JSON parameters, or as a multipart form where `files` are given; the whole answer."""

    async def call(method: str, files: Any = None, **given: Any) -> dict[str, Any]:
        path = f"/bot{box.token}/{method}"
        answer = await (http.post(path, data=given, files=files) if files else http.post(path, json=given))
        told: dict[str, Any] = answer.json()
        assert answer.status_code == told.get("error_code", 200)
        return told

    return call


@pytest.fixture
async def bot(box: Sandbox) -> AsyncIterator[Application]:
    """An unmodified Application, initialised but not yet fetching."""
    builder = Application.builder().token(box.token).base_url(box.base_url).base_file_url(box.base_file_url)
    application = builder.build()
    async with application:
        yield application


async def polling(application: Application) -> None:
    await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
    await application.start()


async def resting(application: Application) -> None:
    await application.updater.stop()
    await application.stop()


def picture(width: int = 64, height: int = 48, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (40, 120, 110)).save(out, kind)
    return out.getvalue()


def chromium() -> str | None:
    named = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return named if Path(named).exists() else None


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: install it or name it in CHROMIUM")
    switches = (
        "--no-sandbox --use-fake-ui-for-media-stream --use-fake-device-for-media-stream --disable-gpu "
        "--disable-background-networking --disable-component-update --disable-sync --no-first-run"
    )
    async with async_playwright() as engine:
        running = await engine.chromium.launch(executable_path=path, args=switches.split())
        yield running
        await running.close()
