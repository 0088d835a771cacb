"""Statements built and compiled once, for what runs with every message.

Building and preparing an SQLAlchemy expression takes ten times what SQLite takes to run it. On SQLite a prepared
statement goes straight to the driver, with SQLAlchemy's own types on the way in and out; elsewhere it runs as any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from records.database import Tx, sqlite_of
from records.model import as_model, fields_of

T = TypeVar("T")
KEPT = 256
Process = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    """`binds` are name, fixed value and processor in their order; `columns` name and processor of the result."""

    sql: str
    binds: tuple[tuple[str, Any, Process], ...]
    columns: tuple[tuple[str, Process], ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        values = []
        for name, fixed, process in self.binds:
            value = given.get(name, fixed)
            values.append(value if process is None else process(value))
        return values


@dataclass(frozen=True, slots=True)
class _Kept:
    """Rows as they were and what they became; while `moment` is the same nothing of them can have changed."""

    rows: Any = None
    made: tuple[Any, ...] = ()
    moment: Any = None


class Prepared:
    """A statement with `sa.bindparam`s; `build(dialect_name)` where the dialects differ.

    An INSERT or UPDATE without values takes those of the parameters' names; no defaults of columns are added, and
    a list (`IN`) can't be a parameter.
    """

    def __init__(self, build: sa.Executable | Callable[[str], sa.Executable]) -> None:
        self._build = build
        self._statement = cache(self._made)
        self._compiled: dict[tuple[str, ...], _Compiled] = {}
        self._kept: dict[tuple[Any, ...], _Kept] = {}
        self._tables = cache(self._read_tables)
        self._makers: dict[tuple[tuple[str, ...], type[Any]], list[tuple[str, int, Process]]] = {}

    async def run(self, tx: Tx, **values: Any) -> int:
        """Run it and return the number of rows touched."""
        if tx.dialect.name != "sqlite":
            return int((await tx.execute(self._statement(tx.dialect.name), values)).rowcount)
        return int(self._execute(tx, self._on_sqlite(tx, values), values).rowcount)

    async def run_each(self, tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        if tx.dialect.name != "sqlite":
            await tx.execute(self._statement(tx.dialect.name), rows)
            return
        compiled = self._on_sqlite(tx, rows[0])
        sqlite_of(tx).executemany(compiled.sql, [compiled.values(row) for row in rows])

    async def scalar(self, tx: Tx, **values: Any) -> Any:
        """The first column of the first row, or None."""
        if tx.dialect.name != "sqlite":
            return (await tx.execute(self._statement(tx.dialect.name), values)).scalar()
        compiled = self._on_sqlite(tx, values)
        rows = self._execute(tx, compiled, values).fetchall()
        if not rows:
            return None
        process = compiled.columns[0][1]
        return rows[0][0] if process is None else process(rows[0][0])

    async def all(self, tx: Tx, kind: type[T], **values: Any) -> list[T]:
        """Every row as the dataclass, by the columns' names."""
        if tx.dialect.name != "sqlite":
            return [as_model(kind, row) for row in await tx.execute(self._statement(tx.dialect.name), values)]
        compiled = self._on_sqlite(tx, values)
        rows = self._execute(tx, compiled, values).fetchall()
        return list(self._made_of(rows, tuple(values), compiled, kind))

    async def kept(self, tx: Tx, kind: type[T], **values: Any) -> tuple[T, ...]:
        """As `all`, and the very same tuple as before while the rows are the same: rows compare quicker than they
        are made."""
        asked = tuple(values.values())
        before = self._kept.get(asked, _Kept())
        if tx.dialect.name != "sqlite":
            rows: Any = (await tx.execute(self._statement(tx.dialect.name), values)).all()
            if rows == before.rows:
                return before.made
            return self._keep(asked, _Kept(rows, tuple(as_model(kind, row) for row in rows)))
        moment = sqlite_of(tx).moment(self._tables())
        if moment and before.moment == moment:
            return before.made
        compiled = self._on_sqlite(tx, values)
        rows = self._execute(tx, compiled, values).fetchall()
        same = rows == before.rows
        made = before.made if same else self._made_of(rows, tuple(values), compiled, kind)
        return self._keep(asked, _Kept(before.rows if same else rows, made, moment))

    def _keep(self, asked: Any, kept: _Kept) -> tuple[Any, ...]:
        if len(self._kept) >= KEPT and asked not in self._kept:
            del self._kept[next(iter(self._kept))]
        self._kept[asked] = kept
        return kept.made

    async def kept_first(self, tx: Tx, kind: type[T], **values: Any) -> T | None:
        found = await self.kept(tx, kind, **values)
        return found[0] if found else None

    async def first(self, tx: Tx, kind: type[T], **values: Any) -> T | None:
        found = await self.all(tx, kind, **values)
        return found[0] if found else None

    async def one(self, tx: Tx, kind: type[T], **values: Any) -> T:
        """The only row, which is there. Raises ValueError where it isn't."""
        [found] = await self.all(tx, kind, **values)
        return found

    def _made_of(
        self, rows: Iterable[Any], names: tuple[str, ...], compiled: _Compiled, kind: type[T]
    ) -> tuple[T, ...]:
        make = self._maker(names, compiled, kind)
        return tuple(
            kind(**{name: row[n] if process is None else process(row[n]) for name, n, process in make})
            for row in rows
        )

    def _made(self, dialect_name: str) -> sa.Executable:
        return self._build(dialect_name) if callable(self._build) else self._build

    def _read_tables(self) -> tuple[str, ...]:
        parts: Any = visitors.iterate(cast(Any, self._statement("sqlite")))
        return tuple(sorted({part.name for part in parts if isinstance(part, sa.Table)}))

    def _execute(self, tx: Tx, compiled: _Compiled, values: Mapping[str, Any]) -> Any:
        return sqlite_of(tx).execute(compiled.sql, compiled.values(values))

    def _on_sqlite(self, tx: Tx, values: Mapping[str, Any]) -> _Compiled:
        names = tuple(values)
        compiled = self._compiled.get(names)
        if compiled is None:
            compiled = self._compiled[names] = _compile(self._statement("sqlite"), tx.dialect, names)
        return compiled

    def _maker(
        self, names: tuple[str, ...], compiled: _Compiled, kind: type[Any]
    ) -> list[tuple[str, int, Process]]:
        made = self._makers.get((names, kind))
        if made is None:
            wanted = fields_of(cast(Any, kind))
            made = [
                (name, n, process) for n, (name, process) in enumerate(compiled.columns) if name in wanted
            ]
            self._makers[names, kind] = made
        return made


def _compile(statement: Any, dialect: sa.Dialect, names: Iterable[str]) -> _Compiled:
    compiled: Any = statement.compile(
        dialect=dialect,
        column_keys=list(names) if isinstance(statement, (sa.Insert, sa.Update)) else None,
    )
    binds = tuple(
        (
            name,
            _fixed(compiled.binds[name]),
            compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect),
        )
        for name in compiled.positiontup or ()
    )
    columns = tuple(
        (column.key, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for column in _columns_of(statement)
    )
    return _Compiled(str(compiled), binds, columns)


def _fixed(bind: Any) -> Any:
    """The value that stands in the statement; where there is none, something that SQLite refuses."""
    return ... if bind.required else bind.value


def _columns_of(statement: Any) -> Iterable[Any]:
    if not isinstance(statement, sa.Select) and not getattr(statement, "_returning", ()):
        return ()
    columns: Iterable[Any] = statement.exported_columns
    return columns
