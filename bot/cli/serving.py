"""`run` (the whole product), `work` (long work only), `doctor`."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import Annotated, Any

import typer

from bot.cli.common import fail, run, settings, show


def register(app: typer.Typer) -> None:
    app.command("run")(serve)
    for command in (work, replay_dead, doctor):
        app.command(command.__name__.replace("_", "-"))(command)


def serve(
    fresh: Annotated[bool, typer.Option("--fresh", help="Make the demo book anew.")] = False,
) -> None:
    """Serve Telegram with the token that is set; without one, the demo book in a browser chat."""
    chosen = settings()
    prepare_log(chosen)
    if chosen.telegram_token.get_secret_value():
        run(_serve_telegram(chosen))
    else:
        from bot.cli import demo

        run(demo.serve(chosen, fresh))


async def _serve_telegram(chosen: Any) -> None:
    from telegram.error import InvalidToken

    from bot.service import Service

    with only_one(chosen):
        service = Service(chosen)
        try:
            await service.start()
            show(f"@{service.application.bot.username} is listening. Ctrl+C ends it.")
            await until_signal(service.serve())
        except* InvalidToken:
            fail("Telegram refuses the token: check HUIFANG_TELEGRAM_TOKEN with BotFather.", 2)
        finally:
            await service.stop()


def work() -> None:
    """Do long work (transcribing, reading) beside a `run` on the same PostgreSQL database."""
    chosen = settings()
    prepare_log(chosen)
    if chosen.database.startswith("sqlite"):
        fail(
            "Workers of their own need PostgreSQL: set HUIFANG_DATABASE_URL. On SQLite `run` does the work.",
            2,
        )
    run(_work(chosen))


async def _work(chosen: Any) -> None:
    from bot.service import Service

    service = Service(chosen)
    await service.start()
    try:
        await until_signal(service.worker.run())
    finally:
        await service.stop()


def replay_dead(
    update_id: Annotated[int | None, typer.Argument(help="The reference number; else all of them.")] = None,
) -> None:
    """Open messages again that could not be handled; a running service takes them up."""
    opened = run(_replay_dead(update_id))
    show(f"{opened} opened again")


async def _replay_dead(update_id: int | None) -> int:
    from bot.cli.common import opened
    from records import inbox

    async with opened(settings()) as database, database.begin() as tx:
        return await inbox.replay(tx, update_id)


def doctor(
    lang: Annotated[str, typer.Option(help="zh or en")] = "zh",
) -> None:
    """Check settings, database, Telegram, model, speech and clock, and say what to do."""
    from bot.doctor import examine

    findings = run(examine(settings()))
    from bot.words import finding

    for found in findings:
        show(finding(found, lang))
    if any(found.state == "wrong" for found in findings):
        raise typer.Exit(1)


@contextlib.contextmanager
def only_one(chosen: Any) -> Any:
    """One process a SQLite file: a second would send everything twice."""
    from filelock import FileLock, Timeout

    if not chosen.database.startswith("sqlite"):
        yield
        return
    chosen.data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(chosen.data / "huifang.lock"))
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


async def until_signal(work: Any) -> None:
    """Run until it ends, or until somebody says stop."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def prepare_log(chosen: Any) -> None:
    """Logs go to standard error; tokens never enter them (httpx logs addresses at info)."""
    import logging

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
        logger_factory=structlog.PrintLoggerFactory(__import__("sys").stderr),
    )
