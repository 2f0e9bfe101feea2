"""What a conversation or a command offers without being told: campaigns, and scopes as buttons carry them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.campaigns.repository import all_campaigns
from models.campaigns.tables import Campaign


async def begun(session: AsyncSession, today: date) -> Sequence[Campaign]:
    """Return the campaigns that have opened, newest first: the others hold nothing yet."""
    return [campaign for campaign in await all_campaigns(session) if campaign.opens <= today]


async def usual_day(session: AsyncSession, today: date, *, live: bool) -> date | None:
    """Return the date asked about unless told otherwise; none where no campaign has opened yet.

    `live` asks for the newest campaign; otherwise it is the last one that has ended, whose figures are whole.
    """
    return usual_among(await begun(session, today), today, live=live)


def usual_among(campaigns: Sequence[Campaign], today: date, *, live: bool) -> date | None:
    """Return the `usual_day` among campaigns that have opened, newest first."""
    ended = [campaign for campaign in campaigns if campaign.is_over(today)]
    found = campaigns if live or not ended else ended
    return found[0].date if found else None


def in_button(scope: str) -> str:
    """Return a scope as a button carries it: without the colon, which parts a button's arguments."""
    return scope.replace(":", ".")


def from_button(text: str) -> str:
    """Return the scope that `in_button` wrote."""
    return text.replace(".", ":")
