"""Commands that read: `extract`, `transcribe`, `ask`, `due`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli.common import Db, Language, database_at, fail, person, print_json, progress, run, settings, show

BAD_LINES = {
    "not_json": "this is no JSON ({detail}). Each line is one object, in UTF-8.",
    "not_object": "this is a {detail}. Each line is one object with id, text and reported_on.",
    "missing": "{detail} is missing. Each line has id, text and reported_on.",
    "bad_date": "reported_on is “{detail}”. Write it as 2026-03-02.",
}
DUE_AT_MOST = 1000
BOOK_ZONE = "Asia/Shanghai"


def register(app: typer.Typer) -> None:
    for command in (extract, transcribe, ask, due):
        app.command()(command)


def extract(
    file: Annotated[
        Path, typer.Argument(help='JSONL of {"id","text","reported_on","lang"}.', exists=True, dir_okay=False)
    ],
) -> None:
    """Read facts out of reports; prints JSONL of {"id","facts"}."""
    from facts import files

    try:
        for answer in files.extract(file):
            print_json(answer)
    except files.BadLine as error:
        what = BAD_LINES[error.code].format(detail=error.detail)
        fail(f"{error.path}, line {error.line}: {what}", 2)
    except UnicodeDecodeError:
        fail(f"{file} isn't text in UTF-8; save it as such.", 2)


def transcribe(
    files: Annotated[list[Path], typer.Argument(help="Sound files.", exists=True, dir_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="JSONL with segments.")] = False,
    lang: Annotated[Language | None, typer.Option(help="zh or en; else it is heard.")] = None,
) -> None:
    """Turn sound files into text."""
    _can_hear()
    run(_transcribe(files, as_json, lang))


def _can_hear() -> None:
    """Ends the command where no engine is set up, saying what to do."""
    from bot.doctor import speech
    from bot.words import finding

    chosen = settings()
    found = list(speech(chosen))
    if chosen.speech == "off" or any(one.state != "good" for one in found):
        fail("\n".join(finding(one, "en") for one in found), 2)


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
    db: Db = None,
) -> None:
    """Answer a question from the records, as that person would be answered."""
    answer = run(_ask(question, as_, at, db))
    print_json(answer) if as_json else show(answer["text"])


async def _ask(question: str, staff_code: str, at: str | None, db: str | None) -> dict[str, Any]:
    from portfolio import command

    async with database_at(db) as database, database.begin() as tx:
        asker = await person(tx, staff_code)
        try:
            answer = await command.ask(tx, staff_code, question, moment(at, asker.timezone))
        except (command.EmptyQuestion, command.TooLong):
            fail(f"Ask something, in {command.LENGTH:,} characters at most.", 2)
        return dict(answer.to_json())


def moment(at: str | None, zone: str) -> datetime:
    """A time of the command line: now, or as given in that zone."""
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
    db: Db = None,
) -> None:
    """List the visits and callbacks that are due by that day, or asked for before it."""
    run(_due(at, as_json, db))


async def _due(at: str | None, as_json: bool, db: str | None) -> None:
    from records import visits

    now = moment(at, BOOK_ZONE)
    async with database_at(db) as database, database.read() as tx:
        late = await visits.late(tx, now.astimezone(ZoneInfo(BOOK_ZONE)).date())
        asked = await visits.due(tx, now, DUE_AT_MOST)
    rows = {visit.id: visit for visit in (*late, *asked)}
    if not rows:
        typer.secho("Nothing is due.", err=True)
    for visit in sorted(rows.values(), key=lambda visit: (visit.due_on, visit.id)):
        line = {"due_on": visit.due_on, "borrower_code": visit.borrower_code, "kind": visit.kind}
        line |= {"staff_code": visit.staff_code, "state": visit.state}
        print_json(line) if as_json else show("  ".join(str(value) for value in line.values()))
