"""Numbers, sources and what isn't known, as `ask --json` gives them."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portfolio.command import EmptyQuestion, UnknownStaff, ask
from records import audit
from records.tables import borrowers
from tests.portfolio import story
from tests.small_book import SmallBook


@pytest.fixture
async def told(book: SmallBook) -> dict[str, int]:
    return await story.tell(book.database)


async def put(book: SmallBook, who: str, text: str) -> dict[str, Any]:
    async with book.database.begin() as tx:
        return (await ask(tx, who, text, book.now)).to_json()


async def test_a_status_gives_figures_days_plan_and_sources(book: SmallBook, told: dict[str, int]) -> None:
    got = await put(book, "AM1", "华兴机械怎么样")
    expected = {
        "balance_total": 5_000_000, "percent": 45, "delay_days": 15, "unused_amount": 800_000, "open_cases": 2,
    }  # fmt: skip
    assert {name: got["numbers"][name] for name in expected} == expected
    assert got["sources"] == [told["b1"]]
    assert "collateral.status" in got["unknown"]
    assert "2月26日" in got["text"] and "<b>" not in got["text"]


async def test_the_plan_is_the_line_between_the_milestones_on_the_day_of_the_report(
    book: SmallBook, told: dict[str, int]
) -> None:
    got = await put(book, "M1", "华兴机械进度多少")
    # 60 % on 25 February, 100 % on 15 April: one of 49 days later
    assert got["numbers"]["plan_percent"] == round(60 + 40 / 49, 1)
    assert got["numbers"]["gap_points"] == pytest.approx(15.8, abs=0.05)


@pytest.mark.parametrize(
    ("who", "text", "numbers"),
    [
        ("AM1", "华兴机械工资欠了多久", {"days": 60, "report_count": 2}),
        ("AM1", "华兴机械上次什么时候去的", {"days_since_visit": 4}),
        ("M1", "一共多少户", {"count": 6, "balance_total": 30_500_000 }),
        ("AM1", "一共多少户", {"count": 3, "balance_total": 8_500_000}),
        ("M1", "正常类贷款余额多少", {"count": 4, "balance_total": 28_000_000}),
        ("M1", "关注类占比多少", {"count": 1, "percent_of_count": 16.7}),
        ("M1", "how many borrowers are overdue?", {"count": 1}),
        ("M1", "流动资金贷款余额多少", {"balance_total": 7_500_000}),
        ("M1", "balance by risk class", {"balance_total.special_mention": 1_500_000, "count.normal": 4}),
        ("M1", "哪些客户资金紧张", {"count": 2, "unknown_count": 3}),
        ("M1", "有哪些红色预警", {"count": 1, "red_count": 1}),
        ("C1", "有哪些红色预警", {"count": 2, "red_count": 2}),
        ("M1", "蓝杉服饰逾期多少天", {"overdue_days": 12}),
        ("M1", "哪些客户余额超过1000万", {"count": 1}),
        ("M1", "哪些项目落后超过20个点", {"count": 0}),
        ("M1", "谁的承诺没兑现", {"count": 1, "promised_total": 500_000}),
        ("AM1", "华兴机械跟上次比怎么样", {"percent_before": 40, "percent": 45}),
    ],
)  # fmt: skip
async def test_the_figures_are_those_of_the_records(
    book: SmallBook, told: dict[str, int], who: str, text: str, numbers: dict[str, Any]
) -> None:
    got = await put(book, who, text)
    assert {name: got["numbers"].get(name) for name in numbers} == numbers, got


async def test_a_list_says_of_whom_nothing_is_known(book: SmallBook, told: dict[str, int]) -> None:
    got = await put(book, "M1", "哪些客户资金紧张")
    assert got["unknown"] == [f"cash_stress.level:{code}" for code in ("B003", "B005", "B006")]
    assert "另有 3 户没有资金状况的记录" in got["text"]


async def test_nothing_found_is_said_plainly(book: SmallBook, told: dict[str, int]) -> None:
    got = await put(book, "AM1", "哪些客户被起诉了")
    assert got["borrowers"] == []
    assert "没有「涉诉」的记录" in got["text"]


async def test_what_was_never_reported_is_named_as_unknown(book: SmallBook, told: dict[str, int]) -> None:
    got = await put(book, "AM1", "远帆物流资金紧张吗")
    assert got["unknown"] == ["cash_stress.level"]
    assert "还没有已确认的报告" in got["text"]


@pytest.mark.parametrize("text", ["云溪水泥怎么样", "云溪水泥工资欠了多久", "B004怎么样", "云希水泥怎么样"])
async def test_somebody_elses_borrower_is_answered_as_if_there_were_none(
    book: SmallBook, told: dict[str, int], text: str
) -> None:
    there = await put(book, "AM1", text)
    async with book.database.begin() as tx:
        await tx.execute(sa.update(borrowers).where(borrowers.c.borrower_code == "B004").values(active=False))
    gone = await put(book, "AM1", text)
    assert there == gone
    assert there["unknown"] == ["borrower"]
    assert there["borrowers"] == there["sources"] == []


async def test_a_colleague_outside_ones_scope_lends_no_borrowers(
    book: SmallBook, told: dict[str, int]
) -> None:
    got = await put(book, "AM1", "Test Manager B的客户哪些资金紧张")
    assert "B004" not in got["borrowers"]


async def test_the_administrator_gets_the_book_and_no_reports(book: SmallBook, told: dict[str, int]) -> None:
    status = await put(book, "A1", "华兴机械怎么样")
    assert status["numbers"]["balance_total"] == 5_000_000
    assert status["unknown"] == ["reports"] and status["sources"] == []
    assert "percent" not in status["numbers"]
    for text in (
        "哪些客户资金紧张",
        "这周还有谁没去",
        "有哪些预警",
        "谁的承诺没兑现",
        "华兴机械工资欠了多久",
    ):
        got = await put(book, "A1", text)
        assert (got["borrowers"] or ["B001"], got["sources"]) == (["B001"], []), text
        assert "reports" in got["unknown"], text


@pytest.mark.parametrize("who", ["AM2", "M1", "M2", "R1"])
async def test_a_case_for_compliance_is_shown_to_nobody_else(
    book: SmallBook, told: dict[str, int], who: str
) -> None:
    for text in ("有哪些预警", "云溪水泥怎么样", "云溪水泥有什么预警"):
        got = await put(book, who, text)
        assert "资金往来" not in got["text"] and "staff" not in got["text"]
    mine = await put(book, "C1", "云溪水泥有什么预警")
    assert "资金往来" in mine["text"]


async def test_a_follow_up_goes_on_about_the_same_borrower(book: SmallBook, told: dict[str, int]) -> None:
    first = await put(book, "AM1", "上次什么时候去的")
    assert first["unknown"] == ["borrower"]
    await put(book, "AM1", "华兴机械怎么样")
    assert (await put(book, "AM1", "上次什么时候去的"))["borrowers"] == ["B001"]
    assert (await put(book, "AM1", "进度多少"))["numbers"]["percent"] == 45


async def test_every_question_is_in_the_audit_log(book: SmallBook, told: dict[str, int]) -> None:
    await put(book, "M1", "哪些客户资金紧张")
    await put(book, "M1", "你好")
    async with book.database.read() as tx:
        entries = [e for e in await audit.entries(tx) if e.action == "ask"]
        assert {e.detail["text"] for e in entries} == {"哪些客户资金紧张", "你好"}
        assert (await audit.verify(tx)).ok


async def test_html_in_a_name_stays_a_name(book: SmallBook, told: dict[str, int]) -> None:
    async with book.database.begin() as tx:
        change = sa.update(borrowers).where(borrowers.c.borrower_code == "B001")
        await tx.execute(change.values(short_name="<b>华兴</b>&co", name="<i>x</i>有限公司"))
        got = await ask(tx, "AM1", "哪些客户资金紧张", book.now)
    assert "&lt;b&gt;华兴" in got.messages[0].text
    assert "<b>华兴</b>&co" in got.to_json()["text"]


async def test_unknown_staff_and_empty_questions_are_typed_errors(book: SmallBook) -> None:
    with pytest.raises(UnknownStaff):
        await put(book, "NOBODY", "一共多少户")
    with pytest.raises(EmptyQuestion):
        await put(book, "AM1", "   ")


async def test_two_borrowers_of_one_name_are_asked_about(book: SmallBook, told: dict[str, int]) -> None:
    async with book.database.begin() as tx:
        change = sa.update(borrowers).where(borrowers.c.borrower_code == "B002")
        await tx.execute(change.values(short_name="华兴机械"))
        got = await ask(tx, "AM1", "华兴机械怎么样", book.now)
    assert got.to_json()["borrowers"] == ["B001", "B002"]
    assert [b.data for row in got.messages[0].buttons for b in row] == ["borrower:B001", "borrower:B002"]
