"""Everything a fault test needs: a local Telegram, a Redis and the bot, each a process of its own."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from benchmarks.caseloads import Caseload, plant
from benchmarks.phones import Phones, phones_of
from benchmarks.processes import Process, environment, telegram
from bot.redis_server import local_redis
from models.base.database import Database

BOT = (sys.executable, "-m", "bot", "bot")


@dataclass
class Application:
    """What runs. The bot is started, killed and started again by the test."""

    database: Database
    caseloads: list[Caseload]
    phones: Phones
    redis_url: str
    settings: dict[str, str]
    bot: Process | None = None

    def start(self) -> None:
        """Start the bot; it answers some seconds later."""
        assert self.bot is None
        self.bot = Process(BOT, self.settings)

    def kill(self) -> None:
        """End the bot as a power cut would."""
        assert self.bot is not None
        assert self.bot.alive, self.bot.said()
        self.bot.kill()
        self.bot.close()
        self.bot = None

    def stop(self) -> None:
        """End the bot as a supervisor does."""
        if self.bot is not None:
            self.bot.close()
            self.bot = None

    def flush_redis(self) -> None:
        """Empty Redis."""
        with Redis.from_url(self.redis_url) as redis:
            redis.flushall()


@asynccontextmanager
async def app(database_url: str, folder: Path, phones: int, persons_each: int) -> AsyncIterator[Application]:
    """A filled database and the servers, without the bot; every phone has the home button before it."""
    database = Database(database_url)
    caseloads = await plant(database, phones, persons_each)
    with telegram() as url, local_redis() as redis_url:
        settings = environment(url, database_url, redis_url, folder)
        async with phones_of(url) as side:
            built = Application(database, caseloads, side, redis_url, settings)
            try:
                yield built
            finally:
                built.stop()
                await database.dispose()
