"""A backup is one moment of the whole database, taken while people write; restored, it is that moment again."""

import asyncio
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.base.database import Database
from models.tables import metadata
from tests.deploy.conftest import Scripts
from tests.harness import factories

WRITTEN_BEFORE, WRITTEN_DURING = 20, 10


async def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    async with database.transaction() as session:
        return {
            table.name: [tuple(row) for row in await session.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


class Load:
    """Somebody who keeps writing, each time an account with its role in one transaction."""

    def __init__(self, database: Database) -> None:
        self.written = 0
        self._database = database
        self._moved = asyncio.Condition()
        self._task = asyncio.create_task(self._write())

    async def _write(self) -> None:
        for number in count(1):
            async with self._database.transaction() as session:
                await factories.account(session, number)
            async with self._moved:
                self.written = number
                self._moved.notify_all()

    async def more(self, number: int) -> None:
        """Wait until so many more are written."""
        wanted = self.written + number
        async with asyncio.timeout(30), self._moved:
            await self._moved.wait_for(lambda: self.written >= wanted)

    async def end(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def test_a_backup_under_load_is_one_moment_of_it(
    database: Database, database_url: str, empty_database_url: str, scripts: Scripts, tmp_path: Path
) -> None:
    load = Load(database)
    await load.more(WRITTEN_BEFORE)
    before = load.written

    saved = await asyncio.to_thread(scripts.run, "backup.sh", database_url, tmp_path / "backups")
    await load.more(WRITTEN_DURING)
    await load.end()

    assert saved.returncode == 0, saved.stderr
    file = Path(saved.stdout.strip())
    assert [found.name for found in (tmp_path / "backups").iterdir()] == [file.name], "nothing unfinished is left"
    restored = scripts.run("restore.sh", empty_database_url, file)
    assert restored.returncode == 0, restored.stderr
    copy, now = Database(empty_database_url), await rows(database)
    found = await rows(copy)
    await copy.dispose()
    accounts = len(found["account"])
    assert before <= accounts <= load.written + 1
    for table, kept in found.items():
        assert kept == now[table][: len(kept)], f"{table}: what was written before that moment, and nothing else"
    assert len(found["role_grant"]) == accounts, "no half of a transaction"


async def test_a_quiet_database_is_restored_equal(
    database: Database, database_url: str, empty_database_url: str, scripts: Scripts, tmp_path: Path
) -> None:
    async with database.transaction() as session:
        await factories.dispositif(session)
        coach = await factories.account(session, 1)
        for number in range(1, 4):
            await factories.person(session, number, coach, past=factories.USUAL)
    before = await rows(database)
    assert before["person"]

    saved = scripts.run("backup.sh", database_url, tmp_path)
    restored = scripts.run("restore.sh", empty_database_url, Path(saved.stdout.strip()))

    assert restored.returncode == 0, restored.stderr
    copy = Database(empty_database_url)
    assert await rows(copy) == before
    await copy.dispose()


async def test_restoring_overwrites_nothing(
    database: Database, database_url: str, scripts: Scripts, tmp_path: Path
) -> None:
    async with database.transaction() as session:
        await factories.account(session, 1)
    before = await rows(database)
    saved = scripts.run("backup.sh", database_url, tmp_path)

    refused = scripts.run("restore.sh", database_url, Path(saved.stdout.strip()))

    assert refused.returncode == 1
    assert "neuf" in refused.stderr or "neuve" in refused.stderr
    assert await rows(database) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_oldest_backups_go(database_url: str, scripts: Scripts, tmp_path: Path) -> None:
    old = [tmp_path / f"jalon-2026010{day}T020000Z.sqlite" for day in range(1, 5)]
    for file in old:
        file.touch()
    beside = tmp_path / "notes.txt"
    beside.touch()

    saved = scripts.run("backup.sh", database_url, tmp_path, JALON_BACKUPS_KEPT="3")

    assert {file.name for file in tmp_path.iterdir() if file.name.startswith("jalon-")} == {
        Path(saved.stdout.strip()).name,
        old[3].name,
        old[2].name,
    }
    assert beside.exists()


def test_a_database_that_is_not_there_is_said(scripts: Scripts, tmp_path: Path) -> None:
    refused = scripts.run("backup.sh", f"sqlite+aiosqlite:///{tmp_path / 'absent.db'}", tmp_path / "backups")

    assert refused.returncode == 1
    assert "n'existe pas" in refused.stderr
    assert not (tmp_path / "absent.db").exists()
    assert list((tmp_path / "backups").iterdir()) == []
