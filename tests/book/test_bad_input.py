"""Every kind of bad book gets a clear answer: file, line, column, value, and what to do; and nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from prompts.catalog import say
from records import loanbook
from tests.book.writing import BORROWERS, LOANS, STAFF, folder_of, problems_of, sheet


def only(path: Path) -> loanbook.Problem:
    found = problems_of(path)
    assert len(found) == 1, found
    return found[0]


LOAN_FAULTS = [
    ("amount", "很多", "number"),
    ("amount", "", "missing"),
    ("amount", "-5", "negative"),
    ("amount", "1,00,0", "commas"),
    ("amount", "1e999", "number"),
    ("amount", "NaN", "number"),
    ("amount", "9" * 20, "too_large"),
    ("amount", "0", "no_amount"),
    ("balance", "-1", "negative"),
    ("drawn", "99999999", "drawn_above_amount"),
    ("disbursed_on", "2026-02-30", "date_impossible"),
    ("disbursed_on", "03/02/2026", "date_order"),
    ("disbursed_on", "26-03-02", "date_order"),
    ("disbursed_on", "去年春天", "date"),
    ("disbursed_on", "0026-03-02", "date_year"),
    ("disbursed_on", "2030-01-01", "matures_before"),
    ("product", "彩票贷", "choice"),
    ("purposes", "equipment;pizza", "purposes"),
    ("overdue_days", "3.5", "whole_number"),
    ("overdue_days", "-2", "negative"),
    ("currency", "yuanbao", "currency"),
    ("borrower_code", "B404", "dangling"),
    ("loan_no", "6.2E+18", "code_rounded"),
    ("loan_no", "L 1", "code_space"),
    ("loan_no", "L" * 61, "too_long"),
    ("guarantor", "长" * 201, "too_long"),
]


@pytest.mark.parametrize(("column", "value", "code"), LOAN_FAULTS)
def test_a_bad_cell_of_a_loan_is_named_by_file_line_and_column(
    tmp_path: Path, column: str, value: str, code: str
) -> None:
    problem = only(folder_of(tmp_path, loans=sheet(LOANS, {column: value})))
    assert (problem.code, problem.file, problem.line, problem.column) == (code, "loans.csv", 2, column)
    if value and code not in ("no_amount", "drawn_above_amount", "matures_before"):
        assert problem.value == value[:80]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("latitude", "120.1", "degrees"),
        ("latitude", "", "half_a_place"),
        ("account_manager", "AM9", "dangling"),
        ("account_manager", "C1", "wrong_role"),
        ("risk_class", "very good", "choice"),
        ("name", "  ", "missing"),
    ],
)
def test_a_bad_cell_of_a_borrower_is_named(tmp_path: Path, column: str, value: str, code: str) -> None:
    problem = only(folder_of(tmp_path, borrowers=sheet(BORROWERS, {column: value})))
    assert (problem.code, problem.sheet, problem.column) == (code, "borrowers", column)


def test_a_circle_of_superiors_is_told_once_with_its_way(tmp_path: Path) -> None:
    staff = [*STAFF, {**STAFF[0], "staff_code": "X1", "reports_to": "X2"}]
    staff.append({**STAFF[0], "staff_code": "X2", "reports_to": "X1"})
    problem = only(folder_of(tmp_path, staff=staff))
    assert problem.code == "loop"
    assert problem.detail["loop"] == "X1 → X2 → X1"


def test_ones_own_boss_is_no_boss(tmp_path: Path) -> None:
    assert only(folder_of(tmp_path, staff=sheet(STAFF, {"reports_to": "AM1"}))).code == "own_boss"


def test_doubles_name_the_line_they_repeat(tmp_path: Path) -> None:
    problem = only(folder_of(tmp_path, loans=[*LOANS, LOANS[0]]))
    assert (problem.code, problem.value, problem.detail["first"]) == ("double", "L1", 2)


def test_every_fault_of_the_book_is_told_at_once(tmp_path: Path) -> None:
    path = folder_of(
        tmp_path,
        staff=sheet(STAFF, {"role": "king"}),
        borrowers=sheet(BORROWERS, {"account_manager": "AM9"}),
        loans=sheet(LOANS, {"amount": "x", "disbursed_on": "y"}),
    )
    assert [(p.sheet, p.code) for p in problems_of(path)] == [
        ("staff", "choice"),
        ("borrowers", "dangling"),
        ("loans", "number"),
        ("loans", "date"),
    ]


def test_a_missing_column_is_told_with_its_other_names(tmp_path: Path) -> None:
    rows = [{name: value for name, value in row.items() if name != "balance"} for row in LOANS]
    problem = only(folder_of(tmp_path, loans=rows))
    assert (problem.code, problem.column) == ("missing_column", "balance")
    assert "余额" in problem.detail["known"]


def test_a_missing_sheet_names_the_files_that_were_not_recognised(tmp_path: Path) -> None:
    path = folder_of(tmp_path)
    (path / "loans.csv").rename(path / "lones.csv")
    problem = only(path)
    assert (problem.code, problem.sheet) == ("missing_sheet", "loans")
    assert "lones.csv" in problem.detail["unknown"]


def test_two_headings_of_one_meaning_are_refused(tmp_path: Path) -> None:
    rows = [{**row, "贷款金额": "1"} for row in LOANS]
    assert only(folder_of(tmp_path, loans=rows)).code == "column_twice"


def test_a_sheet_without_rows_would_empty_the_book_and_is_refused(tmp_path: Path) -> None:
    path = folder_of(tmp_path)
    head = (path / "loans.csv").read_text("utf-8").splitlines()[0]
    (path / "loans.csv").write_text(head + "\n", "utf-8")
    assert only(path).code == "no_rows"


def test_an_empty_file_has_no_heading(tmp_path: Path) -> None:
    path = folder_of(tmp_path)
    (path / "loans.csv").write_bytes(b"")
    assert only(path).code == "no_heading"


def test_a_thousands_comma_outside_quotes_is_found_by_its_surplus_cell(tmp_path: Path) -> None:
    path = folder_of(tmp_path)
    text = (path / "loans.csv").read_text("utf-8").replace("5000000", "5,000,000", 1)
    (path / "loans.csv").write_text(text, "utf-8")
    assert ("too_many_cells", 2) in {(p.code, p.line) for p in problems_of(path)}


def test_a_quotation_mark_without_partner_is_found_at_its_line(tmp_path: Path) -> None:
    path = folder_of(tmp_path)
    with (path / "loans.csv").open("a", encoding="utf-8") as file:
        file.write('L9,"B1,working_capital\n')
    found = problems_of(path)
    assert [(p.code, p.line) for p in found] == [("csv", 4)]


def test_bytes_of_no_encoding_are_told(tmp_path: Path) -> None:
    path = folder_of(tmp_path)
    (path / "loans.csv").write_bytes(b"loan_no,\xff\xff\xff\x80\n")
    assert [p.code for p in problems_of(path)] == ["encoding"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("book.xlsx", b"no zip at all", "not_a_workbook"),
        ("book.xlsx", b"", "not_a_workbook"),
        ("book.xlsx", b"PK\x03\x04 cut off", "not_a_workbook"),
        ("book.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        ("book.xls", b"x", "not_a_book"),
        ("loans.csv", b"loan_no", "single_csv"),
    ],
)
def test_a_file_that_is_no_book_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert only(tmp_path / name).code == code


def test_a_path_that_is_not_there_and_a_folder_without_csv_are_told(tmp_path: Path) -> None:
    assert only(tmp_path / "nowhere").code == "missing_path"
    assert only(tmp_path).code == "empty_folder"


def workbook(tmp_path: Path) -> tuple[Workbook, Path]:
    book = Workbook()
    book.remove(book.active)
    for name, rows in (("staff", STAFF), ("borrowers", BORROWERS), ("loans", LOANS)):
        page = book.create_sheet(name)
        page.append(list(rows[0]))
        for row in rows:
            page.append(list(row.values()))
    return book, tmp_path / "book.xlsx"


def test_cells_merged_across_columns_are_refused(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book["loans"].merge_cells("D2:E2")
    book.save(path)
    found = problems_of(path)
    assert ("merged_across", 2, "D", "D2:E2") in {(p.code, p.line, p.column, p.value) for p in found}


def test_a_formula_that_was_never_computed_is_told_with_its_text(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book["loans"]["D2"] = "=1000*5000"
    book.save(path)
    problem = only(path)
    assert (problem.code, problem.line, problem.column, problem.value) == ("formula", 2, "D", "=1000*5000")


def test_an_error_value_in_a_cell_is_told(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book["loans"]["D2"].value = "#REF!"
    book["loans"]["D2"].data_type = "e"
    book.save(path)
    assert "cell_error" in {p.code for p in problems_of(path)}


def test_the_same_sheet_under_two_names_is_refused(tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.copy_worksheet(book["loans"]).title = "贷款"
    book.save(path)
    assert only(path).code == "sheet_twice"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fault_has_its_sentence_and_what_to_do(tmp_path: Path, lang: str) -> None:
    faults = [{column: value} for column, value, _ in LOAN_FAULTS]
    said = set()
    for number, fault in enumerate(faults):
        path = tmp_path / str(number)
        for problem in problems_of(folder_of(path, loans=sheet(LOANS, fault))):
            where = say("book.where", lang, **problem.words())
            assert "loans.csv" in where and "2" in where
            said.add(say(f"book.problem.{problem.code}", lang, **problem.words()))
            assert say(f"book.hint.{problem.code}", lang, **problem.words())
    assert len(said) >= 20


def test_a_missing_column_makes_no_doubles(tmp_path: Path) -> None:
    rows = [{"borrower_code": "B1", "current_ratio": "1.2"}, {"borrower_code": "B1", "current_ratio": "1.1"}]
    problem = only(folder_of(tmp_path, statements=rows))
    assert (problem.code, problem.column) == ("missing_column", "period_end")


def test_an_empty_sheet_is_told_once_and_not_at_each_row_that_names_it(tmp_path: Path) -> None:
    path = folder_of(tmp_path, milestones=[{"loan_no": "L1", "due_on": "2026-09-01", "percent": "50"}])
    heading = (path / "loans.csv").read_text("utf-8-sig").splitlines()[0]
    (path / "loans.csv").write_text(f"{heading}\n", "utf-8")
    assert only(path).code == "no_rows"
