"""What the commands share: settings with clear errors, a loop, a progress bar, an open database."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from bot.settings import Settings

T = TypeVar("T")


def fail(words: str, code: int = 1) -> NoReturn:
    """End the command with a sentence on standard error."""
    typer.secho(words, err=True, fg="red")
    raise typer.Exit(code)


def settings(**changes: Any) -> Settings:
    """The settings, with those of the command line; ends the command where one is wrong, saying which."""
    try:
        return Settings(**{name: value for name, value in changes.items() if value is not None})
    except ValidationError as error:
        lines = [
            f"HUIFANG_{str(problem['loc'][0]).upper()}: {problem['msg']} (given: {problem['input']!r})"
            for problem in error.errors()
        ]
        fail("These settings are wrong:\n  " + "\n  ".join(lines), 2)


def sqlite_url(path: Path | None) -> str | None:
    """`--db` takes a file or a whole address."""
    if path is None:
        return None
    return str(path) if "://" in str(path) else f"sqlite:///{path}"


def run(work: Coroutine[Any, Any, T]) -> T:
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as error:
        if said := _policy_problems(error):
            fail(said, 2)
        raise


def _policy_problems(error: Exception) -> str:
    """What is wrong with a policy file, which the service reads as it is built; empty for any other error."""
    from anomalies.policy import PolicyError as WrongRules
    from reminders.policy import PolicyError as WrongPlan

    if isinstance(error, WrongPlan):
        return "\n".join(error.lines)
    return str(error) if isinstance(error, WrongRules) else ""


@asynccontextmanager
async def opened(chosen: Settings) -> AsyncIterator[Any]:
    """The database, brought up to date."""
    from records import migrate
    from records.database import Database

    chosen.data.mkdir(parents=True, exist_ok=True)
    database = Database(chosen.database)
    try:
        await migrate.upgrade(database)
        yield database
    finally:
        await database.close()


@contextmanager
def progress(words: str, total: float | None) -> Iterator[Any]:
    """A bar on standard error; `advance(n)` moves it. Nothing is drawn where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda step=1: bar.advance(task, step)


def print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


def show(words: str) -> None:
    sys.stdout.write(words + "\n")
