"""The scheduler as a process: it plans as soon as it starts, and ends when told."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.processes import ROOT, Process, environment
from tests.harness.application import ON_SQLITE
from tests.harness.waiting import until

PATIENCE_S = 15.0
JALON_SCHEDULER = (sys.executable, "-m", "bot", "scheduler")


@ON_SQLITE
async def test_it_plans_at_once_and_ends_when_told(database_url: str, redis_url: str, tmp_path: Path) -> None:
    process = Process(JALON_SCHEDULER, environment("http://127.0.0.1:9", database_url, redis_url, tmp_path))

    async def planned() -> bool:
        return "reminders planned number=0" in process.said()

    try:
        async with asyncio.timeout(PATIENCE_S):
            await until(planned)
        os.kill(process.pid, signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_S):
            await until(lambda: _gone(process))
        assert "Traceback" not in process.said()
    finally:
        process.close()


async def _gone(process: Process) -> bool:
    return not process.alive


@pytest.mark.parametrize("module", ["bot.scheduler", "bot.shell.reminders"])
def test_it_imports_no_library_of_telegrams_updates(module: str) -> None:
    code = f"import sys; import {module}; print('aiogram' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
