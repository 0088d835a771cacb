"""The way in: bytes of a recording to a transcript, off the event loop, one model for the whole process."""

from __future__ import annotations

import asyncio
import inspect as inspection
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from transcripts import decoding
from transcripts.engines.choice import choose
from transcripts.engines.shape import Engine
from transcripts.hearing import Hearing
from transcripts.mending import mended
from transcripts.model import EngineError, Hints, Progress, Segment, SpeechConfig, Transcript

Callback = Callable[[Progress], Awaitable[None] | None]
Result = TypeVar("Result")


class Closed(Exception):
    """The transcriber was closed while a model was being fetched; what has come so far is kept."""


class Transcriber:
    """Holds one engine and one worker thread; recordings given at once take turns piece by piece.

    The model is loaded at the first recording and let go after `config.idle_seconds` without one.
    """

    def __init__(self, config: SpeechConfig, engine: Engine | None = None) -> None:
        self.config = config
        self.engine = engine or choose(config)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="speech")
        self._busy = 0
        self._closing = False
        self._idle: asyncio.TimerHandle | None = None

    async def prepare(self, progress: Callback | None = None) -> None:
        """Find or fetch the model and load it. Raises ModelMissing, EngineError("no_engine").

        While it is fetched `progress` is told in order; its own error comes out when the fetching is over.
        """
        loop, telling = asyncio.get_running_loop(), asyncio.Lock()
        told: list[Future[None]] = []

        async def tell(news: Progress) -> None:
            async with telling:
                await _tell(progress, news)

        def fetching(done: float, total: float | None) -> None:
            if self._closing:
                raise Closed
            told.append(asyncio.run_coroutine_threadsafe(tell(Progress("fetching", done, total)), loop))

        try:
            await self._off_loop(self._engine().ready, fetching)
        finally:
            results = await asyncio.gather(*map(asyncio.wrap_future, told), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def transcribe(
        self,
        sound: bytes,
        hints: Hints | None = None,
        *,
        language: str | None = None,
        done: Sequence[Segment] = (),
        progress: Callback | None = None,
    ) -> Transcript:
        """What is said in the bytes of an audio file of any common kind.

        `progress` is told after each piece, with all segments so far; given back as `done` after a restart
        they are not heard again. Raises SoundError, ModelMissing, EngineError.
        """
        hints = hints or Hints()
        self._begin()
        try:
            info = await self._off_loop(decoding.inspect, sound, self.config.longest_seconds)
            await self.prepare(progress)
            hearing = Hearing(sound, info, self._engine(), self.config, hints, language, done)
            while await self._off_loop(hearing.step):
                total = max(info.seconds, hearing.position)
                await _tell(progress, Progress("hearing", hearing.position, total, tuple(hearing.segments)))
            return await self._off_loop(mended, hearing.result(), hints)
        finally:
            self._end()

    async def release(self) -> None:
        """Let the model's memory go now."""
        if self.engine is not None:
            await self._off_loop(self.engine.release)

    async def close(self) -> None:
        """Break off a fetch, finish the piece that is being heard, let the model go."""
        self._closing = True
        if self._idle is not None:
            self._idle.cancel()
        await self.release()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _engine(self) -> Engine:
        if self.engine is None:
            raise EngineError("no_engine")
        return self.engine

    async def _off_loop(self, work: Callable[..., Result], *args: Any) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work, *args)

    def _begin(self) -> None:
        self._busy += 1
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _end(self) -> None:
        self._busy -= 1
        if not self._busy and self.engine is not None:
            loop = asyncio.get_running_loop()
            self._idle = loop.call_later(self.config.idle_seconds, self._worker.submit, self.engine.release)


async def _tell(progress: Callback | None, news: Progress) -> None:
    if progress is not None:
        told = progress(news)
        if inspection.isawaitable(told):
            await told
