"""A question in words, answered from the records within the asker's scope."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portfolio import lists, owing, single
from portfolio.asking import Ask, Reply, names_for
from portfolio.questions import Question, understand
from prompts.message import Button, Message
from records import audit, dossier, owed
from records.database import Tx
from records.dossier import Dossier
from records.model import Staff

FOLLOW_UP = timedelta(minutes=30)
SOURCE_BUTTONS = 6
TAG = re.compile(r"<[^>]{1,80}>")
ENGLISH = re.compile(
    r"\b(how|is|are|was|what|who|which|when|where|does|did|has|have|show|list|the)\b",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`borrowers` are the codes named, in order; `numbers` have stable English names, amounts in the base unit;
    `unknown` are fields (or `field:CODE`) that the records don't hold; `sources` are report ids."""

    question: Question
    text: str
    borrowers: tuple[str, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    messages: tuple[Message, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "understood": self.question.to_json(),
            "borrowers": list(self.borrowers),
            "numbers": dict(self.numbers),
            "unknown": list(self.unknown),
            "sources": list(self.sources),
            "text": plain_text(self.text),
        }


async def answer(
    tx: Tx, text: str, viewer: Staff, *, now: datetime, limit: int = 10, offset: int = 0, lang: str = ""
) -> Answer | None:
    """The answer to a question, kept in the audit log with its words; None where `text` is no question.

    `lang` is the answer's language; empty takes the question's.
    """
    moment = now.astimezone(_zone(viewer))
    names = await names_for(tx, viewer, moment.date(), text)
    question = understand(text, names, lang or spoken(text, viewer.language), moment)
    if question is None:
        return None
    return await respond(tx, question, viewer, now=now, limit=limit, offset=offset)


def spoken(text: str, usual: str) -> str:
    """The language that a question is asked in, which it is answered in; a bare code says nothing of it.

    A Chinese name in an English sentence leaves it English.
    """
    if ENGLISH.search(text):
        return "en"
    if any("一" <= letter <= "鿿" for letter in text):
        return "zh"
    return "en" if len(re.findall(r"[A-Za-z]{2,}", text)) > 1 else usual


async def respond(
    tx: Tx, question: Question, viewer: Staff, *, now: datetime, limit: int = 10, offset: int = 0
) -> Answer:
    """Answer what has been understood already."""
    ask = Ask(tx, viewer, now, await _following(tx, question, viewer, now), limit, offset)
    reply = await _reply(ask)
    detail = {"text": question.text, "understood": ask.question.to_json(), "borrowers": reply.borrowers[:20]}
    await audit.record(tx, now, viewer.staff_code, "ask", ask.question.intent, detail)
    last = await owed.last_question(tx, viewer.staff_code)
    return _finished(ask, reply, last[0] if last else 0)


async def _following(tx: Tx, question: Question, viewer: Staff, now: datetime) -> Question:
    """A question without a name goes on about the borrower of the last answer, if that was just now."""
    if question.intent not in SINGLE or question.borrowers:
        return question
    last = await owed.last_question(tx, viewer.staff_code)
    if last is None or now - last[1] > FOLLOW_UP or len(last[2].get("borrowers") or []) != 1:
        return replace(question, intent="whom")
    return replace(question, borrowers=(str(last[2]["borrowers"][0]),))


async def _reply(ask: Ask) -> Reply:
    intent = ask.question.intent
    if intent in SINGLE:
        return await _each(ask, SINGLE[intent])
    if ask.question.borrowers and await _file(ask, ask.question.borrowers[0]) is None:
        return await _not_found(ask)
    return await BOOK[intent](ask)


async def _each(ask: Ask, about: Callable[[Ask, Dossier], Awaitable[Reply]]) -> Reply:
    """One answer a borrower that the question names."""
    whole: Reply | None = None
    for code in ask.question.borrowers:
        file = await _file(ask, code)
        reply = await about(ask, file) if file else await _not_found(ask)
        whole = reply if whole is None else _both(whole, reply, code)
    assert whole is not None
    return whole


def _both(one: Reply, two: Reply, code: str) -> Reply:
    one.lines += ["", *two.lines]
    one.borrowers += two.borrowers
    one.numbers |= {f"{name}.{code}": value for name, value in two.numbers.items()}
    one.unknown += two.unknown
    one.sources |= two.sources
    one.buttons += two.buttons
    return one


async def _file(ask: Ask, code: str) -> Dossier | None:
    return await dossier.get(ask.tx, ask.viewer, ask.on, code)


async def _not_found(ask: Ask) -> Reply:
    """The same words whether there is no such borrower or it is somebody else's."""
    name = ask.question.unknown or ask.question.text
    return Reply(lines=[ask.say("not_found", name=name)], unknown=["borrower"])


async def _whom(ask: Ask) -> Reply:
    return Reply(lines=[ask.say("whom")], unknown=["borrower"])


async def _none(ask: Ask) -> Reply:
    return Reply(lines=[ask.say("none")], unknown=["question"])


async def _which(ask: Ask) -> Reply:
    """Several may be meant: a button for each."""
    reply = Reply(lines=[ask.say("which")], unknown=["borrower"])
    for code in ask.question.candidates:
        file = await _file(ask, code)
        if file:
            reply.borrowers.append(code)
            reply.lines.append(ask.say("candidate", borrower=file.borrower))
            reply.buttons.append(Button(file.borrower.called, "borrower", (code,)))
    return reply


SINGLE: Mapping[str, Callable[[Ask, Dossier], Awaitable[Reply]]] = {
    "status": single.status,
    "fact": single.fact,
    "since": single.since,
    "last_visit": single.last_visit,
    "compare": single.compare,
}
BOOK: Mapping[str, Callable[[Ask], Awaitable[Reply]]] = {
    "list": lists.borrowers,
    "sums": lists.totals,
    "groups": lists.groups,
    "agenda": owing.agenda,
    "not_visited": owing.not_visited,
    "overdue_visits": owing.overdue_visits,
    "promises": owing.promises,
    "papers": owing.papers,
    "cases": owing.open_cases,
    "reports": owing.reports,
    "not_found": _not_found,
    "which": _which,
    "whom": _whom,
    "none": _none,
}


def _finished(ask: Ask, reply: Reply, audit_id: int) -> Answer:
    text = "\n".join(reply.lines)
    return Answer(
        ask.question,
        text,
        tuple(reply.borrowers),
        reply.numbers,
        tuple(reply.unknown),
        tuple(reply.sources),
        (Message(text, _buttons(ask, reply, audit_id), about="ask"),),
    )


def _buttons(ask: Ask, reply: Reply, audit_id: int) -> tuple[tuple[Button, ...], ...]:
    sources = [
        Button(
            ask.say("button.source", name=called, on=on, many=len(reply.sources) > 1),
            "source",
            (str(number),),
        )
        for number, (called, on) in list(reply.sources.items())[:SOURCE_BUTTONS]
    ]
    rows = [tuple(sources[i : i + 2]) for i in range(0, len(sources), 2)]
    rows += [tuple(reply.buttons[i : i + 2]) for i in range(0, len(reply.buttons), 2)]
    left = reply.total - ask.offset - reply.shown
    if left > 0 and reply.shown:
        args = (str(audit_id), str(ask.offset + reply.shown))
        rows.append((Button(ask.say("button.more", count=left), "more", args),))
    return tuple(rows)


def plain_text(marked: str) -> str:
    """Telegram HTML without its marks."""
    return html.unescape(TAG.sub("", marked))


def _zone(viewer: Staff) -> ZoneInfo:
    return ZoneInfo(viewer.timezone)
