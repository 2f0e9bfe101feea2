"""The worker's side of the outbox, in SQL: claim what is due, keep what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Account
from models.base.channels import Address, MessageRef
from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.base.rows import Query
from models.base.screens import Screen
from models.notifications.calendars import Calendar
from models.notifications.emails import Email
from models.notifications.stored import restored
from models.notifications.tables import Channel, Delivery, OutboxMessage, Unreachable

_message = table(OutboxMessage)
_account = table(Account)

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
    earlier = _message.alias("earlier")
    first = ~exists().where(
        earlier.c.account_id == _message.c.account_id,
        earlier.c.id < _message.c.id,
        earlier.c.state == Delivery.PENDING,
        earlier.c.due_at <= now,
    )
    due = (
        select(_message.c.id)
        .where(_is_due(now), _message.c.account_id.not_in(list(resting)), first)
        .order_by(_message.c.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=_message)
    )
    claimed = await session.scalars(
        update(_message)
        .where(_message.c.id.in_(due.scalar_subquery()), _message.c.state == Delivery.PENDING)
        .values(state=Delivery.SENDING, claimed_at=now, attempts=_message.c.attempts + 1)
        .returning(_message.c.id)
    )
    numbers = list(claimed)
    if not numbers:
        return []
    return [_claimed(row) for row in await _CLAIMED.all(session, {"numbers": numbers})]


class _Row(NamedTuple):
    """A message with its recipient, as the database keeps them."""

    id: int
    kind: str
    account_id: int
    subject: str
    period: str
    address: Address | None
    email: str
    unreachable: int | None
    revoked_at: datetime | None
    screen: dict[str, Any]
    document: str | None
    letter: dict[str, Any] | None
    calendar: dict[str, str] | None
    departement: str | None
    stale_after: datetime | None
    attempts: int


_CLAIMED = Query(
    _Row,
    select(
        _message.c.id,
        _message.c.kind,
        _message.c.account_id,
        _message.c.subject,
        _message.c.period,
        _account.c.channel_address,
        _account.c.email,
        _unreachable.c.account_id,
        _account.c.revoked_at,
        _message.c.screen,
        _message.c.document,
        _message.c.letter,
        _message.c.calendar,
        _message.c.departement,
        _message.c.stale_after,
        _message.c.attempts,
    )
    .join(_account, _account.c.id == _message.c.account_id)
    .outerjoin(_unreachable, _unreachable.c.account_id == _message.c.account_id)
    .where(_message.c.id.in_(bindparam("numbers", expanding=True)))
    .order_by(_message.c.id),
)


def _claimed(row: _Row) -> Claimed:
    return Claimed(
        row.id,
        row.kind,
        row.account_id,
        row.subject,
        row.period,
        row.address,
        row.email,
        row.unreachable is not None,
        row.revoked_at is not None,
        restored(row.screen),
        row.document,
        Email.restored(row.letter) if row.letter else None,
        Calendar.restored(row.calendar) if row.calendar else None,
        row.departement,
        row.stale_after,
        row.attempts,
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
        update(_message).where(_is_due(now), _message.c.departement == departement).values(due_at=until)
    )


async def withdraw(session: AsyncSession, messages: Collection[int]) -> None:
    """Take back what is not to be told any more, as if it had never been written."""
    if messages:
        await session.execute(delete(_message).where(_message.c.id.in_(list(messages))))


async def withdraw_stale(session: AsyncSession, now: datetime) -> int:
    """Take back what waited longer than it holds true; return how many: whoever wrote it writes it anew."""
    stale = await session.execute(
        delete(_message)
        .where(_message.c.state == Delivery.PENDING, _message.c.stale_after <= now)
        .returning(_message.c.id)
    )
    return len(stale.all())


async def give_up_forgotten(session: AsyncSession, now: datetime, after: timedelta = FORGOTTEN) -> int:
    """Mark as uncertain what was claimed so long ago by a worker that died over it; return how many."""
    forgotten = await session.execute(
        update(_message)
        .where(_message.c.state == Delivery.SENDING, _message.c.claimed_at <= now - after)
        .values(state=Delivery.UNCERTAIN, ended_at=now, cause="worker_killed")
        .returning(_message.c.id)
    )
    return len(forgotten.all())


async def something_due(session: AsyncSession, now: datetime) -> bool:
    """Return whether a message waits to be sent now."""
    return (await session.execute(select(_message.c.id).where(_is_due(now)).limit(1))).first() is not None


def _is_due(now: datetime) -> ColumnElement[bool]:
    return (_message.c.state == Delivery.PENDING) & (_message.c.due_at <= now)


async def _mark(session: AsyncSession, message: Claimed, **values: Any) -> None:
    await session.execute(update(_message).where(_message.c.id == message.id).values(**values))
