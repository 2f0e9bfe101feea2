"""Where our time goes: `python -m benchmarks.profile [sqlite|postgresql]` taps under cProfile and prints the top.

The figures are swollen by the profiler; their proportions hold.
"""

import argparse
import asyncio
import io
import pstats
import sys
import tempfile
from pathlib import Path

from benchmarks.databases import Copies, postgresql, sqlite
from benchmarks.phones import phones_of
from benchmarks.processes import environment, running, telegram
from benchmarks.runs import Plan, fed, opened
from bot.redis_server import local_redis

PLAN = Plan(phones=50, warm=0, slices=1, backlog=15, steady=0)
WITHIN_S = 120.0
LINES = 60


def main() -> None:
    """Tap, then print the statistics, by own time and by time with what is called."""
    parser = argparse.ArgumentParser(prog="benchmarks.profile")
    parser.add_argument("database", nargs="?", default="sqlite", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    source = sqlite if options.database == "sqlite" else postgresql
    with source(PLAN.phones, PLAN.persons_each) as copies, local_redis() as redis_url:
        print(asyncio.run(_profiled(copies, redis_url)))


async def _profiled(copies: Copies, redis_url: str) -> str:
    with telegram() as url, tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "profile"
        command = (sys.executable, "-m", "benchmarks.profiled_bot", str(output))
        settings = environment(url, await copies.fresh(), redis_url, Path(folder))
        async with phones_of(url) as phones:
            taps = [await opened(phones, caseload) for caseload in copies.caseloads]
            await phones.forget_waiting()
            await fed(phones, taps, PLAN.backlog)
            with running(command, settings):
                await phones.edits_once(PLAN.phones * PLAN.backlog, WITHIN_S)
        text = io.StringIO()
        statistics = pstats.Stats(str(output), stream=text)
        statistics.strip_dirs().sort_stats("tottime").print_stats(LINES)
        statistics.sort_stats("cumulative").print_stats(2 * LINES)
        return text.getvalue()


if __name__ == "__main__":
    main()
