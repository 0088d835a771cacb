"""Who a text is about, among the borrowers that its author may know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from facts import subject
from records import scope
from records.database import Tx
from records.model import Borrower, Staff
from reports.model import Subject


@dataclass(frozen=True, slots=True)
class Book:
    """The author's own borrowers, and their names made ready to be found in a text."""

    borrowers: dict[str, Borrower]
    names: subject.Names

    def subjects(self, text: str) -> list[Subject]:
        """One for each borrower that the text speaks of; at least one, which may be nobody."""
        return [self._subject(piece, choice) for piece, choice in _pieces(text, self.names)]

    def subject(self, text: str) -> Subject:
        return self._subject(text, subject.choose(subject.rank(text, self.names)))


async def book(tx: Tx, author: Staff, on: date) -> Book:
    return _book(tuple(await scope.visible_borrowers(tx, author, on)))
