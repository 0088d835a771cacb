"""`huifang doctor`: what is configured, what is missing, and what to do."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx

from bot.settings import Settings

ROOM_NEEDED = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is good, note or wrong; `code` has its sentence in the catalog of `room`."""

    code: str
    state: str = "good"
    values: dict[str, Any] = field(default_factory=dict)
    room: str = "doctor"


async def examine(settings: Settings) -> list[Finding]:
    """Everything that can be checked without changing anything; slow checks are bounded to a few seconds."""
    findings = [*_machine(settings), *_policies(settings)]
    findings += await _database(settings)
    findings += await _telegram(settings)
    return [*findings, *speech(settings), *await _model(settings)]


def _machine(settings: Settings) -> Iterator[Finding]:
    version = platform.python_version()
    yield Finding("python", "good" if sys.version_info >= (3, 11) else "wrong", {"version": version})
    yield _disk(settings.data.absolute())
    try:
        ZoneInfo("Asia/Shanghai")
        yield Finding("clock", "good", {"now": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"})
    except ZoneInfoNotFoundError:
        yield Finding("no_zones", "wrong")


def _disk(folder: Path) -> Finding:
    place = next(one for one in (folder, *folder.parents) if one.exists())
    if not (place.is_dir() and os.access(place, os.W_OK)):
        return Finding("no_folder", "wrong", {"folder": str(folder), "place": str(place)})
    free = shutil.disk_usage(place).free
    values = {"folder": str(folder), "free_gb": round(free / 1024**3, 1)}
    return Finding("disk", "good" if free > ROOM_NEEDED else "note", values)


def _policies(settings: Settings) -> Iterator[Finding]:
    from anomalies import policy as rules
    from reminders import policy as plan

    for name, load, path in (
        ("reminders", plan.load, settings.reminders_policy),
        ("anomalies", rules.load, settings.anomalies_policy),
    ):
        try:
            loaded = load(path)
            values = {"name": name, "path": str(path or "—"), "version": str(loaded.version)}
            yield Finding("policy", "good", values)
        except (ValueError, OSError, rules.PolicyError) as error:
            yield Finding("policy_wrong", "wrong", {"name": name, "path": str(path), "problem": str(error)})


async def _database(settings: Settings) -> list[Finding]:
    from records import migrate
    from records.database import Database

    shown = settings.database.rsplit("@", 1)[-1]
    if _is_new(settings):
        return [Finding("database_new", "note", {"place": shown})]
    database = Database(settings.database, pool_size=1)
    try:
        at = await migrate.look(database)
        behind = at != migrate.newest()
        values = {"place": shown, "engine": _engine(database)}
        return [Finding("database_behind" if behind else "database", "note" if behind else "good", values)]
    except migrate.Unusable as error:
        return [Finding(f"database_{error.code}", "wrong", {"place": shown, "problem": error.why})]
    except Exception as error:
        return [Finding("database_wrong", "wrong", {"place": shown, "problem": type(error).__name__})]
    finally:
        await database.close()


def _engine(database: Any) -> str:
    return f"SQLite {sqlite3.sqlite_version}" if database.is_sqlite else "PostgreSQL"


def _is_new(settings: Settings) -> bool:
    return settings.database_file is not None and not settings.database_file.exists()


async def _telegram(settings: Settings) -> list[Finding]:
    token = settings.telegram_token.get_secret_value()
    if not token:
        return [Finding("no_token", "note")]
    findings = [await _get_me(settings, token)]
    if settings.webhook_url and not settings.webhook_url.startswith("https://"):
        findings.append(Finding("webhook_not_https", "wrong", {"url": settings.webhook_url}))
    return findings


async def _get_me(settings: Settings, token: str) -> Finding:
    place = settings.telegram_api.rstrip("/")
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            answer = (await client.get(f"{place}/bot{token}/getMe")).json()
    except (httpx.HTTPError, ValueError) as error:
        return Finding("telegram_unreached", "wrong", {"place": place, "problem": type(error).__name__})
    if not answer.get("ok"):
        return Finding("token_refused", "wrong", {"place": place})
    return Finding("telegram", "good", {"name": answer["result"]["username"], "place": place})


def speech(settings: Settings) -> Iterator[Finding]:
    """What hears voice messages, and whether it can."""
    from bot.speech import speech_config
    from transcripts.engines import explain

    for found in explain(speech_config(settings)):
        yield Finding(found.code, "good" if found.good else "note", dict(found.values), "transcripts")


OPENAI = "https://api.openai.com/v1"


async def _model(settings: Settings) -> list[Finding]:
    """Whether a model reads too, which and where, what it may take, and whether it is there."""
    if not settings.model_name:
        is_half = bool(settings.model_base or settings.model_key.get_secret_value())
        return [Finding("model_nameless", "wrong") if is_half else Finding("model_off")]
    place = settings.model_base.rstrip("/") or OPENAI
    values = {
        "name": settings.model_name,
        "place": place,
        "report": settings.model_report_tokens,
        "day": settings.model_day_tokens,
        "price_in": settings.model_price_in,
        "price_out": settings.model_price_out,
    }
    return [
        Finding("model", "good", values),
        *await _model_used(settings),
        await _model_reached(settings, place),
    ]


async def _model_used(settings: Settings) -> list[Finding]:
    """What it took in the last 24 hours, where there is a database that can say so."""
    from records import modelled
    from records.database import Database

    if _is_new(settings):
        return []
    database = Database(settings.database, pool_size=1)
    try:
        async with database.read() as tx:
            tokens, cost = await modelled.tokens_since(tx, datetime.now(UTC) - timedelta(hours=24))
    except Exception:
        return []  # what is wrong with the database has been said
    finally:
        await database.close()
    over = tokens >= settings.model_day_tokens
    return [Finding("model_used", "note" if over else "good", {"tokens": tokens, "cost": round(cost, 2)})]


async def _model_reached(settings: Settings, place: str) -> Finding:
    """Any answer will do: not every server lists its models; one that refuses the key says so."""
    key = settings.model_key.get_secret_value()
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.get(f"{place}/models", headers={"Authorization": f"Bearer {key or 'none'}"})
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Finding("model_unreached", "wrong", {"place": place, "problem": type(error).__name__})
    if answer.status_code in (401, 403):
        return Finding("model_key_refused", "wrong", {"place": place})
    return Finding("model_reached", "good", {"place": place})
