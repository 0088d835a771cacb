"""Fifty reports that tell the machine what to write, against a model that obeys: nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from facts.answer import Said
from prompts.client import Client, Endpoint
from reports import second
from reports.reading import read_words
from tests.prompts.attacks import ATTACKS, BASE, Attack
from tests.prompts.model_server import ModelServer

ON = date(2026, 3, 2)


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as running:
        yield running


def stated(facts: Any) -> list[tuple[str, Any, str]]:
    return [(fact.field, fact.value, fact.evidence.text) for fact in facts]


def test_there_are_fifty_of_them_in_both_languages() -> None:
    assert len({attack.text for attack in ATTACKS}) == 50
    assert {lang: sum(a.lang == lang for a in ATTACKS) for lang in BASE} == {"zh": 25, "en": 25}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.order[:40])
async def test_a_report_that_gives_orders_changes_nothing(attack: Attack, server: ModelServer) -> None:
    server.answers = [attack.obeyed()]
    plain = read_words(BASE[attack.lang], ON)
    reading = read_words(attack.text, ON)
    question = second.question(attack.text, ON, reading)
    asker = Client(Endpoint("obedient", server.base, "k"))
    answer = await asker.ask(question.words, Said, 50_000)
    await asker.close()
    assert answer.said is not None and len(answer.said.facts) == 3
    found = question.judge(answer.said)
    assert stated(reading.facts) == stated(plain.facts)
    assert found and all(one.verdict == "check" for one in found)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.order[:40])
def test_the_author_sees_which_words_were_not_followed(attack: Attack) -> None:
    notes = [note for note in read_words(attack.text, ON).notes if note.code == "order"]
    assert [span.text for note in notes for span in note.spans if span.text.strip() in attack.order]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_without_orders_has_no_such_note(lang: str) -> None:
    reading = read_words(BASE[lang], ON)
    assert len(reading.facts) >= 6
    assert [note for note in reading.notes if note.code == "order"] == []
