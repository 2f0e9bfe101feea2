"""Read dispositifs and their structures."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.rights import COORDINATED_DISPOSITIFS, Asker
from models.dispositifs.tables import Dispositif


async def dispositif_exists(session: AsyncSession, reference: str) -> bool:
    """Whether a dispositif of that reference exists."""
    query = select(col(Dispositif.id)).where(col(Dispositif.reference) == reference)
    return (await session.scalar(query)) is not None


async def coordinated(session: AsyncSession, asker: Asker) -> list[tuple[int, str]]:
    """Return the dispositifs that the asker coordinates, by number and reference."""
    query = select(col(Dispositif.id), col(Dispositif.reference)).where(COORDINATED_DISPOSITIFS)
    rows = await session.execute(query.order_by(col(Dispositif.reference)), asker.scope)
    return [(number, reference) for number, reference in rows if number is not None]


async def holds_anything(session: AsyncSession) -> bool:
    """Whether there is any dispositif: without one there is no data at all."""
    return (await session.scalar(select(col(Dispositif.id)).limit(1))) is not None
