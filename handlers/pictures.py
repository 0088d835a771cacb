"""Pictures: drawn when the transaction is over, since that takes a while, and sent then."""

from __future__ import annotations

from handlers.context import Context
from handlers.saying import put
from portfolio import charts
from prompts.catalog import say
from prompts.message import Attachment, Message


async def draw_later(context: Context, what: charts.Drawn, caption: str) -> None:
    """Say at once that it is being drawn where a tap asked for it, and send the picture afterwards."""
    await context.toast(say("portfolio.drawing", context.lang))
    context.unit.after.append(lambda: _draw(context, what, caption))


async def _draw(context: Context, what: charts.Drawn, caption: str) -> None:
    try:
        picture = await charts.draw(what, context.lang)
        message = Message(caption, attachment=Attachment("photo", picture, "chart.png"))
    except charts.ChartError:
        message = Message(say("portfolio.no_drawing", context.lang))
    async with context.services.database.begin() as tx:
        await put(tx, message, context.now, chat_id=context.unit.chat_id)
    context.services.wake()
