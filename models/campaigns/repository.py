"""Read campaigns. They are nobody's secret: every account sees them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.metadata import table
from models.campaigns.tables import Campaign

_campaign = table(Campaign)


async def open_campaign(session: AsyncSession, today: date) -> Campaign | None:
    """Return the campaign that takes entries on that day, if any; the newest should there be two."""
    query = (
        select(Campaign)
        .where(_campaign.c.closed_at.is_(None), _campaign.c.opens <= today)
        .where(_campaign.c.closes.is_(None) | (_campaign.c.closes >= today))
        .order_by(_campaign.c.date.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def campaign_of(session: AsyncSession, day: date) -> Campaign | None:
    """Return the campaign of that date, if it exists."""
    return (await session.scalars(select(Campaign).where(_campaign.c.date == day))).first()


async def all_campaigns(session: AsyncSession) -> Sequence[Campaign]:
    """Return every campaign, newest first."""
    return (await session.scalars(select(Campaign).order_by(_campaign.c.date.desc()))).all()
