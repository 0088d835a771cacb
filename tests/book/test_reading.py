"""A loan book in the shapes that people have: encodings, headings, units, dates, workbooks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from records import loanbook
from records.loanbook.columns import columns
from records.loanbook.days import read_day
from records.loanbook.model import Wrong
from tests.book.writing import BORROWERS, LOANS, STAFF, folder_of, sheet


def first_loan(path: Path) -> dict[str, object]:
    return dict(loanbook.read(path).rows("loans")[0])


def remark_codes(book: loanbook.Book) -> set[str]:
    return {remark.code for remark in book.remarks}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    book = loanbook.read(folder_of(tmp_path, encoding))
    assert book.rows("borrowers")[0]["name"] == "示例市纸船有限公司"


def test_markup_in_a_name_is_kept_as_text(tmp_path: Path) -> None:
    assert loanbook.read(folder_of(tmp_path)).rows("borrowers")[1]["name"] == "<b>尖括号</b>&公司"


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-02", "2026/3/2", "2026.3.2", "20260302", "2026年3月2日", "２０２６年０３月０２日", "2026-03-02 00:00:00",
        "46083", " 2026/03/02 ",
    ],
)  # fmt: skip
def test_one_day_in_many_styles(tmp_path: Path, written: str) -> None:
    loans = sheet(LOANS, {"disbursed_on": written})
    assert first_loan(folder_of(tmp_path, loans=loans))["disbursed_on"] == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("heading", "written", "yuan"),
    [
        ("amount", "5000000", 5_000_000),
        ("amount", "5,000,000.50", Decimal("5000000.50")),
        ("amount", "５００００００", 5_000_000),
        ("amount", "¥5,000,000元", 5_000_000),
        ("amount", "500万", 5_000_000),
        ("amount", "1.2亿元", 120_000_000),
        ("amount(万元)", "500", 5_000_000),
        ("amount（万元）", "５００", 5_000_000),
        ("amount_wan", "500.5", 5_005_000),
        ("amount [万]", "500", 5_000_000),
        ("金额(元)", "5000000", 5_000_000),
        ("贷款金额（万元）*", "1,200", 12_000_000),
        ("合同金额(单位：万元)", "500", 5_000_000),
        ("Amount (亿元)", "0.05", 5_000_000),
        ("amount(万元)", "5000000元", 5_000_000),
    ],
)
def test_amounts_in_the_unit_of_their_heading_or_their_own(
    tmp_path: Path, heading: str, written: str, yuan: Decimal | int
) -> None:
    rows = [{heading if name == "amount" else name: value for name, value in row.items()} for row in LOANS]
    rows = [
        {**rows[0], heading: written, "drawn": "1", "balance": "1"},
        {**rows[1], "drawn": "1", "balance": "1"},
    ]
    assert first_loan(folder_of(tmp_path, loans=rows))["amount"] == yuan


def test_the_unit_of_a_heading_is_told(tmp_path: Path) -> None:
    rows = [
        {("amount_wan" if name == "amount" else name): value for name, value in row.items()} for row in LOANS
    ]
    told = [
        remark for remark in loanbook.read(folder_of(tmp_path, loans=rows)).remarks if remark.code == "unit"
    ]
    assert [(remark.column, remark.detail["unit"]) for remark in told] == [("amount", 10_000)]


def test_every_column_is_known_by_its_chinese_headings(tmp_path: Path) -> None:
    rows = [{columns("loans")[name].headings[0]: value for name, value in row.items()} for row in LOANS]
    loan = first_loan(folder_of(tmp_path, loans=rows))
    assert (loan["loan_no"], loan["balance"], loan["purposes"]) == ("L1", 3_000_000, ["equipment"])


@pytest.mark.parametrize(
    "said", ["流贷", "流动资金贷款", "Working Capital", "working_capital", "ＷＯＲＫＩＮＧ＿ＣＡＰＩＴＡＬ"]
)
def test_codes_are_known_by_their_usual_words(tmp_path: Path, said: str) -> None:
    assert (
        first_loan(folder_of(tmp_path, loans=sheet(LOANS, {"product": said})))["product"] == "working_capital"
    )


def test_purposes_are_parted_by_any_separator_and_kept_once(tmp_path: Path) -> None:
    loans = sheet(LOANS, {"purposes": "设备；原材料, equipment、工资"})
    found = first_loan(folder_of(tmp_path, loans=loans))["purposes"]
    assert found == ["equipment", "raw_materials", "wages"]


def statements(*debts: str) -> list[dict[str, str]]:
    return [
        {"borrower_code": "B1", "period_end": f"2025-{3 * n:02}", "资产负债率": debt, "流动比率": "1.8"}
        for n, debt in enumerate(debts, start=1)
    ]


@pytest.mark.parametrize(
    ("debts", "read", "code"),
    [
        (("0.7", "0.65", "1.2"), [0.7, 0.65, 1.2], "read_fraction"),
        (("70", "65.5", "120"), [0.7, 0.655, 1.2], "read_percent"),
        (("70%", "65%", "1.2%"), [0.7, 0.65, 0.012], "read_percent"),
        (("0.7", "65"), [0.7, 0.65], "read_mixed"),
    ],
)
def test_ratios_are_fractions_or_percent_and_it_is_told_which(
    tmp_path: Path, debts: tuple[str, ...], read: list[float], code: str
) -> None:
    book = loanbook.read(folder_of(tmp_path, statements=statements(*debts)))
    assert [row["debt_ratio"] for row in book.rows("statements")] == pytest.approx(read)
    assert code in {remark.code for remark in book.remarks if remark.column == "debt_ratio"}


def test_a_current_ratio_of_one_point_eight_is_no_percentage(tmp_path: Path) -> None:
    book = loanbook.read(folder_of(tmp_path, statements=statements("0.7")))
    assert book.rows("statements")[0]["current_ratio"] == 1.8
    assert book.rows("statements")[0]["period_end"] == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("plan", "points"), [(("40", "100"), [40, 100]), (("0.4", "1"), [40, 100]), (("40%", "100%"), [40, 100])]
)
def test_a_plan_is_in_percent_points_however_written(
    tmp_path: Path, plan: tuple[str, str], points: list[float]
) -> None:
    rows = [
        {"loan_no": "L1", "due_on": f"2026-0{n}-01", "percent": percent, "title": ""}
        for n, percent in enumerate(plan, start=4)
    ]
    book = loanbook.read(folder_of(tmp_path, milestones=rows))
    assert [row["percent"] for row in book.rows("milestones")] == points


def test_unknown_columns_and_files_are_told_and_left_out(tmp_path: Path) -> None:
    path = folder_of(tmp_path, staff=[{**row, "shoe size": "42"} for row in STAFF])
    (path / "notes.csv").write_text("a,b\n1,2\n")
    book = loanbook.read(path)
    assert remark_codes(book) >= {"unknown_column", "unknown_sheet"}
    assert "shoe size" not in book.rows("staff")[0]


def test_empty_lines_and_spaces_do_no_harm(tmp_path: Path) -> None:
    path = folder_of(tmp_path, borrowers=sheet(BORROWERS, {"borrower_code": "　B1 "}))
    with (path / "loans.csv").open("a") as file:
        file.write("\n,,,\n \n")
    assert len(loanbook.read(path)) == 7


def test_a_title_above_the_heading_is_passed_over_and_lines_still_count(tmp_path: Path) -> None:
    path = folder_of(tmp_path, loans=sheet(LOANS, {"amount": "x"}))
    text = (path / "loans.csv").read_text()
    (path / "loans.csv").write_text(f"某支行贷款台账,,\n{text}")
    with pytest.raises(loanbook.BookErrors) as errors:
        loanbook.read(path)
    assert [(p.code, p.line) for p in errors.value.problems] == [("number", 3)]


def test_a_cell_over_two_lines_keeps_the_line_numbers_right(tmp_path: Path) -> None:
    loans = [{**LOANS[0], "guarantor": "甲\n乙"}, {**LOANS[1], "amount": "x"}]
    with pytest.raises(loanbook.BookErrors) as errors:
        loanbook.read(folder_of(tmp_path, loans=loans))
    assert [p.line for p in errors.value.problems] == [4]


def workbook(path: Path) -> Path:
    """A workbook as spreadsheets make it: real dates and numbers, percent cells, a title, merged cells."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in (("员工", STAFF), ("客户", BORROWERS)):
        page = book.create_sheet(name)
        for row in (list(rows[0]), *(list(row.values()) for row in rows)):
            page.append(row)
    page = book.create_sheet("贷款")
    page.append(["贷款台账 2026"])
    page.merge_cells("A1:H1")
    page.append(
        [
            "借据号",
            "客户编号",
            "产品",
            "金额(万元)",
            "已放款(万元)",
            "余额(万元)",
            "放款日",
            "到期日",
            "抵押率",
        ]
    )
    page.append([1001, "B1", "固贷", 500, 400.5, 300, date(2026, 3, 2), date(2029, 3, 1), 0.65])
    page.append([1002, None, "流贷", "100", 50, 50, "2026年3月2日", 46448, 0.7])
    page.merge_cells("B3:B4")
    for row in (3, 4):
        page.cell(row, 9).number_format = "0%"
    book.create_sheet("说明").append(["这张表只是说明"])
    book.save(path)
    return path


