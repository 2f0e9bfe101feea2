"""The fixtures of every story: a Redis, the application whose bot runs, and a caseload to work on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.redis_server import local_redis
from models.accounts.tables import Account, Role
from tests.harness import factories
from tests.harness.application import COACH, COORDINATOR, Application, open_application
from tests.harness.factories import JUNE, MARCH, SEPTEMBER


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis."""
    with local_redis() as url:
        yield url


@pytest.fixture
async def app(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Application]:
    """A running bot: an open campaign, three past ones, a dispositif, its coordinator, a coach without anybody."""
    async with open_application(database_url, redis_url, tmp_path) as opened:
        async with opened.database.transaction() as session:
            await factories.campaign(session)
            for day in (SEPTEMBER, JUNE, MARCH):
                await factories.campaign(session, day, closed=True)
            await factories.dispositif(session)
            await factories.account(session, COACH, email="coach@exemple.fr")
            await factories.account(session, COORDINATOR, Role.COORDINATOR, email="coordination@exemple.fr")
        await opened.start()
        yield opened


@pytest.fixture
async def coach(app: Application) -> Account:
    """The coach of the stories."""
    found = [account for account in await app.rows(Account) if account.telegram_id == COACH]
    assert isinstance(found[0], Account)
    return found[0]
