"""The keys the database knows, and one value they must be able to read."""

from collections.abc import Iterable

from sqlalchemy import Connection, Text, func, inspect, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from models.audit.tables import Audit
from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.encryption.tables import KeyCheck
from models.persons.tables import Person

_key_check = table(KeyCheck)
_person = table(Person)
_audit = table(Audit)


async def tables(session: AsyncSession) -> frozenset[str]:
    """Return the names of the tables there are, whatever the version of the schema."""

    def names(connection: Connection) -> frozenset[str]:
        return frozenset(inspect(connection).get_table_names())

    return await (await session.connection()).run_sync(names)


async def known(session: AsyncSession) -> frozenset[str]:
    """Return the value of each key that encrypted something here."""
    return frozenset((await session.scalars(select(_key_check.c.value))).all())


async def record(session: AsyncSession, values: Iterable[str]) -> None:
    """Record keys by their values."""
    rows = [{"value": value} for value in values]
    await session.execute(insert_or_ignore(session, _key_check), rows)


async def first_encrypted(session: AsyncSession) -> str | None:
    """Return the first value a person has encrypted, as it is kept; else the first one of the audit."""
    for number, *columns in (
        (_person.c.id, _person.c.birth_date, _person.c.sexe, _person.c.handicap_principal, _person.c.handicap_associe),
        (_audit.c.id, _audit.c.after, _audit.c.before),
    ):
        value = func.coalesce(*(type_coerce(column, Text) for column in columns))
        found = await session.scalar(select(value).where(value.is_not(None)).order_by(number).limit(1))
        if found is not None:
            return str(found)
    return None
