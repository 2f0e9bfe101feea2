"""Workers in a test: the local Telegram, a Redis, the database, and somebody to tell things to."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from redis import Redis

from bot.redis_server import local_redis
from models.accounts.tables import Role
from models.base.database import Database
from models.base.settings import Settings
from simulator import SimulatorSettings, running
from tests.harness import factories
from tests.harness.worker import ADMIN, COACH, WorkerHarness

TOKEN = "42:queue"


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis."""
    with local_redis() as url:
        yield url


@pytest.fixture
async def workers(
    database: Database, database_url: str, redis_url: str, tmp_path: Path
) -> AsyncIterator[WorkerHarness]:
    """Workers, none at work yet, with a coach and an administrator whose phones are on."""
    with Redis.from_url(redis_url) as redis:
        redis.flushall()
    people = [(COACH, "Coach"), (ADMIN, "Admin"), (ADMIN + 1, "Coordination")]
    async with (
        running(port=0, settings=SimulatorSettings(token=TOKEN, rate_scale=None), people=people) as local,
        aiohttp.ClientSession(local.url) as http,
    ):
        async with database.transaction() as session:
            await factories.dispositif(session)
            await factories.account(session, COACH, email="coach@exemple.fr")
            await factories.account(session, ADMIN, Role.ADMIN, "national", "admin@exemple.fr")
        settings = Settings(
            telegram_token=TOKEN,
            telegram_api_url=local.url,
            database_url=database_url,
            redis_url=redis_url,
            data_dir=tmp_path,
            secret_key="test",
        )
        opened = WorkerHarness(database, settings, http)
        for number in (COACH, ADMIN):
            await opened.person("send", number, text="/start")  # a bot may write to nobody else
        try:
            yield opened
        finally:
            await opened.close()
