"""The database: engines for SQLite and PostgreSQL, and the one transaction of an update or a command."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Insert as StandardInsert
from sqlalchemy import Table, bindparam, event, insert, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from models.base.columns import EncryptedText
from models.base.settings import Settings
from models.base.sqlite import connected

FAILURES = (DBAPIError, PoolTimeout, OSError)
"""What a database raises, whether it is away or refuses a statement."""

POOL_SIZE = 10
SQLITE_BUSY_MS = 15_000


class Database:
    """An engine and its transactions."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine: AsyncEngine = _sqlite_engine(url) if self.is_sqlite else _server_engine(url)
        # Beside SQLite's one connection: whoever reads for long must not keep those who write from it.
        self._snapshots = (
            _sqlite_engine(url, reads_only=True)
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=False)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Database":
        """Open the database of the settings and take the key of the encrypted columns from them."""
        EncryptedText.use_secret(settings.secret)
        return cls(settings.database)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Give a session that commits when the block ends well and rolls back when it does not."""
        async with self._sessions() as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """Give a session that only reads, everything as it was at one moment, and keeps no writer waiting."""
        async with self._sessions(bind=self._snapshots) as session:
            yield session

    async def dispose(self) -> None:
        """Close every connection."""
        await self._snapshots.dispose()
        await self.engine.dispose()


def database_exists(url: str) -> bool:
    """Whether there is a database at that address; SQLite would begin an empty one, of a server only asking tells."""
    address = make_url(url)
    file = address.database
    return address.get_backend_name() != "sqlite" or not file or file == ":memory:" or Path(file).exists()


def is_away(error: Exception) -> bool:
    """Whether an error says that the database does not answer, and not that a statement is wrong."""
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout | OSError):
        return True
    # Without a statement it came while connecting: the server starts, stops, or is full.
    return isinstance(error, DBAPIError) and (error.connection_invalidated or error.statement is None)


def _server_engine(url: str) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=0,
        hide_parameters=True,
        # Our statements are the same from one tap to the next: planning a card anew takes longer than reading it.
        connect_args={"server_settings": {"plan_cache_mode": "force_generic_plan"}},
    )


def _sqlite_engine(url: str, *, reads_only: bool = False) -> AsyncEngine:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    # SQLite has one writer: one connection a process, so that transactions queue in order in the event loop
    # rather than by sleeping on the file's lock.
    engine = create_async_engine(
        url,
        async_creator=connected(file or ":memory:"),
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={SQLITE_BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",  # what a coach saw confirmed survives a power cut too
            "foreign_keys=ON",
            "temp_store=MEMORY",  # a card's subqueries fill small tables of their own: a file for each takes longer
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        # Taking the write lock at once: a transaction that read first and writes later could otherwise fail
        # with "database is locked" half way.
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


Insert = postgresql.Insert | sqlite.Insert
Rows = Sequence[dict[str, Any]]


async def insert_together(session: AsyncSession, *parts: tuple[Table, Rows]) -> None:
    """Insert rows in several tables, each with the same columns; a row each goes to PostgreSQL in one statement."""
    filled = [(table, rows) for table, rows in parts if rows]
    if session.get_bind().dialect.name == "postgresql" and all(len(rows) == 1 for _, rows in filled):
        statement = _inserts(tuple((table, tuple(rows[0])) for table, rows in filled))
        values = {f"{table.name}_{name}": value for table, rows in filled for name, value in rows[0].items()}
        await session.execute(statement, values)
        return
    for table, rows in filled:
        await session.execute(_plain_insert(table), rows)


_plain_insert = cache(insert)
"""Kept: what SQLAlchemy remembers of a statement's compiling, it remembers with the statement."""


@cache
def _inserts(parts: tuple[tuple[Table, tuple[str, ...]], ...]) -> StandardInsert:
    *others, last = [
        insert(table).values({name: bindparam(f"{table.name}_{name}", type_=table.c[name].type) for name in names})
        for table, names in parts
    ]
    return last.add_cte(*(other.cte(f"other_{number}") for number, other in enumerate(others)))


def insert_or_ignore(session: AsyncSession, table: Table) -> Insert:
    """Return an INSERT that leaves an existing row as it is; `rowcount` tells whether it wrote."""
    return _insert_or_ignore(table, session.get_bind().dialect.name)


def insert_or_replace(session: AsyncSession, table: Table, *key: str) -> Insert:
    """Return an INSERT that brings the row of the same key up to date with every value given."""
    return _insert_or_replace(table, key, session.get_bind().dialect.name)


@cache
def _insert_or_ignore(table: Table, dialect: str) -> Insert:
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def _insert_or_replace(table: Table, key: tuple[str, ...], dialect: str) -> Insert:
    statement = _insert(table, dialect)
    rest = {c.key: statement.excluded[c.key] for c in table.c if c.key not in {*key, "id"}}
    return statement.on_conflict_do_update(index_elements=list(key), set_=rest)


def _insert(table: Table, dialect: str) -> Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
