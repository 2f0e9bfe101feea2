"""The quarter is played: every scene, in order."""

import gzip
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path

from tests.golden.harness import Quarter
from tests.golden.installation import quarter
from tests.golden.scenes import SCENES
from tests.golden.scenes.drafts import half_way

Scene = Callable[[Quarter], Awaitable[None]]


async def played(folder: Path) -> dict[str, str]:
    """Play in an empty folder; return the text of every file, by its name."""
    async with quarter(folder) as opened:
        await _play(opened, SCENES)
        return opened.files


async def with_drafts(folder: Path) -> tuple[bytes, str]:
    """Leave half-way whatever can be; return the database, compressed, and what was played."""
    async with quarter(folder) as opened:
        await _play(opened, [half_way])
        copy = folder / "copy.db"
        with closing(sqlite3.connect(copy)) as target:
            opened.database.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            target.execute("VACUUM")
        return gzip.compress(copy.read_bytes(), mtime=0), opened.files.popitem()[1]


async def _play(opened: Quarter, scenes: Sequence[Scene]) -> None:
    try:
        for scene in scenes:
            await scene(opened)
    except Exception:
        # What was shown last says best why a button was not there.
        print(opened.record.text()[-2000:], file=sys.stderr)
        raise
    opened.end()
