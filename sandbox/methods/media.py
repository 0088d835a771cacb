"""Files on their way to a person."""

import secrets
from typing import Any

from sandbox.errors import ApiError, bad
from sandbox.files import PHOTO_LIMIT, UPLOAD_LIMIT, File
from sandbox.methods.common import Method, read_caption, read_reply, send, writable
from sandbox.photos import keep_photo
from sandbox.wire import Call, Upload
from sandbox.world import World

Json = dict[str, Any]
_DEFAULT_MIME = {"voice": "audio/ogg", "audio": "audio/mpeg", "document": "application/octet-stream"}


def send_photo(world: World, call: Call) -> Json:
    return _send_one(world, call, "photo")


def send_document(world: World, call: Call) -> Json:
    return _send_one(world, call, "document")


def send_voice(world: World, call: Call) -> Json:
    return _send_one(world, call, "voice")


def send_audio(world: World, call: Call) -> Json:
    return _send_one(world, call, "audio")


def _send_one(world: World, call: Call, kind: str) -> Json:
    chat = writable(world, call)
    caption = read_caption(call)
    return send(world, chat, call, {**take(world, call, kind, call.params.get(kind), call.params), **caption})


def take(world: World, call: Call, kind: str, value: Any, about: Json) -> Json:
    """The media field of a message from an upload, an `attach://` name or a file_id."""
    upload = call.files.get(kind) if value is None else None
    if isinstance(value, str) and value.startswith("attach://"):
        upload = call.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad(f'can\'t parse {kind}: attached file "{value.removeprefix("attach://")}" not found')
    if upload is not None:
        return _uploaded(world, kind, upload, about)
    if not value:
        raise bad(f"there is no {kind} in the request")
    return _again(world, kind, str(value), about)


def _uploaded(world: World, kind: str, upload: Upload, about: Json) -> Json:
    if not upload.content:
        raise bad("file must be non-empty")
    if len(upload.content) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
        raise too_big(kind)
    if kind == "photo":
        return {"photo": keep_photo(world.files, upload.content)}
    mime = upload.mime if upload.mime != "application/octet-stream" else _DEFAULT_MIME[kind]
    return {kind: describe(world.files.add(kind, upload.content, mime, upload.file_name), about)}


def too_big(kind: str) -> ApiError:
    return bad("too big file for a photo") if kind == "photo" else ApiError(413, "Request Entity Too Large")


def _again(world: World, kind: str, file_id: str, about: Json) -> Json:
    if file_id.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    file = world.files.get(file_id)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if kind == "photo" and file.kind == "photo":
        return {"photo": keep_photo(world.files, file.content)}
    if (kind == "photo") != (file.kind == "photo"):
        raise bad(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return {kind: describe(file, about)}


def describe(file: File, about: Json) -> Json:
    """Telegram's Voice, Audio or Document object; duration in seconds."""
    body: Json = {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "mime_type": file.mime,
    }
    if file.kind in ("voice", "audio"):
        body["duration"] = round(float(about.get("duration") or 0))
    if file.kind != "voice" and file.name:
        body["file_name"] = file.name
    return body | {key: about[key] for key in ("title", "performer") if file.kind == "audio" and key in about}


def send_media_group(world: World, call: Call) -> list[Json]:
    chat = writable(world, call)
    items = call.tree("media", "media")
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise bad("array of InputMedia expected")
    if not 2 <= len(items) <= 10:
        raise bad("wrong number of messages in the media group")
    kinds = {str(one.get("type")) for one in items}
    if not (kinds <= {"photo", "video"} or kinds in ({"document"}, {"audio"})):
        raise bad("documents and audios can't be mixed with other media types in a media group")
    contents = [_item(world, call, one) for one in items]
    shared = {"media_group_id": str(secrets.randbelow(10**17)), **read_reply(chat, call)}
    return [world.put_from_bot(chat, {**shared, **content}) for content in contents]


def _item(world: World, call: Call, item: Json) -> Json:
    own = Call(call.method, item)
    caption = read_caption(own)
    return {**take(world, call, str(item.get("type")), item.get("media", ""), item), **caption}


METHODS: dict[str, Method] = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendVoice": send_voice,
    "sendAudio": send_audio,
    "sendMediaGroup": send_media_group,
}
