"""Files in memory, oldest dropped when the room is full; links to them go stale after an hour."""

import mimetypes
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

ROOM = 512 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
LINK_LIFE = timedelta(hours=1)
_FOLDERS = {"voice": "voice", "photo": "photos", "document": "documents", "audio": "music"}
_ENDINGS = {
    "audio/ogg": ".oga",
    "audio/webm": ".webm",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "image/jpeg": ".jpg",
}


@dataclass(frozen=True, slots=True)
class File:
    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    content: bytes
    path: str

    @property
    def size(self) -> int:
        return len(self.content)


class Files:
    """Keeps at most `room` bytes."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held = 0
        self._files: OrderedDict[str, File] = OrderedDict()
        self._links: OrderedDict[str, tuple[str, datetime]] = OrderedDict()

    def add(self, kind: str, content: bytes, mime: str, name: str = "") -> File:
        unique = secrets.token_urlsafe(11)
        number = len(self._links) + len(self._files) + secrets.randbelow(10**6)
        path = f"{_FOLDERS.get(kind, 'documents')}/file_{number}_{unique[:4]}{_ending(mime, name)}"
        file = File(f"{kind[:2].upper()}{secrets.token_urlsafe(40)}", unique, kind, name, mime, content, path)
        self._files[file.id] = file
        self._held += file.size
        while self._held > self._room and len(self._files) > 1:
            self._held -= self._files.popitem(last=False)[1].size
        return file

    def put(self, file: File) -> None:
        """A file that was here before."""
        self._files[file.id] = file
        self._held += file.size

    def all(self) -> list[File]:
        return list(self._files.values())

    def get(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def link(self, file: File, now: datetime) -> str:
        """The path under /file/bot<token>/, good for an hour."""
        self._links[file.path] = (file.id, now + LINK_LIFE)
        if len(self._links) > 10_000:
            self._links.popitem(last=False)
        return file.path

    def follow(self, path: str, now: datetime) -> File | None:
        file_id, until = self._links.get(path, ("", now))
        return self._files.get(file_id) if until > now else None


def _ending(mime: str, name: str) -> str:
    plain = mime.partition(";")[0].strip().lower()
    return PurePosixPath(name).suffix or _ENDINGS.get(plain) or mimetypes.guess_extension(plain) or ""
