"""`kill -9` on a worker in mid-job: another takes the job over, goes on from where it was, and ends it once."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.redis_server import local_redis
from bot.supervisor import Child, supervise
from models.accounts.tables import Role
from models.base.clock import system_clock
from models.base.database import Database
from models.base.screens import Screen
from models.jobs.repository import ask
from models.jobs.tables import Job, JobState
from models.notifications.repository import notify
from tests.harness import factories
from tests.harness.waiting import until
from tests.harness.worker import NOTE
from tests.notifications.counting import COUNT, ROWS

pytestmark = pytest.mark.faults

WITHIN_S = 60.0
TAKEN_OVER_S = 15.0
FINISHED_S = 30.0
WORKER = (sys.executable, "-m", "tests.notifications.counting")


@pytest.fixture
async def workers(database_url: str, tmp_path: Path) -> AsyncIterator[Path]:
    """One worker, restarted by the supervisor when it dies; gives the folder in which it writes."""
    with local_redis() as redis_url:
        settings = {
            "JALON_TELEGRAM_TOKEN": "42:faults",
            "JALON_TELEGRAM_API_URL": "http://127.0.0.1:9",  # nobody listens
            "JALON_DATABASE_URL": database_url,
            "JALON_REDIS_URL": redis_url,
            "JALON_DATA_DIR": str(tmp_path),
            "JALON_SECRET_KEY": "test",
        }
        stop = asyncio.Event()
        supervising = asyncio.create_task(supervise([Child("worker", WORKER, settings)], stop))
        try:
            yield tmp_path
        finally:
            stop.set()
            await supervising


async def test_a_job_whose_worker_is_killed_is_finished_once(database: Database, workers: Path) -> None:
    async with database.transaction() as session:
        await factories.dispositif(session)
        admin = await factories.account(session, 1004, Role.ADMIN, "national")
        number = await ask(session, system_clock(), COUNT, admin.id)
        assert admin.id is not None
        await notify(session, system_clock(), NOTE, admin.id, "all", "2026", Screen("Bonjour"))
    written = workers / f"job-{number}"

    async def job() -> Job:
        async with database.transaction() as session:
            return await session.get_one(Job, number)

    async def half_done() -> bool:
        progress = (await job()).progress or {}
        return int(progress.get("row", 0)) >= ROWS // 2

    async def taken_over() -> bool:
        return (await job()).attempts == 2

    async def done() -> bool:
        return (await job()).state == JobState.DONE

    async with asyncio.timeout(WITHIN_S):
        await until(half_done, every_s=0.02)
        os.kill(int(written.read_text().split()[1]), signal.SIGKILL)
        killed = time.monotonic()
        await until(taken_over)
        assert time.monotonic() - killed < TAKEN_OVER_S
        await until(done)
        assert time.monotonic() - killed < FINISHED_S

    lines = [line.split() for line in written.read_text().splitlines()]
    first, second, last = lines
    assert (first[0], second[0], last) == ("attempt", "attempt", ["done"])
    assert first[1] != second[1]
    assert int(second[3]) >= ROWS // 2
    assert (await job()).result == {"rows": ROWS}
