"""A worker process of a test: `jalon worker` with one more kind of work, which counts slowly into a file."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.worker import main
from models.accounts.permissions import Permission
from models.base.settings import Settings
from models.jobs.kinds import JobKind
from tasks.jobs.context import JobContext

ROWS = 40
PAUSE_S = 0.1


async def count(work: JobContext) -> Mapping[str, Any]:
    """Write a line a row, from where the attempt before was, and one at the end."""
    file = work.settings.data_dir / f"job-{work.number}"
    first = (work.job.progress or {}).get("row", 0)
    _line(file, f"attempt {os.getpid()} from {first}")
    for row in range(first, ROWS):
        await asyncio.sleep(PAUSE_S)
        await work.report(row=row + 1)
    _line(file, "done")
    return {"rows": ROWS}


def _line(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as written:
        written.write(f"{text}\n")


COUNT = JobKind("count", "compte", count, Permission.JOBS)

if __name__ == "__main__":
    main(Settings(), (COUNT,))
