"""One database, SQLite or PostgreSQL: connections and transactions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Table, event, make_url
from sqlalchemy.dialects import postgresql, registry, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

Tx = AsyncConnection
Write = Callable[[Tx], Awaitable[None]]
QUICK_COMMIT = 0.001
"""Seconds for which a commit may hold up the event loop."""
BESIDE = 50
"""Commits that go to a thread after a slow one."""


@dataclass(frozen=True, slots=True)
class _Rider:
    """A small write that waits for a transaction to go with."""

    write: Write
    committed: Callable[[], None]
    done: asyncio.Future[None]


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
        self._riders: list[_Rider] = []
        self._beside = 0
        self._open: Tx | None = None
        self._writer: Tx | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        if not self.is_sqlite:
            async with self.engine.begin() as tx:
                yield tx
            return
        aboard: list[_Rider] = []
        try:
            async with self._turn, self._writing() as tx:
                yield tx
                aboard = await self._board(tx)
                if not sqlite_of(tx).in_transaction:
                    raise OSError("SQLite gave the transaction up")
        except BaseException as error:
            for rider in aboard:
                _end(rider, error if isinstance(error, Exception) else OSError("not committed"))
            raise
        for rider in aboard:
            rider.committed()
            _end(rider, None)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[Tx]:
        """A transaction on the one connection that writes, which stays open: a tenth of the work of a new one."""
        if self._writer is None:
            self._writer = await self.engine.connect()
        tx = self._writer
        try:
            sqlite_of(tx).execute("BEGIN IMMEDIATE")
            yield tx
            await self._commit(tx)
        except BaseException:
            self._writer = None
            with suppress(Exception):  # closing rolls back
                await tx.close()
            raise

    async def _commit(self, tx: Tx) -> None:
        """Also where only prepared statements ran, of which SQLAlchemy knows nothing.

        A commit waits for the disk. Where that is quicker than the way to a thread it is done here; after one that
        was slow the next ones go beside the event loop.
        """
        commit = sqlite_of(tx).commit
        if self._beside:
            self._beside -= 1
            await asyncio.to_thread(commit)
        else:
            begun = monotonic()
            commit()
            self._beside = BESIDE if monotonic() - begun > QUICK_COMMIT else 0
        if tx.in_transaction():
            await tx.commit()

    async def soon(
        self, write: Write, *, patience: float = 0.0, committed: Callable[[], None] = lambda: None
    ) -> None:
        """Write with the next transaction that commits, or alone after `patience` seconds.

        Returns when it is committed; `committed` is called at that very moment. Raises what `write` raised.
        """
        rider = _Rider(write, committed, asyncio.get_running_loop().create_future())
        self._riders.append(rider)
        try:
            if patience and self.is_sqlite:
                await asyncio.wait((rider.done,), timeout=patience)
            if rider in self._riders:
                await self._alone(rider)
            await rider.done
        finally:
            if rider in self._riders:
                self._riders.remove(rider)
            if rider.done.done() and not rider.done.cancelled():
                rider.done.exception()

    async def _alone(self, rider: _Rider) -> None:
        if self.is_sqlite:
            async with self.begin():
                return
        self._riders.remove(rider)
        async with self.begin() as tx:
            await rider.write(tx)
        rider.committed()
        _end(rider, None)

    async def _board(self, tx: Tx) -> list[_Rider]:
        """The waiting writes, each by itself: one that fails takes nobody down."""
        riders, self._riders = self._riders, []
        aboard = []
        for rider in riders:
            try:
                async with savepoint(tx):
                    await rider.write(tx)
            except Exception as error:
                _end(rider, error)
            else:
                aboard.append(rider)
        return aboard

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        async with self._reader.connect() as tx:
            if self.is_sqlite:
                await tx.begin()
            yield tx

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Tx]:
        """For prepared statements that read, each by itself; on SQLite a connection that stays open, no transaction."""
        if not self.is_sqlite:
            async with self.read() as tx:
                yield tx
            return
        if self._open is None:
            self._open = await self._reader.connect()
        yield self._open

    async def close(self) -> None:
        for tx in filter(None, (self._open, self._writer)):
            await tx.close()
        self._open = self._writer = None
        await self.engine.dispose()


@asynccontextmanager
async def savepoint(tx: Tx) -> AsyncIterator[None]:
    """What is done inside is undone when it raises; the rest of the transaction stands."""
    if tx.dialect.name != "sqlite":
        async with tx.begin_nested():
            yield
        return
    driver = sqlite_of(tx)
    driver.execute("SAVEPOINT huifang")
    try:
        yield
    except BaseException:
        driver.execute("ROLLBACK TO huifang")
        driver.execute("RELEASE huifang")
        raise
    driver.execute("RELEASE huifang")


def sqlite_of(tx: Tx) -> Any:
    """The sqlite3 connection of a transaction that `Database` has begun."""
    connection: Any = tx.sync_connection
    return connection.connection.dbapi_connection


def _end(rider: _Rider, error: Exception | None) -> None:
    if rider.done.done():
        return
    if error is None:
        rider.done.set_result(None)
    else:
        rider.done.set_exception(error)


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
    driver: Any = connection.connection.dbapi_connection
    if not driver.in_transaction:  # `Database.begin` began it
        reads = connection.get_execution_options().get("reads")
        driver.execute("BEGIN" if reads else "BEGIN IMMEDIATE")
