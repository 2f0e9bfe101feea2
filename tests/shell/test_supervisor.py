"""Whoever dies is started again, and everybody is ended when the supervisor is told to stop."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot.supervisor import Child, supervise
from tests.harness.waiting import until
from tests.harness.worker import PATIENCE_S

DIES_ONCE = """
import pathlib, signal, sys, time
note = pathlib.Path(sys.argv[1])
born = len(note.read_text()) if note.exists() else 0
note.write_text("x" * (born + 1))
if born:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(note.write_text("ended")))
    note.write_text("running")
    time.sleep(60)
sys.exit(3)
"""


async def test_a_child_that_dies_is_started_again_and_ended_with_the_rest(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    note = tmp_path / "note"
    stop = asyncio.Event()
    supervising = asyncio.create_task(supervise([Child("mortal", [sys.executable, "-c", DIES_ONCE, str(note)])], stop))

    async def restarted() -> bool:
        return note.exists() and note.read_text() == "running"

    async with asyncio.timeout(PATIENCE_S):
        await until(restarted)
        stop.set()
        await supervising
    assert note.read_text() == "ended"
    assert [(record.message, vars(record)["code"]) for record in caplog.records] == [("process ended, restarting", 3)]
