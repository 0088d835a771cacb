"""What goes into this room and what it decides, before anything is written or said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from records.model import Borrower, Part, Staff
from reports.stranger import names_a_stranger

TOGETHER = timedelta(hours=2)
"""What arrives within this time of an unconfirmed report, and names nobody else, belongs to it."""

FILE_LIMIT = 20 * 1024 * 1024
"""A bot may fetch files up to this many bytes."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as it came: kind is text, voice, photo, document or location; `sent_at` is aware.

    `text` is what was typed or the caption. `album` is Telegram's media_group_id. `failure` is why its bytes
    can't be had (too_large, empty).
    """

    kind: str
    chat_id: int
    message_id: int
    sent_at: datetime
    text: str = ""
    file_id: str | None = None
    filename: str = ""
    seconds: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    album: str | None = None
    failure: str | None = None

    def part(self, report_id: int, text: str | None = None, kind: str = "") -> Part:
        return Part(
            report_id=report_id,
            kind=kind or self.kind,
            chat_id=self.chat_id,
            message_id=self.message_id,
            sent_at=self.sent_at,
            text=self.text if text is None else text,
            file_id=self.file_id,
            filename=self.filename[:200],
            seconds=self.seconds,
            latitude=self.latitude,
            longitude=self.longitude,
            failure=self.failure,
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a text is about: `borrower` where its words name one clearly, else `candidates`, likeliest first.

    `guess` is somebody whom only a surname points to: taken where nothing else says whose it is.
    """

    borrower: Borrower | None = None
    candidates: tuple[Borrower, ...] = ()
    guess: Borrower | None = None
    text: str = ""

    @property
    def is_stranger(self) -> bool:
        return not (self.borrower or self.candidates or self.guess) and names_a_stranger(self.text)

    def may_be(self, borrower_code: str | None) -> bool:
        """Whether nothing in the words speaks against this borrower."""
        if self.borrower:
            return self.borrower.borrower_code == borrower_code
        if self.is_stranger:
            return False
        return not self.candidates or any(b.borrower_code == borrower_code for b in self.candidates)


def local_day(staff: Staff, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(staff.timezone)).date()
