"""Bringing a loan book in: read, compare, commit as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from records import book as books
from records import loanbook
from records.database import Database


async def look(database: Database, path: Path) -> tuple[loanbook.Book, books.Preview]:
    """The book at `path` and what committing it would do. Raises loanbook.BookErrors."""
    book = loanbook.read(path)
    async with database.read() as tx:
        return book, await books.preview(tx, book)


async def bring_in(
    database: Database,
    book: loanbook.Book,
    preview: books.Preview,
    now: datetime,
    *,
    actor: str = "system",
    progress: Callable[[int], None] | None = None,
) -> None:
    """Commit a book as it was previewed, in one transaction. Raises books.StalePreview."""
    async with database.begin() as tx:
        await books.commit(tx, book, preview, now, actor, progress)
