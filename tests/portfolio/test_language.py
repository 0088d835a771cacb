"""The language of an answer: the question's, and the asker's own where the question has none."""

from __future__ import annotations

import pytest

from portfolio.answers import answer, spoken
from records import people
from tests.small_book import SmallBook


@pytest.mark.parametrize(
    ("text", "usual", "lang"),
    [
        ("华兴机械怎么样", "en", "zh"),
        ("How is 华兴机械?", "zh", "en"),
        ("who is behind plan?", "zh", "en"),
        ("B001", "en", "en"),
        ("Robin Quill 的客户", "en", "zh"),
    ],
)
def test_an_answer_speaks_the_language_of_its_question(text: str, usual: str, lang: str) -> None:
    assert spoken(text, usual) == lang


async def test_a_chinese_name_alone_is_answered_in_the_askers_language(book: SmallBook) -> None:
    async with book.database.begin() as tx:
        viewer = await people.by_code(tx, "AM2")
        assert viewer is not None
        found = await answer(tx, "云溪水泥", viewer, now=book.now, lang=viewer.language)
        inside = await answer(tx, "How is 云溪水泥 doing?", viewer, now=book.now)
    assert found is not None and "Account manager" in found.text
    assert inside is not None and "Account manager" in inside.text
