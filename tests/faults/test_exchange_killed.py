"""`kill -9` on a worker in the middle of an export and of an import: finished once, within 30 s of the restart."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, insert, select

from bot.redis_server import local_redis
from models.accounts.tables import Account, Role
from models.base.clock import system_clock
from models.base.database import Database
from models.base.revision import new_revision
from models.base.settings import Settings
from models.events.tables import Event, EventState
from models.jobs.kinds import JobKind
from models.jobs.repository import ask
from models.jobs.tables import Job, JobState
from models.notifications.tables import OutboxMessage
from models.persons.tables import Person
from models.reference.nomenclature import PERSONNES
from models.workbook.exports.tables import Export
from models.workbook.imports.tables import ImportRun
from models.workbook.jobs import EXPORT, IMPORT
from models.workbook.links.files import exchange_folder
from models.workbook.links.tables import ExchangeLink
from tests.harness import factories
from tests.harness.waiting import until

pytestmark = pytest.mark.faults

PERSONS = 4_000
INTO_S = (0.2, 0.8)
"""How far into the job each kill comes."""
WITHIN_S = 120.0
FINISHED_S = 30.0


@dataclass
class Works:
    """An installation whose worker is killed; `asked_by` exports and imports."""

    database: Database
    settings: Settings
    environment: dict[str, str]
    asked_by: Account

    async def killed_and_done(self, kind: JobKind, **arguments: int | str) -> Job:
        """Ask for a job, kill the worker twice in the middle of it, and return the job once it is done."""
        async with self.database.transaction() as session:
            number = await ask(session, system_clock(), kind, self.asked_by.id, **arguments)

        async def job() -> Job:
            async with self.database.transaction() as session:
                return await session.get_one(Job, number)

        for attempt, into_s in enumerate(INTO_S, start=1):

            async def begun(attempt: int = attempt) -> bool:
                found = await job()
                assert found.state != JobState.DONE, "the job ended before the kill: give it more to do"
                return found.state == JobState.RUNNING and found.attempts == attempt

            with self._worker() as process:
                await until(begun, every_s=0.02)
                await asyncio.sleep(into_s)
                process.kill()
        restarted = time.monotonic()

        async def done() -> bool:
            return (await job()).state == JobState.DONE

        with self._worker():
            await until(done)
        assert time.monotonic() - restarted < FINISHED_S
        return await job()

    async def rows(self, table: Any, *where: Any) -> int:
        """Return how many rows a table has."""
        async with self.database.transaction() as session:
            return int((await session.execute(select(func.count()).select_from(table).where(*where))).scalar_one())

    @contextmanager
    def _worker(self) -> Iterator["subprocess.Popen[bytes]"]:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "worker"], env={**os.environ, **self.environment}, stderr=subprocess.DEVNULL
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
async def works(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[Works]:
    """A dispositif with an open campaign and somebody who answers for it; no worker yet."""
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coordinator = await factories.account(session, 1002, Role.COORDINATOR)
    with local_redis() as redis_url:
        environment = {
            "JALON_TELEGRAM_TOKEN": "42:faults",
            "JALON_TELEGRAM_API_URL": "http://127.0.0.1:9",  # nobody listens
            "JALON_DATABASE_URL": database_url,
            "JALON_REDIS_URL": redis_url,
            "JALON_DATA_DIR": str(tmp_path),
            "JALON_SECRET_KEY": "test",
        }
        settings = Settings(data_dir=tmp_path, database_url=database_url, redis_url=redis_url)
        yield Works(database, settings, environment, coordinator)


async def test_an_export_whose_worker_is_killed_is_made_once(works: Works) -> None:
    await validated(works.database)

    async with asyncio.timeout(WITHIN_S):
        job = await works.killed_and_done(EXPORT, day=factories.DAY.isoformat(), scope="dispositif:ABC01")

    assert job.result is not None
    assert job.result["evenements"] == PERSONS
    assert await works.rows(OutboxMessage, OutboxMessage.kind == "export") == 1
    assert await works.rows(ExchangeLink) == 1
    assert await works.rows(Export) >= 1, "one written by a worker that died before it told has its line all the same"
    left = [file.name for file in exchange_folder(works.settings).glob("*.xlsx")]
    assert len(left) == 1, "one workbook to fetch"


async def test_an_import_whose_worker_is_killed_is_loaded_once(works: Works) -> None:
    workbook(exchange_folder(works.settings) / "sent.xlsx")

    async with asyncio.timeout(WITHIN_S):
        await works.killed_and_done(IMPORT, file="sent.xlsx")

    assert await works.rows(Person) == PERSONS
    assert await works.rows(ImportRun) == 1
    assert await works.rows(OutboxMessage, OutboxMessage.kind == "import") == 1


async def validated(database: Database) -> None:
    """Write persons and their validated events."""
    async with database.transaction() as session:
        people = [
            {"id": n, "reference": f"ABC01{n:09d}", "dispositif_id": 1, "structure_id": 1}
            for n in range(1, PERSONS + 1)
        ]
        await session.execute(insert(Person), people)
        common = {
            "campaign_id": 1,
            **factories.USUAL.codes(),
            "confirmations": {},
            "state": EventState.VALIDATED,
            "created_at": factories.NOW,
            "changed_at": factories.NOW,
        }
        events = [{"person_id": row["id"], "revision": new_revision(), **common} for row in people]
        await session.execute(insert(Event), events)


def workbook(file: Path) -> None:
    """Write a workbook of new persons."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(PERSONNES.title)
    sheet.append([indicator.label for indicator in PERSONNES.indicators])
    for number in range(1, PERSONS + 1):
        there = {
            "pers_reference": f"ABC01{number:09d}",
            "pers_dispositif": "ABC01",
            "pers_structure": "Les Tilleuls",
            "pers_date_entree": factories.DAY.replace(year=2024),
        }
        sheet.append([there.get(indicator.id) for indicator in PERSONNES.indicators])
    book.save(file)
