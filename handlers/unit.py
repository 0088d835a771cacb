"""One update's work: its transaction, its moment, who speaks; and what every handler may use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from records.database import Database, Tx
from records.model import Staff


@dataclass(slots=True)
class Unit:
    """All that one update changes commits with `tx`, or none of it."""

    tx: Tx
    now: datetime
    chat_id: int
    staff: Staff | None = None
    error: BaseException | None = None
    has_work: bool = False
    after: list[Callable[[], Awaitable[None]]] = field(default_factory=list)


current_unit: ContextVar[Unit] = ContextVar("current_unit")


@dataclass(frozen=True, slots=True)
class Services:
    """What the composition root joined; `policies` are `reminders` and `anomalies` policies by room name.

    `door` is the public address of the web door, empty where there is none.
    """

    database: Database
    clock: Callable[[], datetime]
    policies: Any
    transcriber: Any | None = None
    wake: Callable[[], None] = lambda: None
    door: str = ""
