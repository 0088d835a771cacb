"""Databases of both kinds, fresh for every test, and a small loan book in them."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from records.database import Database
from tests import databases, small_book


@pytest.fixture(scope="session")
def postgres() -> Iterator[databases.Postgres]:
    """One PostgreSQL server for the whole session, started when first asked for."""
    with databases.postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "huifang.sqlite3"
    databases.schema_now(databases.sqlite_url(path))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with the whole schema: for tests that start processes of their own."""
    if dialect == "sqlite":
        path = tmp_path / "huifang.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield databases.sqlite_url(path)
        return
    with request.getfixturevalue("postgres").fresh() as url:
        yield url


@pytest.fixture
def empty_database_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table: for migrations."""
    if dialect == "sqlite":
        yield databases.sqlite_url(tmp_path / "empty.sqlite3")
        return
    with request.getfixturevalue("postgres").empty() as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def book(database: Database) -> small_book.SmallBook:
    """See `tests.small_book.SmallBook` for who and what is in it."""
    return await small_book.load(database)
