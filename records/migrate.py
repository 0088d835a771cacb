"""Bringing a database's tables up to date, and saying where they differ from the code's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from records.database import Database, Tx
from records.tables import metadata
from records.types import Money, Utc

HEAD = "head"
_LOCK = 4_815_162_343  # PostgreSQL's name for "migrating": of several that start at once, one works


class Unusable(Exception):
    """A database that can't be worked on; `code` is wrong (not reached, or no database) or newer (than the code).

    `place` is its address without the password, `why` the driver's words or the step it is at.
    """

    def __init__(self, code: str, place: str, why: str) -> None:
        super().__init__(f"{code}: {place}: {why}")
        self.code, self.place, self.why = code, place, why


class BrokenReferences(Exception):
    """A step would leave rows that refer to none; it is rolled back."""


async def upgrade(database: Database, to: str = HEAD) -> None:
    """Run the missing steps, all in one transaction; nothing happens where none is missing. Raises Unusable."""
    await look(database)
    async with _rebuilding(database) as tx:
        await tx.run_sync(_upgrade, to)


async def look(database: Database) -> str | None:
    """The step that the database is at. Raises Unusable where it can't be read, or is at a step unknown here."""
    place = database.engine.url.render_as_string()
    try:
        at = await revision(database)
    except (DBAPIError, OSError) as error:
        why = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        raise Unusable("wrong", place, why) from error
    steps = {step.revision for step in ScriptDirectory.from_config(_config(None)).walk_revisions()}
    if at is not None and at not in steps:
        raise Unusable("newer", place, at)
    return at


async def downgrade(database: Database, to: str) -> None:
    async with _rebuilding(database) as tx:
        await tx.run_sync(lambda connection: command.downgrade(_config(connection), to))


async def stamp(database: Database, to: str = HEAD) -> None:
    """Say that the tables are at a step already, without running it."""
    async with _rebuilding(database) as tx:
        await tx.run_sync(lambda connection: command.stamp(_config(connection), to))


async def revision(database: Database) -> str | None:
    """The step that the database is at; None where there's none yet."""
    async with database.read() as tx:
        return await tx.run_sync(
            lambda connection: MigrationContext.configure(connection).get_current_revision()
        )


def newest() -> str | None:
    """The step that the code is at."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


async def differences(database: Database) -> list[Any]:
    """What `records.tables` has otherwise than the database; [] is what CI asks for."""
    async with database.read() as tx:
        return await tx.run_sync(_compare)


async def write_step(database: Database, message: str, number: str) -> Path:
    """Write the next step from what differs in a database at the step before; for developers."""
    async with database.begin() as tx:
        script: Any = await tx.run_sync(
            lambda connection: command.revision(
                _config(connection), message, autogenerate=True, rev_id=number
            )
        )
    return Path(script.path)


def options() -> dict[str, Any]:
    """How Alembic looks at our tables; SQLite changes a column by copying its table."""
    return {
        "target_metadata": metadata,
        "render_as_batch": True,
        "compare_type": True,
        "render_item": _render,
    }


@asynccontextmanager
async def _rebuilding(database: Database) -> AsyncIterator[Tx]:
    """A transaction in which SQLite may drop a table that others refer to, to put its new shape in its place.

    That needs foreign keys off, which SQLite only takes outside a transaction; they're all checked at the end.
    """
    if not database.is_sqlite:
        async with database.begin() as tx:
            yield tx
        return
    async with database.engine.connect() as tx:
        await tx.run_sync(_foreign_keys, "OFF")
        try:
            async with tx.begin():
                yield tx
                if (await tx.exec_driver_sql("PRAGMA foreign_key_check")).first():
                    raise BrokenReferences
        finally:
            await tx.run_sync(_foreign_keys, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    """Past SQLAlchemy, which would begin a transaction first."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={state}")
    cursor.close()


def _upgrade(connection: Connection, to: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    command.upgrade(_config(connection), to)


def _compare(connection: Connection) -> list[Any]:
    chosen = {name: value for name, value in options().items() if name != "render_item"}
    context = MigrationContext.configure(connection, opts=chosen)
    return list(compare_metadata(context, metadata))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _render(kind: str, value: Any, context: AutogenContext) -> str | bool:
    if kind == "type" and isinstance(value, Money | Utc):
        context.imports.add(f"from records.types import {type(value).__name__}")
        return f"{type(value).__name__}()"
    return False
