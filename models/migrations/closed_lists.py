"""What migrations of closed lists share: a value more is another CHECK."""

import sqlalchemy as sa
from alembic import op


def allow(table: str, column: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Change the closed list of a column: its CHECK, which SQLite keeps in the table's own definition."""
    check = op.f(f"ck_{table}_{column}")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(check, table, type_="check")
        op.create_check_constraint(check, table, f"{column} IN {after}")
        return
    definition, *indexes = _definitions(table)
    was, becomes = f"CHECK ({column} IN {before})", f"CHECK ({column} IN {after})"
    if was not in definition:
        raise RuntimeError(f"the CHECK of {table}.{column} is not the one expected")
    op.rename_table(table, f"{table}_before")
    op.execute(definition.replace(was, becomes))
    op.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")  # noqa: S608 (names of ours)
    op.drop_table(f"{table}_before")
    for index in indexes:
        op.execute(index)


def _definitions(table: str) -> list[str]:
    """Return how SQLite was told to make the table, then each of its indexes."""
    query = sa.text(
        "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL ORDER BY type = 'table' DESC, name"
    )
    return list(op.get_bind().scalars(query, {"table": table}))
