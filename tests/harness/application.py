"""The whole application in a test: the local Telegram, the bot that polls it over HTTP, the databases of both sides."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from sqlalchemy import select
from sqlmodel import SQLModel, col

from bot.service import BotService, bot_service
from bot.telegram.incoming import Update
from models.base.database import Database
from models.base.settings import Settings
from models.campaigns.tables import Campaign
from models.events.tables import Event
from models.persons.tables import Person
from models.tables import metadata
from simulator import Simulator, SimulatorSettings, running
from tests.harness.factories import DAY, NOW
from tests.harness.phone import Confirmations, Phone

TOKEN = "42:stories"
COACH, COORDINATOR, STRANGER = 1001, 1002, 1999

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For a story of screens, which the kind of database changes nothing about."""

_NOT_DOMAIN = {"seen_update", "conversation"}


@dataclass
class Application:
    """A running Jalon. `database` is a second way in, by which a story checks what was kept."""

    database: Database
    settings: Settings
    local: Simulator
    http: aiohttp.ClientSession
    now: datetime = NOW
    confirmations: Confirmations = field(default_factory=Confirmations)
    _bot: AsyncExitStack = field(default_factory=AsyncExitStack)
    _service: BotService | None = None

    @property
    def service(self) -> BotService:
        """The bot that runs."""
        assert self._service is not None
        return self._service

    async def start(self) -> None:
        """Start a bot."""
        service = await self._bot.enter_async_context(bot_service(self.settings, lambda: self.now))
        session = service.bot.session
        assert isinstance(session, AiohttpSession)
        self.confirmations.watch(service.bot)
        handle = service.handle

        async def watched(update: Update, committed: Callable[[], None] = lambda: None) -> None:
            async with self.confirmations.turn(update.incoming.sender):
                await handle(update, committed)

        service.handle = watched  # type: ignore[method-assign]
        stop = asyncio.Event()
        polling = asyncio.create_task(service.run(stop))
        self._service = service

        async def end() -> None:
            stop.set()
            await polling
            if session._session is not None:  # aiogram waits 0.25 s for TLS, which is not spoken here
                await session._session.close()

        self._bot.push_async_callback(end)

    async def stop(self) -> None:
        """Stop the bot as a supervisor does; whatever waits, waits."""
        await self._bot.aclose()

    async def restart(self) -> None:
        """Stop the bot and start another on the same database."""
        await self.stop()
        await self.start()

    def phone(self, user_id: int = COACH) -> Phone:
        """Return somebody's phone."""
        self.local.state.add_person(user_id, f"Téléphone {user_id}")
        return Phone(user_id, self.http, self.local.state, self.confirmations)

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

    def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """Return what the bot asked of Telegram."""
        return self.local.state.calls.listed(method)

    async def fault(self, **fault: Any) -> None:
        """Let the next calls fail."""
        async with self.http.post("/sim/faults", json=fault) as answer:
            assert answer.status == 200, await answer.text()


@asynccontextmanager
async def open_application(
    database_url: str, redis_url: str, folder: Path, *, now: datetime = NOW
) -> AsyncIterator[Application]:
    """Open the application on that database; nobody polls until it is started."""
    async with (
        running(port=0, settings=SimulatorSettings(token=TOKEN, rate_scale=None)) as local,
        aiohttp.ClientSession(local.url) as http,
    ):
        database = Database(database_url)
        settings = Settings(
            telegram_token=TOKEN,
            telegram_api_url=local.url,
            database_url=database_url,
            redis_url=redis_url,
            data_dir=folder,
            secret_key="test",
            webhook_secret="",
        )
        app = Application(database, settings, local, http, now)
        try:
            yield app
        finally:
            await app.stop()
            await database.dispose()
