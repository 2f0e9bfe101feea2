"""The worker as a process: it starts in a moment, stays small, knows no aiogram, and ends when told or orphaned."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.processes import ROOT, Process, environment
from models.base.clock import system_clock
from models.notifications.tables import Delivery
from tests.harness.waiting import until
from tests.harness.worker import PATIENCE_S, WorkerHarness
from tests.notifications.conftest import TOKEN

JALON_WORKER = (sys.executable, "-m", "bot", "worker")
FIRST_JOB_S = 1.5
MEMORY_MB = 120
TRIES = 3
"""Processor time and the best of so many: what else the machine is busy with does not count."""

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def _now(workers: WorkerHarness) -> None:
    """The test keeps the time of the processes."""
    workers.now = system_clock()


def settings_of(workers: WorkerHarness) -> dict[str, str]:
    """Return the environment of a worker."""
    of = workers.settings
    return environment(of.telegram_api_url, of.database_url, of.redis_url, of.data_dir) | {
        "JALON_TELEGRAM_TOKEN": TOKEN,
        "JALON_SECRET_KEY": of.secret_key,
    }


async def test_the_first_message_is_out_within_a_second_and_a_half_and_120_mb(workers: WorkerHarness) -> None:
    taken = []
    for number in range(TRIES):
        await workers.tell(f"event:{number}")
        worker = Process(JALON_WORKER, settings_of(workers))
        try:
            await workers.all_are(*[Delivery.SENT] * (number + 1))
            taken.append(worker.cpu_s)
            assert worker.memory_mb < MEMORY_MB
        finally:
            worker.close()
    assert min(taken) < FIRST_JOB_S


def test_a_worker_imports_no_aiogram() -> None:
    code = "import sys; sys.argv = ['jalon', 'worker']; import bot.cli, bot.worker; print('aiogram' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


async def test_told_to_stop_it_ends_well(workers: WorkerHarness) -> None:
    await workers.tell()
    worker = await asyncio.create_subprocess_exec(*JALON_WORKER, cwd=ROOT, env=os.environ | settings_of(workers))
    await workers.all_are(Delivery.SENT)
    worker.terminate()
    assert await asyncio.wait_for(worker.wait(), PATIENCE_S) == 0


async def test_it_does_not_outlive_its_supervisor(workers: WorkerHarness, tmp_path: Path) -> None:
    await workers.tell()
    note = tmp_path / "pid"
    code = (
        "import pathlib, subprocess, sys, time; "
        f"child = subprocess.Popen({list(JALON_WORKER)!r}); pathlib.Path({str(note)!r}).write_text(str(child.pid)); "
        "time.sleep(60)"
    )
    supervisor = Process((sys.executable, "-c", code), settings_of(workers) | {"JALON_SUPERVISED": "1"})
    await workers.all_are(Delivery.SENT)
    number = int(note.read_text())
    supervisor.kill()
    supervisor.close()

    async def gone() -> bool:
        return not _alive(number)

    async with asyncio.timeout(PATIENCE_S):
        await until(gone)


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
        return Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
