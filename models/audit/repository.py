"""Write the audit, in the transaction of what it tells."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.audit.tables import Audit


def record(
    session: AsyncSession,
    asker: Asker,
    now: datetime,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add one line: who, when, what, before and after (encrypted at rest)."""
    session.add(
        Audit(
            at=now,
            account_id=asker.account_id,
            action=action,
            subject=subject,
            before=_text(before),
            after=_text(after),
        )
    )


def _text(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, default=str, sort_keys=True)
