"""What goes wrong at an OpenAI-compatible endpoint: what is worth another try, and the code that says why."""

from __future__ import annotations

from openai import (
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    PermissionDeniedError,
    RateLimitError,
)

LONGEST_PAUSE = 60.0


def again(error: Exception) -> bool | float:
    """Timeouts, broken connections, 429 and 5xx are worth another try; after as long as the server asks for."""
    if isinstance(error, APIStatusError):
        if error.status_code not in (408, 409, 429) and error.status_code < 500:
            return False
        asked = error.response.headers.get("retry-after", "")
        return min(LONGEST_PAUSE, float(asked)) if asked.replace(".", "", 1).isdigit() else True
    return isinstance(error, APIConnectionError | TimeoutError)


def code(error: Exception) -> str:
    """api_key_refused, api_busy, api_timeout, api_unreachable, api_garbled, api_failed or api_refused."""
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        return "api_key_refused"
    if isinstance(error, RateLimitError):
        return "api_busy"
    if isinstance(error, APITimeoutError | TimeoutError):
        return "api_timeout"
    if isinstance(error, APIConnectionError):
        return "api_unreachable"
    if isinstance(error, APIResponseValidationError | ValueError):
        return "api_garbled"
    if isinstance(error, APIStatusError):
        return "api_failed" if error.status_code >= 500 else "api_refused"
    raise error
