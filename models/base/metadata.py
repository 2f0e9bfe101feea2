"""One metadata for every table, with constraint names that migrations can rely on.

Imported before any table is declared: the naming convention must stand first.
"""

import sqlalchemy
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = SQLModel.metadata


class Table(SQLModel):
    """The base of every table."""


def table(row: type[Table]) -> sqlalchemy.Table:
    """Return the table that a row's class declares: what every statement is written with."""
    found = sqlalchemy.inspect(row).local_table
    assert isinstance(found, sqlalchemy.Table)
    return found
