"""The chat page and what it asks of the server: state, a stream of events, acts, files."""

import json
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.errors import ApiError, CannotAct
from sandbox.feed import Event
from sandbox.methods.bots import commands_for
from sandbox.page_acts import ACTS
from sandbox.people import Place
from sandbox.wire import read_call
from sandbox.world import Chat

Json = dict[str, Any]
STATIC = Path(__file__).parent / "static"
HISTORY = 150
HEARTBEAT = 15.0
_SHOWN = ("image/jpeg", "image/png", "image/webp", "image/gif", "audio/", "video/", "application/pdf")
_GUARD = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "microphone=(self), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Page:
    """`run` tells one start of the server from the next, so that a page left open loads itself anew."""

    def __init__(self, sandbox: Any, places: tuple[Place, ...]) -> None:
        self._sandbox: Any = sandbox
        self._places = places
        self._run = secrets.token_hex(6)

    def routes(self) -> list[Route]:
        return [
            Route("/", self._index),
            Route("/static/{name}", self._static),
            Route("/chat/people", self._people),
            Route("/chat/history", self._history),
            Route("/chat/events", self._events),
            Route("/chat/file/{file_id}", self._file),
            Route("/chat/{act}", self._act, methods=["POST"]),
        ]

    async def _index(self, _: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers=_GUARD)

    async def _static(self, request: Request) -> Response:
        path = STATIC / request.path_params["name"]
        if path.parent != STATIC or not path.is_file():
            return Response(status_code=404)
        return FileResponse(path, headers=_GUARD)

    async def _people(self, _: Request) -> Response:
        world = self._sandbox.world
        name = world.texts.get(("name", "")) or world.bot["first_name"]
        bot = {"name": name, "username": world.bot["username"]}
        places = [{"name": one.name, "at": [one.latitude, one.longitude]} for one in self._places]
        people = [self._person(chat) for chat in world.chats.values()]
        return _json({"run": self._run, "n": world.feed.n, "bot": bot, "people": people, "places": places})

    def _person(self, chat: Chat) -> Json:
        ids = [key for key, one in chat.messages.items() if one["from"]["is_bot"] and key > chat.read]
        person = chat.person
        return {
            "id": person.id,
            "name": person.name,
            "title": person.title,
            "subtitle": person.subtitle,
            "language": person.language_code,
            "unread": len(ids),
            "last": next(reversed(chat.messages.values()), None),
            "blocked": chat.blocked,
            "keyboard": chat.keyboard,
            "commands": commands_for(self._sandbox.world, person.id, person.language_code),
            "about": self._about(person.language_code),
        }

    def _about(self, language: str) -> str:
        texts: dict[tuple[str, str], str] = self._sandbox.world.texts
        return texts.get(("description", language.partition("-")[0])) or texts.get(("description", ""), "")

    async def _history(self, request: Request) -> Response:
        """The last messages of `me`, or those before the id `before`."""
        try:
            chat: Chat = self._sandbox.world.chat(int(request.query_params["me"]))
            before = int(request.query_params.get("before", 0)) or chat.next_id
        except (KeyError, ValueError, CannotAct) as error:
            return _json({"error": str(error)}, 404)
        older = [one for key, one in chat.messages.items() if key < before]
        return _json(
            {"messages": older[-HISTORY:], "more": len(older) > HISTORY, "n": self._sandbox.world.feed.n}
        )

    async def _events(self, request: Request) -> Response:
        since = request.headers.get("last-event-id") or request.query_params.get("since", "0")
        stale = request.query_params.get("run") != self._run
        stream = self._stream(int(since) if since.isdigit() and not stale else -1)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_GUARD)

    async def _stream(self, since: int) -> AsyncIterator[str]:
        feed = self._sandbox.world.feed
        yield "retry: 1000\n\n"
        while not feed.closed:
            events = feed.since(since) if since >= 0 else None
            if events is None:
                yield "event: reload\ndata: {}\n\n"
                return
            if events:
                yield "".join(map(_line, events))
                since = events[-1].n
            elif not await feed.changed(since, HEARTBEAT):
                yield ": still here\n\n"

    async def _file(self, request: Request) -> Response:
        file = self._sandbox.world.files.get(request.path_params["file_id"])
        if file is None:
            return Response(status_code=404, headers=_GUARD)
        inline = file.mime.startswith(_SHOWN) and "download" not in request.query_params
        kind = file.mime if inline else "application/octet-stream"
        headers = {
            **_GUARD,
            "Content-Disposition": "inline" if inline else "attachment",
            "Cache-Control": "private",
        }
        return _ranged(file.content, kind, headers, request.headers.get("range", ""))

    async def _act(self, request: Request) -> Response:
        name = request.path_params["act"]
        try:
            body = await request.body()
            call = read_call(
                name, request.headers.get("content-type", ""), request.scope["query_string"], body
            )
            if name not in ACTS:
                raise CannotAct(f"no such act: {name}")
            result = ACTS[name](self._sandbox, call.whole("me"), call)
        except ApiError as error:
            return _json({"error": error.description}, 400)
        except CannotAct as error:
            return _json({"error": str(error)}, 409)
        return _json({"result": result})


def _line(event: Event) -> str:
    inner = {"message": event.body} if event.kind in ("message", "edit") else event.body
    body = json.dumps({"kind": event.kind, "chat": event.chat_id, **inner}, separators=(",", ":"))
    return f"id: {event.n}\ndata: {body}\n\n"


def _json(value: Any, status: int = 200) -> Response:
    return JSONResponse(value, status, headers=_GUARD)


def _ranged(content: bytes, kind: str, headers: dict[str, str], wanted: str) -> Response:
    """One byte range, which players need to seek; anything odd gets the whole."""
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    if not wanted.startswith("bytes=") or not first.isdigit() or int(first) >= len(content):
        return Response(content, 200, {**headers, "Accept-Ranges": "bytes"}, kind)
    end = min(int(last), len(content) - 1) if last.isdigit() else len(content) - 1
    more = {"Content-Range": f"bytes {first}-{end}/{len(content)}", "Accept-Ranges": "bytes"}
    return Response(content[int(first) : end + 1], 206, {**headers, **more}, kind)
