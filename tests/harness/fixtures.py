"""The fixtures of every story: a Redis, the application whose bot runs, and a caseload to work on."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

import pytest

from bot.redis_server import local_redis
from models.accounts.tables import Account, Role
from tests.harness import factories
from tests.harness.application import COACH, COORDINATOR, Application, open_application
from tests.harness.factories import JUNE, MARCH, NOW, SEPTEMBER
from tests.harness.wired import WIRED, open_wired


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis."""
    with local_redis() as url:
        yield url


@pytest.fixture
async def app(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Application]:
    """An open campaign, three past ones, a dispositif, its coordinator, a coach without anybody."""
    async with opened(request, database_url, tmp_path) as app:
        async with app.database.transaction() as session:
            await factories.campaign(session)
            for day in (SEPTEMBER, JUNE, MARCH):
                await factories.campaign(session, day, closed=True)
            await factories.dispositif(session)
            await factories.account(session, COACH, email="coach@exemple.fr")
            await factories.account(session, COORDINATOR, Role.COORDINATOR, email="coordination@exemple.fr")
        await app.start()
        yield app


def opened(
    request: pytest.FixtureRequest, database_url: str, folder: Path, *, now: datetime = NOW
) -> AbstractAsyncContextManager[Application]:
    """Return the application of a story: in process, or over HTTP where the story is marked `WIRED`."""
    if request.node.get_closest_marker(WIRED.name) is None:
        return open_application(database_url, folder, now=now)
    return open_wired(database_url, request.getfixturevalue("redis_url"), folder, now=now)


@pytest.fixture
async def coach(app: Application) -> Account:
    """The coach of the stories."""
    found = [account for account in await app.rows(Account) if account.channel_address == COACH]
    assert isinstance(found[0], Account)
    return found[0]
