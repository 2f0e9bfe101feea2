"""Forget what messages said, long after they arrived; that they were told is kept, with when and by which way."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.notifications.tables import Channel, Delivery, OutboxMessage

REMEMBERED = timedelta(days=90)
"""How long what a message said is kept once it arrived: a quarter, as a campaign and its closing take at most."""

AT_A_TIME = 1000


async def forget_what_arrived(session: AsyncSession, now: datetime, most: int = AT_A_TIME) -> int:
    """Empty messages that arrived long ago, so many at most; return how many.

    What did not arrive for certain may be sent again, and the buttons of the last message of a chat may still be typed:
    both are kept.
    """
    later = aliased(OutboxMessage)
    followed = exists().where(
        col(later.account_id) == col(OutboxMessage.account_id),
        col(later.message_ref) > col(OutboxMessage.message_ref),
        col(later.channel) == Channel.TELEGRAM,
    )
    old = (
        select(col(OutboxMessage.id))
        .where(
            col(OutboxMessage.screen).is_not(None),
            col(OutboxMessage.ended_at) < now - REMEMBERED,
            col(OutboxMessage.state) == Delivery.SENT,
            (col(OutboxMessage.channel) != Channel.TELEGRAM) | followed,
        )
        .order_by(col(OutboxMessage.ended_at))
        .limit(most)
    )
    emptied = await session.execute(
        update(OutboxMessage)
        .where(col(OutboxMessage.id).in_(old.scalar_subquery()))
        .values(screen=None, letter=None, calendar=None)
        .returning(col(OutboxMessage.id))
        .execution_options(synchronize_session=False)
    )
    return len(emptied.all())
