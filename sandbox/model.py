"""Messages as a person sees them, in plain dataclasses."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.render import to_html

Json = dict[str, Any]
MEDIA_KINDS = ("voice", "photo", "document", "audio", "location")


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: `data` for a callback, else `url`; reply-keyboard buttons carry only `text`."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """`kind` is one of MEDIA_KINDS; duration in seconds, size in bytes, coordinates in degrees."""

    kind: str
    file_id: str | None = None
    mime: str | None = None
    file_name: str | None = None
    duration: int | None = None
    size: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is the text or the caption; `html` the same with its formatting; `edited` when, if ever."""

    id: int
    chat_id: int
    from_bot: bool
    text: str
    html: str
    buttons: tuple[tuple[Button, ...], ...]
    media: Media | None
    date: datetime
    edited: datetime | None = None
    reply_to: int | None = None
    album: str | None = None
    raw: Json = field(default_factory=dict, repr=False, compare=False)

    def button(self, words_or_data: str) -> Button:
        """The button with this text or data; raises LookupError."""
        for one in (one for row in self.buttons for one in row):
            if words_or_data in (one.text, one.data):
                return one
        raise LookupError(words_or_data)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing the bot put before a person: `n` counts up over all chats; `edit` tells a change from a message."""

    n: int
    to: int
    message: Message
    edit: bool = False


def see(raw: Json) -> Message:
    """A Telegram Message object as a person sees it."""
    text = raw.get("text") or raw.get("caption") or ""
    spans = raw.get("entities") or raw.get("caption_entities") or []
    reply = raw.get("reply_to_message")
    return Message(
        id=raw["message_id"],
        chat_id=raw["chat"]["id"],
        from_bot=bool(raw["from"]["is_bot"]),
        text=text,
        html=to_html(text, spans),
        buttons=buttons_of(raw.get("reply_markup")),
        media=media_of(raw),
        date=when(raw["date"]),
        edited=when(raw["edit_date"]) if "edit_date" in raw else None,
        reply_to=reply["message_id"] if reply else None,
        album=raw.get("media_group_id"),
        raw=raw,
    )


def when(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def buttons_of(markup: Json | None) -> tuple[tuple[Button, ...], ...]:
    rows = (markup or {}).get("inline_keyboard") or []
    return tuple(
        tuple(Button(one["text"], one.get("callback_data"), one.get("url")) for one in row) for row in rows
    )


def media_of(raw: Json) -> Media | None:
    kind = next((kind for kind in MEDIA_KINDS if kind in raw), None)
    if kind is None:
        return None
    body = raw[kind]
    if kind == "location":
        return Media(kind, latitude=body["latitude"], longitude=body["longitude"])
    if kind == "photo":
        return Media(kind, body[-1]["file_id"], "image/jpeg", size=body[-1]["file_size"])
    return Media(
        kind,
        body["file_id"],
        body.get("mime_type"),
        body.get("file_name"),
        body.get("duration"),
        body.get("file_size"),
    )
