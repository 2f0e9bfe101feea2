"""The platforms, in a session whose transaction ends with the test."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.database import Database
from tests.meetings.platform import People, settle


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """A session, as a turn of the conversation has one."""
    async with database.transaction() as opened:
        yield opened


@pytest.fixture
async def people(session: AsyncSession) -> People:
    """The platforms and their people."""
    return await settle(session)
