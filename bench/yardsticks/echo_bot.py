"""The yardstick: PTB as its own examples use it, answering each text with itself."""

import os

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main() -> None:
    api = os.environ["HUIFANG_TELEGRAM_API"]
    application = (
        ApplicationBuilder()
        .token(os.environ["HUIFANG_TELEGRAM_TOKEN"])
        .base_url(f"{api}/bot")
        .concurrent_updates(int(os.environ.get("ECHO_CONCURRENT", "0")) or False)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


main()
