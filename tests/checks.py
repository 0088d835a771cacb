"""Checks of `make check` that no linter makes: migrations, both languages, generated pages, short functions."""

from __future__ import annotations

import ast
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.reference import page
from prompts import catalog
from records import migrate
from records.database import Database

ROOT = Path(__file__).parent.parent
ROOMS = [
    "bot",
    "handlers",
    "reports",
    "reminders",
    "portfolio",
    "transcripts",
    "facts",
    "anomalies",
    "records",
    "prompts",
    "sandbox",
]
LONGEST_FUNCTION = 40


def main() -> int:
    problems = [*languages(), *settings_page(), *long_functions(), *asyncio.run(migrations())]
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write(f"checks: {len(problems)} problems\n")
    return 1 if problems else 0


def languages() -> Iterator[str]:
    """Both languages say the same things from the same values."""
    zh, en = (set(catalog.keys(lang)) for lang in ("zh", "en"))
    for key in sorted(zh ^ en):
        yield f"prompts: {key} is said in one language only"
    for key in sorted(key for key in zh & en if not key.startswith("labels.")):
        ours, theirs = (catalog.variables(key, lang) for lang in ("zh", "en"))
        if ours != theirs:
            yield f"prompts: {key} uses {sorted(ours ^ theirs)} in one language only"


def settings_page() -> Iterator[str]:
    if (ROOT / "docs/settings.md").read_text("utf-8") != page():
        yield "docs/settings.md is behind the code: make docs"


def long_functions() -> Iterator[str]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "versions" not in path.parts:
                yield from _long_in(path)


def _long_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {lines} lines"


async def migrations() -> list[str]:
    """The migrations lead to the tables as they are in the code."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/check.sqlite3")
        try:
            await migrate.upgrade(database)
            return [f"migrations: {difference}" for difference in await migrate.differences(database)]
        finally:
            await database.close()


if __name__ == "__main__":
    sys.exit(main())
