"""The migrations lead to the tables the code declares, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from models.base.database import Database
from models.migrations.runner import migrate, pending
from models.tables import metadata


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_nothing_is_pending_and_applying_again_changes_nothing(database: Database) -> None:
    assert await pending(database) == []
    await migrate(database)
    assert await pending(database) == []


async def test_migrations_and_tables_do_not_differ(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
