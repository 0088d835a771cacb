"""Changing what was said, and answering taps."""

from typing import Any

from sandbox.errors import bad
from sandbox.markup import read_markup
from sandbox.methods.common import Method, age, find_chat, find_message, read_caption, read_text, writable
from sandbox.wire import Call
from sandbox.world import Chat, World

Json = dict[str, Any]
DELETE_WITHIN = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_TEXT = ("text", "entities")
_CAPTION = ("caption", "caption_entities")


def edit_text(world: World, call: Call) -> Json:
    chat, message = _own(world, call)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _change(world, chat, message, _TEXT, read_text(call, "MESSAGE_TOO_LONG"), read_markup(call))


def edit_caption(world: World, call: Call) -> Json:
    chat, message = _own(world, call)
    if "text" in message or "location" in message:
        raise bad("there is no caption in the message to edit")
    return _change(world, chat, message, _CAPTION, read_caption(call), read_markup(call))


def edit_markup(world: World, call: Call) -> Json:
    chat, message = _own(world, call)
    return _change(world, chat, message, (), {}, read_markup(call))


def _own(world: World, call: Call) -> tuple[Chat, Json]:
    chat = writable(world, call)
    message = find_message(chat, call, "message to edit not found")
    if not message["from"]["is_bot"] or "forward_origin" in message:
        raise bad("message can't be edited")
    return chat, message


def _change(
    world: World, chat: Chat, old: Json, keys: tuple[str, ...], new: Json, markup: Json | None
) -> Json:
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    kept = {key: value for key, value in old.items() if key not in (*keys, "reply_markup")}
    markup = markup if markup and markup["inline_keyboard"] else None
    message = {**kept, **new, **({"reply_markup": markup} if markup else {})}
    if message == old:
        raise bad(SAME)
    message["edit_date"] = world.now()
    world.replace(chat, message)
    return message


def delete_message(world: World, call: Call) -> bool:
    chat = find_chat(world, call)
    message = find_message(chat, call, "message to delete not found")
    if age(world, message) > DELETE_WITHIN:
        raise bad("message can't be deleted for everyone")
    world.remove(chat, message["message_id"])
    return True


def delete_messages(world: World, call: Call) -> bool:
    chat = find_chat(world, call)
    wanted = call.tree("message_ids", "message identifiers")
    if not isinstance(wanted, list) or not wanted:
        raise bad("message identifiers are not specified")
    for message_id in wanted:
        if message_id in chat.messages:
            world.remove(chat, message_id)
    return True


def answer_callback(world: World, call: Call) -> bool:
    callback = world.callbacks.pop(call.text("callback_query_id"), None)
    if callback is None or callback.until < world.clock():
        raise bad(TOO_OLD)
    words = call.text("text")
    if len(words) > 200:
        raise bad("MESSAGE_TOO_LONG")
    body = {"id": call.text("callback_query_id"), "text": words, "alert": call.flag("show_alert")}
    world.answers.append((callback.chat_id, body))
    world.feed.add("answer", callback.chat_id, body)
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback,
}
