"""What the Bot API answers when it refuses, and what a person in the sandbox can't do."""

from typing import Any


class ApiError(Exception):
    """A refusal on the wire: HTTP status, Telegram's own words, and `parameters` such as retry_after."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class CannotAct(LookupError):
    """A person tried what the chat doesn't offer: an unknown chat, message or button."""


class ConnectionDrop(Exception):
    """The answer must not reach the client: close the connection instead."""


def bad(words: str) -> ApiError:
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    return ApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> ApiError:
    return ApiError(409, f"Conflict: {words}")
