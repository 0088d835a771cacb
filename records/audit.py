"""Who did what and when, as a chain: each entry's hash covers the one before it, so that none can be changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from records.database import Tx
from records.model import as_model
from records.tables import audit

START = "0" * 64
_LOCK = 4_815_162_342  # PostgreSQL's name for "the end of the chain"
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken_id` is the first entry that isn't what was written; `why` is changed, missing or head.

    `head` is the hash of the last sound entry: noted elsewhere, it later proves that no end was cut off.
    """

    ok: bool
    count: int
    head: str
    broken_id: int | None = None
    why: str | None = None


async def record(
    tx: Tx, now: datetime, actor: str, action: str, subject: str = "", detail: Mapping[str, Any] | None = None
) -> None:
    """Add an entry in the caller's transaction; `actor` is a staff code, or `system`."""
    kept = _plain(detail or {})
    previous = await _end(tx)
    at = now.astimezone(UTC)
    values = {"at": at, "actor": actor, "action": action, "subject": subject[:120], "detail": kept}
    await tx.execute(sa.insert(audit).values(**values, previous=previous, hash=digest(previous, values)))


async def verify(tx: Tx, head: str | None = None) -> Verdict:
    """Walk the whole chain; with `head`, an earlier verdict's, that entry must still be in it."""
    last, count, last_id, met = START, 0, 0, head in (None, START)
    while batch := await _after(tx, last_id):
        for entry in batch:
            if why := _fault(entry, last):
                return Verdict(False, count, last, entry.id, why)
            last, last_id, count = entry.hash, entry.id, count + 1
            met = met or last == head
    return Verdict(met, count, last, why=None if met else "head")


async def entries(tx: Tx, *, subject: str | None = None, limit: int = 100) -> list[Entry]:
    """The newest entries first, of everything or of one subject."""
    query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    return [as_model(Entry, row) for row in await tx.execute(query)]


def digest(previous: str, values: Mapping[str, Any]) -> str:
    """SHA-256 over the entry before and this one's at, actor, action, subject, detail."""
    at = values["at"].astimezone(UTC).isoformat(timespec="microseconds")
    content = [previous, at, values["actor"], values["action"], values["subject"], _hashed(values["detail"])]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


async def _end(tx: Tx) -> str:
    """The last hash; whoever asks keeps the end of the chain until the transaction ends."""
    if tx.dialect.name == "postgresql":
        await tx.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    found: str | None = await tx.scalar(sa.select(audit.c.hash).order_by(audit.c.id.desc()).limit(1))
    return found or START


async def _after(tx: Tx, last_id: int) -> list[Entry]:
    query = sa.select(audit).where(audit.c.id > last_id).order_by(audit.c.id).limit(_BATCH)
    return [as_model(Entry, row) for row in await tx.execute(query)]


def _fault(entry: Entry, last: str) -> str | None:
    values = {
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }
    if entry.hash != digest(entry.previous, values):
        return "changed"
    return None if entry.previous == last else "missing"


def _plain(value: Any) -> Any:
    """JSON that both databases give back as it came: dates and Decimals as text, no NUL, no half character."""
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    return _text(str(value))


def _text(value: str) -> str:
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


def _hashed(value: Any) -> Any:
    """Numbers by their value: PostgreSQL may give 1e16 back as a whole number."""
    if isinstance(value, Mapping):
        return {key: _hashed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_hashed(item) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{Decimal(repr(value)).normalize() + 0:f}"
    return value
