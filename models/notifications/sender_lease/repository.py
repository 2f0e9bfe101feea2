"""Who holds the one line to the channel, in SQL: one process at a time, taken over when it gives no sign of life."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.notifications.tables import ChannelLine

THE_LEASE = 1
_lease = table(ChannelLine)


async def take(session: AsyncSession, now: datetime, holder: str, until: datetime) -> bool:
    """Take the lease until then, or keep it; return whether it is this holder's."""
    if await _taken(session, now, holder, until):
        return True
    await session.execute(insert_or_ignore(session, _lease), {"id": THE_LEASE, "held_until": now})
    return await _taken(session, now, holder, until)


async def release(session: AsyncSession, holder: str) -> None:
    """Leave the lease to whoever wants it, if it is this holder's."""
    await session.execute(update(_lease).where(_lease.c.id == THE_LEASE, _lease.c.holder == holder).values(holder=None))


async def close(session: AsyncSession, until: datetime) -> None:
    """Keep until when the channel asked for silence: whoever takes over keeps it too."""
    await session.execute(
        update(_lease)
        .where(
            _lease.c.id == THE_LEASE,
            _lease.c.closed_until.is_(None) | (_lease.c.closed_until < until),
        )
        .values(closed_until=until)
    )


async def closed_until(session: AsyncSession) -> datetime | None:
    """Return until when the channel asked for silence, if it ever did."""
    return await session.scalar(select(_lease.c.closed_until).where(_lease.c.id == THE_LEASE))


async def held_until(session: AsyncSession) -> datetime | None:
    """Return until when the lease is held, or was held last; none if nobody ever held it."""
    return await session.scalar(select(_lease.c.held_until).where(_lease.c.id == THE_LEASE))


async def _taken(session: AsyncSession, now: datetime, holder: str, until: datetime) -> bool:
    free = _lease.c.holder.is_(None) | (_lease.c.held_until <= now)
    taken = await session.execute(
        update(_lease)
        .where(_lease.c.id == THE_LEASE, free | (_lease.c.holder == holder))
        .values(holder=holder, held_until=until)
        .returning(_lease.c.id)
    )
    return taken.first() is not None
