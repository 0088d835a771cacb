"""The Bot API's door: `/bot<token>/<method>` and `/file/bot<token>/<path>`, as a bare ASGI app."""

import inspect
import json
import time
from typing import Any

from starlette.types import Receive, Scope, Send

from sandbox.errors import ApiError, ConnectionDrop
from sandbox.faults import strike
from sandbox.files import UPLOAD_LIMIT
from sandbox.methods import METHODS
from sandbox.wire import Call, read_call
from sandbox.world import Request, World

Json = dict[str, Any]
_BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
_JSON = [(b"content-type", b"application/json")]


class BotDoor:
    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith("/file/bot"):
            await self._file(path[len("/file/bot") :], send)
            return
        token, _, method = path[len("/bot") :].partition("/")
        try:
            status, answer = await self._answer(token, method, scope, receive)
        except ConnectionDrop:
            await _drop(send)
            return
        body = json.dumps(answer, separators=(",", ":")).encode()
        await _reply(send, status, body, _JSON)

    async def _answer(self, token: str, method: str, scope: Scope, receive: Receive) -> tuple[int, Json]:
        try:
            body = await _read(receive)
            if token != self._world.token:
                raise ApiError(401, "Unauthorized")
            call = read_call(method.lower(), _content_type(scope), scope["query_string"], body)
            return 200, {"ok": True, "result": await self._do(call)}
        except ApiError as error:
            answer: Json = {"ok": False, "error_code": error.code, "description": error.description}
            return error.code, answer | ({"parameters": error.parameters} if error.parameters else {})

    async def _do(self, call: Call) -> Any:
        one = METHODS.get(call.method)
        if one is None:
            raise ApiError(404, "Not Found")
        chat_id = call.whole("chat_id") or None
        status = 500
        try:
            fault = self._world.faults.take(call.method, chat_id)
            if fault is not None:
                await strike(fault)
            if self._world.limits is not None:
                self._world.limits.check(call.method, chat_id)
            result = one(self._world, call)
            result = await result if inspect.isawaitable(result) else result
            status = 200
            if fault is not None and fault.kind == "drop_answer":
                raise ConnectionDrop
        except ApiError as error:
            status = error.code
            raise
        except ConnectionDrop:
            status = 0
            raise
        finally:
            self._world.requests.append(Request(time.monotonic(), call.method, chat_id, status))
        return result

    async def _file(self, rest: str, send: Send) -> None:
        token, _, path = rest.partition("/")
        file = self._world.files.follow(path, self._world.clock()) if token == self._world.token else None
        if file is None:
            await _reply(send, 404, b'{"ok":false,"error_code":404,"description":"Not Found"}', _JSON)
        else:
            await _reply(send, 200, file.content, [(b"content-type", b"application/octet-stream")])


def _content_type(scope: Scope) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"content-type"), "")


async def _read(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        size += len(message.get("body", b""))
        if size > _BODY_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        parts.append(message.get("body", b""))
    return b"".join(parts)


async def _reply(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


async def _drop(send: Send) -> None:
    """An answer that never gets whole: the server closes the connection on it."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
    await send({"type": "http.response.body", "body": b"{", "more_body": True})
