"""The transport of plain calls, against servers that answer in ways of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import HTTPXRequest

from bot.wire import Wire

Answer = Callable[[asyncio.StreamWriter, int], Awaitable[None]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[str]:
    """A server that reads each request and has `answer(writer, connection_number)` answer it."""
    count = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        number = count
        try:
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(line for line in head.split(b"\r\n") if line.startswith(b"Content-Length"))
                await reader.readexactly(int(length.split(b":")[1]))
                await answer(writer, number)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/botX/getMe"
    finally:
        server.close()


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    made = Wire(HTTPXRequest(read_timeout=0.5))
    await made.initialize()
    yield made
    await made.shutdown()


def whole(body: bytes, status: bytes = b"200 OK", more: bytes = b"") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s" % (status, len(body), more, body)


async def test_an_answer_in_chunks_and_pieces_is_put_together(wire: Wire) -> None:
    async def answer(writer: asyncio.StreamWriter, number: int) -> None:
        body = b'{"ok":true,"result":"\xe5\xbc\xa0"}'
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        for piece in (head[:9], head[9:], b"%x\r\n%s\r\n" % (len(body), body), b"0\r\n\r\n"):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    async with serving(answer) as url:
        assert [await wire.post(url) for _ in range(3)] == ["张"] * 3


async def test_calls_share_a_connection_until_the_server_closes_it(wire: Wire) -> None:
    async def answer(writer: asyncio.StreamWriter, number: int) -> None:
        last = number == 1
        writer.write(
            whole(b'{"ok":true,"result":%d}' % number, more=b"Connection: close\r\n" if last else b"")
        )

    async with serving(answer) as url:
        assert [await wire.post(url) for _ in range(3)] == [1, 2, 2]


async def test_a_server_that_hangs_up_is_an_error_of_the_network_and_the_next_call_works(wire: Wire) -> None:
    async def answer(writer: asyncio.StreamWriter, number: int) -> None:
        if number == 1:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")
            writer.close()
        else:
            writer.write(whole(b'{"ok":true,"result":1}'))

    async with serving(answer) as url:
        with pytest.raises(NetworkError):
            await wire.post(url)
        assert await wire.post(url) == 1


async def test_silence_is_timed_out_and_its_late_answer_goes_to_nobody(wire: Wire) -> None:
    async def answer(writer: asyncio.StreamWriter, number: int) -> None:
        if number == 1:
            return
        writer.write(whole(b'{"ok":true,"result":%d}' % number))

    async with serving(answer) as url:
        with pytest.raises(TimedOut):
            await wire.post(url, read_timeout=0.05)
        assert await wire.post(url) == 2


async def test_what_is_no_http_and_what_nobody_serves_are_errors_of_the_network(wire: Wire) -> None:
    async def answer(writer: asyncio.StreamWriter, number: int) -> None:
        writer.write(b"220 mail.example ready\r\n")

    async with serving(answer) as url:
        with pytest.raises(NetworkError):
            await wire.post(url)
    with pytest.raises(NetworkError):
        await wire.post("http://127.0.0.1:1/botX/getMe")


async def test_telegrams_refusals_keep_their_words(wire: Wire) -> None:
    async def answer(writer: asyncio.StreamWriter, number: int) -> None:
        writer.write(
            whole(b'{"ok":false,"error_code":400,"description":"chat not found"}', b"400 Bad Request")
        )

    async with serving(answer) as url:
        with pytest.raises(BadRequest, match=r"(?i)chat not found"):
            await wire.post(url)
