"""The web door: updates by webhook, calendars, and what a monitor asks."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.calendars import Calendars, Read

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_UPDATE = 2 * 1024 * 1024

Keep = Callable[[list[dict[str, Any]]], Awaitable[None]]
Health = Callable[[], Awaitable[dict[str, Any]]]


def door(keep: Keep, health: Health, secret: str, calendar: Read) -> Starlette:
    """`keep` stores an update; 200 is answered only after that, so Telegram repeats what wasn't kept.

    `calendar` reads the calendar behind the hash of an address.
    """

    async def telegram(request: Request) -> Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            return PlainTextResponse("the secret token is missing or wrong", 403)
        update = _update(await request.body())
        if update is None:
            return PlainTextResponse("this is no update of the Bot API", 400)
        await keep([update])
        return Response(status_code=200)

    async def healthz(_request: Request) -> Response:
        state = await health()
        return JSONResponse(state, 200 if state["ok"] else 503)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route("/telegram", telegram, methods=["POST"]),
            Route("/healthz", healthz),
            Route("/metrics", metrics),
            Calendars(calendar).route(),
        ]
    )


def server(app: Starlette, host: str, port: int) -> uvicorn.Server:
    """A uvicorn server that leaves signals to us."""
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", lifespan="off")
    made = uvicorn.Server(config)
    made.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    return made


def _update(body: bytes) -> dict[str, Any] | None:
    if len(body) > LARGEST_UPDATE:
        return None
    try:
        update = json.loads(body)
    except ValueError:
        return None
    is_update = isinstance(update, dict) and type(update.get("update_id")) is int
    return update if is_update else None
