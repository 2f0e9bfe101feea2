"""PostgreSQL goes away in the middle: what could not be committed is delivered again, and counts once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from models.base.database import Database
from tests.faults.coach import Coach
from tests.faults.expectations import ledger
from tests.faults.feeding import fed, settled
from tests.faults.processes import Application, app
from tests.harness.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)]

PHONES = 50
PERSONS_EACH = 12
CUTS = 5
AWAY_S = 2.0
WITHIN_S = 120.0


async def test_connections_cut_and_a_database_away_lose_no_tap(database_url: str, tmp_path: Path) -> None:
    async with app(database_url, tmp_path, PHONES, PERSONS_EACH) as at:
        async with asyncio.timeout(WITHIN_S), _server(at.database) as server:
            await fed(at, [caseload.taps() for caseload in at.caseloads])
            at.start()
            everything = PHONES * PERSONS_EACH
            for cut in range(CUTS):
                await _recorded(at, everything * (cut + 1) // (CUTS + 2))
                await server.cut()
            await _recorded(at, everything * (CUTS + 1) // (CUTS + 2))
            await server.close()
            await asyncio.sleep(AWAY_S)
            assert await at.phones.waiting() > 0, "the outage came too late to show anything"
            await server.open()
            await settled(at)

        kept = await ledger(at.database)
        assert kept.not_once(everything) == {}
        for caseload in at.caseloads:
            screen = await Coach(at.phones, caseload.phone).look()
            assert Coach.says_done(screen, PERSONS_EACH), screen["text"]


async def _recorded(at: Application, number: int) -> None:
    """Wait until so many persons are recorded."""

    async def recorded() -> bool:
        return (await ledger(at.database)).events.total() >= number

    await until(recorded, every_s=0.05)


class _Server:
    """The hand on the server: cuts connections, closes and opens the door."""

    def __init__(self, connection: "asyncpg.Connection", database: Database) -> None:
        self._connection = connection
        self._database = database
        self._name = database.url.database

    async def cut(self) -> None:
        """End every connection to the database, ours included, which opens another."""
        await self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", self._name
        )
        await self._database.dispose()

    async def close(self) -> None:
        """Let nobody in any more."""
        await self._connection.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS false')
        await self.cut()

    async def open(self) -> None:
        """Let everybody in again."""
        await self._connection.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS true')


@asynccontextmanager
async def _server(database: Database) -> AsyncIterator[_Server]:
    address = database.url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    try:
        yield _Server(connection, database)
    finally:
        await connection.close()
