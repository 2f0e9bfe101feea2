"""The outbox: what is to be said is written in the transaction that decided it, watched over, and forgotten at last."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import everywhere
from models.accounts.tables import Account
from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.base.rows import Query
from models.base.screens import Screen
from models.jobs.signals import JobSignal, note
from models.notifications.calendars import Calendar
from models.notifications.emails import Email
from models.notifications.kinds import MessageKind
from models.notifications.stored import stored
from models.notifications.tables import LONGEST_PERIOD, LONGEST_SUBJECT, Channel, Delivery, OutboxMessage

_account = table(Account)

log = logging.getLogger(__name__)

DELIVER = "deliver"
"""The kind of the signal that has the outbox looked at."""

_message = table(OutboxMessage)


@dataclass(frozen=True)
class Notification:
    """What one account is to be told: the first four say what it is, and nobody is told the same twice.

    `document` names a file of the data directory to send with it: one that may pass through the chat (design, point 7);
    a `calendar` file is kept with the message. `letter` goes by e-mail in its place. It waits until `due_at`, is
    withdrawn once `stale_after` has passed, and with a `departement` (its INSEE number) is sent in decent hours there
    only.
    """

    kind: MessageKind
    account_id: int
    subject: str
    period: str
    screen: Screen
    document: str | None = None
    letter: Email | None = None
    due_at: datetime | None = None
    stale_after: datetime | None = None
    departement: str | None = None
    calendar: Calendar | None = None


async def notify(
    session: AsyncSession,
    now: datetime,
    kind: MessageKind,
    account_id: int,
    subject: str,
    period: str,
    screen: Screen,
    document: str | None = None,
    *,
    letter: Email | None = None,
    due_at: datetime | None = None,
    stale_after: datetime | None = None,
    departement: str | None = None,
) -> bool:
    """Have a screen sent to an account once the transaction is committed; return whether it is new.

    The arguments are those of a `Notification`. What has the same kind, recipient, subject and period as an
    earlier message is already told: nothing is written.
    """
    notification = Notification(
        kind, account_id, subject, period, screen, document, letter, due_at, stale_after, departement
    )
    inserted = insert_or_ignore(session, _message).returning(_message.c.id)
    written = await session.execute(inserted, _row(notification, now))
    if written.first() is None:
        return False
    note(session, JobSignal(DELIVER))
    return True


async def notify_all(session: AsyncSession, now: datetime, notifications: Sequence[Notification]) -> None:
    """Have many things told, in one statement; what is told already is left as it is. Raises `ValueError` for what
    cannot be kept."""
    await _write(session, [_row(notification, now) for notification in notifications])


async def notify_each(session: AsyncSession, now: datetime, notifications: Sequence[Notification]) -> None:
    """Have things told that have nothing to do with one another: one that cannot be kept is logged and left out."""
    rows = []
    for notification in notifications:
        try:
            rows.append(_row(notification, now))
        except ValueError:
            log.exception(
                "message left out", extra={"kind": notification.kind.code, "account": notification.account_id}
            )
    await _write(session, rows)


async def _write(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await session.execute(insert_or_ignore(session, _message), rows)
        note(session, JobSignal(DELIVER))


def _row(notification: Notification, now: datetime) -> dict[str, Any]:
    """Return the row of a message; `ValueError` for an action, a subject or a period that is too long."""
    if len(notification.subject) > LONGEST_SUBJECT or len(notification.period) > LONGEST_PERIOD:
        raise ValueError(f"a subject of {len(notification.subject)} characters, a period of {len(notification.period)}")
    return {
        "kind": notification.kind.code,
        "account_id": notification.account_id,
        "subject": notification.subject,
        "period": notification.period,
        "screen": stored(notification.screen),
        "document": notification.document,
        "letter": notification.letter and notification.letter.stored(),
        "calendar": notification.calendar and notification.calendar.stored(),
        "departement": notification.departement,
        "state": Delivery.PENDING,
        "attempts": 0,
        "written_at": now,
        "due_at": notification.due_at or now,
        "stale_after": notification.stale_after,
    }


class _Count(NamedTuple):
    state: Delivery
    number: int


_COUNTS = Query(
    _Count,
    select(_message.c.state, func.count()).where(everywhere(Permission.JOBS)).group_by(_message.c.state),
)


async def message_counts(session: AsyncSession, actor: Actor) -> dict[Delivery, int]:
    """Return how many messages stand in each state, for an administrator; nothing for anybody else."""
    counts = await _COUNTS.all(session, actor.scope)
    return {one.state: one.number for one in counts}


@dataclass(frozen=True)
class Undelivered:
    """A message that did not arrive, or perhaps did not, and to whom it was written."""

    kind: str
    email: str
    state: Delivery
    at: datetime
    cause: str | None


REMEMBERED = timedelta(days=90)
"""How long what a message said is kept once it arrived: a quarter, as a campaign and its closing take at most."""

AT_A_TIME = 1000
"""How many messages are emptied at once."""

NOT_ARRIVED = (Delivery.FAILED, Delivery.REFUSED, Delivery.UNCERTAIN, Delivery.UNREACHABLE)
"""The ends of a message of which it is not known that it arrived."""


_ENDED_AT = func.coalesce(_message.c.ended_at, _message.c.written_at)
_UNDELIVERED = Query(
    Undelivered,
    select(_message.c.kind, _account.c.email, _message.c.state, _ENDED_AT, _message.c.cause)
    .join(_account, _account.c.id == _message.c.account_id)
    .where(everywhere(Permission.JOBS), _message.c.state.in_(NOT_ARRIVED))
    .order_by(_ENDED_AT.desc(), _message.c.id.desc())
    .limit(bindparam("most")),
)


async def last_undelivered(session: AsyncSession, actor: Actor, most: int) -> list[Undelivered]:
    """Return the last messages that did not arrive for certain, the newest first; nothing but for an administrator."""
    return await _UNDELIVERED.all(session, {**actor.scope, "most": most})


async def last_arrived(session: AsyncSession, actor: Actor, after: int | None) -> Sequence[Sequence[str]]:
    """Return the buttons, label and action, of the last message that was sent to the actor's chat after another: they
    may be typed too (decision 4).

    None where that other is the last one there.
    """
    query = (
        select(_message.c.screen)
        .where(
            _message.c.account_id == actor.account_id,
            _message.c.channel == Channel.TELEGRAM,
            _message.c.message_ref > (after or 0),
        )
        .order_by(_message.c.message_ref.desc())
        .limit(1)
    )
    screen = await session.scalar(query)
    return [] if screen is None else [button for row in screen["rows"] for button in row]


async def forget_what_arrived(session: AsyncSession, now: datetime, most: int = AT_A_TIME) -> int:
    """Empty messages that arrived long ago, so many at most; return how many. That they were sent is kept.

    What did not arrive for certain may be sent again, and the buttons of the last message of a chat may still be typed:
    both are kept.
    """
    later = _message.alias("later")
    followed = exists().where(
        later.c.account_id == _message.c.account_id,
        later.c.message_ref > _message.c.message_ref,
        later.c.channel == Channel.TELEGRAM,
    )
    old = (
        select(_message.c.id)
        .where(
            _message.c.screen.is_not(None),
            _message.c.ended_at < now - REMEMBERED,
            _message.c.state == Delivery.SENT,
            (_message.c.channel != Channel.TELEGRAM) | followed,
        )
        .order_by(_message.c.ended_at)
        .limit(most)
    )
    emptied = await session.execute(
        update(_message)
        .where(_message.c.id.in_(old.scalar_subquery()))
        .values(screen=None, letter=None, calendar=None)
        .returning(_message.c.id)
    )
    return len(emptied.all())
