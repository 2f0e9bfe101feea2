"""Read campaigns. They are nobody's secret: every account sees them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.campaigns.tables import Campaign


async def open_campaign(session: AsyncSession, today: date) -> Campaign | None:
    """Return the campaign that takes entries on that day, if any; the newest should there be two."""
    query = (
        select(Campaign)
        .where(col(Campaign.closed_at).is_(None), col(Campaign.opens) <= today)
        .where(col(Campaign.closes).is_(None) | (col(Campaign.closes) >= today))
        .order_by(col(Campaign.date).desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def campaign_of(session: AsyncSession, day: date) -> Campaign | None:
    """Return the campaign of that date, if it exists."""
    return (await session.scalars(select(Campaign).where(col(Campaign.date) == day))).first()


async def all_campaigns(session: AsyncSession) -> Sequence[Campaign]:
    """Return every campaign, newest first."""
    return (await session.scalars(select(Campaign).order_by(col(Campaign.date).desc()))).all()
