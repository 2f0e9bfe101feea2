"""Write the audit in the transaction of what it tells, and read it back."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from models.audit.tables import Audit
from models.base.history import History, Snapshot
from models.base.metadata import table

AUDIT = History(table(Audit), "action")


class Author(Protocol):
    """In whose name something changed: an account, or the command line, which has none."""

    @property
    def account_id(self) -> int | None:
        """The number of the account."""


Change = tuple[str, Snapshot | None, Snapshot | None]
"""A subject, what it was and what it became."""


def record(
    session: AsyncSession,
    actor: Author,
    now: datetime,
    action: str,
    subject: str,
    before: Snapshot | None = None,
    after: Snapshot | None = None,
) -> None:
    """Add one line: who, when, what, before and after (encrypted at rest)."""
    session.add(Audit(**_line(actor, now, action, (subject, before, after))))


async def record_all(
    session: AsyncSession, actor: Author, now: datetime, action: str, changes: Iterable[Change]
) -> None:
    """Add a line per change, all in one statement: an import has thousands."""
    await AUDIT.write(session, [_line(actor, now, action, change) for change in changes])


def _line(actor: Author, now: datetime, action: str, change: Change) -> dict[str, Any]:
    subject, before, after = change
    return AUDIT.line(actor.account_id, now, action, _text(before), _text(after), subject=subject)


def _text(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, default=str, sort_keys=True)
