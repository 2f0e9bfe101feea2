"""The platforms, in a session whose transaction ends with the test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.database import Database
from tests.harness.factories import account
from tests.harness.fixtures import opened as application
from tests.harness.fixtures import redis_url
from tests.harness.phone import Phone
from tests.meetings.platform import INVITED, NOW, People, point, settle
from tests.meetings.story import MDPH, Platform

__all__ = ["invited", "people", "platform", "redis_url", "session"]


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """A session, as a turn of the conversation has one."""
    async with database.transaction() as opened:
        yield opened


@pytest.fixture
async def people(session: AsyncSession) -> People:
    """The platforms and their people."""
    return await settle(session)


@pytest.fixture
async def platform(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Platform]:
    """A running bot, and the platforms with their people."""
    async with application(request, database_url, tmp_path, now=NOW) as app:
        async with app.database.transaction() as opened:
            people = await settle(opened)
        await app.start()
        yield Platform(app, people)


@pytest.fixture
async def invited(platform: Platform) -> Phone:
    """The phone of the MDPH's contact, invited to the point of 12 January."""
    async with platform.app.database.transaction() as session:
        await point(session, platform.people)
        await account(session, MDPH, None, email=INVITED[0][2])
    return await platform.app.phone(MDPH).send("/start")
