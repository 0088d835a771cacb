"""An unmodified python-telegram-bot over real HTTP."""

import asyncio

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from sandbox import Sandbox
from tests.sandbox.conftest import LIN, WU, picture, polling, resting


async def test_a_conversation_goes_there_and_back(box: Sandbox, bot: Application) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("确认", callback_data="confirm:1")]])

    async def start(update: Update, context: object) -> None:
        await update.message.reply_html("<b>您好</b>，请说", reply_markup=markup)

    async def tapped(update: Update, context: object) -> None:
        await update.callback_query.answer("记下了")
        await update.callback_query.edit_message_text(f"已确认 {update.callback_query.data}")

    bot.add_handler(CommandHandler("start", start))
    bot.add_handler(CallbackQueryHandler(tapped))
    await polling(bot)
    box.say(LIN, "/start JOIN")
    card = await box.wait_for(LIN, lambda one: one.buttons)
    assert (card.text, card.html) == ("您好，请说", "<b>您好</b>，请说")
    box.tap(LIN, card.id, "确认")
    changed = await box.wait_for(LIN, lambda one: "已确认" in one.text)
    await resting(bot)
    assert (changed.id, changed.text, changed.buttons) == (card.id, "已确认 confirm:1", ())
    assert changed.edited is not None and box.answers(LIN) == ["记下了"]


async def test_every_kind_of_incoming_message_reaches_its_filter(box: Sandbox, bot: Application) -> None:
    heard: list[str] = []
    kinds = {
        "voice": filters.VOICE,
        "photo": filters.PHOTO,
        "document": filters.Document.ALL,
        "audio": filters.AUDIO,
        "location": filters.LOCATION,
        "forwarded": filters.FORWARDED,
    }

    def note(name: str) -> object:
        async def hear(update: Update, context: object) -> None:
            edited = "edited " if update.edited_message else ""
            heard.append(edited + name)

        return hear

    bot.add_handler(MessageHandler(kinds.pop("forwarded"), note("forwarded")))
    for name, kind in kinds.items():
        bot.add_handler(MessageHandler(kind, note(name)))
    bot.add_handler(MessageHandler(filters.TEXT, note("text")))
    bot.add_handler(ChatMemberHandler(note("member")))
    await polling(bot)
    first = box.say(LIN, "今天去了")
    box.voice(LIN, b"sound", duration=3)
    box.photo(LIN, picture())
    box.document(LIN, b"a,b", "a.csv", "text/csv")
    box.audio(LIN, b"song", "song.mp3")
    box.location(LIN, 31.2, 121.4)
    box.edit(LIN, first, "昨天去了")
    box.forward(LIN, first, hidden="老王")
    box.block(LIN)
    await box.wait_until(lambda: len(heard) == 9)
    await resting(bot)
    expected = ["text", "voice", "photo", "document", "audio", "location"]
    assert heard == [*expected, "edited text", "forwarded", "member"]


async def test_a_voice_message_is_fetched_byte_for_byte(box: Sandbox, bot: Application) -> None:
    box.voice(LIN, bytes(range(256)) * 40, "audio/ogg", duration=7.4)
    (update,) = await bot.bot.get_updates()
    voice = update.message.voice
    assert (voice.duration, voice.mime_type, voice.file_size) == (7, "audio/ogg", 10240)
    file = await voice.get_file()
    assert bytes(await file.download_as_bytearray()) == bytes(range(256)) * 40


async def test_an_album_comes_as_messages_of_one_group(box: Sandbox, bot: Application) -> None:
    box.album(LIN, [picture(), picture(), picture()], "仓库")
    messages = [update.message for update in await bot.bot.get_updates()]
    assert len({one.media_group_id for one in messages}) == 1
    assert [one.caption for one in messages] == ["仓库", None, None]


async def test_a_reply_carries_what_it_answers(box: Sandbox, bot: Application) -> None:
    sent = await bot.bot.send_message(LIN, "多少钱？")
    box.say(LIN, "三百万", reply_to=sent.message_id)
    (update,) = await bot.bot.get_updates()
    assert update.message.reply_to_message.text == "多少钱？"
    assert update.message.reply_to_message.from_user.is_bot


async def test_a_forward_names_its_first_author(box: Sandbox, bot: Application) -> None:
    theirs = box.say(WU, "cash is short")
    mine = box.forward(LIN, theirs, of=WU)
    box.forward(LIN, mine)
    *_, again = await bot.bot.get_updates()
    assert again.message.forward_origin.sender_user.id == WU
    assert again.message.from_user.id == LIN


