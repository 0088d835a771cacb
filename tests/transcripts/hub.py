"""A model hub on a real port: it serves the tiny model, breaks off, is slow, is gone, as a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.transcripts.serving import served
from tests.voice import MODEL

FILES = (
    "config.json",
    "preprocessor_config.json",
    "model.bin",
    "tokenizer.json",
    "vocabulary.json",
    "huifang.json",
)
SIZE = sum((MODEL / name).stat().st_size for name in FILES)


@dataclass
class Hub:
    """Serves the tiny model as repository `books/tiny`.

    `breaks` names a file whose first answer is cut in half; `is_down` answers 503 to everything; `pause` is
    between chunks of 64 kB, in seconds.
    """

    address: str = ""
    breaks: str = ""
    is_down: bool = False
    pause: float = 0.0
    ranges: list[str] = field(default_factory=list)

    async def listing(self, request: Request) -> Response:
        if self.is_down:
            return Response(status_code=503)
        if request.path_params["name"] != "tiny":
            return JSONResponse({"error": "Repository not found"}, 404)
        files = [{"type": "file", "path": name, "size": (MODEL / name).stat().st_size} for name in FILES]
        return JSONResponse([*files, {"type": "file", "path": "README.md", "size": 10}])

    async def file(self, request: Request) -> Response:
        name, content = request.path_params["file"], (MODEL / request.path_params["file"]).read_bytes()
        asked = request.headers.get("range", "")
        self.ranges.append(asked)
        if self.is_down:
            return Response(status_code=503)
        if asked:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            return Response(content[start:], 206)
        if name == self.breaks:
            self.breaks = ""
            return Response(content[: len(content) // 2], headers={"content-length": str(len(content))})
        return StreamingResponse(self._slowly(content), headers={"content-length": str(len(content))})

    async def _slowly(self, content: bytes) -> AsyncIterator[bytes]:
        for at in range(0, len(content), 1 << 16):
            await asyncio.sleep(self.pause)
            yield content[at : at + (1 << 16)]


@contextmanager
def opened() -> Iterator[Hub]:
    hub = Hub()
    routes = [
        Route("/api/models/books/{name}/tree/main", hub.listing),
        Route("/books/{name}/resolve/main/{file}", hub.file),
    ]
    with served(Starlette(routes=routes)) as address:
        hub.address = address
        yield hub
