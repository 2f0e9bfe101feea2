"""Write what is to be told, in the transaction that decided it; watch over it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.rights import Asker
from models.database import insert_or_ignore
from models.jobs.repository import administered
from models.outbox.stored import stored
from models.outbox.tables import Delivery, OutboxMessage
from models.screens import Screen
from models.tables import metadata
from models.wakeups import Wakeup, note

DELIVER = "deliver"
"""The kind of the wake-up that has the outbox looked at."""

_message = metadata.tables["outbox_message"]


async def tell(
    session: AsyncSession,
    now: datetime,
    kind: str,
    account_id: int,
    subject: str,
    period: str,
    screen: Screen,
    document: str | None = None,
) -> bool:
    """Have a screen sent to an account once the transaction is committed; return whether it is new.

    `document` names a file of the data directory to send with it: one that may pass through the chat (design, point 7).
    What has the same kind, recipient, subject and period as an earlier message is already told: nothing is written.
    """
    row = {
        "kind": kind,
        "account_id": account_id,
        "subject": subject,
        "period": period,
        "screen": stored(screen),
        "document": document,
        "state": Delivery.PENDING,
        "attempts": 0,
        "written_at": now,
        "due_at": now,
    }
    written = await session.execute(insert_or_ignore(session, _message).returning(_message.c.id), row)
    if written.first() is None:
        return False
    note(session, Wakeup(DELIVER))
    return True


async def message_counts(session: AsyncSession, asker: Asker) -> dict[Delivery, int]:
    """Return how many messages stand in each state, for an administrator; nothing for anybody else."""
    query = select(col(OutboxMessage.state), func.count()).where(administered(asker)).group_by(col(OutboxMessage.state))
    return {row[0]: row[1] for row in await session.execute(query)}
