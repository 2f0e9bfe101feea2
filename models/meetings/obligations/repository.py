"""The obligations: since when Jalon is somewhere. Earlier periods were nobody's to note here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Date, String, cast, func, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import RoleGrant
from models.base.columns import Moment
from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif
from models.figures.tables import DispositifFigures
from models.meetings.tables import MeetingRow
from models.meetings.territories import Territory
from models.reference.departements import departements
from models.reference.scopes import Level, Scope

_meeting = table(MeetingRow)
_grant = table(RoleGrant)
_figures = table(DispositifFigures)
_campaign = table(Campaign)
_dispositif = table(Dispositif)


class _First(NamedTuple):
    """The first of a scope: a day or a moment."""

    scope: str
    departement: str | None
    region: str | None
    day: date | None
    at: datetime | None


async def begun(session: AsyncSession, dispositifs: Sequence[Territory]) -> Mapping[str, date]:
    """Return the day since which Jalon is in each scope: its first campaign with figures, role given or meeting.

    What begins in a dispositif begins in its département and its région too. A scope that is not there has none.
    """
    of_dispositif = {one.scope: (one.departement, one.region) for one in dispositifs}
    first: dict[str, date] = {}

    def note(day: date, scope: str, departement: str | None, region: str | None) -> None:
        for one in (scope, Level.DEPARTEMENT.scope(departement), Level.REGION.scope(region)):
            first[one] = min(day, first.get(one, day))

    for row in await Query(_First, _firsts()).all(session):
        place = _place_of(row.scope, of_dispositif) if row.region is None else (row.departement, row.region)
        day = row.day or (row.at and row.at.date())
        assert day is not None
        note(day, row.scope, *place)
    return first


def _firsts() -> CompoundSelect[Any]:
    """Return the first of each scope in one statement: of its meetings by day, its roles by moment, its campaigns."""
    no_day, no_moment, nowhere = cast(null(), Date), cast(null(), Moment), cast(null(), String)
    dispositif: Any = literal(Level.DISPOSITIF.scope("")) + _dispositif.c.reference
    return union_all(
        select(
            _meeting.c.scope,
            _meeting.c.departement_no.label("departement"),
            _meeting.c.region_code.label("region"),
            func.min(_meeting.c.day).label("day"),
            no_moment.label("at"),
        ).group_by(_meeting.c.scope, _meeting.c.departement_no, _meeting.c.region_code),
        select(_grant.c.scope, nowhere, nowhere, no_day, func.min(_grant.c.granted_at)).group_by(_grant.c.scope),
        select(dispositif, nowhere, nowhere, func.min(_campaign.c.opens), no_moment)
        .select_from(_figures)
        .join(_campaign, _campaign.c.id == _figures.c.campaign_id)
        .join(_dispositif, _dispositif.c.id == _figures.c.dispositif_id)
        .group_by(_dispositif.c.reference),
    )


def _place_of(scope: str, of_dispositif: Mapping[str, tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    level, code = Scope.parse(scope)
    if level is Level.DEPARTEMENT and code in departements():
        return code, departements()[code].region_code
    return of_dispositif.get(scope, (None, None))
