"""All that the sandbox knows: people, chats, messages, files, updates, and what happened."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sandbox.detect import detect
from sandbox.errors import CannotAct
from sandbox.faults import Faults
from sandbox.feed import Feed
from sandbox.files import Files
from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.updates import Updates

Json = dict[str, Any]


class Request(NamedTuple):
    """One Bot API call: `at` in seconds of a monotonic clock, `status` the HTTP status (0: dropped)."""

    at: float
    method: str
    chat_id: int | None
    status: int


@dataclass(slots=True)
class Chat:
    """A private chat; `messages` are Telegram Message objects by id, oldest first; `read` is the last id seen."""

    person: Person
    next_id: int
    blocked: bool = False
    keyboard: Json | None = None
    read: int = 0
    messages: dict[int, Json] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.person.id


@dataclass(slots=True)
class Callback:
    """A tapped button waiting for its answer."""

    chat_id: int
    until: datetime


class Hook(Protocol):
    """A webhook that is set."""

    def info(self) -> Json: ...

    def stop(self) -> None: ...


class World:
    """One bot's Telegram. Message objects are never changed in place: an edit puts a new one."""

    def __init__(
        self,
        token: str,
        people: Iterable[Person],
        clock: Callable[[], datetime],
        first_message_id: int | None,
    ) -> None:
        self.token = token
        self.clock = clock
        self.bot = bot_user(token)
        self.texts: dict[tuple[str, str], str] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.menu: dict[int, Json] = {}
        self.callbacks: dict[str, Callback] = {}
        self.answers: list[tuple[int, Json]] = []
        self.hook: Hook | None = None
        self.webhook_pause = 1.0
        self.limits: Limits | None = None
        self.said: list[tuple[int, Json, bool]] = []
        self.requests: deque[Request] = deque(maxlen=200_000)
        self.files, self.feed, self.updates, self.faults = Files(), Feed(), Updates(), Faults()
        self._first_id = first_message_id or max(1, (int(time.time()) - 1_700_000_000) // 60)
        self.chats: dict[int, Chat] = {}
        for person in people:
            self.welcome(person)

    def welcome(self, person: Person) -> Chat:
        chat = Chat(person, self._first_id)
        self.chats[person.id] = chat
        return chat

    def chat(self, person_id: int) -> Chat:
        """The chat of one of our people; raises CannotAct."""
        try:
            return self.chats[person_id]
        except KeyError:
            raise CannotAct(f"nobody here has the id {person_id}") from None

    def now(self) -> int:
        return int(self.clock().timestamp())

    def put_from_bot(self, chat: Chat, content: Json) -> Json:
        message = self._put(chat, self.bot, self.now(), content)
        self.said.append((chat.id, message, False))
        return message

    def put_from_person(self, chat: Chat, content: Json, at: datetime | None = None) -> Json:
        """Also tells the bot, by an update."""
        seconds = int(at.timestamp()) if at else self.now()
        if "text" in content and (spans := detect(content["text"], content.get("entities"))):
            content = {**content, "entities": spans}
        message = self._put(chat, chat.person.user(), seconds, content)
        self.updates.add("message", message)
        return message

    def _put(self, chat: Chat, sender: Json, seconds: int, content: Json) -> Json:
        message = {
            "message_id": chat.next_id,
            "from": sender,
            "chat": chat.person.chat(),
            "date": seconds,
            **content,
        }
        chat.messages[chat.next_id] = message
        chat.next_id += 1
        self.feed.add("message", chat.id, message)
        return message

    def replace(self, chat: Chat, message: Json) -> None:
        """An edited message in place of the one with its id."""
        chat.messages[message["message_id"]] = message
        self.feed.add("edit", chat.id, message)
        if message["from"]["is_bot"]:
            self.said.append((chat.id, message, True))

    def mark_read(self, chat: Chat, message_id: int) -> None:
        if message_id > chat.read:
            chat.read = message_id
            self.feed.add("read", chat.id, {"read": message_id})

    def remove(self, chat: Chat, message_id: int) -> None:
        del chat.messages[message_id]
        self.feed.add("delete", chat.id, {"message_id": message_id})


def bot_user(token: str) -> Json:
    """The `getMe` of a bot; its id is the token's first half, as on the real server."""
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Huifang",
        "username": "huifang_sandbox_bot",
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


def without_thread(message: Json) -> Json:
    """A message as it stands inside `reply_to_message`: without a further one."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
