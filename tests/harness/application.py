"""The application in a test: the same handlers, the same databases, and no channel between a story and its screens."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel, col

from handlers.conversation import Conversation
from models.accounts.tables import Account
from models.base.database import Database
from models.base.metadata import table
from models.base.settings import Settings
from models.campaigns.tables import Campaign
from models.events.form import Answers
from models.events.tables import Event
from models.persons.tables import Person
from models.tables import metadata
from tests.harness import factories
from tests.harness.factories import DAY, NOW
from tests.harness.phone import Chats, DirectPhone, Phone

TOKEN = "42:stories"
COACH, COORDINATOR, STRANGER = 1001, 1002, 1999

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For a story of screens, which the kind of database changes nothing about."""

_NOT_DOMAIN = {"seen_update", "conversation"}


@dataclass
class Application:
    """Jalon in a story. `database` is a second way in, by which a story checks what was kept."""

    database: Database
    settings: Settings
    now: datetime = NOW
    _opened: Database | None = None
    _chats: Chats = field(init=False)

    def __post_init__(self) -> None:
        """Let the phones find whatever conversation there is when they are tapped."""
        self._chats = Chats(self._conversation)

    @property
    def served(self) -> Database:
        """The database as the conversation has it open: to count what a tap asks of it."""
        self._opened = self._opened or Database(self.settings.database)
        return self._opened

    def _conversation(self) -> Conversation:
        return Conversation(self.served, lambda: self.now, address=self.settings.address)

    async def start(self) -> None:
        """Begin to serve."""

    async def stop(self) -> None:
        """Stop as a supervisor does; what the database does not hold is gone."""
        if self._opened is not None:
            await self._opened.dispose()
        self._opened = None

    async def restart(self) -> None:
        """Stop, and serve again on the same database."""
        await self.stop()
        await self.start()

    def phone(self, user_id: int = COACH) -> Phone:
        """Return somebody's phone."""
        return DirectPhone(user_id, self._chats)

    async def given(
        self,
        persons: int | Iterable[int],
        past: Answers | None = None,
        *,
        coach: Account | Literal["usual"] | None = "usual",
        **more: Any,
    ) -> list[Person]:
        """Write so many persons, or those of the numbers given, followed by the coach of the stories or by `coach`.

        With `past`, each has had an event of that kind in September; `more` are fields of the person.
        """
        async with self.database.transaction() as session:
            if coach == "usual":
                query = select(Account).where(table(Account).c.channel_address == COACH)
                coach = (await session.scalars(query)).one()
            numbers = range(1, persons + 1) if isinstance(persons, int) else persons
            return [await factories.person(session, number, coach, past=past, **more) for number in numbers]

    async def rows(self, table: type[SQLModel]) -> list[Any]:
        """Return the rows of a table, in the order in which they were written."""
        async with self.database.transaction() as session:
            return list((await session.scalars(select(table).order_by(*table.__table__.primary_key))).all())  # type: ignore[attr-defined]

    async def entered(self) -> dict[int, Event]:
        """Return the events of the open campaign, by the number at the end of the person's code."""
        async with self.database.transaction() as session:
            rows = await session.execute(
                select(col(Person.reference), Event)
                .join(Event, col(Event.person_id) == col(Person.id))
                .join(Campaign, col(Campaign.id) == col(Event.campaign_id))
                .where(col(Campaign.date) == DAY)
            )
            return {int(reference[5:]): event for reference, event in rows}

    async def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row but those that say where a conversation stands: what a refusal must leave as it was."""
        async with self.database.transaction() as session:
            return {
                table.name: [tuple(row) for row in await session.execute(select(table).order_by(*table.primary_key))]
                for table in metadata.sorted_tables
                if table.name not in _NOT_DOMAIN
            }


@asynccontextmanager
async def open_application(database_url: str, folder: Path, *, now: datetime = NOW) -> AsyncIterator[Application]:
    """Open the application on that database."""
    database = Database(database_url)
    app = Application(database, Settings(database_url=database_url, data_dir=folder, secret_key="test"), now)
    try:
        yield app
    finally:
        await app.stop()
        await database.dispose()
