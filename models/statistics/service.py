"""Indicators, distributions and completeness, for whoever may see the scope asked for (see `repository.place`)."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.statistics.sheet import Breakdown, Capacity, Completeness, Distribution, Level, Sheet, Value


async def indicators(
    session: AsyncSession, asker: Asker, day: date, scope: str, only: Collection[str] | None = None
) -> Sheet:
    """Return the indicators (those of `only`, or all) of a scope at a campaign's date.

    Raises `UnknownScope` or `UnknownCampaign`, each with a French sentence.
    """
    raise NotImplementedError


async def evolution(
    session: AsyncSession, asker: Asker, scope: str, number: str, campaigns: Sequence[date]
) -> list[tuple[date, Value]]:
    """Return the values of an indicator at those campaigns, in their order. Raises as `indicators` does."""
    raise NotImplementedError


async def distribution(session: AsyncSession, asker: Asker, day: date, scope: str, by: Breakdown) -> Distribution:
    """Return how the population of a scope divides at a campaign's date. Raises as `indicators` does."""
    raise NotImplementedError


async def completeness(
    session: AsyncSession, asker: Asker, day: date, scope: str, by: Level = Level.DISPOSITIF
) -> list[Completeness]:
    """Return how far the entry of a campaign is, a line each. Raises as `indicators` does."""
    raise NotImplementedError


async def capacity(session: AsyncSession, asker: Asker, day: date, scope: str) -> Capacity:
    """Return capacity use, waiting list and sans suite of a scope's dispositifs. Raises as `indicators` does."""
    raise NotImplementedError


async def visible_scopes(session: AsyncSession, asker: Asker) -> list[str]:
    """Return the widest scopes that the asker may see, as texts: what a menu begins with."""
    raise NotImplementedError
