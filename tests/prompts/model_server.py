"""A chat-completions server on a real port: it answers what it is told to, well and badly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.transcripts.serving import served

USAGE = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}


@dataclass
class ModelServer:
    """Answers from `answers` in order, the last for ever: facts, text, a whole body, a Response, or a
    function of the request.

    `asked` keeps every request's body, `keys` every Authorization header.
    """

    answers: list[Any] = field(default_factory=lambda: [[]])
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    base: str = ""

    def said(self, number: int = -1) -> str:
        """The last user message of a request."""
        return str(self.asked[number]["messages"][-1]["content"])

    def everything(self) -> str:
        return json.dumps(self.asked, ensure_ascii=False)

    async def complete(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(body)
        self.keys.append(request.headers.get("authorization", ""))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if callable(answer) and not isinstance(answer, Response):
            answer = answer(body)
        if asyncio.iscoroutine(answer):
            answer = await answer
        if isinstance(answer, dict):
            return JSONResponse(answer)
        return answer if isinstance(answer, Response) else JSONResponse(completion(answer))

    async def models(self, request: Request) -> Response:
        return JSONResponse({"object": "list", "data": []})

    @contextmanager
    def running(self) -> Iterator[ModelServer]:
        routes = [
            Route("/v1/chat/completions", self.complete, methods=["POST"]),
            Route("/v1/models", self.models),
        ]
        with served(Starlette(routes=routes)) as address:
            self.base = f"{address}/v1"
            yield self


def completion(
    answer: Any, *, finish: str = "stop", usage: Any = USAGE, refusal: str | None = None
) -> dict[str, Any]:
    """The API's body around facts (a list), or around text."""
    content = json.dumps({"facts": answer}, ensure_ascii=False) if isinstance(answer, list) else answer
    message = {"role": "assistant", "content": content, "refusal": refusal}
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "test",
        "choices": [choice],
        "usage": usage,
    }


def fact(name: str, value: Any, quote: str, purpose: str | None = None) -> dict[str, Any]:
    return {"field": name, "value": value, "purpose": purpose, "quote": quote}


def error(status: int, **headers: str) -> Response:
    return JSONResponse({"error": {"message": "no"}}, status, headers=headers)


async def hang() -> Any:
    await asyncio.sleep(5)
    return []


def cut(_body: Any) -> Response:
    """The connection breaks in the middle of the answer."""

    async def half() -> Any:
        yield b'{"id": "c1", "choices": [{"mess'
        raise ConnectionResetError

    return StreamingResponse(half(), media_type="application/json", headers={"content-length": "400"})


def drip(_body: Any) -> Response:
    """A byte now and then, so that no read ever times out."""

    async def drops() -> Any:
        for _ in range(60):
            yield b" "
            await asyncio.sleep(0.1)

    return StreamingResponse(drops(), media_type="application/json")


def rubbish(_body: Any) -> Response:
    return PlainTextResponse("<html>captive portal</html>", media_type="text/html")


Answer = Callable[[dict[str, Any]], Any]
