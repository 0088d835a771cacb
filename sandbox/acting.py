"""What people do on their phones."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sandbox.errors import CannotAct
from sandbox.methods.common import TEXT_LIMIT
from sandbox.methods.media import describe
from sandbox.methods.sending import carried, origin
from sandbox.photos import keep_photo
from sandbox.utf16 import width
from sandbox.world import Callback, Chat, World, without_thread

Json = dict[str, Any]
TAP_LIFE = timedelta(minutes=15)


class Acting:
    """Each act returns the new message's id; `at` dates it. Unknown people or messages raise CannotAct."""

    world: World

    def say(self, person_id: int, text: str, reply_to: int | None = None, at: datetime | None = None) -> int:
        if not text.strip():
            raise CannotAct("an empty message can't be sent")
        if width(text) > TEXT_LIMIT:
            raise CannotAct(
                f"people's messages end at {TEXT_LIMIT} UTF-16 units; their apps send the rest as another"
            )
        return self._put(person_id, {"text": text.strip()}, reply_to, at)

    def voice(
        self,
        person_id: int,
        content: bytes,
        mime: str = "audio/ogg",
        duration: float = 0,
        caption: str = "",
        reply_to: int | None = None,
        at: datetime | None = None,
    ) -> int:
        """`duration` in seconds."""
        file = self.world.files.add("voice", content, mime)
        body = {"voice": describe(file, {"duration": duration})}
        return self._put(person_id, body | _caption(caption), reply_to, at)

    def photo(
        self,
        person_id: int,
        content: bytes,
        caption: str = "",
        reply_to: int | None = None,
        at: datetime | None = None,
    ) -> int:
        body = {"photo": keep_photo(self.world.files, content)}
        return self._put(person_id, body | _caption(caption), reply_to, at)

    def album(
        self, person_id: int, contents: Sequence[bytes], caption: str = "", at: datetime | None = None
    ) -> list[int]:
        """Two to ten photos sent together; the caption stands with the first."""
        shared = {"media_group_id": str(secrets.randbelow(10**17))}
        sizes = [keep_photo(self.world.files, one) for one in contents]
        captions = [_caption(caption), *({} for _ in sizes[1:])]
        pairs = zip(sizes, captions, strict=True)
        return [self._put(person_id, {**shared, "photo": one, **words}, None, at) for one, words in pairs]

    def document(
        self,
        person_id: int,
        content: bytes,
        file_name: str,
        mime: str = "application/octet-stream",
        caption: str = "",
        reply_to: int | None = None,
        at: datetime | None = None,
    ) -> int:
        file = self.world.files.add("document", content, mime, file_name)
        return self._put(person_id, {"document": describe(file, {})} | _caption(caption), reply_to, at)

    def audio(
        self, person_id: int, content: bytes, file_name: str, mime: str = "audio/mpeg", duration: float = 0
    ) -> int:
        file = self.world.files.add("audio", content, mime, file_name)
        return self._put(person_id, {"audio": describe(file, {"duration": duration})}, None, None)

    def location(
        self,
        person_id: int,
        latitude: float,
        longitude: float,
        reply_to: int | None = None,
        at: datetime | None = None,
    ) -> int:
        body = {"location": {"latitude": latitude, "longitude": longitude}}
        return self._put(person_id, body, reply_to, at)

    def forward(
        self,
        person_id: int,
        message_id: int,
        of: int | None = None,
        hidden: str = "",
        at: datetime | None = None,
    ) -> int:
        """Forward a message of the own chat, or of the chat `of`; `hidden` is the name of a hidden author."""
        message = self._find(of or person_id, message_id)
        source = origin(message)
        if hidden:
            source = {
                "forward_origin": {"type": "hidden_user", "sender_user_name": hidden, "date": message["date"]}
            }
        return self._put(person_id, {**carried(message), **source}, None, at)

    def edit(self, person_id: int, message_id: int, text: str) -> None:
        """Change the own message's text or caption; the bot gets `edited_message`."""
        chat, old = self.world.chat(person_id), self._find(person_id, message_id)
        if old["from"]["is_bot"]:
            raise CannotAct("the bot's messages can't be edited by people")
        key = "text" if "text" in old else "caption"
        spans = {name: value for name, value in old.items() if name not in ("entities", "caption_entities")}
        message = {**spans, key: text.strip(), "edit_date": self.world.now()}
        self.world.replace(chat, message)
        self.world.updates.add("edited_message", message)

    def tap(self, person_id: int, message_id: int, data: str) -> str:
        """Tap the inline button with this data or text; returns the callback query's id."""
        chat, message = self.world.chat(person_id), self._find(person_id, message_id)
        found = _button_data(message, data)
        query_id = str(secrets.randbelow(10**18))
        self.world.callbacks[query_id] = Callback(chat.id, self.world.clock() + TAP_LIFE)
        query = {
            "id": query_id,
            "from": chat.person.user(),
            "message": message,
            "chat_instance": str(chat.id),
            "data": found,
        }
        self.world.updates.add("callback_query", query)
        return query_id

    def delete(self, person_id: int, message_id: int) -> None:
        """Telegram doesn't tell bots."""
        self._find(person_id, message_id)
        self.world.remove(self.world.chat(person_id), message_id)

    def block(self, person_id: int) -> None:
        self._member(self.world.chat(person_id), blocked=True)

    def unblock(self, person_id: int) -> None:
        self._member(self.world.chat(person_id), blocked=False)

    def raw_update(self, update: Mapping[str, Any]) -> int:
        """Hand the bot any update; returns its update_id."""
        return int(self.world.updates.add_raw(dict(update))["update_id"])

    def _member(self, chat: Chat, blocked: bool) -> None:
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        states = ({"status": "member"}, {"status": "kicked", "until_date": 0})
        old, new = states if blocked else states[::-1]
        change = {
            "chat": chat.person.chat(),
            "from": chat.person.user(),
            "date": self.world.now(),
            "old_chat_member": {**old, "user": self.world.bot},
            "new_chat_member": {**new, "user": self.world.bot},
        }
        self.world.updates.add("my_chat_member", change)
        self.world.feed.add("block", chat.id, {"blocked": blocked})

    def _put(self, person_id: int, content: Json, reply_to: int | None, at: datetime | None) -> int:
        chat = self.world.chat(person_id)
        if chat.blocked:
            self._member(chat, blocked=False)
        if reply_to is not None:
            content = {"reply_to_message": without_thread(self._find(person_id, reply_to)), **content}
        return int(self.world.put_from_person(chat, content, at)["message_id"])

    def _find(self, person_id: int, message_id: int) -> Json:
        try:
            return self.world.chat(person_id).messages[message_id]
        except KeyError:
            raise CannotAct(f"no message {message_id} in the chat of {person_id}") from None


def _caption(words: str) -> Json:
    return {"caption": words.strip()} if words.strip() else {}


def _button_data(message: Json, wanted: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    for one in (one for row in rows for one in row):
        if "callback_data" in one and wanted in (one["callback_data"], one["text"]):
            return str(one["callback_data"])
    raise CannotAct(f"message {message['message_id']} has no button {wanted!r}")
