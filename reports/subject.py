"""Who a text is about, among the borrowers that its author may know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from records import scope
from records.database import Tx
from records.model import Borrower, Staff
from reports.model import Subject


@dataclass(frozen=True, slots=True)
class Book:
    """The author's own borrowers, and their names made ready to be found in a text."""

    borrowers: dict[str, Borrower]

    def subjects(self, text: str) -> list[Subject]:
        """One for each borrower that the text speaks of; at least one, which may be nobody."""
        return [self.subject(text)]

    def subject(self, text: str) -> Subject:
        hits = [
            b
            for b in self.borrowers.values()
            if b.called in text or b.name in text or b.borrower_code == text.strip()
        ]
        if len(hits) == 1:
            return Subject(hits[0], (), text)
        return Subject(None, tuple(hits), text)


async def book(tx: Tx, author: Staff, on: date) -> Book:
    return _book(tuple(await scope.visible_borrowers(tx, author, on)))


@lru_cache(maxsize=256)
def _book(borrowers: tuple[Borrower, ...]) -> Book:
    return Book({borrower.borrower_code: borrower for borrower in borrowers})
