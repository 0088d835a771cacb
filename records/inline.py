"""SQLite for an event loop, without a thread hop for every call.

aiosqlite hands each call (cursor, execute, fetch, close) to a thread: some eight hops a statement, 400 for one
report, most of the time that it took. Here a statement runs where it stands, as it takes microseconds; only the
commit, which waits for the disk, goes to a thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from itertools import count
from typing import Any

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

# A long transaction lets the loop breathe after this many statements.
BREATH = 40
BEGUN = count(1)


class Cursor(sqlite3.Cursor):
    """Has all its rows as soon as it was executed, so that reading on and writing don't meet."""

    _rows: deque[Any]

    def execute(self, *args: Any) -> Cursor:
        super().execute(*args)
        self._rows = deque(super().fetchall() if self.description else ())
        return self

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        count = min(self.arraysize if size is None else size, len(self._rows))
        return [self._rows.popleft() for _ in range(count)]

    def fetchall(self) -> list[Any]:
        rows, self._rows = list(self._rows), deque()
        return rows

    async def _async_soft_close(self) -> None:
        """SQLAlchemy closes the cursors of drivers with threads here; there is nothing to wait for."""


class Connection(sqlite3.Connection):
    """`undone` counts what was rolled back, which `total_changes` doesn't tell."""

    undone = 0
    begun = 0

    def execute(self, sql: str, *args: Any) -> Any:
        if sql.startswith("BEGIN"):
            self.begun = next(BEGUN)
        return super().execute(sql, *args)

    def moment(self) -> tuple[int, ...] | None:
        """The same while one transaction has changed nothing; None outside of any."""
        return (self.begun, self.total_changes, self.undone) if self.in_transaction else None

    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)


class InlineDialect(SQLiteDialect_pysqlite):
    driver = "inline"
    is_async = True
    supports_statement_cache = True
    _statements = 0

    def create_connect_args(self, url: Any) -> Any:
        args, options = super().create_connect_args(url)
        return args, {**options, "factory": Connection, "check_same_thread": False}

    @classmethod
    def get_pool_class(cls, url: Any) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        super().do_execute(cursor, statement, parameters, context)  # type: ignore[no-untyped-call]
        await_only(self._breathe())

    def do_executemany(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        super().do_executemany(cursor, statement, parameters, context)  # type: ignore[no-untyped-call]
        await_only(self._breathe())

    def do_commit(self, dbapi_connection: Any) -> None:
        if dbapi_connection.in_transaction:
            await_only(asyncio.to_thread(dbapi_connection.commit))

    async def _breathe(self) -> None:
        """SQLAlchemy wants something awaited in each call; mostly this is nothing."""
        self._statements += 1
        if self._statements % BREATH == 0:
            await asyncio.sleep(0)
