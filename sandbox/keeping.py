"""A sandbox on disk: chats and files as they were when it was last kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.files import File
from sandbox.people import Person
from sandbox.world import Chat, World

if TYPE_CHECKING:
    from sandbox.server import Sandbox

VERSION = 1


class Keeper:
    """Writes a sandbox to one JSON file, and its files' bytes into the folder beside it."""

    def __init__(self, sandbox: Sandbox, path: Path) -> None:
        self._world: World = sandbox.world
        self._path = path
        self._files = path.with_suffix("")
        self._seen = -1

    def save(self) -> bool:
        """Write what there is, whole or not at all; False when nothing happened since the last time."""
        if self._seen == self._world.feed.n:
            return False
        self._seen = self._world.feed.n
        self._files.mkdir(parents=True, exist_ok=True)
        files = [self._keep(file) for file in self._world.files.all()]
        chats = [_packed(chat) for chat in self._world.chats.values()]
        pending = list(self._world.updates.pending)
        whole = {
            "version": VERSION,
            "chats": chats,
            "files": files,
            "pending": pending,
            "next": self._world.updates.next_id,
        }
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
        fresh.replace(self._path)
        return True

    def load(self) -> None:
        """Put back what was saved. Raises OSError or ValueError for a file that can't be used."""
        whole = json.loads(self._path.read_text("utf-8"))
        if whole.get("version") != VERSION:
            raise ValueError(f"{self._path} is of another version")
        for packed in whole["chats"]:
            chat = _unpacked(packed)
            self._world.chats[chat.id] = chat
        for head in whole["files"]:
            content = (self._files / head["unique_id"]).read_bytes()
            self._world.files.put(File(**head, content=content))
        self._world.updates.restore(whole["pending"], whole["next"])
        self._seen = self._world.feed.n

    def _keep(self, file: File) -> dict[str, Any]:
        place = self._files / file.unique_id
        if not place.exists():
            place.write_bytes(file.content)
        return {name: value for name, value in asdict(file).items() if name != "content"}


def _packed(chat: Chat) -> dict[str, Any]:
    return {**asdict(chat), "messages": list(chat.messages.values())}


def _unpacked(packed: dict[str, Any]) -> Chat:
    messages = {message["message_id"]: message for message in packed["messages"]}
    return Chat(**{**packed, "person": Person(**packed["person"]), "messages": messages})
