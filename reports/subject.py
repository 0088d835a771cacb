"""Who a text is about, among the borrowers that its author may know of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from facts import subject
from facts.subject import Candidate, Known, Names
from records import scope
from records.database import Tx
from records.model import Borrower, Staff
from reports.model import Subject

PASSING = ("passing", "title")
"""Mentions that don't say whose report it is: another firm by the way, or a mere surname."""


@dataclass(frozen=True, slots=True)
class Book:
    """The author's own borrowers, and their names made ready to be found in a text."""

    borrowers: dict[str, Borrower]
    names: Names

    def subjects(self, text: str) -> list[Subject]:
        """One for each borrower that the text speaks of, with its own words; at least one, which may be nobody."""
        pieces: dict[str | None, list[str]] = {}
        for part in subject.split(text, self.names):
            pieces.setdefault(part.borrower_code, []).append(text[part.start : part.end].strip())
        if len(pieces) < 2:
            return [self.subject(text)]
        return [self._piece(code, "\n".join(words)) for code, words in pieces.items()]

    def subject(self, text: str) -> Subject:
        by_code = self.borrowers.get(text.strip().upper())
        if by_code:
            return Subject(by_code, text=text)
        ranked = self.names.rank(text)
        chosen = subject.choose(ranked)
        if chosen is None:
            return Subject(candidates=self._likely(ranked), text=text)
        borrower = self.borrowers[chosen.borrower_code]
        if chosen.why == "title":
            return Subject(guess=borrower, text=text)
        return Subject(borrower, text=text)

    def _piece(self, code: str | None, words: str) -> Subject:
        return Subject(self.borrowers[code], text=words) if code else self.subject(words)

    def _likely(self, ranked: Iterable[Candidate]) -> tuple[Borrower, ...]:
        return tuple(self.borrowers[one.borrower_code] for one in ranked if one.why not in PASSING)


async def book(tx: Tx, author: Staff, on: date) -> Book:
    borrowers = await scope.visible_book(tx, author, on)
    kept = _latest.get(author.staff_code)
    if kept is None or kept[0] is not borrowers:
        kept = _latest[author.staff_code] = borrowers, _book(borrowers)
    return kept[1]


_latest: dict[str, tuple[tuple[Borrower, ...], Book]] = {}
"""By author, for the very same tuple: a large one takes long to compare."""


@lru_cache(maxsize=256)
def _book(borrowers: tuple[Borrower, ...]) -> Book:
    """Kept as long as the book stays the same: making names ready takes longer than reading a report."""
    known = [Known(b.borrower_code, b.name, b.short_name, b.contact_name) for b in borrowers]
    return Book({borrower.borrower_code: borrower for borrower in borrowers}, Names(known))
