"""Who holds the one line to the channel, in SQL: one process at a time, taken over when it gives no sign of life."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.notifications.tables import ChannelLine

THE_LINE = 1
_line = table(ChannelLine)


async def take(session: AsyncSession, now: datetime, holder: str, until: datetime) -> bool:
    """Take the lease until then, or keep it; return whether it is this holder's."""
    if await _taken(session, now, holder, until):
        return True
    await session.execute(insert_or_ignore(session, _line), {"id": THE_LINE, "held_until": now})
    return await _taken(session, now, holder, until)


async def release(session: AsyncSession, holder: str) -> None:
    """Leave the lease to whoever wants it, if it is this holder's."""
    await session.execute(
        update(ChannelLine)
        .where(col(ChannelLine.id) == THE_LINE, col(ChannelLine.holder) == holder)
        .values(holder=None)
        .execution_options(synchronize_session=False)
    )


async def close(session: AsyncSession, until: datetime) -> None:
    """Keep until when the channel asked for silence: whoever takes the line over keeps it too."""
    await session.execute(
        update(ChannelLine)
        .where(
            col(ChannelLine.id) == THE_LINE,
            col(ChannelLine.closed_until).is_(None) | (col(ChannelLine.closed_until) < until),
        )
        .values(closed_until=until)
        .execution_options(synchronize_session=False)
    )


async def closed_until(session: AsyncSession) -> datetime | None:
    """Return until when the channel asked for silence, if it ever did."""
    return await session.scalar(select(col(ChannelLine.closed_until)).where(col(ChannelLine.id) == THE_LINE))


async def held_until(session: AsyncSession) -> datetime | None:
    """Return until when the line is held, or was held last; none if nobody ever held it."""
    return await session.scalar(select(col(ChannelLine.held_until)).where(col(ChannelLine.id) == THE_LINE))


async def _taken(session: AsyncSession, now: datetime, holder: str, until: datetime) -> bool:
    free = col(ChannelLine.holder).is_(None) | (col(ChannelLine.held_until) <= now)
    taken = await session.execute(
        update(ChannelLine)
        .where(col(ChannelLine.id) == THE_LINE, free | (col(ChannelLine.holder) == holder))
        .values(holder=holder, held_until=until)
        .returning(col(ChannelLine.id))
        .execution_options(synchronize_session=False)
    )
    return taken.first() is not None
