"""Getting updates and files."""

from typing import Any

from sandbox.errors import bad
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.methods.common import Method, find_chat
from sandbox.webhook import set_hook
from sandbox.wire import Call
from sandbox.world import World

Json = dict[str, Any]
MOST_WAIT = 50


async def get_updates(world: World, call: Call) -> list[Json]:
    limit = call.whole("limit", 100)
    limit = limit if 1 <= limit <= 100 else 100
    take_allowed(world, call)
    timeout = min(max(call.degrees("timeout") or 0, 0), MOST_WAIT)
    return await world.updates.poll(call.whole("offset"), limit, timeout)


def take_allowed(world: World, call: Call) -> None:
    """`allowed_updates` lasts until the next call that gives it; an empty list means the usual kinds."""
    allowed = call.tree("allowed_updates", "allowed updates")
    if allowed is None:
        return
    if not isinstance(allowed, list):
        raise bad("can't parse allowed updates: Array expected")
    world.updates.allowed = [str(one) for one in allowed]


def set_webhook(world: World, call: Call) -> bool:
    take_allowed(world, call)
    if call.flag("drop_pending_updates"):
        world.updates.forget()
    return set_hook(world, call.text("url"), call.text("secret_token"), call.whole("max_connections", 40))


def delete_webhook(world: World, call: Call) -> bool:
    if call.flag("drop_pending_updates"):
        world.updates.forget()
    return set_hook(world, "", "", 40)


def webhook_info(world: World, _: Call) -> Json:
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info | (world.hook.info() if world.hook else {})


def get_file(world: World, call: Call) -> Json:
    file = world.files.get(call.text("file_id"))
    if file is None:
        raise bad("invalid file_id" if call.text("file_id") else "file_id not specified")
    if file.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    path = world.files.link(file, world.clock())
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size, "file_path": path}


def get_chat(world: World, call: Call) -> Json:
    chat = find_chat(world, call)
    return {
        **chat.person.chat(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_chat_member(world: World, call: Call) -> Json:
    chat = find_chat(world, call)
    if call.whole("user_id") not in (chat.id, world.bot["id"]):
        raise bad("user not found")
    return {"status": "member", "user": chat.person.user() if call.whole("user_id") == chat.id else world.bot}


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}
