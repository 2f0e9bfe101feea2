"""What came to a chat by itself after the screen its owner had: its buttons may be typed too (decision 4)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import Actor
from models.notifications.tables import Channel, OutboxMessage


async def last_arrived(session: AsyncSession, actor: Actor, after: int | None) -> Sequence[Sequence[str]]:
    """Return the buttons, label and action, of the last message that was sent to the actor's chat after another.

    None where that other is the last one there.
    """
    query = (
        select(col(OutboxMessage.screen))
        .where(
            col(OutboxMessage.account_id) == actor.account_id,
            col(OutboxMessage.channel) == Channel.TELEGRAM,
            col(OutboxMessage.message_ref) > (after or 0),
        )
        .order_by(col(OutboxMessage.message_ref).desc())
        .limit(1)
    )
    screen = await session.scalar(query)
    return [] if screen is None else [button for row in screen["rows"] for button in row]
