"""The worker's side of the outbox, in SQL: claim what is due, keep what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.accounts.tables import Account
from models.base.channels import Address, MessageRef
from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.base.screens import Screen
from models.notifications.calendars import Calendar
from models.notifications.emails import Email
from models.notifications.stored import restored
from models.notifications.tables import Channel, Delivery, OutboxMessage, Unreachable

FORGOTTEN = timedelta(seconds=60)
"""A message claimed for so long will not be marked any more: its worker died, before or after sending it."""

_unreachable = table(Unreachable)


@dataclass(frozen=True)
class Claimed:
    """A message to send now: at an address of the channel if there is one, else by e-mail.

    `unreachable` is of the recipient: the channel would not let us write to them the last time. `revoked` too: they
    have no access any more, and are told nothing.
    """

    id: int
    kind: str
    account_id: int
    subject: str
    period: str
    address: Address | None
    email: str
    unreachable: bool
    revoked: bool
    screen: Screen
    document: str | None
    letter: Email | None
    calendar: Calendar | None
    departement: str | None
    stale_after: datetime | None
    attempts: int


async def claim_due(
    session: AsyncSession, now: datetime, most: int, resting: Collection[int] = ()
) -> Sequence[Claimed]:
    """Claim messages that are due, the oldest first, one to a person, none to the accounts `resting`.

    Commit before sending: what is sent by then is claimed for good, and nobody else sends it.
    """
    earlier = aliased(OutboxMessage)
    first = ~exists().where(
        col(earlier.account_id) == col(OutboxMessage.account_id),
        col(earlier.id) < col(OutboxMessage.id),
        col(earlier.state) == Delivery.PENDING,
        col(earlier.due_at) <= now,
    )
    due = (
        select(col(OutboxMessage.id))
        .where(_is_due(now), col(OutboxMessage.account_id).not_in(list(resting)), first)
        .order_by(col(OutboxMessage.id))
        .limit(most)
        .with_for_update(skip_locked=True, of=OutboxMessage)
    )
    claimed = await session.scalars(
        update(OutboxMessage)
        .where(col(OutboxMessage.id).in_(due.scalar_subquery()), col(OutboxMessage.state) == Delivery.PENDING)
        .values(state=Delivery.SENDING, claimed_at=now, attempts=OutboxMessage.attempts + 1)
        .returning(col(OutboxMessage.id))
        .execution_options(synchronize_session=False)
    )
    numbers = list(claimed)
    if not numbers:
        return []
    rows = await session.execute(
        select(OutboxMessage, Account, _unreachable.c.account_id)
        .join(Account, col(Account.id) == col(OutboxMessage.account_id))
        .outerjoin(_unreachable, _unreachable.c.account_id == col(OutboxMessage.account_id))
        .where(col(OutboxMessage.id).in_(numbers))
        .order_by(col(OutboxMessage.id))
    )
    return [_claimed(*row) for row in rows]


def _claimed(message: OutboxMessage, account: Account, unreachable: int | None) -> Claimed:
    assert message.id is not None
    assert message.screen is not None
    return Claimed(
        message.id,
        message.kind,
        message.account_id,
        message.subject,
        message.period,
        account.channel_address,
        account.email,
        unreachable is not None,
        account.revoked_at is not None,
        restored(message.screen),
        message.document,
        Email.restored(message.letter) if message.letter else None,
        Calendar.restored(message.calendar) if message.calendar else None,
        message.departement,
        message.stale_after,
        message.attempts,
    )


async def mark_sent(
    session: AsyncSession, now: datetime, message: Claimed, channel: Channel, message_ref: MessageRef | None = None
) -> None:
    """Note that a message arrived, and forget its calendar file; by the channel it also shows that its recipient can be
    reached there."""
    arrived = {"state": Delivery.SENT, "ended_at": now, "channel": channel, "message_ref": message_ref}
    await _mark(session, message, **arrived, calendar=None, cause=None)
    if message.unreachable and channel == Channel.TELEGRAM:
        await session.execute(delete(_unreachable).where(_unreachable.c.account_id == message.account_id))


async def mark_ended(
    session: AsyncSession, now: datetime, message: Claimed, state: Delivery, channel: Channel, cause: str
) -> None:
    """Note how a message ended that is not known to have arrived: it is not sent again."""
    await _mark(session, message, state=state, ended_at=now, channel=channel, cause=cause)


async def mark_unreachable(session: AsyncSession, now: datetime, account_id: int) -> bool:
    """Note that the channel does not let us write to somebody; return whether that is new of them."""
    row = {"account_id": account_id, "since": now}
    new = await session.execute(insert_or_ignore(session, _unreachable).returning(_unreachable.c.account_id), row)
    return new.first() is not None


async def send_later(session: AsyncSession, message: Claimed, due: datetime, cause: str) -> None:
    """Have a message that surely did not arrive sent again from `due` on."""
    await _mark(session, message, state=Delivery.PENDING, due_at=due, cause=cause)


async def put_back(session: AsyncSession, message: Claimed, due: datetime, cause: str) -> None:
    """Have a message wait until `due` as if it had not been claimed: that was no attempt."""
    await _mark(session, message, state=Delivery.PENDING, due_at=due, cause=cause, attempts=message.attempts - 1)


async def hold(session: AsyncSession, now: datetime, departement: str, until: datetime) -> None:
    """Have all that is due in a département wait until it is a decent hour there."""
    await session.execute(
        update(OutboxMessage)
        .where(_is_due(now), col(OutboxMessage.departement) == departement)
        .values(due_at=until)
        .execution_options(synchronize_session=False)
    )


async def withdraw(session: AsyncSession, messages: Collection[int]) -> None:
    """Take back what is not to be told any more, as if it had never been written."""
    if messages:
        await session.execute(
            delete(OutboxMessage)
            .where(col(OutboxMessage.id).in_(list(messages)))
            .execution_options(synchronize_session=False)
        )


async def withdraw_stale(session: AsyncSession, now: datetime) -> int:
    """Take back what waited longer than it holds true; return how many: whoever wrote it writes it anew."""
    stale = await session.execute(
        delete(OutboxMessage)
        .where(col(OutboxMessage.state) == Delivery.PENDING, col(OutboxMessage.stale_after) <= now)
        .returning(col(OutboxMessage.id))
        .execution_options(synchronize_session=False)
    )
    return len(stale.all())


async def give_up_forgotten(session: AsyncSession, now: datetime, after: timedelta = FORGOTTEN) -> int:
    """Mark as uncertain what was claimed so long ago by a worker that died over it; return how many."""
    forgotten = await session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.state) == Delivery.SENDING, col(OutboxMessage.claimed_at) <= now - after)
        .values(state=Delivery.UNCERTAIN, ended_at=now, cause="worker_killed")
        .returning(col(OutboxMessage.id))
        .execution_options(synchronize_session=False)
    )
    return len(forgotten.all())


async def something_due(session: AsyncSession, now: datetime) -> bool:
    """Return whether a message waits to be sent now."""
    return (await session.execute(select(col(OutboxMessage.id)).where(_is_due(now)).limit(1))).first() is not None


def _is_due(now: datetime) -> ColumnElement[bool]:
    return (col(OutboxMessage.state) == Delivery.PENDING) & (col(OutboxMessage.due_at) <= now)


async def _mark(session: AsyncSession, message: Claimed, **values: Any) -> None:
    await session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == message.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
