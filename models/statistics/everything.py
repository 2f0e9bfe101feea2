"""All figures of a scope at a campaign's date, read together: what the command line prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.statistics import service
from models.statistics.places import place
from models.statistics.sheet import Breakdown, Capacity, Completeness, Distribution, Per, Sheet


@dataclass(frozen=True)
class Everything:
    """The indicators, completeness (in all, and by what the asker may see it), capacity, distributions."""

    sheet: Sheet
    total: Completeness
    completeness: Mapping[Per, Sequence[Completeness]]
    capacity: Capacity
    distributions: Sequence[Distribution]


async def everything(session: AsyncSession, asker: Asker, day: date, scope: str) -> Everything:
    """Return all figures of a scope; by coach for those who hold the data. Raises as `service.indicators` does."""
    sheet = await service.indicators(session, asker, day, scope)
    holds = (await place(session, asker, scope)).individual
    each = [per for per in Per if holds or per is not Per.COACH]
    return Everything(
        sheet,
        await service.completeness_total(session, asker, day, scope),
        {per: await service.completeness(session, asker, day, scope, per) for per in each},
        await service.capacity(session, asker, day, scope),
        [await service.distribution(session, asker, day, scope, by) for by in Breakdown],
    )
