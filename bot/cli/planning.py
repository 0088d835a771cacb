"""Commands on the plan: its policy in words, planning anew, and what a change would move."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import Db, Lang, database_at, fail, print_json, progress, run, settings, show
from bot.cli.reading import moment

File = Annotated[Path | None, typer.Option("--policy", help="A policy file; else the one that is set.")]


def register(app: typer.Typer) -> None:
    app.command()(policy)
    app.command()(plan)


def policy(file: File = None, lang: Lang = "zh") -> None:
    """Check the visit policy and say it in words; a wrong one is told by file, line and key."""
    from bot.words import unmarked
    from reminders.telling import policy_words

    show(unmarked(policy_words(loaded(file), lang)))


def plan(
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would move.")] = False,
    file: File = None,
    lang: Lang = "zh",
    at: Annotated[str | None, typer.Option(help="The moment to plan from, for a preview.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The preview as one object.")] = False,
    db: Db = None,
) -> None:
    """Plan the whole book anew, or preview what a policy would change."""
    if file is not None and not preview:
        fail("--policy goes with --preview; to plan by it, set HUIFANG_REMINDERS_POLICY.", 2)
    if at is not None and not preview:
        fail("--at goes with --preview; the plan itself is always made as of now.", 2)
    if preview:
        rules = (loaded(file), loaded(None))
        run(_preview(rules, moment(at, "Asia/Shanghai"), lang, as_json, db))
    else:
        run(_plan(loaded(None), lang, db))


def loaded(file: Path | None) -> Any:
    """The policy of a file, or the one in force; ends the command where it is wrong."""
    from reminders.policy import PolicyError, load

    try:
        return load(file or settings().reminders_policy)
    except PolicyError as error:
        fail("\n".join(error.lines), 2)


async def _plan(rules: Any, lang: str, db: str | None) -> None:
    async with database_at(db) as database:
        await replan(database, rules, lang)


async def replan(database: Any, rules: Any, lang: str) -> None:
    """Plan the whole book and say how many items moved."""
    from bot.words import plain
    from reminders.plan import replan_all

    with progress("plan", None) as advance:
        count = await replan_all(database, now=datetime.now(UTC), policy=rules, progress=advance)
    show(plain("policy.planned", lang, count=count))


async def _preview(rules: Any, now: datetime, lang: str, as_json: bool, db: str | None) -> None:
    from bot.words import unmarked
    from reminders.preview import preview
    from reminders.telling import preview_words

    async with database_at(db) as database:
        with progress("preview", None) as advance:
            wanted, current = rules
            found = await preview(database, now=now, policy=wanted, current=current, progress=advance)
    if as_json:
        print_json(_object(found))
    else:
        show(unmarked(preview_words(found, lang)))


def _object(found: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from reminders.preview import EFFECTS

    counts = [
        {"branch": branch, "kind": kind, **dict(zip(EFFECTS, numbers, strict=True))}
        for branch, kind, numbers in found.rows()
    ]
    first = [asdict(move) for move in found.first]
    return {"policy": found.version, "counts": counts, "first": first, "anyway": found.anyway}
