"""`replay`: a scenario through the whole service on a virtual clock."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import address, fail, print_json, progress, run, settings, show
from bot.scenario import Line, ScenarioError
from bot.scenario import read as read_scenario


def register(app: typer.Typer) -> None:
    app.command()(replay)


def replay(
    scenario: Annotated[Path, typer.Argument(help="JSONL timeline.", exists=True, dir_okay=False)],
    book: Annotated[Path, typer.Option(help="Loan book: a folder of CSV files, or an .xlsx.", exists=True)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object at the end.")] = False,
    db: Annotated[
        Path | None, typer.Option(help="Keep the database in this new file; else it is thrown away.")
    ] = None,
) -> None:
    """Play SCENARIO on a loan book: what each person was told, line by line."""
    from records.loanbook import BookErrors

    if db is not None and db.exists():
        fail(f"{db} exists, and a replay starts on an empty book. Name another file.", 2)
    try:
        lines = read_scenario(scenario)
        result = run(_replay(lines, book, db, None if as_json else _print))
    except ScenarioError as error:
        fail(str(error), 2)
    except BookErrors as error:
        from bot.words import book_errors

        fail(book_errors(error, "en"), 2)
    if as_json:
        print_json(result)


async def _replay(
    lines: list[Line], book: Path, db: Path | None, show_line: Callable[[Any], None] | None
) -> dict[str, Any]:
    from bot.outcome import outcome

    told = []
    with tempfile.TemporaryDirectory(prefix="huifang-replay-") as folder:
        kept = db or Path(folder) / "replay.sqlite3"
        start = lines[0].at if lines else datetime.now(UTC)
        async with stage(kept, book, start) as player:
            with progress("replay", len(lines)) as advance:
                for line in lines:
                    played = await player.play(line)
                    told.extend(played.told)
                    _warn(played)
                    advance()
                    if show_line:
                        show_line(played)
            return await outcome(player.service.database, told)


@asynccontextmanager
async def stage(db: Path, book: Path, start: datetime) -> AsyncIterator[Any]:
    """A service on a fresh database with this book, its people seated at a sandbox, the clock at `start`."""
    from bot.bookkeeping import bring_in, look
    from bot.replay import Replay, VirtualClock, seat
    from bot.service import Service
    from sandbox.server import Sandbox

    clock = VirtualClock(start.astimezone(UTC))
    async with Sandbox(clock=clock) as phone:
        chosen = settings(
            database_url=address(db),
            telegram_token=phone.token,
            telegram_api=phone.url,
            send_per_second=0,
            send_per_chat_seconds=0,
            send_per_group_seconds=0,
            model_name="",  # the same lines end the same way, and a demo's year costs nothing
            log_level="error",
        )
        service = Service(chosen, clock=clock, durable=False, pictures=False)
        await service.start()
        try:
            await bring_in(service.database, *await look(service.database, book), clock())
            staff = await seat(service)
            for person in staff:
                phone.welcome(as_person(person))
            await service.replan()
            yield Replay(service, phone, clock, staff)
        finally:
            await service.stop()


def as_person(person: Any) -> Any:
    """Somebody of the book as the sandbox's page shows them."""
    from prompts.catalog import label
    from sandbox.people import Person

    role = label("role", person.role, person.language)
    return Person(
        person.chat_id or 0, person.name, language_code=person.language, title=role, subtitle=person.branch
    )


def _warn(played: Any) -> None:
    if played.problem:
        typer.secho(f"line {played.line.number}: {played.problem}", err=True, fg="yellow")


def _print(played: Any) -> None:
    line = played.line
    show(f"\n— {line.number} · {line.at:%Y-%m-%d %H:%M} · {line.who} {line.act} {line.value}")
    for told in played.told:
        show(f"  → {told.to}: " + told.text.replace("\n", "\n      "))
