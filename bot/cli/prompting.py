"""`prompt`: what would be sent to a language model, exactly, so that any model can be tried by hand."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import Language, fail, opened, person, run, settings, show


def register(app: typer.Typer) -> None:
    app.command()(prompt)


def prompt(
    file: Annotated[Path, typer.Argument(help="A report as a text file.", exists=True, dir_okay=False)],
    on: Annotated[
        datetime | None,
        typer.Option(help="Day of the report, 2026-03-02; else today.", formats=["%Y-%m-%d"]),
    ] = None,
    lang: Annotated[Language | None, typer.Option(help="zh or en; else as the text is.")] = None,
    as_: Annotated[
        str | None,
        typer.Option("--as", help="Staff code of its author, whose book is looked through for names."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The body of the request.")] = False,
) -> None:
    """Print what would be sent to a model for a report, names and numbers masked. Nothing is sent."""
    try:
        text = file.read_text("utf-8-sig").strip("\n")
    except UnicodeDecodeError:
        fail(f"{file} isn't text in UTF-8; save it as such.", 2)
    question = run(_question(text, (on or datetime.now().astimezone()).date(), lang, as_))
    show(json.dumps(_body(question), ensure_ascii=False, indent=2) if as_json else question.words.text())


async def _question(text: str, on: date, lang: str | None, staff_code: str | None) -> Any:
    """As the service would ask, with the names of the book that is there."""
    from facts import guard
    from reports import second

    ground = guard.laid(text, on, lang)
    chosen = settings()
    if staff_code is None and chosen.database_file and not chosen.database_file.exists():
        return second.question(text, on, ground.reading)  # looking at a prompt makes no database
    async with opened(chosen) as database, database.read() as tx:
        if staff_code is not None:
            await person(tx, staff_code)
        known, book = await second.names(tx, text, staff_code, on)
    return second.question(text, on, ground.reading, known=known, book=book)


def _body(question: Any) -> dict[str, Any]:
    from bot.model import endpoint
    from facts.answer import Said
    from prompts.client import request

    return request(endpoint(settings()), question.words, Said)
