"""`docs/settings.md`, made from the settings themselves: `python -m bot.reference`."""

from __future__ import annotations

import sys
from typing import Any

from pydantic_core import PydanticUndefined

from bot.settings import Settings

HEAD = """# Settings

Made from the code by `make docs`. Each is an environment variable, or a line in a `.env` file where the
command is run.

| setting | default | what it does |
|---|---|---|
"""


def page() -> str:
    return HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: Any) -> str:
    default = field.default
    if hasattr(default, "get_secret_value"):
        default = default.get_secret_value()
    shown = "" if default in ("", None, PydanticUndefined) else f"`{default}`"
    return f"| `HUIFANG_{name.upper()}` | {shown} | {field.description} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
