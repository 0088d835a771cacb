from __future__ import annotations

from datetime import timedelta

import pytest

from records import visits
from records.database import Database
from records.model import Visit
from reminders import plan
from reminders.policy import Policy
from reminders.preview import preview
from reminders.telling import policy_words, preview_words
from tests.reminders.stage import POLICY
from tests.small_book import SmallBook

SOONER = POLICY.model_copy(update={"visit": POLICY.visit.model_copy(update={"normal": 40})})


async def planned(database: Database) -> list[Visit]:
    async with database.read() as tx:
        return [one for n in range(1, 7) for one in await visits.open_of(tx, f"B00{n}")]


async def test_a_preview_counts_by_branch_and_kind_and_moves_nothing(book: SmallBook) -> None:
    await plan.replan_all(book.database, now=book.now, policy=POLICY)
    before = await planned(book.database)
    found = await preview(book.database, now=book.now, policy=SOONER, current=POLICY)
    assert await planned(book.database) == before
    kinds = {(branch, kind): counts for branch, kind, counts in found.rows()}
    assert kinds["测试支行", "visit"][1] == 2  # B002 and B006 are normal and see no building
    assert (found.anyway, found.borrowers) == (0, 2)
    assert {move.borrower_code for move in found.first} == {"B002", "B006"}


async def test_what_changes_anyway_isnt_laid_to_the_new_policy(book: SmallBook) -> None:
    later = book.now + timedelta(days=1)
    found = await preview(book.database, now=later, policy=SOONER, current=POLICY)
    changed = await plan.replan_all(book.database, now=later, policy=POLICY)
    assert 0 < found.anyway < changed
    assert {effect for _, _, effect in found.counts} == {"new"}


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_each_move_says_why(book: SmallBook, lang: str) -> None:
    await plan.replan_all(book.database, now=book.now, policy=POLICY)
    found = await preview(book.database, now=book.now, policy=SOONER, current=POLICY)
    words = preview_words(found, lang)
    assert "青禾食品" in words and "40" in words and SOONER.version in words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_policy_in_words_has_every_figure_of_the_file(lang: str) -> None:
    sooner = POLICY.sooner.model_copy(
        update={"products": {"fixed_asset": 41}, "borrowers": {"B9": 42}, "amount": 43e4, "collateral": 0.7}
    )
    words = policy_words(POLICY.model_copy(update={"sooner": sooner}), lang)
    for figure in ("90", "30", "15", "41", "42", "43", "70%", "08:30", "21:00", "CN", "B9"):
        assert figure in words


async def test_planning_page_by_page_is_the_same_as_at_once(
    book: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "PAGE", 2)
    pages: list[int] = []
    changed = await plan.replan_all(book.database, now=book.now, policy=POLICY, progress=pages.append)
    assert pages == [2, 2, 2] and changed == len(await planned(book.database))
    async with book.database.begin() as tx:
        codes = [f"B00{n}" for n in range(1, 7)]
        assert await plan.replan(tx, now=book.now, policy=POLICY, borrower_codes=codes) == 0


async def test_every_item_keeps_by_which_policy_its_day_was_set(book: SmallBook) -> None:
    await plan.replan_all(book.database, now=book.now, policy=POLICY)
    assert {one.policy_version for one in await planned(book.database)} == {POLICY.version}
    other: Policy = SOONER
    await plan.replan_all(book.database, now=book.now, policy=other)
    versions = {
        one.borrower_code: one.policy_version for one in await planned(book.database) if one.kind == "visit"
    }
    assert versions["B002"] == SOONER.version and versions["B005"] == POLICY.version
