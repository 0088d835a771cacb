"""The people who hold the phones."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A spot that the page offers when a location is to be sent; degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Person:
    """`subtitle` is what the page shows under the name; `met` False means that the bot can't write first."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "zh-hans"
    title: str = ""
    subtitle: str = ""
    met: bool = True

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def user(self) -> dict[str, Any]:
        """Telegram's User object."""
        return {"id": self.id, "is_bot": False, **self._names(), "language_code": self.language_code}

    def chat(self) -> dict[str, Any]:
        """Telegram's Chat object of the private chat with this person."""
        return {"id": self.id, "type": "private", **self._names()}

    def _names(self) -> dict[str, str]:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}
