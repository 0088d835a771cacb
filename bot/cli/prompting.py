"""`prompt`: what would be sent to a language model, exactly, so that any model can be tried by hand."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import fail, opened, run, settings, show


def register(app: typer.Typer) -> None:
    app.command()(prompt)


def prompt(
    file: Annotated[Path, typer.Argument(help="A report as a text file.", exists=True, dir_okay=False)],
    on: Annotated[str | None, typer.Option(help="Day of the report, 2026-03-02; else today.")] = None,
    lang: Annotated[str | None, typer.Option(help="zh or en; else as the text is.")] = None,
    as_: Annotated[
        str | None,
        typer.Option("--as", help="Staff code of its author, whose book is looked through for names."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The body of the request.")] = False,
) -> None:
    """Print what would be sent to a model for a report, names and numbers masked. Nothing is sent."""
    try:
        text, day = (
            file.read_text("utf-8-sig").strip("\n"),
            date.fromisoformat(on) if on else datetime.now().astimezone().date(),
        )
    except (UnicodeDecodeError, ValueError) as error:
        fail(f"{error}", 2)
    question = run(_question(text, day, lang, as_))
    show(json.dumps(_body(question), ensure_ascii=False, indent=2) if as_json else question.words.text())


async def _question(text: str, on: date, lang: str | None, staff_code: str | None) -> Any:
    """As the service would ask, with the names of the book that is there."""
    from facts import guard
    from reports import second

    ground = guard.laid(text, on, lang)
    chosen = settings()
    if not _is_there(chosen.database):
        return second.question(text, on, ground.reading)
    async with opened(chosen) as database, database.read() as tx:
        known, book = await second.names(tx, text, staff_code, on)
    return second.question(text, on, ground.reading, known=known, book=book)


def _is_there(database: str) -> bool:
    """Looking at a prompt makes no database."""
    return not database.startswith("sqlite") or Path(database.split("///", 1)[-1]).exists()


def _body(question: Any) -> dict[str, Any]:
    from bot.model import endpoint
    from facts.answer import Said
    from prompts.client import request

    return request(endpoint(settings()), question.words, Said)
