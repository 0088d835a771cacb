"""Questions to the small book, answered from its records."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portfolio.command import ask
from records import tables
from tests.portfolio import story
from tests.small_book import SmallBook


@pytest.fixture
async def told(book: SmallBook) -> dict[str, int]:
    return await story.tell(book.database)


async def put(book: SmallBook, who: str, text: str) -> dict[str, Any]:
    async with book.database.begin() as tx:
        return (await ask(tx, who, text, book.now)).to_json()


@pytest.mark.parametrize(
    ("who", "text", "intent", "borrowers"),
    [
        ("M1", "哪些客户资金紧张", "list", ["B001", "B004"]),
        ("AM1", "哪些客户资金紧张", "list", ["B001"]),
        ("AM2", "which clients are short of cash?", "list", ["B004"]),
        ("M1", "who is behind plan?", "list", ["B001"]),
        ("M1", "谁的进度落后计划", "list", ["B001"]),
        ("M1", "贷款逾期的有哪些", "list", ["B005"]),
        ("M1", "who is overdue?", "list", ["B005"]),
        ("M1", "哪些回访逾期了", "overdue_visits", ["B003"]),
        ("M1", "这周还有谁没去", "not_visited", ["B003", "B005", "B001"]),
        ("AM1", "这周还有谁没去", "not_visited", ["B003", "B001"]),
        ("AM1", "我这周要去哪", "agenda", ["B003", "B001", "B002"]),
        ("AM2", "where do I go this week?", "agenda", ["B005"]),
        ("AM1", "华兴机械怎么样", "status", ["B001"]),
        ("AM1", "how is Huaxing?", "status", ["B001"]),
        ("M1", "谁的承诺没兑现", "promises", ["B001"]),
        ("M1", "本周到期的还款承诺有哪些", "promises", ["B004"]),
        ("M1", "有哪些未结的预警", "cases", ["B001", "B004"]),
        ("M1", "哪些客户拖欠工资", "list", ["B001"]),
        ("M1", "关注类客户有哪些", "list", ["B003"]),
        ("M1", "测试经理甲的客户哪些资金紧张", "list", ["B001"]),
        ("M1", "建材行业哪些客户资金紧张", "list", ["B004"]),
        ("M1", "哪些客户10天没去了", "list", ["B003", "B005", "B006", "B002", "B004"]),
        ("R1", "谁把贷款挪用了", "list", ["B001"]),
    ],
)
async def test_the_answer_names_the_right_borrowers_in_order(
    book: SmallBook, told: dict[str, int], who: str, text: str, intent: str, borrowers: list[str]
) -> None:
    got = await put(book, who, text)
    assert (got["understood"]["intent"], got["borrowers"]) == (intent, borrowers)


async def test_statements_that_havent_come_are_named_with_their_day_and_whose_they_are(
    book: SmallBook,
) -> None:
    async with book.database.begin() as tx:
        for code, due in (("B001", date(2026, 1, 31)), ("B004", date(2026, 2, 28))):
            row = {"borrower_code": code, "period_end": date(2025, 12, 31), "due_on": due}
            await tx.execute(sa.insert(tables.statements).values(row))
    got = await put(book, "M1", "哪些报表没交")
    assert (got["understood"]["intent"], got["borrowers"]) == ("papers", ["B001", "B004"])
    assert got["numbers"] == {"count": 2, "paper_count": 2, "overdue_count": 2}
    assert "2025年12月末，1月31日应交，晚了 30 天" in got["text"] and "测试经理甲" in got["text"]
    assert (await put(book, "AM2", "which statements are late"))["borrowers"] == ["B004"]
    assert (await put(book, "M1", "测试经理甲的客户哪些报表没交"))["borrowers"] == ["B001"]
    assert (await put(book, "M1", "青禾食品有没有报表没交"))["borrowers"] == []