async def test_what_the_bot_sends_is_seen_with_its_media(box: Sandbox, bot: Application) -> None:
    await bot.bot.send_photo(LIN, picture(640, 480), caption="<i>图</i>", parse_mode="HTML")
    await bot.bot.send_document(LIN, b"1,2", filename="表.csv")
    await bot.bot.send_voice(LIN, b"sound", duration=2)
    await bot.bot.send_location(LIN, 31.5, 121.5)
    photo, document, voice, place = box.messages(LIN)
    assert (photo.media.kind, photo.html) == ("photo", "<i>图</i>")
    assert (document.media.file_name, box.file(document.media.file_id).content) == ("表.csv", b"1,2")
    assert (voice.media.kind, voice.media.duration) == ("voice", 2)
    assert (place.media.latitude, place.media.longitude) == (31.5, 121.5)


async def test_a_media_group_arrives_whole(box: Sandbox, bot: Application) -> None:
    media = [InputMediaPhoto(picture(), caption="甲"), InputMediaPhoto(picture())]
    sent = await bot.bot.send_media_group(LIN, media)
    seen = box.messages(LIN)
    assert [one.message_id for one in sent] == [one.id for one in seen]
    assert seen[0].album == seen[1].album is not None


async def test_reply_keyboards_come_and_go(box: Sandbox, bot: Application) -> None:
    await bot.bot.send_message(LIN, "选", reply_markup=ReplyKeyboardMarkup([["是", "否"]]))
    assert box.keyboard(LIN) == [["是", "否"]]
    await bot.bot.send_message(LIN, "好", reply_markup=ReplyKeyboardRemove())
    assert box.keyboard(LIN) == []


async def test_commands_are_kept_by_scope_and_language(bot: Application) -> None:
    await bot.bot.set_my_commands([BotCommand("today", "今天")])
    scope = BotCommandScopeChat(LIN)
    await bot.bot.set_my_commands([BotCommand("book", "Book")], scope=scope, language_code="en")
    assert [one.command for one in await bot.bot.get_my_commands()] == ["today"]
    assert [one.command for one in await bot.bot.get_my_commands(scope, "en")] == ["book"]
    await bot.bot.delete_my_commands()
    assert await bot.bot.get_my_commands() == ()


async def test_errors_come_as_ptb_knows_them(box: Sandbox, bot: Application) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.bot.send_message(999, "?")
    with pytest.raises(BadRequest, match="replied not found"):
        await bot.bot.send_message(LIN, "?", reply_parameters=ReplyParameters(5))
    box.block(LIN)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.bot.send_message(LIN, "?")
    box.inject("sendMessage", kind="429", retry_after=7)
    with pytest.raises(RetryAfter, match="Retry in 7 seconds"):
        await bot.bot.send_message(WU, "?")
    for kind in ("500", "drop", "drop_answer"):
        box.inject("sendMessage", kind=kind)
        with pytest.raises(NetworkError):
            await bot.bot.send_message(WU, kind)
    assert [one.text for one in box.messages(WU)] == ["drop_answer"]


async def test_a_slow_answer_times_out_at_the_client(box: Sandbox, bot: Application) -> None:
    box.inject("getMe", kind="delay", seconds=30)
    with pytest.raises(TimedOut):
        await bot.bot.get_me(read_timeout=0.05)


async def test_a_wrong_token_is_not_let_in(box: Sandbox) -> None:
    stranger = Application.builder().token("1:wrong").base_url(box.base_url).build()
    with pytest.raises(InvalidToken):
        await stranger.bot.get_me()


async def test_two_pollers_get_in_each_others_way(bot: Application) -> None:
    first = asyncio.create_task(bot.bot.get_updates(timeout=30))
    await asyncio.sleep(0)
    async with (
        Application.builder()
        .token(bot.bot.token)
        .base_url(bot.bot.base_url.removesuffix(bot.bot.token))
        .build() as other
    ):
        second = asyncio.create_task(other.bot.get_updates(timeout=30))
        done, waiting = await asyncio.wait((first, second), return_when=asyncio.FIRST_COMPLETED, timeout=10)
        assert isinstance(done.pop().exception(), Conflict)
        waiting.pop().cancel()
