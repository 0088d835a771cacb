"""reply_markup: inline keyboards, reply keyboards, their removal, forced replies."""

import re
from typing import Any

from sandbox.errors import bad
from sandbox.wire import Call

Json = dict[str, Any]
_LINK = re.compile(r"(?:https?|tg|ton|tel)://?\S+", re.IGNORECASE)
_PRESSES = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "copy_text",
    "callback_game",
    "pay",
)


def read_markup(call: Call) -> Json | None:
    """None when absent; raises ApiError in Telegram's words."""
    tree = call.tree("reply_markup", "reply keyboard markup")
    if tree is None or tree == {}:
        return None
    if not isinstance(tree, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in tree:
        return _inline(tree["inline_keyboard"])
    if "keyboard" in tree:
        return _keyboard(tree)
    return tree if tree.get("remove_keyboard") or tree.get("force_reply") else None


def _rows(value: Any, what: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad(f'field "{what}" of the ReplyKeyboardMarkup must be an Array')
    if any(not isinstance(row, list) for row in value):
        raise bad(f'field "{what}" of the ReplyKeyboardMarkup must be an Array of Arrays')
    return [row for row in value if row]


def _inline(value: Any) -> Json:
    rows = [[_button(one) for one in row] for row in _rows(value, "inline_keyboard")]
    if sum(len(row) for row in rows) > 100 or any(len(row) > 8 for row in rows):
        raise bad("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows}


def _button(one: Any) -> Json:
    wrong = "can't parse inline keyboard button: "
    if not isinstance(one, dict):
        raise bad(f"{wrong}InlineKeyboardButton must be an Object")
    if not isinstance(one.get("text"), str):
        raise bad(f'{wrong}Can\'t find field "text"')
    if not one["text"].strip():
        raise bad(f"{wrong}Text buttons are unallowed in the inline keyboard")
    press = next((key for key in _PRESSES if key in one), None)
    if press is None:
        raise bad(f"{wrong}Text buttons are unallowed in the inline keyboard")
    if press == "callback_data" and not 1 <= len(str(one[press]).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if press == "url" and not _LINK.fullmatch(str(one[press])):
        raise bad(f"inline keyboard button URL '{one[press]}' is invalid: Wrong HTTP URL")
    return {**one, press: str(one[press]) if press in ("callback_data", "url") else one[press]}


def _keyboard(tree: Json) -> Json:
    rows = []
    for row in _rows(tree["keyboard"], "keyboard"):
        keys = [{"text": one} if isinstance(one, str) else one for one in row]
        if any(not isinstance(key, dict) or not str(key.get("text", "")).strip() for key in keys):
            raise bad("can't parse keyboard button: KeyboardButton must be a String or an Object")
        rows.append(keys)
    if sum(len(row) for row in rows) > 300:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return {**tree, "keyboard": rows}
