"""SQLite with few trips to its thread: what may wait goes there, what does not is done at once.

aiosqlite goes to its thread and back four times for a statement: to open a cursor, to run it, to fetch its rows, to
close it. Only beginning a transaction (somebody else may be writing) and committing it (the disk) can wait. In
between the database is ours, and a statement takes less time than the way to the thread and back.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import aiosqlite

_Rows = list[Any]


class _Cursor:
    """What SQLAlchemy uses of a cursor: all its rows, at once."""

    def __init__(self, run: Callable[..., Awaitable[Any]], connection: sqlite3.Connection) -> None:
        self._run = run
        self._connection = connection
        self._rows: _Rows = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "_Cursor":
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "_Cursor":
        """Run a statement; its rows are there when this returns."""
        if self._connection.in_transaction:
            self._execute(sql, parameters)
        else:
            await self._run(self._execute, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "_Cursor":
        """Run a statement for each set of parameters, which may be many: in the thread."""
        await self._run(self._execute_many, sql, parameters)
        return self

    async def fetchall(self) -> _Rows:
        """Return the rows."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: the cursor was closed when its rows were read."""

    def _execute(self, sql: str, parameters: Any) -> None:
        cursor = self._connection.execute(sql, parameters)
        self.description = cursor.description
        if cursor.description is not None:
            self._rows = cursor.fetchall()
        self._done(cursor)

    def _execute_many(self, sql: str, parameters: Any) -> None:
        self._done(self._connection.executemany(sql, parameters))

    def _done(self, cursor: sqlite3.Cursor) -> None:
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()


class _Connection(aiosqlite.Connection):
    """An aiosqlite connection whose cursors make one trip, and which rolls back only where there is something to."""

    def cursor(self) -> Any:
        return _Cursor(self._execute, self._conn)

    async def rollback(self) -> None:
        """Roll back; SQLAlchemy asks for it after every commit too."""
        if self.in_transaction:
            await super().rollback()


def connected(file: str) -> Callable[[], Awaitable[Any]]:
    """Return what opens a connection to the file, for `create_async_engine(async_creator=…)`."""

    def open_in_thread() -> sqlite3.Connection:
        return sqlite3.connect(file, check_same_thread=False)

    def open_() -> Awaitable[Any]:
        connection = _Connection(open_in_thread, iter_chunk_size=1)
        connection._thread.daemon = True  # as SQLAlchemy does: a connection left open holds up no exit
        return connection

    return open_
