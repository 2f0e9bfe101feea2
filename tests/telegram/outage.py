"""A database that is away for a while, as each kind can be."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import asyncpg

from tests.harness.application import Application


@asynccontextmanager
async def outage(app: Application) -> AsyncIterator[None]:
    """Keep the bot from its database during the block: SQLite locked, PostgreSQL closing its doors."""
    away = _locked(app) if app.database.is_sqlite else _closed(app)
    async with away:
        yield


@asynccontextmanager
async def _locked(app: Application) -> AsyncIterator[None]:
    with closing(sqlite3.connect(str(app.database.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def _closed(app: Application) -> AsyncIterator[None]:
    url = app.database.url
    server = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false')
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
        await connection.execute(end, url.database)
        await app.database.dispose()
        yield
    finally:
        await connection.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true')
        await connection.close()
