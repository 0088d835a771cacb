"""Files to rows of cells, before anything is understood: CSV of any usual encoding, or one .xlsx."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from records.loanbook import columns, workbook
from records.loanbook.model import BookErrors, Problem

Line = tuple[int, Sequence[object]]


@dataclass(slots=True)
class RawSheet:
    """`lines` are (line number, cells), the first of them the first row of the file, heading or not."""

    name: str
    file: str
    lines: list[Line]
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class RawBook:
    source: str
    sha256: str
    sheets: list[RawSheet]
    unknown: list[str]


def open_book(path: Path) -> RawBook:
    """Raises BookErrors for a path that holds no book."""
    if not path.exists():
        raise _cannot("missing_path", path)
    raw = _folder(path) if path.is_dir() else _file(path)
    _only_once(raw)
    return raw


def _folder(path: Path) -> RawBook:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
    if not files:
        raise _cannot("empty_folder", path)
    digest = hashlib.sha256()
    book = RawBook(path.name, "", [], [])
    for file in files:
        content = file.read_bytes()
        digest.update(file.name.encode() + b"\0" + content)
        if name := columns.sheet_named(file.stem):
            book.sheets.append(_csv(name, file.name, content))
        else:
            book.unknown.append(file.name)
    book.sha256 = digest.hexdigest()
    return book


def _file(path: Path) -> RawBook:
    if path.suffix.lower() == ".csv":
        raise _cannot("single_csv", path)
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise _cannot("not_a_book", path)
    content = path.read_bytes()
    book = RawBook(path.name, hashlib.sha256(content).hexdigest(), [], [])
    for title, lines, problems in workbook.sheets(path.name, content):
        if name := columns.sheet_named(title):
            placed = [workbook.placed(problem, name) for problem in problems]
            book.sheets.append(RawSheet(name, path.name, lines, placed))
        elif lines:
            book.unknown.append(title)
    return book


def _cannot(code: str, path: Path) -> BookErrors:
    return BookErrors([Problem(code, file=path.name or str(path), value=str(path))])


def _only_once(book: RawBook) -> None:
    names = [sheet.name for sheet in book.sheets]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BookErrors(Problem("sheet_twice", file=book.source, sheet=name) for name in twice)


def _csv(name: str, file: str, content: bytes) -> RawSheet:
    text = _decoded(content)
    if text is None:
        return RawSheet(name, file, [], [Problem("encoding", file, name)])
    sheet = RawSheet(name, file, [])
    try:
        sheet.lines.extend(_lines(text))
    except csv.Error as error:
        line = sheet.lines[-1][0] + 1 if sheet.lines else 1
        sheet.problems.append(Problem("csv", file, name, line, value=str(error)))
    return sheet


def _decoded(content: bytes) -> str | None:
    """UTF-8 with or without BOM, UTF-16 with one, else GB18030, which GBK and GB2312 are part of."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _lines(text: str) -> Iterator[Line]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1
