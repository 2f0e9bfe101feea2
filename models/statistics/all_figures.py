"""All figures of a scope at a campaign's date, read together: what the command line prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.statistics import service
from models.statistics.places import place
from models.statistics.sheet import Breakdown, Capacity, Completeness, Distribution, IndicatorTable, Per


@dataclass(frozen=True)
class AllFigures:
    """The indicators, completeness (in all, and by what the actor may see it), capacity, distributions."""

    sheet: IndicatorTable
    total: Completeness
    completeness: Mapping[Per, Sequence[Completeness]]
    capacity: Capacity
    distributions: Sequence[Distribution]


async def all_figures(session: AsyncSession, actor: Actor, day: date, scope: str) -> AllFigures:
    """Return all figures of a scope; by coach for those who hold the data. Raises as `service.indicators` does."""
    sheet = await service.indicators(session, actor, day, scope)
    holds = (await place(session, actor, scope)).individual
    each = [per for per in Per if holds or per is not Per.COACH]
    return AllFigures(
        sheet,
        await service.completeness_total(session, actor, day, scope),
        {per: await service.completeness(session, actor, day, scope, per) for per in each},
        await service.capacity(session, actor, day, scope),
        [await service.distribution(session, actor, day, scope, by) for by in Breakdown],
    )
