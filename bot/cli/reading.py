"""Commands that read: `extract`, `transcribe`, `ask`, `due`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import fail, opened, print_json, progress, run, settings, show, sqlite_url

DUE_AT_MOST = 1000


def register(app: typer.Typer) -> None:
    for command in (extract, transcribe, ask, due):
        app.command()(command)


def extract(
    file: Annotated[Path, typer.Argument(help='JSONL of {"id","text","reported_on","lang"}.', exists=True)],
) -> None:
    """Read facts out of reports; prints JSONL of {"id","facts"}."""
    from facts import files

    try:
        for answer in files.extract(file):
            print_json(answer)
    except (files.BadLine, OSError) as error:
        fail(str(error), 2)


def transcribe(
    files: Annotated[list[Path], typer.Argument(help="Sound files.", exists=True, dir_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="JSONL with segments.")] = False,
    lang: Annotated[str | None, typer.Option(help="zh or en; else it is heard.")] = None,
) -> None:
    """Turn sound files into text."""
    run(_transcribe(files, as_json, lang))


async def _transcribe(files: list[Path], as_json: bool, lang: str | None) -> None:
    from dataclasses import replace

    from bot.speech import speech_config
    from transcripts.files import transcribed
    from transcripts.transcriber import Transcriber

    transcriber = Transcriber(replace(speech_config(settings()), language=lang))
    failed = False
    with progress("transcribe", len(files)) as advance:
        bar = _Parts(advance)
        async for answer in transcribed(files, transcriber, progress=bar.told):
            bar.done()
            failed = failed or bool(answer.get("error"))
            print_json(answer) if as_json else show(_said(answer))
    await transcriber.close()
    if failed:
        raise typer.Exit(1)


class _Parts:
    """Moves a bar of files by the part of a file that was heard."""

    def __init__(self, advance: Any) -> None:
        self._advance, self._part = advance, 0.0

    def told(self, _file: str, news: Any) -> None:
        if news.stage == "hearing" and news.total:
            part = min(1.0, news.done / news.total)
            self._advance(part - self._part)
            self._part = part

    def done(self) -> None:
        self._advance(1.0 - self._part)
        self._part = 0.0


def _said(answer: dict[str, Any]) -> str:
    from bot.words import plain

    error = answer.get("error")
    words = plain(f"transcripts.{error}", "en", **answer["values"]) if error else answer["text"]
    return f"{answer['file']}: {words}"


def ask(
    question: Annotated[str, typer.Argument(help="A question in Chinese or English.")],
    as_: Annotated[str, typer.Option("--as", help="Staff code of who asks.")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
    at: Annotated[
        str | None, typer.Option(help="The moment it is asked; without a zone, the asker's.")
    ] = None,
    db: Annotated[Path | None, typer.Option(help="SQLite file or database address; else as set.")] = None,
) -> None:
    """Answer a question from the records, as that person would be answered."""
    answer = run(_ask(question, as_, at, db))
    print_json(answer) if as_json else show(answer["text"])


async def _ask(question: str, staff_code: str, at: str | None, db: Path | None) -> dict[str, Any]:
    from portfolio import command
    from records import people

    async with opened(settings(database_url=sqlite_url(db))) as database, database.begin() as tx:
        person = await people.by_code(tx, staff_code)
        if person is None:
            fail(f"Nobody in the book has the staff code {staff_code}.", 2)
        answer = await command.ask(tx, staff_code, question, moment(at, person.timezone))
        return dict(answer.to_json())


def moment(at: str | None, zone: str) -> datetime:
    """A time of the command line: now, or as given in that zone."""
    from zoneinfo import ZoneInfo

    if at is None:
        return datetime.now(UTC)
    try:
        given = datetime.fromisoformat(at)
    except ValueError:
        fail(f"--at {at} is no time; write it as 2026-03-02T10:00:00 or 2026-03-02T10:00:00+08:00.", 2)
    return (given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def due(
    at: Annotated[str | None, typer.Option(help="The moment to look from.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    db: Annotated[Path | None, typer.Option(help="SQLite file or database address; else as set.")] = None,
) -> None:
    """List the visits and callbacks that are due."""
    run(_due(at, as_json, db))


async def _due(at: str | None, as_json: bool, db: Path | None) -> None:
    from records import visits

    now = moment(at, "Asia/Shanghai")
    async with opened(settings(database_url=sqlite_url(db))) as database, database.read() as tx:
        rows = await visits.due(tx, now, DUE_AT_MOST)
    for visit in rows:
        line = {"due_on": visit.due_on, "borrower_code": visit.borrower_code, "kind": visit.kind}
        line |= {"staff_code": visit.staff_code, "state": visit.state}
        print_json(line) if as_json else show("  ".join(str(value) for value in line.values()))
