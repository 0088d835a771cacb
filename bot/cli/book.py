"""Commands of the administrator: the loan book, invitations, database, exports, audit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import Db, Lang, address, database_at, fail, opened, person, progress, run, settings, show
from bot.cli.planning import loaded, replan


def register(app: typer.Typer) -> None:
    app.command("import")(import_)
    app.command()(invite)
    app.command()(export)
    app.command()(backup)
    app.command()(migrate)
    audit = typer.Typer(help="The audit log.", no_args_is_help=True)
    audit.command()(verify)
    audit.callback()(lambda: None)
    app.add_typer(audit, name="audit")


def import_(
    path: Annotated[Path, typer.Argument(help="Folder of CSV files, or an .xlsx.", exists=True)],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Commit without asking.")] = False,
    lang: Lang = "zh",
    db: Db = None,
) -> None:
    """Preview a loan book (new, changed, gone, wrong), then commit it as a whole."""
    from records.loanbook import BookErrors

    try:
        run(_import(path, yes, lang, db))
    except BookErrors as error:
        from bot.words import book_errors

        fail(book_errors(error, lang), 2)


async def _import(path: Path, yes: bool, lang: str, db: str | None) -> None:
    from bot.bookkeeping import bring_in, look
    from bot.words import book_preview, plain
    from records.book import StalePreview

    rules = loaded(None)  # a wrong policy is told before anything is taken in
    async with database_at(db, new=True) as database:
        book, preview = await look(database, path)
        show(book_preview(book, preview, lang))
        if not yes and not typer.confirm(plain("book.ask", lang)):
            raise typer.Exit(1)
        try:
            with progress("import", len(book)) as advance:
                await bring_in(database, book, preview, datetime.now(UTC), actor="cli", progress=advance)
        except StalePreview:
            fail(plain("book.stale", lang))
        show(plain("book.done", lang, source=book.source))
        await replan(database, rules, lang)


def invite(
    staff_code: Annotated[str, typer.Argument(help="Whom to let in.")],
    days: Annotated[int, typer.Option(help="How long the link is good.", min=1, max=30)] = 7,
    db: Db = None,
) -> None:
    """Make a one-time link by which a person of the book joins the chat."""
    run(_invite(staff_code, days, db))


async def _invite(staff_code: str, days: int, db: str | None) -> None:
    from records import joining

    chosen = settings(database_url=address(db))
    async with opened(chosen) as database, database.begin() as tx:
        await person(tx, staff_code)
        code = await joining.create_invite(tx, staff_code, datetime.now(UTC), days)
    name = await _bot_name(chosen)
    if name:
        show(f"https://t.me/{name}?start={code}")
    else:
        show(f"/start {code}")
        typer.secho("Without the bot's name there is no link: they send this line to the bot.", err=True)


async def _bot_name(chosen: Any) -> str | None:
    if not chosen.telegram_token.get_secret_value():
        return None
    from telegram.error import TelegramError

    from bot.service import build_application

    application = build_application(chosen)
    try:
        async with application.bot as bot:
            return str(bot.username)
    except TelegramError as error:
        typer.secho(f"Telegram didn't answer ({error}).", err=True)
        return None


def export(
    path: Annotated[Path, typer.Argument(help="A folder for CSV files, or a file ending in .xlsx.")],
    as_: Annotated[str, typer.Option("--as", help="Staff code: whose sight the export has.")],
    db: Db = None,
) -> None:
    """Write reports, facts, cases and visits that a person may see to CSV or Excel."""
    run(_export(path, as_, db))


async def _export(path: Path, staff_code: str, db: str | None) -> None:
    from records import export as exports

    async with database_at(db) as database, database.begin() as tx:
        viewer = await person(tx, staff_code)
        try:
            counts = await exports.write(tx, viewer, path, datetime.now(UTC))
        except OSError as error:
            fail(f"{path} can't be written ({error.strerror}); nothing was exported.", 2)
    show("  ".join(f"{name}: {number}" for name, number in counts.items()))


def backup(
    path: Annotated[Path, typer.Argument(help="Where the copy goes.")],
    db: Db = None,
) -> None:
    """Copy the database while it is in use (SQLite), or say how to (PostgreSQL)."""
    run(_backup(path, db))


async def _backup(path: Path, db: str | None) -> None:
    from bot.words import plain
    from records import backup as backups

    async with database_at(db) as database:
        try:
            made = await backups.backup(database, path)
        except backups.BackupFailed as error:
            fail(plain(f"book.backup_{error.code}", "en", path=error.path), 2)
    if made.command:
        show(plain("book.pg_dump", "en", command=made.command))
    else:
        show(plain("book.backed_up", "en", path=made.path, size=f"{made.size:,} B"))


def migrate(db: Db = None) -> None:
    """Bring the database's tables up to date."""
    run(_migrate(db))


async def _migrate(db: str | None) -> None:
    from records import migrate as migrations

    async with database_at(db, new=True) as database:
        show(f"at revision {await migrations.revision(database)}")


def verify(db: Db = None) -> None:
    """Check that no entry of the audit log was changed or taken out."""
    run(_verify(db))


async def _verify(db: str | None) -> None:
    from records import audit

    async with database_at(db) as database, database.read() as tx:
        verdict = await audit.verify(tx)
    if verdict.ok:
        show(f"{verdict.count} entries, none changed or missing. Head: {verdict.head}")
    else:
        show(f"Entry {verdict.broken_id} doesn't fit ({verdict.why}): the log was changed or cut there.")
        raise typer.Exit(1)
