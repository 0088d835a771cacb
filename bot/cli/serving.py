"""`run` (the whole product), `work` (long work only), `doctor`."""

from __future__ import annotations

from typing import Annotated, Any, NoReturn

import typer

from bot.cli import demo
from bot.cli.common import Lang, fail, run, settings, show
from bot.cli.running import only_one, prepare_log, until_signal


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
        run(demo.serve(chosen, fresh))


async def _serve_telegram(chosen: Any) -> None:
    from telegram.error import InvalidToken

    from bot.service import Service

    with only_one(chosen):
        service = Service(chosen)
        try:
            await _start(service)
            show(f"@{service.application.bot.username} is listening. Ctrl+C ends it.")
            await until_signal(service.serve())
        except* InvalidToken:
            _telegram(chosen, "token_refused")
        finally:
            await service.stop()


async def _start(service: Any) -> None:
    """Start it, or end the command with what Telegram or the way to it lacks."""
    from telegram.error import InvalidToken, NetworkError

    try:
        await service.start()
    except InvalidToken:
        _telegram(service.settings, "token_refused")
    except NetworkError as error:
        _telegram(service.settings, "telegram_unreached", problem=str(error))


def _telegram(chosen: Any, code: str, **values: str) -> NoReturn:
    from bot.words import plain

    fail(plain(f"doctor.{code}", "en", place=chosen.telegram_api, **values), 2)


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
    await _start(service)
    try:
        await until_signal(service.work())
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
    lang: Lang = "zh",
) -> None:
    """Check settings, database, Telegram, model, speech and clock, and say what to do."""
    from bot.doctor import examine

    findings = run(examine(settings()))
    from bot.words import finding

    for found in findings:
        show(finding(found, lang))
    if any(found.state == "wrong" for found in findings):
        raise typer.Exit(1)
