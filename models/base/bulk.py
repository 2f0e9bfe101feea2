"""Write thousands of rows at the driver's own pace: their values are prepared here, each distinct one once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import JSON, Enum, Table, insert
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.columns import Moment

Prepare = Callable[[Any], Any]
KeyT = TypeVar("KeyT")

CHUNK = 5_000
"""Keys in one query: both databases take at most some 32,000 parameters."""


def chunks(keys: Iterable[KeyT]) -> Iterator[list[KeyT]]:
    """Yield the keys in lists a query can take."""
    rest = iter(keys)
    while some := list(islice(rest, CHUNK)):
        yield some


async def insert_all(session: AsyncSession, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, which give the same columns, in one statement."""
    if not rows:
        return
    dialect = session.get_bind().dialect
    compiled: Any = insert(table).compile(dialect=dialect, column_keys=list(rows[0]))
    names = compiled.positiontup
    columns = [_prepared([row[name] for row in rows], table.c[name].type, dialect) for name in names]
    connection = await session.connection()
    await connection.exec_driver_sql(str(compiled), list(zip(*columns, strict=True)))


def _prepared(values: list[Any], kind: Any, dialect: Any) -> list[Any]:
    prepare: Prepare | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if prepare is None:
        return values
    if isinstance(kind, Enum | Moment):
        return _each_once(values, values, prepare)
    if isinstance(kind, JSON):
        # What is the same object is the same text; equal ones (1 and 1.0) may not be.
        return _each_once(values, list(map(id, values)), prepare)
    return list(map(prepare, values))


def _each_once(values: list[Any], keys: list[Any], prepare: Prepare) -> list[Any]:
    known = {key: prepare(value) for key, value in dict(zip(keys, values, strict=True)).items()}
    return [known[key] for key in keys]
