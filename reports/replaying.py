"""A recording given back to its author: quoted where it was sent, with what was read in it and when it was said."""

from __future__ import annotations

from prompts.catalog import label, say
from prompts.message import Attachment, Message
from records import media, reports
from records.database import Tx
from records.model import Part, Report, Staff
from reports.card import value_words
from reports.hearing import clock_words
from reports.model import local_day
from reports.reading import current
from reports.sound import CORRECTION

CAPTION_LIMIT = 900
SHOWN_TEXT = 3000


async def recordings(tx: Tx, author: Staff, report: Report) -> list[Message]:
    """One message for each voice message of the report, in reply to it."""
    facts = (await current(tx, report)).facts
    told = []
    for part in await reports.parts_of(tx, report.id):
        if part.kind not in ("voice", CORRECTION) or not part.sha256:
            continue
        lines = [say("transcripts.listened", author.language, day=local_day(author, part.sent_at))]
        for fact in sorted(facts, key=lambda fact: fact.detail.get("second") or 0.0):
            if fact.detail.get("part") == part.id:
                name = label("field", fact.field, author.language)
                values = {"at": clock_words(fact.detail["second"]), "name": name}
                value = value_words(fact, author.language)
                lines.append(say("transcripts.said_at", author.language, value=value, **values))
        told.append(await _recording(tx, author, report, part, _within(lines)))
    return told


def _within(lines: list[str]) -> str:
    """As many lines as a caption takes."""
    kept, length = [], 0
    for line in lines:
        length += len(line) + 1
        if length > CAPTION_LIMIT:
            break
        kept.append(line)
    return "\n".join(kept)


async def _recording(tx: Tx, author: Staff, report: Report, part: Part, caption: str) -> Message:
    content, about = await media.content(tx, part.sha256 or ""), f"report:{report.id}"
    if content is None:
        text = say("transcripts.nothing_to_hear", author.language)
        return Message(text, to=author.staff_code, about=about, reply_to=part.message_id)
    is_voice = content[:4] == b"OggS" and b"OpusHead" in content[:64]
    file = Attachment("voice" if is_voice else "document", content, part.filename or "voice.ogg")
    return Message(caption, to=author.staff_code, about=about, reply_to=part.message_id, attachment=file)


def words_to_correct(author: Staff, report: Report, part: Part) -> Message:
    """What was heard, to be copied and corrected; a long text as a file."""
    about, lang = f"report:{report.id}", author.language
    if len(part.text) <= SHOWN_TEXT:
        text = say("transcripts.retype_now", lang, text=part.text)
        return Message(text, to=author.staff_code, about=about)
    file = Attachment("document", part.text.encode("utf-8"), f"{report.id}.txt")
    text = say("transcripts.retype_now_long", lang)
    return Message(text, to=author.staff_code, about=about, attachment=file)
