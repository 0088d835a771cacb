"""Reports in a JSONL file to facts in JSONL: the scoring contract of `huifang extract`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from facts.grammar import read


class BadLine(ValueError):
    """A line that is no report: `code` is not_json, not_object, missing or bad_date; `line` counts from one."""

    def __init__(self, path: str, line: int, code: str, detail: str) -> None:
        super().__init__(f"{path}:{line}: {code}: {detail}")
        self.path, self.line, self.code, self.detail = path, line, code, detail


def extract(path: Path) -> Iterator[dict[str, Any]]:
    """One answer a report of the file, in its order. Raises BadLine, and OSError where it can't be read."""
    with path.open(encoding="utf-8-sig") as lines:
        yield from extract_lines(lines, str(path))


def extract_lines(lines: Iterable[str], name: str = "-") -> Iterator[dict[str, Any]]:
    """{"id", "facts", "evidence", "notes", "lang"} for each {"id", "text", "reported_on", "lang"}."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(_row(line, name, number), name, number)


def _row(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadLine(name, number, "not_json", str(error)) from error
    if not isinstance(row, dict):
        raise BadLine(name, number, "not_object", type(row).__name__)
    missing = [
        key
        for key in ("id", "text", "reported_on")
        if not isinstance(row.get(key), str | int) or row[key] == ""
    ]
    missing = [key for key in missing if not (key == "text" and row.get("text") == "")]
    if missing:
        raise BadLine(name, number, "missing", ", ".join(missing))
    return row


def _answer(row: dict[str, Any], name: str, number: int) -> dict[str, Any]:
    try:
        day = date.fromisoformat(str(row["reported_on"])[:10])
    except ValueError as error:
        raise BadLine(name, number, "bad_date", str(row["reported_on"])) from error
    reading = read(str(row["text"]), day, row.get("lang"))
    evidence = [fact.to_json() for fact in reading.facts]
    notes = [
        {"code": n.code, "field": n.field, "spans": [[s.start, s.end] for s in n.spans]}
        for n in reading.notes
    ]
    return {
        "id": row["id"],
        "facts": reading.contract(),
        "evidence": evidence,
        "notes": notes,
        "lang": reading.lang,
    }
