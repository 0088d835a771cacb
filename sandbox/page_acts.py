"""What the page does as a person: each act takes the sandbox, who acts, and the request's parameters."""

from collections.abc import Callable
from typing import Any

from sandbox.errors import CannotAct
from sandbox.wire import Call, Upload


def _say(sandbox: Any, me: int, call: Call) -> Any:
    return sandbox.say(me, call.text("text"), call.whole("reply_to") or None)


def _edit(sandbox: Any, me: int, call: Call) -> Any:
    return sandbox.edit(me, call.whole("message_id"), call.text("text"))


def _delete(sandbox: Any, me: int, call: Call) -> Any:
    return sandbox.delete(me, call.whole("message_id"))


def _forward(sandbox: Any, me: int, call: Call) -> Any:
    return sandbox.forward(me, call.whole("message_id"), call.whole("of") or None)


def _tap(sandbox: Any, me: int, call: Call) -> Any:
    return sandbox.tap(me, call.whole("message_id"), call.text("data"))


def _location(sandbox: Any, me: int, call: Call) -> Any:
    latitude, longitude = call.degrees("latitude"), call.degrees("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise CannotAct("no such place on earth")
    return sandbox.location(me, latitude, longitude)


def _read(sandbox: Any, me: int, call: Call) -> Any:
    sandbox.world.mark_read(sandbox.world.chat(me), call.whole("message_id"))


def _block(sandbox: Any, me: int, call: Call) -> Any:
    return sandbox.block(me) if call.flag("blocked") else sandbox.unblock(me)


def _voice(sandbox: Any, me: int, call: Call) -> Any:
    upload, duration = _uploads(call)[0], call.degrees("duration") or 0
    return sandbox.voice(me, upload.content, upload.mime, duration, reply_to=call.whole("reply_to") or None)


def _photo(sandbox: Any, me: int, call: Call) -> Any:
    contents, caption = [one.content for one in _uploads(call)], call.text("caption")
    if len(contents) == 1:
        return sandbox.photo(me, contents[0], caption, call.whole("reply_to") or None)
    return sandbox.album(me, contents, caption)


def _document(sandbox: Any, me: int, call: Call) -> Any:
    words = [call.text("caption")]
    for one in _uploads(call):
        sandbox.document(me, one.content, one.file_name, one.mime, words.pop() if words else "")


def _uploads(call: Call) -> list[Upload]:
    if not call.files:
        raise CannotAct("no file came")
    return list(call.files.values())


ACTS: dict[str, Callable[[Any, int, Call], Any]] = {
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "forward": _forward,
    "tap": _tap,
    "location": _location,
    "read": _read,
    "block": _block,
    "voice": _voice,
    "photo": _photo,
    "document": _document,
}
