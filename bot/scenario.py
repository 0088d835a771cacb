"""A scenario: the lines of a timeline, each something a person does or time that passes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

ACTS = ("text", "voice", "photo", "document", "location", "tap", "tick")
WORDS = ("from", "text", "tap", "voice", "photo", "document", "about", "caption")
KNOWN = {*ACTS, "at", "from", "about", "caption"}


class ScenarioError(Exception):
    """A line that can't be played: which file, which line, and what to do."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")


@dataclass(frozen=True, slots=True)
class Line:
    """`act` is one of ACTS; files are already resolved beside the scenario."""

    number: int
    at: datetime
    act: str
    value: Any
    who: str = ""
    about: str | None = None
    caption: str = ""


def read(path: Path) -> list[Line]:
    """All lines of a scenario, checked before anything is played. Raises ScenarioError."""
    lines = list(_lines(path))
    for before, after in pairwise(lines):
        if after.at < before.at:
            raise ScenarioError(path, after.number, f"its time {after.at} is before the line above it")
    return lines


def _lines(path: Path) -> Iterator[Line]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ScenarioError(path, 1, "the file isn't text in UTF-8") from None
    for number, words in enumerate(lines, 1):
        if words.strip():
            try:
                yield _line(path, number, json.loads(words))
            except json.JSONDecodeError as error:
                raise ScenarioError(path, number, f"this is no JSON ({error})") from None
            except (ValueError, TypeError) as error:
                raise ScenarioError(path, number, str(error)) from None


def _line(path: Path, number: int, data: Any) -> Line:
    if not isinstance(data, dict):
        raise ValueError("a line is one object")
    unknown = set(data) - KNOWN
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)}; known are {sorted(KNOWN)}")
    acts = [act for act in ACTS if act in data]
    if len(acts) != 1:
        raise ValueError(f"one of {', '.join(ACTS)} is needed, found {acts or 'none'}")
    act = acts[0]
    at = datetime.fromisoformat(data["at"]) if isinstance(data.get("at"), str) else None
    if at is None or at.tzinfo is None:
        raise ValueError('"at" must be a time with its zone, as 2026-03-02T10:00:00+08:00')
    if act != "tick" and not data.get("from"):
        raise ValueError('"from" must name the staff code of who does it')
    if odd := [key for key in WORDS if not _is_text(data.get(key), needed=key == act)]:
        raise ValueError(f"{', '.join(odd)} must be text in quotation marks")
    if act == "location" and not _is_place(data[act]):
        raise ValueError('"location" must be [latitude, longitude]')
    value = _file(path, data[act]) if act in ("voice", "photo", "document") else data[act]
    return Line(number, at, act, value, data.get("from") or "", data.get("about"), data.get("caption") or "")


def _is_text(value: Any, *, needed: bool) -> bool:
    return isinstance(value, str) or (value is None and not needed)


def _is_place(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(one, int | float) for one in value)


def _file(path: Path, name: str) -> Path:
    file = path.parent / name
    if not file.is_file():
        raise ValueError(f"the file {name} isn't beside the scenario")
    return file
