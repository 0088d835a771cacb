"""A message becomes a row of the outbox: the Bot API call that will say it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from prompts.message import Attachment, Button, Message
from records import outbox, people
from records.database import Tx

TEXT_LIMIT = 4096
METHODS = {"photo": "sendPhoto", "document": "sendDocument", "voice": "sendVoice"}


async def put(tx: Tx, message: Message, now: datetime, *, chat_id: int | None = None) -> bool:
    """Queue `message` for its person; False if they have no chat or its key was used before."""
    staff_code: str | None = None
    if message.to:
        person = await people.by_code(tx, message.to)
        if person is None or person.chat_id is None:
            return False
        chat_id, staff_code = person.chat_id, person.staff_code
    if chat_id is None:
        return False
    chunks = pieces(message.text) if message.attachment is None else [message.text]
    for chunk in chunks[:-1]:
        await _add(tx, Message(chunk), chat_id, staff_code, now, None)
    last = message if len(chunks) == 1 else _with_text(message, chunks[-1])
    return await _add(tx, last, chat_id, staff_code, now, message.key)


def pieces(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut a long message at line ends so that each piece is within Telegram's limit.

    Counted in UTF-16 units over the marked-up text, which is never shorter than what Telegram counts.
    """
    chunks, chunk = [], ""
    for line in text.split("\n"):
        longer = f"{chunk}\n{line}" if chunk else line
        if chunk and _units(longer) > limit:
            chunks.append(chunk)
            chunk = line
        else:
            chunk = longer
    return [*chunks, chunk]


def keyboard(rows: Sequence[Sequence[Button]]) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def _button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}


async def _add(
    tx: Tx, message: Message, chat_id: int, staff_code: str | None, now: datetime, key: str | None
) -> bool:
    attachment = message.attachment
    return await outbox.add(
        tx,
        chat_id=chat_id,
        staff_code=staff_code,
        method=METHODS[attachment.kind] if attachment else "sendMessage",
        payload=_payload(message, chat_id, attachment),
        blob=attachment.content if attachment else None,
        key=key,
        about=message.about,
        edits=message.edits,
        created_at=now,
    )


def _payload(message: Message, chat_id: int, attachment: Attachment | None) -> dict[str, Any]:
    payload: dict[str, Any] = {"chat_id": chat_id, "parse_mode": "HTML"}
    payload["caption" if attachment else "text"] = message.text
    if attachment:
        payload["filename"] = attachment.filename
    if message.buttons:
        payload["reply_markup"] = json.dumps(keyboard(message.buttons), ensure_ascii=False)
    if message.reply_to:
        reply = {"message_id": message.reply_to, "allow_sending_without_reply": True}
        payload["reply_parameters"] = json.dumps(reply)
    if message.silent:
        payload["disable_notification"] = True
    return payload


def _with_text(message: Message, text: str) -> Message:
    return Message(text, message.buttons, message.to, message.key, message.about, message.edits)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
