"""A loan book against what is known: what would change, and taking it over, wholly or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from records import audit, tables
from records.database import Tx, insert_for
from records.loanbook import SHEETS, Book
from records.loanbook.model import KEYS

Key = tuple[Any, ...]
Progress = Callable[[int], object]
TABLES: Mapping[str, sa.Table] = {
    "staff": tables.staff,
    "borrowers": tables.borrowers,
    "loans": tables.loans,
    "milestones": tables.milestones,
    "statements": tables.statements,
    "related": tables.related_parties,
}
ACTIVE = ("staff", "borrowers", "loans")
REPLACED = ("milestones", "related")
_BATCH = 500


class StalePreview(Exception):
    """Something changed between the preview and the commit: look again."""


@dataclass(frozen=True, slots=True)
class Change:
    sheet: str
    key: Key
    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Preview:
    """What a commit would do. `gone` rows of staff, borrowers and loans become inactive and are kept;

    gone milestones and related parties are replaced, gone statements stay.
    """

    new: Mapping[str, Sequence[Key]]
    changed: Sequence[Change]
    gone: Mapping[str, Sequence[Key]]
    unchanged: Mapping[str, int]

    @property
    def nothing(self) -> bool:
        return not self.changed and not any(self.new.values()) and not any(self.gone.values())

    @property
    def shrinks(self) -> bool:
        """Whether more than half of the borrowers would go: perhaps the wrong file."""
        kept = self.unchanged.get("borrowers", 0) + len(
            {c.key for c in self.changed if c.sheet == "borrowers"}
        )
        gone = len(self.gone.get("borrowers", ()))
        return gone > 1 and gone > kept

    def counts(self) -> dict[str, dict[str, int]]:
        changed = Counter(sheet for sheet, _ in {(c.sheet, c.key) for c in self.changed})
        return {
            sheet: {
                "new": len(self.new[sheet]),
                "changed": changed[sheet],
                "gone": len(self.gone[sheet]),
                "unchanged": self.unchanged[sheet],
            }
            for sheet in self.new
        }


async def preview(tx: Tx, book: Book) -> Preview:
    """Compare the book with the database, sheet by sheet; sheets and columns that it lacks stay as they are."""
    new: dict[str, list[Key]] = {}
    gone: dict[str, list[Key]] = {}
    unchanged: dict[str, int] = {}
    changed: list[Change] = []
    for sheet in _present(book):
        known, coming = await _known(tx, sheet), book.keyed(sheet)
        new[sheet] = [key for key in coming if key not in known]
        gone[sheet] = _gone(sheet, known, coming)
        found = [
            c for key, row in coming.items() if key in known for c in _changes(sheet, key, known[key], row)
        ]
        unchanged[sheet] = len(coming) - len(new[sheet]) - len({c.key for c in found})
        changed.extend(found)
    return Preview(new, changed, gone, unchanged)


async def commit(
    tx: Tx,
    book: Book,
    seen: Preview,
    now: datetime,
    actor: str,
    progress: Progress | None = None,
) -> None:
    """Take the book over as previewed; all in the caller's transaction. Raises StalePreview.

    `progress` is told how many rows each step took; `len(book)` are all.
    """
    if await preview(tx, book) != seen:
        raise StalePreview
    day = local_day(book, now)
    work = _Work(tx, book, seen, progress, day)
    for sheet in _present(book):
        await work.take(sheet)
    await _note_balances(tx, book, day)
    await _heard_of_handovers(tx, book)
    counts = seen.counts()
    values = {"at": now, "source": book.source[:400], "sha256": book.sha256, "counts": counts}
    await tx.execute(sa.insert(tables.imports).values(**values))
    await audit.record(tx, now, actor, "book.imported", book.source, _detail(book, seen, counts))


def local_day(book: Book, now: datetime) -> date:
    """The day of the import where most of the book's people are."""
    zones = Counter(str(row.get("timezone") or "Asia/Shanghai") for row in book.rows("staff"))
    return now.astimezone(ZoneInfo(zones.most_common(1)[0][0])).date()


def _present(book: Book) -> list[str]:
    return [sheet for sheet in SHEETS if sheet in book.sheets]


async def _known(tx: Tx, sheet: str) -> dict[Key, Mapping[str, Any]]:
    rows = (await tx.execute(sa.select(TABLES[sheet]))).mappings().all()
    return {tuple(row[name] for name in KEYS[sheet]): dict(row) for row in rows}


def _gone(sheet: str, known: Mapping[Key, Mapping[str, Any]], coming: Mapping[Key, Any]) -> list[Key]:
    if sheet == "statements":
        return []
    return [key for key, row in known.items() if key not in coming and row.get("active", True)]


def _changes(sheet: str, key: Key, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Change]:
    if sheet in ACTIVE and not old["active"]:
        yield Change(sheet, key, "active", False, True)
    for column, value in new.items():
        if column == "language" and old["joined_at"] is not None:
            continue  # people choose their own once they've joined
        if column == "account_manager" and value == old["handed_from"]:
            continue  # handed over here; the book hasn't heard of it yet
        if not _same(old[column], value):
            yield Change(sheet, key, column, old[column], value)


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) < 1e-9
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return list(old) == list(new)
    return bool(old == new)


