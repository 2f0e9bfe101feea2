"""One round: both bots side by side on databases of their own, measured in turn in short slices.

What disturbs the machine for some seconds disturbs both sides alike: while one is measured the other is frozen.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
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
    """How much is tapped in a round: taps of each phone to warm up, then in each slice, waiting and steadily."""

    phones: int
    warm: int
    slices: int
    backlog: int
    steady: int
    per_second: float = 100.0

    @property
    def persons_each(self) -> int:
        """How many persons each phone needs."""
        return self.warm + self.slices * (self.backlog + self.steady)


@dataclass(frozen=True)
class Measured:
    """What one round gave for one side."""

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
    """What a round needs that is there already."""

    copies: Copies
    redis_url: str
    bot_cores: set[int]


@dataclass
class Side:
    """A bot that runs, frozen but for when it is measured, with its phones and what was measured so far."""

    phones: Phones
    process: Process
    taps: list[deque[Tap]]
    memory_mb: float = 0.0
    edits: int = 0
    seconds: float = 0.0
    cpu_s: float = 0.0
    waits: list[float] = field(default_factory=list)

    async def warm(self, each: int) -> None:
        """Tap so many times on each phone, then look at the memory at rest."""
        await fed(self.phones, self.taps, each)
        await self.phones.edits_once(each * len(self.taps), WITHIN_S)
        await self._rested()
        self.memory_mb = self.process.memory_mb

    async def backlog(self, each: int) -> None:
        """Let taps wait for the bot, so many on each phone, and let it go."""
        await fed(self.phones, self.taps, each)
        before = self.process.cpu_s
        self.process.thaw()
        edits = await self.phones.edits_once(each * len(self.taps), WITHIN_S)
        self.cpu_s += self.process.cpu_s - before
        self.edits += len(edits)
        self.seconds += edits[-1].at - edits[0].at
        await self._rested()

    async def steady(self, each: int, per_second: float, draw: random.Random) -> None:
        """Tap at random moments, so many a second on average, whatever the bot does; note each tap's wait."""
        self.process.thaw()
        await asyncio.sleep(SETTLE_S)  # polls that ended meanwhile are asked anew
        order = [index for _ in range(each) for index in draw.sample(range(len(self.taps)), len(self.taps))]
        pressed: defaultdict[int, list[float]] = defaultdict(list)
        tasks: set[asyncio.Task[None]] = set()
        clock = asyncio.get_running_loop().time
        due = clock()
        for index in order:
            due += draw.expovariate(per_second)
            await asyncio.sleep(max(0.0, due - clock()))
            tap = self.taps[index].popleft()
            pressed[tap.phone].append(time.time())
            tasks.add(asyncio.create_task(_press(self.phones, tap)))
        await asyncio.gather(*tasks)
        self.waits += _waits(pressed, await self.phones.edits_once(len(order), WITHIN_S))
        await self._rested()

    def measured(self) -> Measured:
        """Return the figures."""
        percentiles = [wait * 1000 for wait in statistics.quantiles(self.waits, n=100)]
        rate, cpu_ms = self.edits / self.seconds, self.cpu_s / self.edits * 1000
        return Measured(rate, cpu_ms, percentiles[49], percentiles[98], self.memory_mb)

    async def _rested(self) -> None:
        await asyncio.sleep(SETTLE_S)
        self.process.freeze()
        await self.phones.clear_calls()


def measure(commands: Sequence[Sequence[str]], stage: Stage, plan: Plan, seed: int) -> list[Measured]:
    """Start everything anew, measure, and stop it; returns the figures of each command."""
    return asyncio.run(_measure(commands, stage, plan, seed))


async def _measure(commands: Sequence[Sequence[str]], stage: Stage, plan: Plan, seed: int) -> list[Measured]:
    with Redis.from_url(stage.redis_url) as redis:
        redis.flushall()
    async with AsyncExitStack() as stack:
        sides = [await stack.enter_async_context(_side(command, stage)) for command in commands]
        for side in sides:
            await side.warm(plan.warm)
        for number in range(plan.slices):
            for side in sides if number % 2 == 0 else reversed(sides):
                await side.backlog(plan.backlog)
        for number in range(plan.slices):
            for side in sides if number % 2 == 0 else reversed(sides):
                await side.steady(plan.steady, plan.per_second, random.Random(f"{seed} {number}"))
        return [side.measured() for side in sides]


@asynccontextmanager
async def _side(command: Sequence[str], stage: Stage) -> AsyncIterator[Side]:
    database_url = await stage.copies.fresh()
    with telegram() as url, tempfile.TemporaryDirectory() as folder:
        settings = environment(url, database_url, stage.redis_url, Path(folder))
        async with phones_of(url) as phones:
            taps = [await opened(phones, caseload) for caseload in stage.copies.caseloads]
            await phones.forget_waiting()
            with running(command, settings, stage.bot_cores) as process:
                yield Side(phones, process, taps)
                process.thaw()
    await stage.copies.drop(database_url)


async def opened(phones: Phones, caseload: Caseload) -> deque[Tap]:
    """Open a caseload on its phone; return the taps that say « Rien n'a changé » of each person."""
    message_id = await phones.opened(caseload.phone)
    return deque(Tap(caseload.phone, message_id, data) for data in caseload.taps())


async def fed(phones: Phones, taps: list[deque[Tap]], each: int) -> None:
    """Tap so many times on every phone, taking turns."""
    for _ in range(each):
        for start in range(0, len(taps), FEEDING):
            await asyncio.gather(*(_press(phones, queue.popleft()) for queue in taps[start : start + FEEDING]))


async def _press(phones: Phones, tap: Tap) -> None:
    await phones.press(tap.phone, tap.message_id, data=tap.data)


def _waits(pressed: dict[int, list[float]], edits: Sequence[Edit]) -> list[float]:
    """Return how long each tap waited for its edit, in seconds; a phone's edits come in the order of its taps."""
    shown: defaultdict[int, list[float]] = defaultdict(list)
    for edit in edits:
        shown[edit.phone].append(edit.at)
    return [
        after - before
        for phone, moments in pressed.items()
        for before, after in zip(moments, shown[phone], strict=True)
    ]
