"""The inside of Jalon, as far as playing on virtual time needs it: whatever moves inside is said here, and only here.

Everything else in this folder knows the command line, the settings, the local Telegram and the file of the database.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, tzinfo
from typing import Any, cast

import bot.demo_data
import models.base.clock
from bot.redis_server import local_redis
from bot.service import bot_service
from models.base.database import Database
from models.base.settings import Settings
from tasks.enqueue import Enqueue
from tasks.notifications.rate_limiter import RateLimit
from tasks.scheduler import Scheduler
from tasks.worker import work

__all__ = ["Inside", "fill_demo", "local_redis", "phones", "running", "use_clock"]

Clock = Callable[[], datetime]

WITHOUT_WAITING = RateLimit(rate=1000.0, chat_s=0.0)


def use_clock(clock: Clock) -> None:
    """Let every command, and whoever asks the machine's time, be told that of `clock`."""

    class Virtual(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Virtual":
            return clock().astimezone(tz)  # type: ignore[return-value]

    models.base.clock.datetime = Virtual  # type: ignore[attr-defined]


def phones() -> list[tuple[int, str]]:
    """Return the phones of the demo whose accounts are linked, then the one that is invited."""
    return [(number, name) for number, name, *_ in (*bot.demo_data.PHONES, bot.demo_data.INVITED)]


async def fill_demo(clock: Clock) -> str:
    """Fill an empty, migrated database as `jalon demo` does; return the token of the invitation that is left."""
    settings = Settings()
    database = Database.from_settings(settings)
    try:
        token = await bot.demo_data.fill(database, clock(), settings.data_dir)
    finally:
        await database.dispose()
    assert token is not None
    return token


class Inside:
    """A bot, a worker and a scheduler that run in this process."""

    def __init__(self, scheduler: Scheduler, turns: Counter[int]) -> None:
        self._scheduler = scheduler
        self._turns = turns

    @property
    def busy(self) -> bool:
        """Whether an update is being handled, its screen not shown yet."""
        return self._turns.total() > 0

    async def tick(self) -> None:
        """Let the scheduler look once."""
        await self._scheduler.tick()


@asynccontextmanager
async def running(clock: Clock) -> AsyncIterator[Inside]:
    """Run the bot, a worker and a scheduler with the settings of the environment."""
    settings = Settings()
    turns: Counter[int] = Counter()
    stop = asyncio.Event()
    async with bot_service(settings, clock) as service:
        handle: Callable[..., Awaitable[None]] = service.handle

        async def watched(update: Any, *more: Any) -> None:
            turns[update.incoming.number] += 1
            try:
                await handle(update, *more)
            finally:
                turns[update.incoming.number] -= 1

        service.handle = cast(Any, watched)  # type: ignore[method-assign]
        database, enqueue = Database.from_settings(settings), Enqueue(settings)
        parts = [
            asyncio.create_task(service.run(stop)),
            asyncio.create_task(work(settings, clock, stop, limit=WITHOUT_WAITING)),
        ]
        try:
            yield Inside(Scheduler(database, clock, enqueue), turns)
        finally:
            stop.set()
            await asyncio.gather(*parts)
            enqueue.close()
            await database.dispose()
