"""Which update goes to whom: the door, then commands, taps and everything that people write, say and show."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import (
    Application,
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import (
    asking,
    cards,
    cases,
    confirming,
    handing,
    help,
    joining,
    listening,
    managing,
    mistaken,
    planning,
    promising,
    reporting,
    route,
    settings,
    visits,
    went,
)
from handlers.context import Context

COMMANDS = {
    "today": "handlers.command.today",
    "visits": "handlers.command.visits",
    "borrower": "handlers.command.borrower",
    "cases": "handlers.command.cases",
    "help": "handlers.command.help",
    "route": "handlers.command.route",
    "calendar": "handlers.command.calendar",
    "policy": "handlers.command.policy",
    "load": "handlers.command.load",
    "handover": "handlers.command.handover",
    "settings": "handlers.command.settings",
    "language": "handlers.command.language",
}
TAPS = {
    "confirm": confirming.on_confirm,
    "drop": confirming.on_drop,
    "choose": confirming.on_choose,
    "mend": managing.on_mend,
    "fact": managing.on_fact,
    "strike": managing.on_strike,
    "take": managing.on_take,
    "undo": managing.on_undo,
    "add": managing.on_add,
    "listen": listening.on_listen,
    "retype": listening.on_retype,
    "language": help.on_language_tap,
}
DOOR, ROOM = -1, 0
NEW = filters.UpdateType.MESSAGE
FILES = filters.VOICE | filters.AUDIO | filters.PHOTO | filters.Document.ALL | filters.LOCATION


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Add every handler of this room; the first that fits an update takes it."""
    application.add_handler(TypeHandler(Update, door), DOOR)
    application.add_handler(ChatMemberHandler(joining.on_membership))
    application.add_handler(CommandHandler("start", joining.on_start, filters=NEW))
    application.add_handler(CommandHandler("help", help.on_help, filters=NEW))
    application.add_handler(CommandHandler("language", help.on_language, filters=NEW))
    for action, handle in TAPS.items():
        application.add_handler(CallbackQueryHandler(handle, pattern=f"^{action}(:|$)"))
    for room in (visits, route, settings, went, cards, planning, handing, promising, cases, asking, mistaken):
        room.register(application)
    application.add_handler(CallbackQueryHandler(confirming.on_unknown))
    application.add_handler(MessageHandler(NEW & filters.COMMAND, help.on_unknown_command))
    application.add_handler(MessageHandler(NEW & filters.TEXT, reporting.on_text))
    application.add_handler(MessageHandler(NEW & FILES & ~filters.ANIMATION, reporting.on_file))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, reporting.on_edited))
    application.add_handler(MessageHandler(NEW & ~filters.StatusUpdate.ALL, reporting.on_other))


async def door(update: Update, context: Context) -> None:
    """Nobody unknown gets past; groups neither; the engine has said who it is by the chat."""
    chat = update.effective_chat
    if chat is None:
        raise ApplicationHandlerStop
    if chat.type != ChatType.PRIVATE:
        if update.message:
            await joining.on_group(context)
        raise ApplicationHandlerStop
    if context.unit.staff is None:
        await joining.on_stranger(update, context)
        raise ApplicationHandlerStop
    if context.unit.staff.blocked_at is not None and update.my_chat_member is None:
        await joining.back_again(context)
