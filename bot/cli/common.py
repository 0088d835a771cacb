"""What the commands share: settings with clear errors, a loop, a progress bar, an open database."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from bot.settings import Settings

T = TypeVar("T")
Language = Literal["zh", "en"]
Lang = Annotated[Language, typer.Option(help="zh or en")]
Db = Annotated[str | None, typer.Option(help="SQLite file or database address; else as set.")]


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
            f"HUIFANG_{str(problem['loc'][0]).upper()}: {problem['msg']} (given: {_shown(problem['input'])})"
            for problem in error.errors()
        ]
        fail("These settings are wrong:\n  " + "\n  ".join(lines), 2)


def _shown(given: Any) -> str:
    """What was given, without the password of an address."""
    return re.sub(r"//[^@]*@", "//***@", repr(given))


def address(db: str | Path | None) -> str | None:
    """`--db` takes a file or a whole address."""
    return None if db is None else str(db) if "://" in str(db) else f"sqlite:///{db}"


def run(work: Coroutine[Any, Any, T]) -> T:
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as error:
        if said := _problem(error):
            fail(said, 2)
        raise


def _problem(error: Exception) -> str:
    """What a person can mend: a policy file, a database that can't be worked on; empty for any other error."""
    from anomalies.policy import PolicyError as WrongRules
    from records.migrate import Unusable
    from reminders.policy import PolicyError as WrongPlan

    if isinstance(error, WrongPlan):
        return "\n".join(error.lines)
    if isinstance(error, Unusable):
        from bot.words import plain

        return plain(f"doctor.database_{error.code}", "en", place=error.place, problem=error.why)
    return str(error) if isinstance(error, WrongRules) else ""


def database_at(db: str | None, *, new: bool = False) -> Any:
    """What `opened` gives, of the database that --db names, else of the one that is set."""
    return opened(settings(database_url=address(db)), new=new)


@asynccontextmanager
async def opened(chosen: Settings, *, new: bool = False) -> AsyncIterator[Any]:
    """The database, brought up to date. One that isn't there ends the command, unless it may be `new`."""
    from records import migrate
    from records.database import Database

    if not new and chosen.database_file and not chosen.database_file.exists():
        fail(
            f"There is no database at {chosen.database_file}. `huifang import` makes one; "
            "--db or HUIFANG_DATA names another (the demo's is demo/huifang.sqlite3 in the data folder).",
            2,
        )
    made(chosen.data)
    database = Database(chosen.database)
    try:
        await migrate.upgrade(database)
        yield database
    finally:
        await database.close()


def made(folder: Path) -> Path:
    """The folder, made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"The folder {folder} can't be made ({error.strerror}); name another.", 2)
    return folder


async def person(tx: Any, staff_code: str) -> Any:
    """Who is named by --as; ends the command where nobody is."""
    from records import people

    found = await people.by_code(tx, staff_code)
    if found is None or not found.active:
        fail(f"Nobody in the book has the staff code {staff_code}; `huifang import` brings staff in.", 2)
    return found


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
