"""A statement gives rows of the type it was declared with, or is refused where it is declared."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pytest
from sqlalchemy import (
    Column,
    Date,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from models.base.database import Database
from models.base.rows import Query

_person = Table(
    "reader", MetaData(), Column("id", Integer, primary_key=True), Column("code", String), Column("since", Date)
)


class _Line(NamedTuple):
    code: str
    since: date | None


@dataclass(frozen=True)
class _Remark:
    field: str
    author: str | None


class _Card(NamedTuple):
    number: int
    line: _Line
    remark: _Remark | None
    total: int


def _literals(*values: object) -> Select[*tuple[Any, ...]]:
    return select(*(null() if value is None else literal(value) for value in values))


async def _only(query: Query[_Card], database: Database) -> _Card:
    async with database.transaction() as session:
        return await query.one(session)


async def test_a_row_is_made_of_its_columns_in_their_order(database: Database) -> None:
    query = Query(_Line, select(literal("P-0001"), literal(date(2026, 1, 31))))

    async with database.transaction() as session:
        (line,) = await query.all(session)

    assert line == _Line("P-0001", date(2026, 1, 31))


async def test_a_part_takes_as_many_columns_as_it_has_fields(database: Database) -> None:
    card = await _only(Query(_Card, _literals(7, "P-0001", None, "statut", None, 20)), database)

    assert card == _Card(7, _Line("P-0001", None), _Remark("statut", None), 20)


async def test_a_part_is_none_where_the_join_found_nothing(database: Database) -> None:
    card = await _only(Query(_Card, _literals(7, "P-0001", None, None, None, 20)), database)

    assert card.remark is None


async def test_a_part_that_is_always_there_is_made_of_nulls_too(database: Database) -> None:
    card = await _only(Query(_Card, _literals(7, None, None, "statut", None, 20)), database)

    assert tuple(card.line) == (None, None)


async def test_the_values_of_a_statement_are_given_by_name(database: Database) -> None:
    query = Query(_Line, select(bindparam("code", type_=String), literal(date(2026, 1, 31))))

    async with database.transaction() as session:
        found = await query.first(session, {"code": "P-0002"})

    assert found is not None
    assert found.code == "P-0002"


async def test_there_is_no_first_row_where_there_is_no_row(database: Database) -> None:
    query = Query(_Line, select(literal("P-0001"), literal(date(2026, 1, 31))).where(literal(1) == 0))

    async with database.transaction() as session:
        assert await query.first(session) is None


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (select(_person.c.code), 1),
        (select(_person), 3),
        (select(_person.c.code, _person.c.since, func.count().over()), 3),
        (update(_person).values(code="P-0001").returning(_person.c.id), 1),
    ],
)
def test_a_statement_whose_columns_do_not_fit_is_refused_where_it_stands(statement: Any, found: int) -> None:
    with pytest.raises(TypeError, match=f"_Line takes 2 columns, its statement has {found}"):
        Query(_Line, statement)


def test_a_part_with_one_field_more_is_noticed_in_the_whole() -> None:
    with pytest.raises(TypeError, match="_Card takes 6 columns, its statement has 5"):
        Query(_Card, _literals(7, "P-0001", None, "statut", 20))


def test_columns_of_the_same_name_are_counted_one_by_one() -> None:
    other = _person.alias("other")

    Query(_Line, select(_person.c.code, other.c.code))


async def test_a_locked_query_reads_the_same(database: Database) -> None:
    async with database.transaction() as session:
        await (await session.connection()).run_sync(_person.metadata.create_all)
        await session.execute(insert(_person), [{"id": 1, "code": "P-0001"}])
        query = Query(_Line, select(_person.c.code, _person.c.since))
        assert await query.locked(_person).all(session) == await query.all(session) == [_Line("P-0001", None)]
        await (await session.connection()).run_sync(_person.metadata.drop_all)
