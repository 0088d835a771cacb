"""The command line: `huifang …`, also `python -m bot`. Each command imports what it needs when it runs."""

from __future__ import annotations

import typer

from bot.cli import book, planning, playing, prompting, reading, serving

app = typer.Typer(
    name="huifang",
    help="Huifang (回访): a post-loan companion that lives in a chat.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for room in (serving, book, planning, reading, prompting, playing):
    room.register(app)


def main() -> None:
    app()
