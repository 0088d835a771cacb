"""What many methods read from their parameters."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sandbox.detect import detect
from sandbox.entities import parse_html, trim
from sandbox.errors import bad, forbidden
from sandbox.markup import read_markup
from sandbox.utf16 import width
from sandbox.wire import Call
from sandbox.world import Chat, World, without_thread

Json = dict[str, Any]
Method = Callable[[World, Call], Any | Awaitable[Any]]
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def find_chat(world: World, call: Call, name: str = "chat_id") -> Chat:
    """The chat that a call speaks of; raises ApiError 400."""
    value = call.text(name).strip()
    if not value:
        raise bad(f"{name} is empty")
    chat = world.chats.get(call.whole(name))
    if chat is None and value.startswith("@"):
        chat = next((one for one in world.chats.values() if value[1:] == one.person.username), None)
    if chat is None:
        raise bad("chat not found")
    return chat


def writable(world: World, call: Call) -> Chat:
    """The chat, if the bot may write there; raises ApiError 400 or 403."""
    chat = find_chat(world, call)
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.person.met and not any(not one["from"]["is_bot"] for one in chat.messages.values()):
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def formatted(call: Call, name: str, spans_name: str) -> tuple[str, list[Json]]:
    """A text parameter after its parse mode, cut at the ends, with all entities."""
    words = call.text(name)
    mode = call.text("parse_mode").lower()
    if mode not in ("", "html"):
        raise bad("unsupported parse_mode")
    if not width(words) or not words.isprintable():
        words = _clean(words)
    spans = call.tree(spans_name, "entities") or []
    if mode:
        words, spans = parse_html(words)
    words, spans = trim(words, spans)
    return words, detect(words, spans)


def _clean(words: str) -> str:
    return "".join(char for char in words.replace("\r", "") if char >= " " or char in "\n\t")


def read_text(call: Call, too_long: str = "message is too long") -> Json:
    """`text` and `entities` of a message."""
    words, spans = formatted(call, "text", "entities")
    if not words:
        raise bad("message text is empty")
    if width(words) > TEXT_LIMIT:
        raise bad(too_long)
    return {"text": words, **({"entities": spans} if spans else {})}


def read_caption(call: Call) -> Json:
    """`caption` and `caption_entities`, or nothing."""
    words, spans = formatted(call, "caption", "caption_entities")
    if width(words) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    if not words:
        return {}
    return {"caption": words, **({"caption_entities": spans} if spans else {})}


def read_reply(chat: Chat, call: Call) -> Json:
    """`reply_to_message` from reply_parameters or the older reply_to_message_id."""
    wanted = call.tree("reply_parameters", "reply parameters") or {}
    message_id = wanted.get("message_id") or call.whole("reply_to_message_id")
    if not message_id:
        return {}
    found = chat.messages.get(int(message_id))
    if found is not None:
        return {"reply_to_message": without_thread(found)}
    if wanted.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def send(world: World, chat: Chat, call: Call, content: Json) -> Json:
    """Put a message with its reply and its markup; a reply keyboard goes to the chat, not into the message."""
    markup = read_markup(call)
    reply = read_reply(chat, call)
    protect = {"has_protected_content": True} if call.flag("protect_content") else {}
    inline = {"reply_markup": markup} if markup and "inline_keyboard" in markup else {}
    message = world.put_from_bot(chat, {**reply, **content, **inline, **protect})
    if markup and not inline:
        set_keyboard(world, chat, markup)
    return message


def set_keyboard(world: World, chat: Chat, markup: Json) -> None:
    chat.keyboard = markup if "keyboard" in markup or "force_reply" in markup else None
    world.feed.add("keyboard", chat.id, {"keyboard": chat.keyboard})


def find_message(chat: Chat, call: Call, missing: str) -> Json:
    message_id = call.whole("message_id")
    if message_id <= 0:
        raise bad("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad(missing)
    return message


def age(world: World, message: Json) -> float:
    """Seconds since it was sent."""
    now: datetime = world.clock()
    return now.timestamp() - float(message["date"])