def test_a_workbook_is_read_like_the_folder(tmp_path: Path) -> None:
    book = loanbook.read(workbook(tmp_path / "book.xlsx"))
    one, two = book.rows("loans")
    assert (one["loan_no"], one["drawn"], one["disbursed_on"]) == ("1001", 4_005_000, date(2026, 3, 2))
    assert (two["borrower_code"], two["matures_on"]) == ("B1", date(2027, 3, 2))
    assert [one["approved_ltv"], two["approved_ltv"]] == pytest.approx([0.65, 0.7])
    assert remark_codes(book) >= {"merged_filled", "unknown_sheet", "read_percent", "serial"}


def test_a_balance_above_what_was_drawn_is_only_remarked(tmp_path: Path) -> None:
    book = loanbook.read(folder_of(tmp_path, loans=sheet(LOANS, {"balance": "4000001"})))
    assert "balance_above_drawn" in remark_codes(book)


def test_a_plan_that_goes_backwards_is_remarked(tmp_path: Path) -> None:
    rows = [
        {"loan_no": "L1", "due_on": day, "percent": percent}
        for day, percent in (("2026-05-01", "60"), ("2026-06-01", "40"))
    ]
    assert "plan_backwards" in remark_codes(loanbook.read(folder_of(tmp_path, milestones=rows)))


@given(st.text(max_size=30))
def test_no_text_whatever_breaks_the_reading_of_a_day(text: str) -> None:
    try:
        day, _ = read_day(text)
    except Wrong as wrong:
        assert wrong.code.startswith("date")
    else:
        assert 1979 <= day.year <= 2103


@given(st.text(max_size=40), st.sampled_from(sorted(columns("loans"))))
def test_no_text_whatever_breaks_the_reading_of_a_cell(text: str, name: str) -> None:
    from records.loanbook.columns import Heading
    from records.loanbook.values import read_cell

    try:
        found = read_cell(text, Heading(columns("loans")[name]))
    except Wrong as wrong:
        assert wrong.code
    else:
        assert found is not None
