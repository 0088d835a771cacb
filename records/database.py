"""One database, SQLite or PostgreSQL: connections and transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, event, make_url
from sqlalchemy.dialects import postgresql, registry, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

Tx = AsyncConnection


class Database:
    """`begin()` is a transaction that writes, `read()` one that only reads.

    On SQLite writers queue here, in order, since the file takes one at a time anyway; readers go beside them.
    """

    def __init__(self, url: str, *, pool_size: int = 8, durable: bool = True) -> None:
        """`durable=False` doesn't wait for the disk: for what can be made again (replays)."""
        self.url = url
        self.engine = _engine(url, pool_size, durable)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._reader = self.engine.execution_options(reads=True)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        if not self.is_sqlite:
            async with self.engine.begin() as tx:
                yield tx
            return
        async with self._turn, self.engine.begin() as tx:
            yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        async with self._reader.connect() as tx:
            if self.is_sqlite:
                await tx.begin()
            yield tx

    async def close(self) -> None:
        await self.engine.dispose()


def insert_or_ignore(tx: Tx | str, table: Table) -> Any:
    """INSERT … ON CONFLICT DO NOTHING of the dialect at hand."""
    return insert_for(tx, table).on_conflict_do_nothing()


def insert_for(tx: Tx | str, table: Table) -> Any:
    """The own insert of a transaction's dialect, or of the one named, which knows on_conflict_do_update."""
    name = tx if isinstance(tx, str) else tx.dialect.name
    return (postgresql if name == "postgresql" else sqlite).insert(table)


def _engine(url: str, pool_size: int, durable: bool) -> AsyncEngine:
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
    registry.register("sqlite.inline", "records.inline", "InlineDialect")
    inline = make_url(url).set(drivername="sqlite+inline")
    engine = create_async_engine(inline, pool_size=pool_size)
    event.listen(engine.sync_engine, "connect", partial(_prepare_sqlite, durable))
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(durable: bool, connection: Any, _record: Any) -> None:
    """WAL with synchronous=FULL: NORMAL may lose an acknowledged update when power fails."""
    connection.isolation_level = None
    cursor = connection.cursor()
    synchronous = "FULL" if durable else "OFF"
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: two that upgrade later would deadlock."""
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
