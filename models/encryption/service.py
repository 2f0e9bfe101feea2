"""Whether the key of the settings is the database's: with another one nothing is read, and nothing written."""

from models.base.columns import can_read, key_check, secrets_of
from models.base.database import Database
from models.base.settings import Settings
from models.encryption import repository
from models.persons.tables import Person


class KeyMissing(Exception):
    """The database holds what a key encrypted, and none is given; none is drawn in its place."""


class KeyRefused(Exception):
    """A key that encrypts what the database holds is not among those given."""


async def check_key(database: Database, settings: Settings, *, migrated: bool, record: bool = True) -> None:
    """Make sure that every key that encrypted something in the database is given; `KeyMissing`, `KeyRefused` if not.

    A database that knows no key yet, because it is new or of a former version, takes the key given, or drawn, if it
    reads what the database holds: `record` it then, once the database is `migrated`.
    """
    given = secrets_of(settings.secret) if settings.has_secret else []
    async with database.snapshot() as session:
        there = {"key_check", str(Person.__tablename__)} if migrated else await repository.tables(session)
        known = await repository.known(session) if "key_check" in there else frozenset()
        held = None if known or Person.__tablename__ not in there else await repository.first_encrypted(session)
    if not given:
        if known or held is not None or settings.has_secret:
            raise KeyMissing
        if not record:
            return
        given = secrets_of(settings.secret)
    checks = {key_check(secret): secret for secret in given}
    reading = set(checks) if held is None else {value for value, one in checks.items() if can_read(one, held)}
    if not known <= checks.keys() or not reading:
        raise KeyRefused
    first = key_check(given[0])
    if record and migrated and first not in known:
        # Of several keys given to a database of a former version, the one that reads it and the one that will write.
        async with database.transaction() as session:
            await repository.record(session, {first} if known or held is None else {first} | reading)
