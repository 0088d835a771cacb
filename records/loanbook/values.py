"""One cell to one value, by the kind of its column. Each reader raises `Wrong` with why it can't."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from records.loanbook import columns
from records.loanbook.columns import UNITS, Heading
from records.loanbook.days import period, read_day
from records.loanbook.model import Wrong

LARGEST = Decimal(10) ** 13
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
_AMOUNT = re.compile(r"([+-]?)(\d+(?:\.\d+)?|\.\d+)(千元|万元|亿元|万|亿|元|yuan)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SIGNS = re.compile(r"^(?:¥|￥|rmb|cny|人民币)|\s|'|’|整$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A value, and how it was understood where there's a choice: percent, fraction, serial, filled."""

    value: Any
    how: str = ""


def read_cell(cell: object, heading: Heading) -> Read:
    """The value of a cell; an empty one is the column's default, or Wrong("missing") where it's required."""
    column = heading.column
    if _empty(cell):
        if column.required:
            raise Wrong("missing")
        return Read(_default(column))
    found = _READERS[column.kind](cell, heading)
    return found if isinstance(found, Read) else Read(found)


def clean(cell: object) -> str:
    """A cell as text: no characters that can't be seen, no space round it; 1001.0 of a spreadsheet is 1001."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return _CONTROL.sub("", str(cell)).strip().strip("\u3000\u200b")


def narrow(cell: object) -> str:
    """The same in half-width characters, for numbers and codes."""
    return unicodedata.normalize("NFKC", clean(cell)).strip().replace("−", "-").replace("–", "-")


def _empty(cell: object) -> bool:
    return cell is None or not clean(cell)


def _default(column: columns.Column) -> Any:
    if column.default is not None:
        return column.default
    if column.kind == "purposes":
        return []
    return "" if column.kind in ("text", "phone") else None


def _text(cell: object, heading: Heading) -> str:
    text = clean(cell)
    if len(text) > heading.column.limit:
        raise Wrong("too_long", limit=heading.column.limit, length=len(text))
    return text


def _code(cell: object, heading: Heading) -> str:
    text = narrow(cell).lstrip("'")
    if len(text) > heading.column.limit:
        raise Wrong("too_long", limit=heading.column.limit, length=len(text))
    if re.search(r"\s", text):
        raise Wrong("code_space")
    if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", text):
        raise Wrong("code_rounded")
    return text


def _phone(cell: object, heading: Heading) -> str:
    text = narrow(cell).lstrip("'")
    if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", text):
        raise Wrong("code_rounded")
    return _text(text, heading)


def _choice(cell: object, heading: Heading) -> str:
    known = columns.choices(heading.column.choices)
    code = known.get(columns.plain(clean(cell)))
    if code is None:
        raise Wrong("choice", known=", ".join(columns.codes(heading.column.choices)))
    return code


def _purposes(cell: object, _heading: Heading) -> list[str]:
    known = columns.choices("purpose")
    words = [word.strip() for word in re.split(r"[;；,，、|/\n]+", clean(cell)) if word.strip()]
    unknown = [word for word in words if columns.plain(word) not in known]
    if unknown:
        raise Wrong("purposes", unknown=", ".join(unknown), known=", ".join(columns.codes("purpose")))
    return list(dict.fromkeys(known[columns.plain(word)] for word in words))


def _money(cell: object, heading: Heading) -> Decimal:
    number, unit = _number(cell)
    amount = number * (UNITS[unit] if unit else heading.unit)
    if amount < 0 and not heading.column.signed:
        raise Wrong("negative")
    if abs(amount) > LARGEST:
        raise Wrong("too_large")
    return amount.quantize(Decimal("0.01"))


def _rate(cell: object, _heading: Heading) -> Read:
    """A share: 0.7, 70 %, or 70: above 1.5 without a sign it is percent."""
    number, signed = _ratio(cell)
    if signed or abs(number) > Decimal("1.5"):
        return Read(float(number / 100), "percent")
    return Read(float(number), "fraction")


def _multiple(cell: object, heading: Heading) -> Read:
    """How many times: 1.4 or 140 %. A current ratio above 20 without a sign is percent too."""
    number, signed = _ratio(cell)
    if signed or (heading.column.name == "current_ratio" and abs(number) > 20):
        return Read(float(number / 100), "percent")
    return Read(float(number), "times")


def _percent(cell: object, _heading: Heading) -> Read:
    """Percent points, 0 to 100; whether 0.6 means 60 % shows in the whole column only."""
    number, signed = _ratio(cell)
    if not 0 <= number <= 100:
        raise Wrong("percent_range")
    return Read(float(number), "signed" if signed else "points")


def _ratio(cell: object) -> tuple[Decimal, bool]:
    text = narrow(cell)
    signed = text.endswith("%")
    number, unit = _number(text.removesuffix("%") if signed else cell)
    if unit or abs(number) > 10**6:
        raise Wrong("number")
    return number, signed


def _days(cell: object, _heading: Heading) -> int:
    number, unit = _number(narrow(cell).removesuffix("天").removesuffix("日"))
    if unit or number != int(number):
        raise Wrong("whole_number")
    if number < 0:
        raise Wrong("negative")
    if number > 36500:
        raise Wrong("too_large")
    return int(number)


def _degrees(limit: int) -> Callable[[object, Heading], float]:
    def read(cell: object, _heading: Heading) -> float:
        number, unit = _number(narrow(cell).removesuffix("°"))
        if unit or abs(number) > limit:
            raise Wrong("degrees", limit=limit)
        return float(number)

    return read


def _currency(cell: object, _heading: Heading) -> str:
    text = narrow(cell).upper()
    text = {"人民币": "CNY", "RMB": "CNY", "元": "CNY", "¥": "CNY", "美元": "USD", "港币": "HKD"}.get(
        text, text
    )
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise Wrong("currency")
    return text


def _timezone(cell: object, _heading: Heading) -> str:
    text = {"北京时间": "Asia/Shanghai", "北京": "Asia/Shanghai"}.get(clean(cell), narrow(cell))
    if text not in _zones():
        raise Wrong("timezone")
    return text


@cache
def _zones() -> set[str]:
    return available_timezones()


def _day(cell: object, _heading: Heading) -> Read:
    day, how = read_day(cell if isinstance(cell, datetime | date | int | float) else narrow(cell))
    return Read(day, how)


def _period(cell: object, _heading: Heading) -> Read:
    day, how = period(cell if isinstance(cell, datetime | date | int | float) else narrow(cell))
    return Read(day, how)


def _number(cell: object) -> tuple[Decimal, str]:
    """A number and the unit that stands with it in the cell, "" for none."""
    if isinstance(cell, bool):
        raise Wrong("number")
    if isinstance(cell, int | float):
        return _decimal(repr(cell)), ""
    text = _SIGNS.sub("", narrow(cell))
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    return _split(_ungrouped(text))


def _ungrouped(text: str) -> str:
    """Thousands commas taken out where they stand as thousands do; 5,00,0 is a slip, not a number."""
    if "," not in text:
        return text
    digits = re.sub(r"^[+-]|(千元|万元|亿元|万|亿|元|yuan)$", "", text)
    if not _GROUPED.fullmatch(digits):
        raise Wrong("commas")
    return text.replace(",", "")


def _split(text: str) -> tuple[Decimal, str]:
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise Wrong("number")
    return _decimal(found.group(1) + found.group(2)), found.group(3) or ""


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Wrong("number") from None
    if not number.is_finite():
        raise Wrong("number")
    return number


_READERS: Mapping[str, Callable[[object, Heading], Any]] = {
    "text": _text,
    "code": _code,
    "phone": _phone,
    "choice": _choice,
    "purposes": _purposes,
    "money": _money,
    "rate": _rate,
    "multiple": _multiple,
    "percent": _percent,
    "days": _days,
    "latitude": _degrees(90),
    "longitude": _degrees(180),
    "currency": _currency,
    "timezone": _timezone,
    "date": _day,
    "period": _period,
}
