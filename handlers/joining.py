"""Letting people in by a one-time link, keeping everybody else politely out."""

from __future__ import annotations

from telegram import ChatMember, Update

from handlers.context import Context
from handlers.saying import put
from prompts.catalog import LANGUAGES, say
from prompts.message import Message
from records import joining, outbox, people
from records.joining import InviteRefused

AWAY = (ChatMember.BANNED, ChatMember.LEFT)


async def on_stranger(update: Update, context: Context) -> None:
    """A link lets them in; anything else gets one sentence in both languages, once for ever."""
    message = update.message
    code = start_code(message.text if message else None)
    if code:
        await _join(code, context)
    elif message is not None:
        await context.say(_in_both("handlers.stranger", key=f"stranger:{context.unit.chat_id}"))


async def on_start(update: Update, context: Context) -> None:
    """Somebody we know: a link may bind them to another chat; without one they are greeted."""
    message = update.effective_message
    code = start_code(message.text if message else None)
    if code:
        await _join(code, context)
    else:
        await context.say(_welcome(context))


async def on_group(context: Context) -> None:
    """Reports speak of borrowers: never in a group."""
    await context.say(_in_both("handlers.group", key=f"group:{context.unit.chat_id}"))


async def on_membership(update: Update, context: Context) -> None:
    """The person blocked the bot, or let it speak again: what waited for them goes out then."""
    change = update.my_chat_member
    if change is None:
        return
    if change.new_chat_member.status in AWAY:
        await people.blocked(context.tx, context.unit.chat_id, context.now)
    else:
        await back_again(context)


async def back_again(context: Context) -> None:
    if await joining.unblocked(context.tx, context.unit.chat_id):
        await outbox.release(context.tx, context.unit.chat_id)


def start_code(text: str | None) -> str | None:
    """CODE of `/start CODE`; None without one."""
    words = (text or "").split(maxsplit=1)
    is_start = bool(words) and words[0].split("@")[0] == "/start"
    return words[1].strip()[:64] if is_start and len(words) == 2 else None


async def _join(code: str, context: Context) -> None:
    chat_id = context.unit.chat_id
    try:
        person, before = await joining.join(context.tx, code, chat_id, context.now)
    except InviteRefused as refused:
        key = f"invite:{chat_id}:{refused.code}:{context.now:%Y-%m-%dT%H}"
        await context.say(_in_both(f"handlers.invite.{refused.code}", key=key))
        return
    context.unit.staff = person
    await context.say(_welcome(context))
    if before is not None:
        words = say("handlers.moved", person.language)
        await put(context.tx, Message(words), context.now, chat_id=before)


def _welcome(context: Context) -> Message:
    person = context.staff
    return Message(say("handlers.welcome", person.language, name=person.name, role=person.role))


def _in_both(words: str, key: str) -> Message:
    return Message("\n".join(say(words, lang) for lang in LANGUAGES), key=key)
