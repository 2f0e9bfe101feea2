"""Write the audit, in the transaction of what it tells."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from models.audit.tables import Audit


class Author(Protocol):
    """In whose name something changed: an account, or the command line, which has none."""

    @property
    def account_id(self) -> int | None:
        """The number of the account."""


Change = tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A subject, what it was and what it became."""


def record(
    session: AsyncSession,
    actor: Author,
    now: datetime,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add one line: who, when, what, before and after (encrypted at rest)."""
    session.add(Audit(**_line(actor, now, action, (subject, before, after))))


async def record_all(
    session: AsyncSession, actor: Author, now: datetime, action: str, changes: Iterable[Change]
) -> None:
    """Add a line per change, all in one statement: an import has thousands."""
    if lines := [_line(actor, now, action, change) for change in changes]:
        await session.execute(insert(Audit), lines)


def _line(actor: Author, now: datetime, action: str, change: Change) -> dict[str, Any]:
    subject, before, after = change
    return {
        "at": now,
        "account_id": actor.account_id,
        "action": action,
        "subject": subject,
        "before": _text(before),
        "after": _text(after),
    }


def _text(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, default=str, sort_keys=True)
