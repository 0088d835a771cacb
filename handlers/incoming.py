"""A Telegram message as what the reports room takes: its kind, its words, where its bytes lie."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import telegram

from reports.model import FILE_LIMIT, Incoming

LATE = timedelta(days=7)
SOUNDS = (".ogg", ".oga", ".opus", ".m4a", ".aac", ".mp3", ".amr", ".wav", ".flac", ".wma")
"""Names of sound files that some phones send as documents of no kind."""


def incoming(message: telegram.Message, now: datetime) -> Incoming | None:
    """None for a kind that no report takes (stickers, polls, videos …)."""
    found = _content(message)
    if found is None:
        return None
    return Incoming(
        chat_id=message.chat_id,
        message_id=message.message_id,
        sent_at=sent_at(message, now),
        album=message.media_group_id,
        **found,
    )


def clean(text: str | None) -> str:
    """Without what no database keeps: NUL and halves of surrogate pairs."""
    return (text or "").replace("\x00", "").encode("utf-8", "ignore").decode()


def sent_at(message: telegram.Message, now: datetime) -> datetime:
    """When it was written: a forwarded own note keeps its day; an absurd time counts as now."""
    at = message.date
    origin = message.forward_origin
    if isinstance(origin, telegram.MessageOriginUser) and message.from_user:
        at = origin.date if origin.sender_user.id == message.from_user.id else at
    return at if now - LATE <= at <= now else now


def _content(message: telegram.Message) -> dict[str, Any] | None:
    if message.text:
        return {"kind": "text", "text": clean(message.text)}
    if message.location:
        place = message.location
        return {"kind": "location", "latitude": place.latitude, "longitude": place.longitude}
    if message.photo:
        return {"kind": "photo", "filename": "photo.jpg", **_file(message, message.photo[-1])}
    sound = message.voice or message.audio
    if sound:
        return _sound(message, sound)
    if message.document and not message.animation:
        return _document(message, message.document)
    return None


def _sound(message: telegram.Message, sound: telegram.Voice | telegram.Audio) -> dict[str, Any]:
    seconds = float(sound.to_dict().get("duration") or 0)  # the attribute changes its type between versions
    name = clean(getattr(sound, "file_name", None)) or "voice.ogg"
    return {"kind": "voice", "filename": name, "seconds": seconds, **_file(message, sound)}


def _document(message: telegram.Message, document: telegram.Document) -> dict[str, Any]:
    name = clean(document.file_name) or "document"
    is_sound = (document.mime_type or "").startswith("audio/") or name.lower().endswith(SOUNDS)
    return {"kind": "voice" if is_sound else "document", "filename": name, **_file(message, document)}


def _file(message: telegram.Message, file: Any) -> dict[str, Any]:
    return {"text": clean(message.caption), "file_id": file.file_id, "failure": _failure(file.file_size)}


def _failure(size: int | None) -> str | None:
    if size is not None and size > FILE_LIMIT:
        return "too_large"
    return "empty" if size == 0 else None
