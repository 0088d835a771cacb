"""Running for long: one process a database, until somebody says stop, with a log."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Coroutine, Iterator
from typing import Any

from bot.cli.common import fail, made
from bot.settings import Settings


@contextlib.contextmanager
def only_one(chosen: Settings) -> Iterator[None]:
    """One process a SQLite file: a second would send everything twice."""
    from filelock import FileLock, Timeout

    if not chosen.database.startswith("sqlite"):
        yield
        return
    lock = FileLock(str(made(chosen.data) / "huifang.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        fail(
            f"Huifang already runs on {chosen.data}; end it first, or set HUIFANG_DATA to another folder.", 2
        )
    try:
        yield
    finally:
        lock.release()


async def until_signal(work: Coroutine[Any, Any, None]) -> None:
    """Run until it ends, or until somebody says stop."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def prepare_log(chosen: Settings) -> None:
    """Logs go to standard error; tokens never enter them (httpx logs addresses at info)."""
    import structlog

    level = logging.getLevelNamesMapping()[chosen.log_level.upper()]
    logging.basicConfig(level=max(level, logging.WARNING))
    renderer = structlog.processors.JSONRenderer() if chosen.log_json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