class _Work:
    """The writing of one import."""

    def __init__(self, tx: Tx, book: Book, seen: Preview, progress: Progress | None, day: date) -> None:
        self.tx, self.book, self.seen, self.progress, self.day = tx, book, seen, progress, day

    async def take(self, sheet: str) -> None:
        rows = self.book.keyed(sheet)
        if sheet in REPLACED:
            await self._clear(sheet)
        await self._insert(sheet, [rows[key] for key in self.seen.new[sheet]])
        await self._update(sheet)
        if sheet in ACTIVE:
            await self._retire(sheet)
        self._forward(self.seen.unchanged[sheet])

    async def _insert(self, sheet: str, rows: Sequence[Mapping[str, Any]]) -> None:
        later = [row for row in rows if row.get("reports_to")] if sheet == "staff" else []
        plain = [{**row, "reports_to": None} for row in rows] if later else [dict(row) for row in rows]
        for batch in _batches(plain):
            await self.tx.execute(sa.insert(TABLES[sheet]), batch)
            self._forward(len(batch))
        for row in later:  # the one above may stand further down
            await self._set(sheet, (row["staff_code"],), {"reports_to": row["reports_to"]})

    async def _update(self, sheet: str) -> None:
        values: dict[Key, dict[str, Any]] = {}
        for change in self.seen.changed:
            if change.sheet == sheet:
                values.setdefault(change.key, {})[change.column] = change.new
                values[change.key] |= _drawdown(change, self.day)
        for key, columns in values.items():
            await self._set(sheet, key, columns)
            self._forward(1)

    async def _set(self, sheet: str, key: Key, values: Mapping[str, Any]) -> None:
        await self.tx.execute(sa.update(TABLES[sheet]).where(_is(sheet, key)).values(**values))

    async def _retire(self, sheet: str) -> None:
        column = TABLES[sheet].c[KEYS[sheet][0]]
        for batch in _batches(list(self.seen.gone[sheet])):
            query = sa.update(TABLES[sheet]).where(column.in_([key[0] for key in batch]))
            await self.tx.execute(query.values(active=False))

    async def _clear(self, sheet: str) -> None:
        for key in self.seen.gone[sheet]:
            await self.tx.execute(sa.delete(TABLES[sheet]).where(_is(sheet, key)))

    def _forward(self, count: int) -> None:
        if self.progress:
            self.progress(count)


def _drawdown(change: Change, day: date) -> dict[str, Any]:
    """More money drawn from a loan than the last book said."""
    if (change.sheet, change.column) != ("loans", "drawn") or change.new <= change.old:
        return {}
    return {"drawn_on": day, "drawn_more": change.new - change.old}


def _is(sheet: str, key: Key) -> sa.ColumnElement[bool]:
    columns = TABLES[sheet].c
    return sa.and_(*(columns[name] == part for name, part in zip(KEYS[sheet], key, strict=True)))


async def _heard_of_handovers(tx: Tx, book: Book) -> None:
    """Where the book no longer names the one who handed over, it rules again."""
    table = tables.borrowers
    query = sa.select(table.c.borrower_code, table.c.handed_from).where(table.c.handed_from.is_not(None))
    handed = {row.borrower_code: row.handed_from for row in await tx.execute(query)}
    named = {row["borrower_code"]: row.get("account_manager") for row in book.rows("borrowers")}
    heard = [code for code, giver in handed.items() if named.get(code) not in (None, giver)]
    for batch in _batches(heard):
        await tx.execute(sa.update(table).where(table.c.borrower_code.in_(batch)).values(handed_from=None))


async def _note_balances(tx: Tx, book: Book, day: date) -> None:
    """One row a loan and day: a second import on the same day replaces the first."""
    names = ("loan_no", "balance", "drawn", "overdue_days")
    rows = [
        {"overdue_days": 0, **{n: row[n] for n in names if n in row}, "as_of": day}
        for row in book.rows("loans")
    ]
    insert = insert_for(tx, tables.balances)
    insert = insert.on_conflict_do_update(
        index_elements=["loan_no", "as_of"],
        set_={name: insert.excluded[name] for name in names[1:]},
    )
    for batch in _batches(rows):
        await tx.execute(insert, batch)


def _detail(book: Book, seen: Preview, counts: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit log keeps: counts, and the first 500 of changes and of gone rows word for word."""
    changes = [[c.sheet, _said(c.key), c.column, _said(c.old), _said(c.new)] for c in seen.changed[:500]]
    gone = {sheet: [_said(key) for key in keys[:500]] for sheet, keys in seen.gone.items() if keys}
    return {"sha256": book.sha256, "counts": counts, "changed": changes, "gone": gone}


def _said(value: Any) -> Any:
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    return str(value) if isinstance(value, date | Decimal) else value


def _batches(rows: Sequence[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(rows), _BATCH):
        yield list(rows[start : start + _BATCH])
