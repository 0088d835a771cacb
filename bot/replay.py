"""Replay: a scenario through the whole service, on a clock that jumps."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.clock import Job
from bot.scenario import Line
from bot.service import Service
from records import cases, people, reports, visits
from records.model import ROLES, Staff

FIRST_CHAT = 10_001
COARSEST = timedelta(hours=1)
ON_CASES = ("acknowledge", "answer", "close")
ON_REPORTS = ("confirm", "mend", "add", "drop", "choose", "fact", "take")


class Phone(Protocol):
    """What replay needs of a Telegram on this machine: acting as people, and hearing what they are told."""

    def say(self, person_id: int, text: str) -> int: ...
    def voice(self, person_id: int, content: bytes, mime: str = ...) -> int: ...
    def photo(self, person_id: int, content: bytes, caption: str = ...) -> int: ...
    def document(
        self, person_id: int, content: bytes, file_name: str, mime: str = ..., caption: str = ...
    ) -> int: ...
    def location(self, person_id: int, latitude: float, longitude: float) -> int: ...
    def tap(self, person_id: int, message_id: int, data: str) -> str: ...
    def messages(self, person_id: int) -> Sequence[Any]: ...
    def said_since(self, n: int = ..., edits: bool = ...) -> Sequence[Any]: ...
    @property
    def said_count(self) -> int: ...


class VirtualClock:
    """A clock that stands until it is set; it never goes back."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def to(self, at: datetime) -> None:
        self.at = max(self.at, at.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Told:
    """A message that a person got: staff code and plain text."""

    at: datetime
    to: str
    text: str

    def to_json(self) -> dict[str, str]:
        return {"at": self.at.isoformat(), "to": self.to, "text": self.text}


@dataclass(frozen=True, slots=True)
class Played:
    """One line, what people were told upon it, and what could not be done."""

    line: Line
    told: tuple[Told, ...]
    problem: str | None = None


class Replay:
    """Plays lines on a started service whose people have chats in `phone`."""

    def __init__(self, service: Service, phone: Phone, clock: VirtualClock, staff: Sequence[Staff]) -> None:
        self.service = service
        self.phone = phone
        self.clock = clock
        self.chats = {person.staff_code: person.chat_id or 0 for person in staff}
        self._names = {chat: code for code, chat in self.chats.items()}
        self._next = {job.name: first_fire(job, clock()) for job in service.jobs}
        self._heard = 0
        self._spoken_of: dict[int, str | None] = {}

    async def play(self, line: Line) -> Played:
        """Let time pass to the line, with all that falls due on the way, and do what it says."""
        await self.pass_time(line.at)
        problem = None
        if line.act == "tick":
            await self._run(list(self.service.jobs))
        else:
            problem = await self._act(line)
        return Played(line, tuple(self._hear()), problem)

    async def pass_time(self, until: datetime) -> None:
        """Fire the clock's jobs on the way; one that fires often is called once an hour, which changes nothing."""
        while True:
            at = min(self._next.values())
            if at > until:
                break
            self.clock.to(at)
            due = [job for job in self.service.jobs if self._next[job.name] <= at]
            await self._run(due)
            for job in due:
                self._next[job.name] = next_fire(job, at)
        self.clock.to(until)

    async def _run(self, due: Sequence[Job]) -> None:
        for job in due:
            await job.run(self.clock())
        await self.service.sender.drain()

    async def _act(self, line: Line) -> str | None:
        chat = self.chats.get(line.who)
        if not chat:
            return f"nobody in the book has the staff code {line.who}"
        if line.act == "tap":
            return await self._tap(chat, line)
        before = len(self.phone.messages(chat))
        self._send(chat, line)
        await self.service.settle()
        if line.about:
            await self._choose(chat, line.about, before)
        await self._note_subject(chat, line.who)
        return None

    async def _note_subject(self, chat: int, author: str) -> None:
        async with self.service.database.read() as tx:
            opened = await reports.open_of(tx, author)
        if opened and opened[0].borrower_code:
            self._spoken_of[chat] = opened[0].borrower_code

    def _send(self, chat: int, line: Line) -> None:
        if line.act == "text":
            self.phone.say(chat, line.value)
        elif line.act == "location":
            self.phone.location(chat, *line.value)
        else:
            self._send_file(chat, line)

    def _send_file(self, chat: int, line: Line) -> None:
        content = line.value.read_bytes()
        mime = mimetypes.guess_type(line.value.name)[0] or "application/octet-stream"
        if line.act == "voice":
            self.phone.voice(chat, content, mime if mime.startswith("audio/") else "audio/ogg")
        elif line.act == "photo":
            self.phone.photo(chat, content, line.caption)
        else:
            self.phone.document(chat, content, line.value.name, mime, line.caption)

    async def _tap(self, chat: int, line: Line) -> str | None:
        found = await self._wanted(chat, line)
        if found is None:
            about = f" about {line.about}" if line.about else ""
            return f"no message has a button {line.value}{about}"
        self.phone.tap(chat, *found)
        await self.service.settle()
        return None

    async def _wanted(self, chat: int, line: Line) -> tuple[int, str] | None:
        """The newest button of the action; of a list's, the one on the borrower that the line or talk is about."""
        found = [
            (message.id, data)
            for message in reversed(self.phone.messages(chat))
            for data in in_order(message, line.value)
            if data == line.value or data.startswith(f"{line.value}:")
        ]
        subjects = [(one, await self._subject(one[1])) for one in found]
        if line.about:
            return next((one for one, code in subjects if code == line.about), None)
        newest = [(one, code) for one, code in subjects if one[0] == found[0][0]]
        spoken_of = self._spoken_of.get(chat)
        chosen = next((one for one, code in newest if code and code == spoken_of), None)
        return chosen or next(iter(found), None)

    async def _subject(self, data: str) -> str | None:
        """Whose visit, report or case a button is about."""
        action, _, rest = data.partition(":")
        number = rest.split(":")[0]
        if not number.isdigit():
            return None
        async with self.service.database.read() as tx:
            row: Any
            if action in ON_REPORTS:
                row = await reports.get(tx, int(number))
            else:
                row = await (cases if action in ON_CASES else visits).get(tx, int(number))
        return row.borrower_code if row else None

    async def _choose(self, chat: int, borrower_code: str, since: int) -> None:
        """Answer the bot's question whom a report is about: by its button, else by the code."""
        asks = self._button(chat, lambda data: data.startswith("choose:"), since)
        if asks is None:
            return
        wanted = f":{borrower_code}"
        found = self._button(chat, lambda data: data.startswith("choose:") and data.endswith(wanted), since)
        if found is not None:
            self.phone.tap(chat, *found)
        else:
            self.phone.say(chat, borrower_code)
        await self.service.settle()

    def _button(self, chat: int, fits: Callable[[str], bool], since: int = 0) -> tuple[int, str] | None:
        """The newest message with a fitting button: its id and the button's data."""
        for message in reversed(self.phone.messages(chat)[since:]):
            for data in buttons(message):
                if fits(data):
                    return message.id, data
        return None

    def _hear(self) -> Iterator[Told]:
        for said in self.phone.said_since(self._heard, edits=True):
            self._heard = said.n
            yield Told(self.clock(), self._names.get(said.to, str(said.to)), said.message.text or "")


def in_order(message: Any, action: str) -> Iterator[str]:
    """A message's buttons, the newest told first: of several cases told together that is the last."""
    found = list(buttons(message))
    return reversed(found) if action in ON_CASES else iter(found)


def buttons(message: Any) -> Iterator[str]:
    for row in message.buttons or ():
        for button in row:
            if button.data:
                yield button.data


def first_fire(job: Job, now: datetime) -> datetime:
    return job.trigger.get_next_fire_time(None, now) or datetime.max.replace(tzinfo=UTC)


def next_fire(job: Job, at: datetime) -> datetime:
    """The next time after `at`, at the nearest an hour away for a job that only looks."""
    following = job.trigger.get_next_fire_time(at, at + timedelta(seconds=1))
    if following is None:
        return datetime.max.replace(tzinfo=UTC)
    return max(following, at + COARSEST)


async def seat(service: Service) -> list[Staff]:
    """Give everybody in the book a chat, as if each had joined by their link; those who visit come first."""
    async with service.database.begin() as tx:
        everybody = await people.everybody(tx)
        everybody.sort(key=lambda person: (ROLES.index(person.role), person.staff_code))
        for number, person in enumerate(everybody):
            chat_id = person.chat_id or FIRST_CHAT + number
            await people.change(tx, person.staff_code, chat_id=chat_id, joined_at=service.clock())
        seated = await people.everybody(tx)
    return sorted(seated, key=lambda person: person.chat_id or 0)
