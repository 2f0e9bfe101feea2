"""A statement declared together with the type of its rows, so that what is read is typed and complete.

A row is a NamedTuple or a dataclass, filled by position: a field takes one column, and a field whose type is itself a
NamedTuple or a dataclass takes as many as that one has fields. Written `Part | None`, such a part is none where all
its columns are null, as an outer join leaves them. A statement with more or fewer columns than its row has places
is refused where it is declared: at import time for those that stand in a module.

    class _Line(NamedTuple):
        reference: str
        answers: Answers | None
        matching: int

    _LINES = Query(_Line, select(person.c.reference, *answers_of(event), func.count().over()).where(...))
    lines = await _LINES.all(session, {"campaign_id": 3})
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sqlalchemy import CompoundSelect, FromClause, Select, UpdateBase
from sqlalchemy.ext.asyncio import AsyncSession

RowT = TypeVar("RowT")

Values = Mapping[str, object]
"""The parameters of one execution, by name."""

_Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | UpdateBase
_Read = Callable[[Sequence[Any]], Any]


class Query(Generic[RowT]):
    """A statement that returns rows of the type `row`; raises `TypeError` where their columns do not fit."""

    def __init__(self, row: type[RowT], statement: _Statement) -> None:
        self._row = row
        self.statement = statement
        width, self._read = _reader(cast("Any", row))
        if (found := len(statement.exported_columns)) != width:
            raise TypeError(f"{row.__name__} takes {width} columns, its statement has {found}")

    def locked(self, *of: FromClause) -> "Query[RowT]":
        """Return the same query, whose rows of those tables nobody changes before the commit.

        On SQLite it is the same statement: a transaction that writes is alone from its beginning.
        """
        assert isinstance(self.statement, Select)
        return Query(self._row, self.statement.with_for_update(of=of))

    async def all(self, session: AsyncSession, values: Values | None = None) -> list[RowT]:
        """Return every row."""
        return [self._read(row) for row in (await session.execute(self.statement, values)).all()]

    async def first(self, session: AsyncSession, values: Values | None = None) -> RowT | None:
        """Return the first row; none where there is none."""
        row = (await session.execute(self.statement, values)).first()
        return None if row is None else self._read(row)

    async def one(self, session: AsyncSession, values: Values | None = None) -> RowT:
        """Return the only row, of a statement that always has one."""
        return self._read((await session.execute(self.statement, values)).one())  # type: ignore[no-any-return]


@cache
def _reader(row: type) -> tuple[int, _Read]:
    """Return how many columns a row takes, and how it is made of them."""
    parts = [(kind, optional, _is_row(kind)) for kind, optional in map(_kind, _types(row))]
    if not any(nested for _, _, nested in parts):
        return len(parts), lambda values: row(*values)
    places: list[_Read] = []
    width = 0
    for kind, optional, nested in parts:
        size, read = _reader(kind) if nested else (1, None)
        places.append(itemgetter(width) if read is None else _part(slice(width, width + size), read, optional=optional))
        width += size
    return width, lambda values: row(*[place(values) for place in places])


def _part(place: slice, read: _Read, *, optional: bool) -> _Read:
    def filled(values: Sequence[Any]) -> Any:
        own = values[place]
        return None if optional and all(value is None for value in own) else read(own)

    return filled


def _types(row: type) -> list[Any]:
    hints = get_type_hints(row)
    if is_dataclass(row):
        return [hints[field.name] for field in fields(row) if field.init]
    return [hints[name] for name in row._fields]  # type: ignore[attr-defined]  # a NamedTuple has them


def _is_row(kind: Any) -> bool:
    return is_dataclass(kind) or hasattr(kind, "_fields")


def _kind(hint: Any) -> tuple[Any, bool]:
    """Return a type without `| None`, and whether it had it."""
    if get_origin(hint) in {Union, UnionType} and NoneType in get_args(hint):
        rest = [kind for kind in get_args(hint) if kind is not NoneType]
        return (rest[0] if len(rest) == 1 else hint), True
    return hint, False
