"""A copy of the database that is whole although work goes on."""

from __future__ import annotations

import asyncio
import shlex
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from records.database import Database

_PAGES = 1000


class BackupFailed(Exception):
    """`code` is exists, no_folder, memory or damaged."""

    def __init__(self, code: str, path: Path) -> None:
        super().__init__(f"{code}: {path}")
        self.code = code
        self.path = path


@dataclass(frozen=True, slots=True)
class Backup:
    """Either `path` and `size` (bytes) of a checked copy, or the `command` by which PostgreSQL makes one."""

    path: Path
    size: int | None = None
    command: str | None = None

    def __str__(self) -> str:
        return self.command or f"{self.path} ({self.size} B)"


async def backup(database: Database, path: Path) -> Backup:
    """Copy a SQLite database to a new file at `path` and check it. Raises BackupFailed, leaving nothing."""
    if not database.is_sqlite:
        return Backup(path, command=pg_dump(database, path))
    return await asyncio.to_thread(_copy, database.engine.url.database, path)


def pg_dump(database: Database, path: Path) -> str:
    """The command, without the password: pg_dump asks for it, or takes it from PGPASSWORD or ~/.pgpass."""
    url = database.engine.url.set(drivername="postgresql")._replace(password=None)
    address = url.render_as_string(hide_password=False)
    return f"pg_dump --format=custom --file={shlex.quote(str(path))} {shlex.quote(address)}"


def _copy(source: str | None, path: Path) -> Backup:
    if not source or source == ":memory:":
        raise BackupFailed("memory", path)
    if path.exists():
        raise BackupFailed("exists", path)
    if not path.parent.is_dir():
        raise BackupFailed("no_folder", path)
    half = path.with_name(f"{path.name}.part")
    try:
        _copy_pages(Path(source), half)
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size)


def _copy_pages(source: Path, target: Path) -> None:
    """Page by page, so that writers wait for moments only; the copy is one file without a log beside it."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new, pages=_PAGES, sleep=0.01)
        new.execute("PRAGMA journal_mode=DELETE")
        if new.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise BackupFailed("damaged", target)
