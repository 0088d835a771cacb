"""A message before it is Telegram's: what a person is told, and the buttons under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is the stable name (confirm, drop, later, …) whatever the language; `args` make it unique.

    On the wire a button is `action:arg:arg`, at most 64 bytes. With `url` it opens an address instead.
    """

    label: str
    action: str = ""
    args: tuple[str, ...] = ()
    url: str | None = None

    @property
    def data(self) -> str:
        data = ":".join((self.action, *self.args))
        if len(data.encode()) > 64:
            raise ValueError(f"button data over 64 bytes: {data}")
        return data


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send with the message as caption: `kind` is photo, document or voice."""

    kind: str
    content: bytes
    filename: str


@dataclass(frozen=True, slots=True)
class Message:
    """Something said to one person.

    `text` is Telegram HTML as the catalog renders it. `to` is a staff code; empty means the person who is
    being answered. `key` is unique for ever: a second message of the same key is never sent. `edits` names
    the purpose of an earlier message in that chat to change in place (as `about`, e.g. "card:12") if it can
    still be changed; `about` is kept with the message so that buttons and replies find their subject.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    to: str = ""
    key: str | None = None
    about: str | None = None
    edits: str | None = None
    reply_to: int | None = None
    attachment: Attachment | None = None
    silent: bool = False
