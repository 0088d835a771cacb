"""Text, places, forwards and signs of life."""

from typing import Any

from sandbox.errors import bad
from sandbox.methods.common import (
    Method,
    find_chat,
    find_message,
    read_caption,
    read_text,
    send,
    writable,
)
from sandbox.wire import Call
from sandbox.world import World

Json = dict[str, Any]
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_NOT_CARRIED = (
    "message_id",
    "from",
    "chat",
    "date",
    "edit_date",
    "reply_to_message",
    "reply_markup",
    "media_group_id",
)


def send_message(world: World, call: Call) -> Json:
    return send(world, writable(world, call), call, read_text(call))


def send_location(world: World, call: Call) -> Json:
    chat = writable(world, call)
    latitude, longitude = call.degrees("latitude"), call.degrees("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad("wrong latitude or longitude specified" if latitude is not None else "location is empty")
    return send(world, chat, call, {"location": {"latitude": latitude, "longitude": longitude}})


def send_chat_action(world: World, call: Call) -> bool:
    chat = writable(world, call)
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.feed.add("action", chat.id, {"action": action})
    return True


def forward_message(world: World, call: Call) -> Json:
    chat, message = writable(world, call), _source(world, call)
    if message.get("has_protected_content"):
        raise bad("message can't be forwarded")
    return send(world, chat, call, {**carried(message), **origin(message)})


def copy_message(world: World, call: Call) -> Json:
    chat, message = writable(world, call), _source(world, call)
    if message.get("has_protected_content"):
        raise bad("message can't be copied")
    content = carried(message)
    if "caption" in call.params and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= read_caption(call)
    return {"message_id": send(world, chat, call, content)["message_id"]}


def _source(world: World, call: Call) -> Json:
    kept = find_chat(world, call, "from_chat_id")
    return find_message(kept, call, f"message to {'copy' if 'copy' in call.method else 'forward'} not found")


def carried(message: Json) -> Json:
    """A message's content, without what belongs to its place."""
    return {key: value for key, value in message.items() if key not in _NOT_CARRIED}


def origin(message: Json) -> Json:
    """Where a forwarded message comes from; a forward of a forward keeps the first origin."""
    if "forward_origin" in message:
        return {"forward_origin": message["forward_origin"]}
    return {"forward_origin": {"type": "user", "sender_user": message["from"], "date": message["date"]}}


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendChatAction": send_chat_action,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
