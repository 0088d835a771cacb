"""A request's parameters from query, form, JSON or multipart, and the readers that check their types."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from sandbox.errors import bad

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    file_name: str
    mime: str
    content: bytes


@dataclass(slots=True)
class Call:
    """One method call: parameters as they came (strings, or JSON values) and uploaded files by field name."""

    method: str
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        value = self.params.get(name)
        return default if value is None else value if isinstance(value, str) else json.dumps(value)

    def whole(self, name: str, default: int = 0) -> int:
        """A number out of anything; Telegram reads what isn't one as the default."""
        value = self.params.get(name)
        try:
            return default if value is None or value == "" else int(value)
        except (TypeError, ValueError):
            return default

    def degrees(self, name: str) -> float | None:
        try:
            return float(self.params[name])
        except (KeyError, TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        return str(self.params.get(name, "")).lower() in ("true", "1", "yes", "t")

    def tree(self, name: str, what: str) -> Any:
        """A JSON-serialised parameter; None when absent or empty."""
        value = self.params.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {what} JSON object") from None


def read_call(method: str, content_type: str, query: bytes, body: bytes) -> Call:
    call = Call(method, dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)) if query else {})
    if not body:
        return call
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        call.params.update(_json(body))
    elif kind == "multipart/form-data":
        _multipart(call, content_type, body)
    elif kind == "application/x-www-form-urlencoded":
        call.params.update(parse_qsl(body.decode("latin-1"), keep_blank_values=True, errors="replace"))
    return call


def _json(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad("object expected as request")
    return value


def _multipart(call: Call, content_type: str, body: bytes) -> None:
    _, _, boundary = content_type.partition("boundary=")
    mark = b"--" + boundary.partition(";")[0].strip().strip('"').encode("latin-1")
    if len(mark) == 2:
        raise bad("can't parse multipart form: boundary not found")
    for part in body.split(mark)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        _take_part(call, head.decode("utf-8", "replace"), content.removesuffix(b"\r\n"))


def _take_part(call: Call, head: str, content: bytes) -> None:
    about, mime = {}, "application/octet-stream"
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-disposition":
            about = _disposition(value)
        elif name.lower() == "content-type":
            mime = value.strip()
    if "filename" in about:
        call.files[about.get("name", "")] = Upload(about["filename"], mime, content)
    elif "name" in about:
        call.params[about["name"]] = content.decode("utf-8", "replace")


def _disposition(value: str) -> dict[str, str]:
    about: dict[str, str] = {}
    for part in value.split(";")[1:]:
        key, _, words = part.strip().partition("=")
        if key.endswith("*"):
            about[key[:-1]] = unquote(words.partition("''")[2])
        else:
            about.setdefault(key, unquote(words.strip().strip('"')))
    return about
