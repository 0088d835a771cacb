"""The library's acts and readings over HTTP, for another process on this machine: `/control/<name>`."""

import base64
import dataclasses
import inspect
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.errors import ApiError, CannotAct
from sandbox.people import Person

Json = dict[str, Any]
ACTS = frozenset(
    {"say", "voice", "photo", "album", "document", "audio", "location", "forward", "edit", "tap"}
    | {"delete", "block", "unblock", "raw_update", "inject", "clear_faults"}
)
READS = frozenset({"messages", "message", "said_since", "answers", "keyboard", "requests"})


class Control:
    """POST a JSON object of keyword arguments; bytes come in base64, times in ISO format.

    Answers `{"ok": true, "result": …}`, or 400 with `{"ok": false, "description": …}`. Besides ACTS and READS:
    `people`, `welcome` (a Person's fields) and `wait_for` (`person_id`, `contains`, `timeout` in seconds).
    """

    def __init__(self, sandbox: Any) -> None:
        self._sandbox: Any = sandbox
        self._own: dict[str, Callable[[str, Json], Any]] = {
            "people": self._people,
            "welcome": self._welcome,
            "wait_for": self._wait_for,
        }

    def routes(self) -> list[Route]:
        return [Route("/control/{name}", self._answer, methods=["GET", "POST"])]

    async def _answer(self, request: Request) -> Response:
        name = request.path_params["name"]
        try:
            given = await _given(request)
            result = self._own.get(name, self._plain)(name, given)
            result = await result if inspect.isawaitable(result) else result
        except (CannotAct, ApiError, LookupError, TypeError, ValueError, TimeoutError) as error:
            return JSONResponse({"ok": False, "description": str(error)}, 400)
        return JSONResponse({"ok": True, "result": _shown(result)})

    def _plain(self, name: str, given: Json) -> Any:
        if name not in ACTS | READS:
            raise LookupError(f"no such door: {name}")
        return getattr(self._sandbox, name)(**_typed(given))

    def _people(self, *_: Any) -> list[Person]:
        return [chat.person for chat in self._sandbox.world.chats.values()]

    def _welcome(self, _: str, given: Json) -> None:
        self._sandbox.welcome(Person(**given))

    async def _wait_for(self, _: str, given: Json) -> Any:
        words = str(given.get("contains", ""))
        timeout = float(given.get("timeout", 10))
        return await self._sandbox.wait_for(given["person_id"], lambda one: words in one.text, timeout)


async def _given(request: Request) -> Json:
    if request.method == "GET":
        return {
            key: int(value) if value.lstrip("-").isdigit() else value
            for key, value in request.query_params.items()
        }
    body = await request.body()
    given = await request.json() if body else {}
    if not isinstance(given, dict):
        raise ValueError("a JSON object of arguments is expected")
    return given


def _typed(given: Json) -> Json:
    typed = dict(given)
    if "content" in given:
        typed["content"] = base64.b64decode(given["content"])
    if "contents" in given:
        typed["contents"] = [base64.b64decode(one) for one in given["contents"]]
    if given.get("at"):
        typed["at"] = datetime.fromisoformat(given["at"])
    return typed


def _shown(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _shown(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return value._asdict()
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value
