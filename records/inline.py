"""SQLite for an event loop, without a thread hop for every call.

aiosqlite hands each call (cursor, execute, fetch, close) to a thread: some eight hops a statement, 400 for one
report, most of the time that it took. Here a statement runs where it stands, as it takes microseconds; only the
commit, which waits for the disk, goes to a thread.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter, deque
from collections.abc import Iterable
from functools import lru_cache
from itertools import count
from typing import Any

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

# A long transaction lets the loop breathe after this many statements.
BREATH = 40
NUMBERS = count(1)
ANY = "*"
NOTHING = ("SELECT", "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA")
CHANGE = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)')


@lru_cache(maxsize=1024)
def changed_by(sql: str) -> str | None:
    """The table that a statement changes, ANY where it may be one or another, None for one that only reads."""
    change = CHANGE.match(sql)
    if change:
        return change[1]
    reads = sql.startswith(NOTHING) or (sql.startswith("WITH") and not CHANGE.search(sql))
    return None if reads else ANY


class Cursor(sqlite3.Cursor):
    """Has all its rows as soon as it was executed, so that reading on and writing don't meet."""

    _rows: deque[Any]
    connection: Connection

    def execute(self, sql: str, *args: Any) -> Cursor:
        self.connection.note(sql)
        super().execute(sql, *args)
        self._rows = deque(super().fetchall() if self.description else ())
        return self

    def executemany(self, sql: str, *args: Any) -> Cursor:
        self.connection.note(sql)
        super().executemany(sql, *args)
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
    """Knows how often each table was changed through it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._number = next(NUMBERS)
        self._changed: Counter[str] = Counter()
        self._others: int | None = None

    def note(self, sql: str) -> None:
        table = changed_by(sql)
        if table is not None:
            self._changed[table] += 1
        elif sql.startswith("BEGIN"):
            self._others = None

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        """As sqlite3's, past `Cursor`."""
        self.note(sql)
        return super().execute(sql, *args)

    def executemany(self, sql: str, *args: Any) -> sqlite3.Cursor:
        self.note(sql)
        return super().executemany(sql, *args)

    def rollback(self) -> None:
        self._changed[ANY] += 1
        super().rollback()

    def moment(self, tables: Iterable[str]) -> tuple[int, ...] | None:
        """The same while nothing in these tables can have changed, by this connection or another; None outside
        of a transaction."""
        if not self.in_transaction:
            return None
        if self._others is None:
            self._others = int(super().cursor().execute("PRAGMA data_version").fetchone()[0])
        changed = self._changed
        return (self._number, self._others, changed[ANY], *[changed[name] for name in tables])

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
