"""What is kept of every change, in one way: who, when, by what gesture, of what, before and after.

Three tables are such a history: the audit, and those of the events and of the meetings. Nothing is ever overwritten in
them; what was undone is another line.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.bulk import insert_all

Snapshot = Mapping[str, Any]
"""What something was, or became."""


class History:
    """The history kept in `table`, whose column `gesture` says what was done."""

    def __init__(self, table: Table, gesture: str) -> None:
        self._table = table
        self._gesture = gesture

    def line(
        self, by: int | None, at: datetime, gesture: str, before: object, after: object, **subject: object
    ) -> dict[str, Any]:
        """Return a line, by the names of its columns; `subject` are those of what was changed."""
        return {"account_id": by, "at": at, self._gesture: gesture, "before": before, "after": after, **subject}

    async def write(self, session: AsyncSession, lines: Sequence[dict[str, Any]]) -> None:
        """Add lines, in the transaction of what they tell."""
        await insert_all(session, self._table, lines)

    async def last(self, session: AsyncSession) -> int:
        """Return the number of the last line."""
        return await session.scalar(select(func.max(self._table.c.id))) or 0

    def written_by(self, gesture: str) -> ColumnElement[bool]:
        """Return which lines are of that gesture, by `account` at the moment `at`, after the line `after` to `last`."""
        return and_(
            self._table.c.id > bindparam("after"),
            self._table.c.id <= bindparam("last"),
            self._table.c[self._gesture] == gesture,
            self._table.c.at == bindparam("at"),
            self._table.c.account_id.is_not_distinct_from(bindparam("account")),
        )
