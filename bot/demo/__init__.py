"""The demo: a fictional loan book and a year of its story, told from the day it is built."""

from __future__ import annotations

from bot.demo.building import build, today_book

__all__ = ["build", "today_book"]
