"""Signs of life, in the database: a flushed Redis must not make a process that works look dead."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.database import insert_or_replace
from models.base.metadata import table
from models.notifications.tables import SignOfLife

SCHEDULER = "scheduler"

_sign = table(SignOfLife)


async def give(session: AsyncSession, now: datetime, process: str) -> None:
    """Note that a process did its work just now."""
    await session.execute(insert_or_replace(session, _sign, "process"), {"process": process, "at": now})


async def last_seen(session: AsyncSession, process: str) -> datetime | None:
    """Return when a process last did its work; none if it never did."""
    return await session.scalar(select(_sign.c.at).where(_sign.c.process == process))
