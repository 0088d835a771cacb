"""What only shows when the sheets are laid beside each other: doubles, dangling references, loops, absurd values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from records.loanbook.model import KEYS, Problem, Row, Sheet

Sheets = Mapping[str, Sheet]
LOANS_OF_PEOPLE = ("account_manager", "manager")


def check(sheets: Sheets) -> Iterator[Problem]:
    """Every fault, sheet by sheet; cells that couldn't be read are None here and have been told of."""
    for sheet in sheets.values():
        yield from _doubles(sheet)
        yield from _references(sheet, sheets)
        for row in sheet.rows:
            yield from _absurd(sheet, row)
    if staff := sheets.get("staff"):
        yield from _loops(staff)
    yield from _empty(sheets)


def remarks(sheets: Sheets) -> Iterator[Problem]:
    """What is odd but can be: a balance above what was drawn, a plan that goes backwards."""
    for row in _rows(sheets, "loans"):
        drawn, balance = row.values.get("drawn"), row.values.get("balance")
        if drawn is not None and balance is not None and balance > drawn:
            yield _at(sheets["loans"], row, "balance_above_drawn", "balance", balance)
    yield from _backward_plans(sheets)


def _doubles(sheet: Sheet) -> Iterator[Problem]:
    first: dict[tuple[Any, ...], int] = {}
    names = [name for name in KEYS[sheet.name] if sheet.rows and name in sheet.rows[0].values]
    for row in sheet.rows:
        key = tuple(row.values[name] for name in names)
        if None in key or not names:
            continue
        if key in first:
            said = " ".join(str(part) for part in key)
            yield _at(sheet, row, "double", names[0], said, first=first[key])
        first.setdefault(key, row.line)


_REFERENCES = {
    "staff": {"reports_to": ("staff", "staff_code")},
    "borrowers": {"account_manager": ("staff", "staff_code")},
    "loans": {"borrower_code": ("borrowers", "borrower_code")},
    "milestones": {"loan_no": ("loans", "loan_no")},
    "statements": {"borrower_code": ("borrowers", "borrower_code")},
    "related": {"borrower_code": ("borrowers", "borrower_code")},
}


def _references(sheet: Sheet, sheets: Sheets) -> Iterator[Problem]:
    for column, (other, key) in _REFERENCES[sheet.name].items():
        known = {row.values.get(key) for row in _rows(sheets, other)}
        for row in sheet.rows:
            value = row.values.get(column)
            if value is not None and value not in known:
                yield _at(sheet, row, "dangling", column, value, other=other, wanted=key)
    if sheet.name == "borrowers":
        yield from _wrong_roles(sheet, sheets)


def _wrong_roles(sheet: Sheet, sheets: Sheets) -> Iterator[Problem]:
    """A borrower belongs to somebody who visits: not to risk, compliance or an administrator."""
    roles = {row.values.get("staff_code"): row.values.get("role") for row in _rows(sheets, "staff")}
    for row in sheet.rows:
        manager = row.values.get("account_manager")
        role = roles.get(manager)
        if role is not None and role not in LOANS_OF_PEOPLE:
            yield _at(sheet, row, "wrong_role", "account_manager", manager, role=role)


def _loops(staff: Sheet) -> Iterator[Problem]:
    above = {row.values.get("staff_code"): row.values.get("reports_to") for row in staff.rows}
    told: set[Any] = set()
    for row in staff.rows:
        loop = _loop_from(row.values.get("staff_code"), above)
        if loop and not told & set(loop):
            told |= set(loop)
            yield _at(staff, row, "loop", "reports_to", row.values.get("reports_to"), loop=" → ".join(loop))


def _loop_from(start: Any, above: Mapping[Any, Any]) -> list[str]:
    """The way up from `start` back to itself, [] where it ends elsewhere."""
    way, seen, code = [start], {start}, above.get(start)
    while code is not None and code not in seen:
        way.append(code)
        seen.add(code)
        code = above.get(code)
    return [str(part) for part in (*way, start)] if code == start and start is not None else []


def _empty(sheets: Sheets) -> Iterator[Problem]:
    for name in ("staff", "borrowers", "loans"):
        sheet = sheets.get(name)
        if sheet is not None and not sheet.rows:
            yield Problem("no_rows", sheet.file, name)


def _absurd(sheet: Sheet, row: Row) -> Iterator[Problem]:
    for code, column, test in _ABSURD.get(sheet.name, ()):
        if test(row.values):
            yield _at(sheet, row, code, column, row.values.get(column))


def _over(column: str, limit: str) -> Callable[[Mapping[str, Any]], bool]:
    """Whether `column` is greater (or later) than `limit`, both being there."""

    def test(values: Mapping[str, Any]) -> bool:
        one, other = values.get(column), values.get(limit)
        return one is not None and other is not None and one > other

    return test


def _drawn_above(values: Mapping[str, Any]) -> bool:
    return bool(values.get("amount")) and _over("drawn", "amount")(values)


def _half_a_place(values: Mapping[str, Any]) -> bool:
    return (values.get("latitude") is None) != (values.get("longitude") is None)


def _no_amount(values: Mapping[str, Any]) -> bool:
    return values.get("amount") is not None and values["amount"] == 0


def _negative(column: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda values: values.get(column) is not None and values[column] < 0


_ABSURD: Mapping[str, tuple[tuple[str, str, Callable[[Mapping[str, Any]], bool]], ...]] = {
    "loans": (
        ("drawn_above_amount", "drawn", _drawn_above),
        ("matures_before", "disbursed_on", _over("disbursed_on", "matures_on")),
        ("no_amount", "amount", _no_amount),
        ("negative", "approved_ltv", _negative("approved_ltv")),
    ),
    "borrowers": (("half_a_place", "latitude", _half_a_place),),
    "statements": (
        ("due_before_end", "due_on", _over("period_end", "due_on")),
        ("negative", "current_ratio", _negative("current_ratio")),
        ("negative", "debt_ratio", _negative("debt_ratio")),
    ),
    "staff": (("own_boss", "reports_to", lambda v: v.get("reports_to") == v.get("staff_code") is not None),),
}


def _backward_plans(sheets: Sheets) -> Iterator[Problem]:
    highest: dict[Any, float] = {}
    rows = [row for row in _rows(sheets, "milestones") if row.values.get("due_on") is not None]
    for row in sorted(rows, key=lambda row: row.values["due_on"]):
        loan_no, percent = row.values.get("loan_no"), row.values.get("percent")
        if percent is None:
            continue
        if percent < highest.get(loan_no, 0):
            yield _at(sheets["milestones"], row, "plan_backwards", "percent", percent)
        highest[loan_no] = max(percent, highest.get(loan_no, 0))


def _rows(sheets: Sheets, name: str) -> list[Row]:
    return list(sheets[name].rows) if name in sheets else []


def _at(sheet: Sheet, row: Row, code: str, column: str, value: Any, **detail: Any) -> Problem:
    return Problem(code, sheet.file, sheet.name, row.line, column, str(value)[:80], detail=detail)
