"""The review widens closed lists in tables that hold data: nothing is lost on the way up, nor on the way back."""

from collections.abc import Callable
from typing import Any

from alembic import command
from sqlalchemy import select

from models.base.database import Database
from models.events.tables import EventState
from models.migrations.runner import _config
from models.tables import metadata
from tests.harness import factories
from tests.migrations.test_migrations import differences


async def go(database: Database, way: Callable[..., None], to: str) -> None:
    """Apply migrations, or take them back."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: way(_config(sync), to))


async def events(database: Database) -> list[tuple[Any, ...]]:
    """Return every event as it stands."""
    event = metadata.tables["event"]
    async with database.engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(select(event).order_by(event.c.id))]


async def test_events_survive_the_way_back_and_up_again(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        for number, state in enumerate((EventState.ENTERED, EventState.VALIDATED, EventState.SENT_BACK), start=1):
            await factories.event(session, await factories.person(session, number, None), state=state)
    before = await events(database)

    try:
        await go(database, command.downgrade, "0001")
        back = await events(database)
    finally:
        await go(database, command.upgrade, "head")

    assert back[:2] == before[:2]
    assert [row.index("entered") for row in back[2:]] == [before[0].index(EventState.ENTERED)]
    assert await events(database) == back
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
