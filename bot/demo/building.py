"""From days before and after today, as the files beside this one have them, to dates, a book and a scenario."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parent
ZONE = ZoneInfo("Asia/Shanghai")
START = -364
OFFSETS = ("disbursed_on", "matures_on", "due_on")
_PLACE = re.compile(r"\{\+(\d+)\}")
Row = dict[str, str]
Group = dict[str, Any]


def build(today: date, folder: Path) -> tuple[Path, Path]:
    """Write the book as it stood a year before `today` and the year's scenario; the same for the same day.

    Returns (folder of CSV files, JSONL file). The book as it stands today is beside it: `today_book`.
    """
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    book = folder / "book"
    _write_book(book, today, now=False)
    _write_book(today_book(folder), today, now=True)
    scenario = folder / "year.jsonl"
    lines = [_line(today, line, files) for line in _timeline(today)]
    scenario.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return book, scenario


def today_book(folder: Path) -> Path:
    """The book to import once the year is played: classes, overdue days, balances and statements of today."""
    return folder / "book-today"


# --- the book -----------------------------------------------------------------------------------


def _write_book(folder: Path, today: date, *, now: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "book").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [_row(path.stem, row, today, now=now) for row in csv.DictReader(file)]
        if path.stem == "statements" and not now:
            continue  # none had come yet
        _write(folder / path.name, rows)


def _row(sheet: str, row: Row, today: date, *, now: bool) -> Row:
    if sheet == "statements":
        return _statement(row, today)
    found = {name: _dated(name, value, today) for name, value in row.items()}
    return found if now else found | _a_year_ago(sheet, found)


def _a_year_ago(sheet: str, row: Row) -> Row:
    if sheet == "borrowers":
        return {"risk_class": "normal"}
    if sheet == "loans":
        return {"overdue_days": "0", "balance(万元)": row["drawn(万元)"]}
    return {}


def _dated(name: str, value: str, today: date) -> str:
    return (today + timedelta(int(value))).isoformat() if name in OFFSETS and value else value


def _statement(row: Row, today: date) -> Row:
    end = _quarter_end(today, int(row["quarters_ago"]))
    due = end + timedelta(int(row["due_after_days"]))
    came = row["received_after_days"]
    received = end + timedelta(int(came)) if came else None
    figures = {name: row[name] for name in ("current_ratio", "debt_ratio", "interest_cover", "revenue(万元)")}
    days = {"period_end": str(end), "due_on": str(due)}
    late = {"received_on": str(received) if received and received <= today else ""}
    return {"borrower_code": row["borrower_code"], **days, **late, **figures}


def _quarter_end(today: date, quarters_ago: int) -> date:
    """The last day of the quarter that ended so many quarters ago; 1 is the last one that is over."""
    first = today.year * 4 + (today.month - 1) // 3 - (quarters_ago - 1)
    return date(first // 4, first % 4 * 3 + 1, 1) - timedelta(1)


def _write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


# --- the year -----------------------------------------------------------------------------------


def _timeline(today: date) -> list[Group]:
    """Every act in the order of time, each person's acts some minutes apart so that taps meet their card."""
    start: Group = {"when": _at(today, START, "07:00"), "tick": True}
    acts = [start]
    for group in sorted(_groups(today), key=lambda group: group["when"]):
        acts.extend(_acts(group))
    return _spaced(acts)


def _groups(today: date) -> Iterator[Group]:
    for path in sorted((ROOT / "year").glob("*.jsonl")):
        for words in path.read_text("utf-8").splitlines():
            group = json.loads(words)
            exact = group.get("exact", False)
            yield group | {"when": _at(today, group["day"], group["at"], exact=exact)}


def _acts(group: Group) -> Iterator[Group]:
    who = {"from": group["from"]}
    minute = timedelta(minutes=1)
    when = group["when"]
    for number, act in enumerate(_parts(group)):
        yield {"when": when + number * minute, **who, **act}


def _parts(group: Group) -> Iterator[Group]:
    if "before" in group:
        yield {"tap": group["before"]}
    if "text" in group:
        about = {"about": group["about"]} if "about" in group else {}
        yield {"text": group["text"], "day": group["day"], **about}
    if "file" in group:
        yield {"document": group["file"]}
    yield from ({"tap": tap} for tap in group.get("tap", ()))


def _spaced(acts: Iterable[Group]) -> list[Group]:
    """A person's next act starts only when the one before is over."""
    free: dict[str, datetime] = {}
    placed = []
    for act in acts:
        who = act.get("from", "")
        when = max(act["when"], free.get(who, act["when"]))
        free[who] = when + timedelta(minutes=1)
        placed.append(act | {"when": when})
    return sorted(placed, key=lambda act: act["when"])


def _line(today: date, act: Group, files: Path) -> str:
    line: Group = {"at": act["when"].isoformat()}
    line |= {name: act[name] for name in ("from", "about", "tap", "tick") if name in act}
    if "text" in act:
        line["text"] = _filled(act["text"], today, act["day"])
    if "document" in act:
        line["document"] = f"files/{_document(files, act['document'])}"
    return json.dumps(line, ensure_ascii=False)


def _document(files: Path, name: str) -> str:
    """A paper that stands for a scanned contract: each different, none of them real."""
    (files / name).write_text(f"{name}\n演示文件,并非真实合同。A demo file, not a real contract.\n", "utf-8")
    return name


def _filled(text: str, today: date, day: int) -> str:
    """The days that a report names, {+44} from its own, as people of the language write them."""
    english = ". " in text

    def words(found: re.Match[str]) -> str:
        named = _working(today + timedelta(day + int(found.group(1))))
        return f"{named.day} {named:%B}" if english else f"{named.month}月{named.day}号"

    return _PLACE.sub(words, text)


def _at(today: date, day: int, clock: str, *, exact: bool = False) -> datetime:
    on = today + timedelta(day)
    return datetime.combine(on if exact else _working(on), time.fromisoformat(clock), ZONE)


def _working(day: date) -> date:
    """Saturdays and Sundays become the Friday before."""
    return day - timedelta(max(0, day.weekday() - 4))
