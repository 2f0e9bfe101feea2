"""Read dispositifs and their structures."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.metadata import table
from models.dispositifs.tables import Dispositif

_dispositif = table(Dispositif)


async def dispositif_exists(session: AsyncSession, reference: str) -> bool:
    """Whether a dispositif of that reference exists."""
    query = select(_dispositif.c.id).where(_dispositif.c.reference == reference)
    return (await session.scalar(query)) is not None


async def holds_anything(session: AsyncSession) -> bool:
    """Whether there is any dispositif: without one there is no data at all."""
    return (await session.scalar(select(_dispositif.c.id).limit(1))) is not None
