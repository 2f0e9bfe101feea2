"""The worker's side of the outbox, in SQL: claim what is due, keep what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.tables import Account
from models.database import insert_or_ignore
from models.outbox.stored import restored
from models.outbox.tables import Delivery, OutboxMessage
from models.screens import Screen
from models.tables import metadata

FORGOTTEN = timedelta(seconds=60)
"""A message claimed for so long will not be marked any more: its worker died, before or after sending it."""

_unreachable = metadata.tables["unreachable"]


@dataclass(frozen=True)
class Claimed:
    """A message to send now, to a Telegram account if there is one."""

    id: int
    account_id: int
    telegram_id: int | None
    screen: Screen
    document: str | None
    attempts: int


async def claim_due(session: AsyncSession, now: datetime, most: int) -> Sequence[Claimed]:
    """Claim the messages that are due, the oldest first: nobody else sends them.

    Commit before sending: what is sent by then is claimed for good.
    """
    due = (
        select(col(OutboxMessage.id))
        .where(col(OutboxMessage.state) == Delivery.PENDING, col(OutboxMessage.due_at) <= now)
        .order_by(col(OutboxMessage.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    claimed = await session.scalars(
        update(OutboxMessage)
        .where(col(OutboxMessage.id).in_(due.scalar_subquery()), col(OutboxMessage.state) == Delivery.PENDING)
        .values(state=Delivery.SENDING, claimed_at=now, attempts=OutboxMessage.attempts + 1)
        .returning(col(OutboxMessage.id))
        .execution_options(synchronize_session=False)
    )
    rows = await session.execute(
        select(OutboxMessage, col(Account.telegram_id))
        .join(Account, col(Account.id) == col(OutboxMessage.account_id))
        .where(col(OutboxMessage.id).in_(list(claimed)))
        .order_by(col(OutboxMessage.id))
    )
    return [Claimed(m.id or 0, m.account_id, number, restored(m.screen), m.document, m.attempts) for m, number in rows]


async def mark_sent(session: AsyncSession, now: datetime, message: Claimed, message_id: int) -> None:
    """Note that a message arrived, and that its recipient can be reached."""
    await _mark(session, message, state=Delivery.SENT, ended_at=now, message_id=message_id, cause=None)
    await session.execute(delete(_unreachable).where(_unreachable.c.account_id == message.account_id))


async def mark_uncertain(session: AsyncSession, now: datetime, message: Claimed, cause: str) -> None:
    """Note that a message may have arrived: it is not sent again."""
    await _mark(session, message, state=Delivery.UNCERTAIN, ended_at=now, cause=cause)


async def mark_refused(session: AsyncSession, now: datetime, message: Claimed, cause: str) -> None:
    """Note that Telegram will not have a message, however often it is sent."""
    await _mark(session, message, state=Delivery.REFUSED, ended_at=now, cause=cause)


async def mark_unreachable(session: AsyncSession, now: datetime, message: Claimed, cause: str) -> bool:
    """Note that a message cannot reach its recipient; return whether that is new of them."""
    await _mark(session, message, state=Delivery.UNREACHABLE, ended_at=now, cause=cause)
    row = {"account_id": message.account_id, "since": now}
    new = await session.execute(insert_or_ignore(session, _unreachable).returning(_unreachable.c.account_id), row)
    return new.first() is not None


async def send_later(session: AsyncSession, message: Claimed, due: datetime, cause: str) -> None:
    """Have a message that surely did not arrive sent again from `due` on."""
    await _mark(session, message, state=Delivery.PENDING, due_at=due, cause=cause)


async def give_up_forgotten(session: AsyncSession, now: datetime) -> int:
    """Mark as uncertain what a worker claimed and died over; return how many."""
    forgotten = await session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.state) == Delivery.SENDING, col(OutboxMessage.claimed_at) <= now - FORGOTTEN)
        .values(state=Delivery.UNCERTAIN, ended_at=now, cause="worker_killed")
        .returning(col(OutboxMessage.id))
        .execution_options(synchronize_session=False)
    )
    return len(forgotten.all())


async def something_due(session: AsyncSession, now: datetime) -> bool:
    """Return whether a message waits to be sent now."""
    due = select(col(OutboxMessage.id)).where(
        col(OutboxMessage.state) == Delivery.PENDING, col(OutboxMessage.due_at) <= now
    )
    return (await session.execute(due.limit(1))).first() is not None


async def _mark(session: AsyncSession, message: Claimed, **values: Any) -> None:
    await session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == message.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
