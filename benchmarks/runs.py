"""One run of one bot on one database: memory at rest, then a backlog, then taps at a steady rate."""

import asyncio
import random
import statistics
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from benchmarks.caseloads import Caseload
from benchmarks.databases import Copies
from benchmarks.phones import Edit, Phones, phones_of
from benchmarks.processes import Process, environment, running, telegram

FEEDING = 16
"""How many phones tap side by side while the backlog is built."""
SETTLE_S = 0.5
WITHIN_S = 120.0


@dataclass(frozen=True)
class Plan:
    """How much is tapped in a run: taps of each phone to warm up, in the backlog, then at a steady rate."""

    phones: int
    warm: int
    backlog: int
    steady: int
    per_second: float = 100.0

    @property
    def persons_each(self) -> int:
        """How many persons each phone needs."""
        return self.warm + self.backlog + self.steady


@dataclass(frozen=True)
class Measured:
    """What one run gave."""

    taps_per_s: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    memory_mb: float


@dataclass(frozen=True)
class Tap:
    """A tap to make."""

    phone: int
    message_id: int
    data: str


@dataclass(frozen=True)
class Stage:
    """What a run needs that is there already."""

    copies: Copies
    redis_url: str
    bot_cores: set[int]


def measure(command: Sequence[str], stage: Stage, plan: Plan, seed: int) -> Measured:
    """Start everything anew, measure, and stop it."""
    return asyncio.run(_measure(command, stage, plan, seed))


async def _measure(command: Sequence[str], stage: Stage, plan: Plan, seed: int) -> Measured:
    with Redis.from_url(stage.redis_url) as redis:
        redis.flushall()
    database_url = await stage.copies.fresh()
    with telegram() as url, tempfile.TemporaryDirectory() as folder:
        settings = environment(url, database_url, stage.redis_url, Path(folder))
        async with phones_of(url) as phones:
            taps = [await opened(phones, caseload) for caseload in stage.copies.caseloads]
            await phones.forget_waiting()
            with running(command, settings, stage.bot_cores) as process:
                measured = await _taps(phones, process, taps, plan, seed)
    await stage.copies.drop(database_url)
    return measured


async def opened(phones: Phones, caseload: Caseload) -> deque[Tap]:
    message_id = await phones.opened(caseload.phone)
    return deque(Tap(caseload.phone, message_id, data) for data in caseload.taps())


async def _taps(phones: Phones, process: Process, taps: list[deque[Tap]], plan: Plan, seed: int) -> Measured:
    await fed(phones, taps, plan.warm)
    await phones.edits_once(plan.phones * plan.warm, WITHIN_S)
    await asyncio.sleep(SETTLE_S)
    memory_mb = process.memory_mb
    await phones.clear_calls()

    process.freeze()
    await fed(phones, taps, plan.backlog)
    before = process.cpu_s
    process.thaw()
    backlog = await phones.edits_once(plan.phones * plan.backlog, WITHIN_S)
    cpu_ms = (process.cpu_s - before) / len(backlog) * 1000
    await asyncio.sleep(SETTLE_S)
    await phones.clear_calls()

    waits = await _steady(phones, taps, plan, seed)
    percentiles = statistics.quantiles(waits, n=100)
    return Measured(_rate(backlog), cpu_ms, percentiles[49] * 1000, percentiles[98] * 1000, memory_mb)


async def fed(phones: Phones, taps: list[deque[Tap]], each: int) -> None:
    """Tap so many times on every phone, taking turns."""
    for _ in range(each):
        for start in range(0, len(taps), FEEDING):
            await asyncio.gather(*(_press(phones, queue.popleft()) for queue in taps[start : start + FEEDING]))


async def _press(phones: Phones, tap: Tap) -> None:
    await phones.press(tap.phone, tap.message_id, data=tap.data)


def _rate(edits: Sequence[Edit]) -> float:
    """Return the edits a second, from the first to the last."""
    return (len(edits) - 1) / (edits[-1].at - edits[0].at)


async def _steady(phones: Phones, taps: list[deque[Tap]], plan: Plan, seed: int) -> list[float]:
    """Tap at random moments, so many a second on average, whatever the bot does; return each tap's wait."""
    draw = random.Random(seed)
    order = [index for _ in range(plan.steady) for index in draw.sample(range(len(taps)), len(taps))]
    pressed: defaultdict[int, list[float]] = defaultdict(list)
    tasks: set[asyncio.Task[None]] = set()
    clock = asyncio.get_running_loop().time
    due = clock()
    for index in order:
        due += draw.expovariate(plan.per_second)
        await asyncio.sleep(max(0.0, due - clock()))
        tap = taps[index].popleft()
        pressed[tap.phone].append(time.time())
        tasks.add(asyncio.create_task(_press(phones, tap)))
    await asyncio.gather(*tasks)
    shown: defaultdict[int, list[float]] = defaultdict(list)
    for edit in await phones.edits_once(len(order), WITHIN_S):
        shown[edit.phone].append(edit.at)
    return [
        after - before
        for phone, moments in pressed.items()
        for before, after in zip(moments, shown[phone], strict=True)
    ]
