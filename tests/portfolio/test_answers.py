"""Questions to the small book, answered from its records."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.command import ask
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
