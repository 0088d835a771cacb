"""Cases as messages: one alone whole, several of one moment together with the buttons of each, many as a list."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anomalies import wording
from anomalies.circle import Circle
from prompts.catalog import label, say
from prompts.message import Button, Message
from records import cases
from records.model import Case, Staff

OPENERS = 6
LISTED = 30
SEVERITIES = ("red", "orange", "yellow", "blue")
ABOUT_LIMIT = 80


@dataclass(frozen=True, slots=True)
class News:
    """What a person is to be told of a case: that it was opened or raised."""

    person: Staff
    case: Case
    what: str


async def messages(circle: Circle, news: Iterable[News], bundle_over: int) -> list[Message]:
    """What each person gets, the loudest first."""
    by_person: dict[str, list[News]] = defaultdict(list)
    for one in news:
        by_person[one.person.staff_code].append(one)
    return [one for mine in by_person.values() for one in await _to_person(circle, mine, bundle_over)]


async def _to_person(circle: Circle, mine: list[News], bundle_over: int) -> list[Message]:
    mine = sorted(mine, key=lambda one: SEVERITIES.index(one.case.severity))
    if len(mine) <= bundle_over:
        return [await _together(circle, mine)]
    red = [one for one in mine if one.case.severity == "red"]
    rest = [one for one in mine if one.case.severity != "red"]
    return [message for part in (red, rest) if part for message in [await _many(circle, part, bundle_over)]]


async def _many(circle: Circle, mine: list[News], bundle_over: int) -> Message:
    red = mine[0].case.severity == "red"
    if len(mine) == 1 or (red and len(mine) <= bundle_over):
        return await _together(circle, mine)
    return as_list(circle, mine[0].person, [one.case for one in mine])


async def _together(circle: Circle, mine: list[News]) -> Message:
    if len(mine) == 1:
        (one,) = mine
        return message(one.case, one.person, await _notice(circle, one), key_of(one))
    person, lang = mine[0].person, mine[0].person.language
    names = {circle.borrowers[one.case.borrower_code].called for one in mine}
    lines = [say("anomalies.notice.bundle_head", lang, count=len(mine), names=sorted(names))]
    for number, one in enumerate(mine, 1):
        lines += ["", await _item(circle, one, number, len(names) > 1)]
    lines += ["", *_shared(circle, mine)] if len(names) == 1 else []
    rows = tuple(_row(one, number) for number, one in enumerate(mine, 1))
    return Message("\n".join(lines).rstrip(), rows, to=person.staff_code, key=_key(mine), about=_about(mine))


async def _notice(circle: Circle, news: News) -> str:
    extra = await _history(circle, news)
    lines = [body(circle, news.case, news.person, extra), *wording.due(news.case, news.person)]
    return "\n".join(lines)


async def _item(circle: Circle, news: News, number: int, named: bool) -> str:
    """One case of several: its line, its words, by when it is to be answered and what to do."""
    case, lang = news.case, news.person.language
    line = say(
        "anomalies.notice.bundle_item",
        lang,
        number=number,
        icon=label("severity_icon", case.severity, lang),
        borrower=circle.borrowers[case.borrower_code].called if named else "",
        title=wording.title(case, lang),
        what=wording.what(case.code, case.details, lang),
    )
    words = " ".join(wording.quotes(case, lang))
    more = [*filter(None, [words]), *await _history(circle, news), *wording.due(case, news.person)]
    action = say("anomalies.notice.action", lang, action=wording.action(case.code, lang))
    return "\n".join([line, *more, action])


async def _history(circle: Circle, news: News) -> list[str]:
    case = news.case
    previous = await cases.get(circle.tx, case.previous_id) if case.previous_id else None
    closed_on = previous.closed_at.date() if previous and previous.closed_at else None
    return wording.history(case, news.what, closed_on, news.person.language)


def _shared(circle: Circle, mine: Sequence[News]) -> list[str]:
    """Whose borrower it is, and the loans that the cases speak of, once."""
    lang = mine[0].person.language
    numbers = dict.fromkeys(str(one.case.details.get("loan_no")) for one in mine)
    loans = [circle.loans[number] for number in numbers if number in circle.loans]
    return [*_whose(circle, mine[0].case, mine[0].person), *(wording.loan_words(one, lang) for one in loans)]


def _row(news: News, number: int) -> tuple[Button, ...]:
    """The buttons of one case; their first says which."""
    (first, *rest) = wording.buttons(news.case, news.person)[0]
    short = [Button(one.label.split()[0], one.action, one.args) for one in rest]
    return (Button(f"{number} {first.label}", first.action, first.args), *short)


def key_of(news: News) -> str:
    return f"case:{news.case.id}:{news.case.severity}:{news.person.staff_code}"


def _key(mine: Sequence[News]) -> str:
    """The same cases, as loud as they are, are told a person together once."""
    words = ",".join(f"{one.case.id}.{one.case.severity}" for one in mine)
    return f"cases:{hashlib.sha256(words.encode()).hexdigest()[:16]}:{mine[0].person.staff_code}"


def _about(mine: Sequence[News]) -> str:
    """`case:12:13:14`, as many as there is room for."""
    about = "case"
    for one in mine:
        longer = f"{about}:{one.case.id}"
        about = longer if len(longer) <= ABOUT_LIMIT else about
    return about


def cases_of(message: Message) -> set[int]:
    """The cases that a message has the buttons of."""
    kind, *numbers = (message.about or "").split(":")
    return {int(number) for number in numbers} if kind == "case" else set()


def body(circle: Circle, case: Case, person: Staff, extra: Iterable[str] = ()) -> str:
    loan = circle.loans.get(str(case.details.get("loan_no")))
    borrower = circle.borrowers[case.borrower_code].called
    return wording.body(case, borrower, loan, person.language, [*extra, *_whose(circle, case, person)])


def _whose(circle: Circle, case: Case, person: Staff) -> list[str]:
    """Whose borrower it is, for those who have many."""
    code = circle.borrowers[case.borrower_code].account_manager
    if person.role == "account_manager":
        return []
    manager = circle.known.get(code)
    return [say("anomalies.notice.manager", person.language, name=manager.name if manager else code)]


def message(case: Case, person: Staff, text: str, key: str) -> Message:
    return Message(
        text, wording.buttons(case, person), to=person.staff_code, key=key, about=f"case:{case.id}"
    )


def as_list(circle: Circle, person: Staff, found: Sequence[Case], head: str = "many_head") -> Message:
    """One message for many cases: a line each, the loudest first."""
    lang = person.language
    found = sorted(found, key=lambda case: (SEVERITIES.index(case.severity), case.id))
    lines = [say(f"anomalies.notice.{head}", lang, count=len(found))]
    lines += [_line(circle, case, lang) for case in found[:LISTED]]
    if len(found) > LISTED:
        lines.append(say("anomalies.case.more", lang, count=len(found) - LISTED))
    lines.append(say("anomalies.notice.many_tail", lang))
    key = f"{head}:{found[0].id}-{found[-1].id}:{circle.now.isoformat()}:{person.staff_code}"
    return Message("\n".join(lines), _openers(circle, found, lang), to=person.staff_code, key=key)


def _openers(circle: Circle, found: Sequence[Case], lang: str) -> tuple[tuple[Button, ...], ...]:
    """A button that shows each case whole, as far as they fit a phone."""

    def opener(case: Case) -> Button:
        icon = label("severity_icon", case.severity, lang)
        words = f"{icon} {circle.borrowers[case.borrower_code].called} · {wording.title(case, lang)}"
        return Button(words, "case", (str(case.id),))

    return tuple((opener(case),) for case in found[:OPENERS])


def _line(circle: Circle, case: Case, lang: str) -> str:
    return say(
        "anomalies.notice.many_line",
        lang,
        icon=label("severity_icon", case.severity, lang),
        borrower=circle.borrowers[case.borrower_code].called,
        title=wording.title(case, lang),
        what=wording.what(case.code, case.details, lang),
    )
