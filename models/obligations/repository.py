"""All SQL of the obligations: since when Jalon is somewhere. Earlier periods were nobody's to note here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.dispositifs.departements import departements
from models.platforms.where import Where
from models.tables import metadata

_meeting = metadata.tables["meeting"]
_grant = metadata.tables["role_grant"]
_figures = metadata.tables["dispositif_figures"]
_campaign = metadata.tables["campaign"]
_dispositif = metadata.tables["dispositif"]


async def begun(session: AsyncSession, dispositifs: Sequence[Where]) -> Mapping[str, date]:
    """Return the day since which Jalon is in each scope: its first campaign with figures, role given or meeting.

    What begins in a dispositif begins in its département and its région too. A scope that is not there has none.
    """
    around = {one.scope: (one.departement, one.region) for one in dispositifs}
    first: dict[str, date] = {}

    def note(day: date, scope: str, departement: str | None, region: str | None) -> None:
        for one in (scope, f"departement:{departement}", f"region:{region}"):
            first[one] = min(day, first.get(one, day))

    meetings = select(
        _meeting.c.scope, _meeting.c.departement_no, _meeting.c.region_code, func.min(_meeting.c.day)
    ).group_by(_meeting.c.scope, _meeting.c.departement_no, _meeting.c.region_code)
    for scope, departement, region, day in await session.execute(meetings):
        note(day, scope, departement, region)
    roles = select(_grant.c.scope, func.min(_grant.c.granted_at)).group_by(_grant.c.scope)
    for scope, at in await session.execute(roles):
        note(at.date(), scope, *_place_of(scope, around))
    dispositif: Any = literal("dispositif:") + _dispositif.c.reference
    campaigns = (
        select(dispositif, func.min(_campaign.c.opens))
        .select_from(_figures)
        .join(_campaign, _campaign.c.id == _figures.c.campaign_id)
        .join(_dispositif, _dispositif.c.id == _figures.c.dispositif_id)
        .group_by(_dispositif.c.reference)
    )
    for scope, day in await session.execute(campaigns):
        note(day, scope, *_place_of(scope, around))
    return first


def _place_of(scope: str, around: Mapping[str, tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    level, _, code = scope.partition(":")
    if level == "departement" and code in departements():
        return code, departements()[code].region_code
    return around.get(scope, (None, None))
