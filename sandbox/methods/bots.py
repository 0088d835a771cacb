"""The bot about itself: name, words, commands, menu."""

import re
from typing import Any

from sandbox.errors import bad
from sandbox.methods.common import Method
from sandbox.wire import Call
from sandbox.world import World

Json = dict[str, Any]
SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _: Call) -> Json:
    name = world.texts.get(("name", ""))
    return {**world.bot, "first_name": name} if name else world.bot


def set_words(what: str) -> Method:
    def put(world: World, call: Call) -> bool:
        if len(call.text(what)) > LIMITS[what]:
            raise bad(f"{what.replace('_', ' ')} is too long")
        world.texts[what, call.text("language_code")] = call.text(what)
        world.feed.add("commands", 0, {})
        return True

    return put


def get_words(what: str) -> Method:
    def read(world: World, call: Call) -> Json:
        own = world.texts.get((what, call.text("language_code")))
        default = world.bot["first_name"] if what == "name" else ""
        return {what: own or world.texts.get((what, ""), default)}

    return read


def _scope(call: Call) -> str:
    scope = call.tree("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if any(key not in scope for key in SCOPES[kind]):
        raise bad("can't parse BotCommandScope: chat_id is empty")
    return ":".join([kind, *(str(scope[key]) for key in SCOPES[kind])])


def set_commands(world: World, call: Call) -> bool:
    commands = call.tree("commands", "commands")
    if not isinstance(commands, list):
        raise bad('parameter "commands" is required')
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    world.commands[_scope(call), call.text("language_code")] = [_command(one) for one in commands]
    world.feed.add("commands", 0, {})
    return True


def _command(one: Any) -> Json:
    if not isinstance(one, dict):
        raise bad("can't parse BotCommand: expected an Object")
    name = str(one.get("command", "")).removeprefix("/")
    words = str(one.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(words) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": words}


def get_commands(world: World, call: Call) -> list[Json]:
    return world.commands.get((_scope(call), call.text("language_code")), [])


def delete_commands(world: World, call: Call) -> bool:
    world.commands.pop((_scope(call), call.text("language_code")), None)
    world.feed.add("commands", 0, {})
    return True


def commands_for(world: World, person_id: int, language: str) -> list[Json]:
    """The commands that a person sees, by Telegram's order: narrow scope first, own language first."""
    short = language.partition("-")[0]
    for scope in (f"chat:{person_id}", "all_private_chats", "default"):
        for lang in (short, ""):
            if found := world.commands.get((scope, lang)):
                return found
    return []


def set_menu(world: World, call: Call) -> bool:
    world.menu[call.whole("chat_id")] = call.tree("menu_button", "menu button") or {"type": "default"}
    return True


def get_menu(world: World, call: Call) -> Json:
    return world.menu.get(call.whole("chat_id")) or world.menu.get(0) or {"type": "default"}


def log_out(_: World, __: Call) -> bool:
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyName": set_words("name"),
    "getMyName": get_words("name"),
    "setMyDescription": set_words("description"),
    "getMyDescription": get_words("description"),
    "setMyShortDescription": set_words("short_description"),
    "getMyShortDescription": get_words("short_description"),
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu,
    "getChatMenuButton": get_menu,
    "logOut": log_out,
    "close": log_out,
}
