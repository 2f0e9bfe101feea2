"""How far the entry of a campaign is, and what the dispositifs confirmed of their own."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Account
from models.base.clock import PARIS
from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.queries import EXPECTED
from models.events.tables import EventHistory, Origin
from models.figures.tables import DispositifFigures
from models.reference.scopes import Level
from models.statistics import texts
from models.statistics.queries import ACCOMPANIED, EVENTS_OF_PERSONS, VALIDATED, event, person, within
from models.statistics.scope import StatisticsScope
from models.statistics.sheet import Capacity, Completeness, Per

_history = table(EventHistory)
_dispositif = table(Dispositif)
_structure = table(Structure)
_account = table(Account)
_figures = table(DispositifFigures)

_LOADED = exists().where(
    _history.c.person_id == event.c.person_id,
    _history.c.campaign_id == event.c.campaign_id,
    _history.c.origin == Origin.IMPORTED,
    _history.c.at == event.c.created_at,
)
"""Whether an event was first written by a workbook: what was entered elsewhere says nothing of when."""


class _Counts(NamedTuple):
    """The counts of completeness, in the order of its fields."""

    expected: int
    entered: int
    validated: int
    on_time: int
    late: int
    loaded: int


class _OfDispositif(NamedTuple):
    reference: str
    counts: _Counts


class _OfStructure(NamedTuple):
    """Of a structure of another dispositif (E09) there is no number: it is no place of these persons."""

    name: str
    reference: str
    number: int | None
    counts: _Counts


class _OfCoach(NamedTuple):
    email: str | None
    counts: _Counts


class _Capacity(NamedTuple):
    dispositifs: int
    confirmed: int
    followed: int
    capacite: int | None
    liste_attente: int | None
    sans_suite: int | None


@dataclass(frozen=True)
class CompletenessRow:
    """Completeness of one dispositif, structure or coach; `place` is the text of its scope, if it is one."""

    place: str | None
    completeness: Completeness


async def completeness(
    session: AsyncSession, place: StatisticsScope, campaign: Campaign, by: Per
) -> list[CompletenessRow]:
    """Return how far a campaign is in a place, in the order of the names."""
    match by:
        case Per.DISPOSITIF:
            lines = await _by_dispositif(session, place, campaign)
        case Per.STRUCTURE:
            lines = await _by_structure(session, place, campaign)
        case Per.COACH:
            lines = await _by_coach(session, place, campaign)
    return sorted(lines, key=lambda line: (line.completeness.label == texts.NOBODY, line.completeness.label))


async def completeness_total(session: AsyncSession, place: StatisticsScope, campaign: Campaign) -> Completeness:
    """Return how far a campaign is in the whole of a place, under its name."""
    counts = await Query(_Counts, _counted(place, campaign)).one(session, _of(campaign))
    return Completeness(place.scope.name, *counts)


async def capacity(session: AsyncSession, place: StatisticsScope, campaign: Campaign) -> Capacity:
    """Return the figures that the dispositifs of a place confirmed for a campaign, added up."""
    if place.structure_id is not None or place.coach_id is not None:
        return Capacity(place.scope.name, 0, 0, None, None, None, None, None)  # a dispositif's figures, no part's
    bounds = [] if place.dispositif_ids is None else [_dispositif.c.id.in_(place.dispositif_ids)]
    followed = (
        select(func.count())
        .select_from(EVENTS_OF_PERSONS)
        .where(
            event.c.campaign_id == campaign.id,
            ACCOMPANIED,
            person.c.dispositif_id.in_(select(_figures.c.dispositif_id).where(_figures.c.campaign_id == campaign.id)),
            *within(place),
        )
        .scalar_subquery()
    )
    sums = [func.sum(_figures.c[name]) for name in ("capacite", "liste_attente", "sans_suite")]
    query = (
        select(func.count(_dispositif.c.id), func.count(_figures.c.id), followed, *sums)
        .select_from(_dispositif)
        .outerjoin(_figures, and_(_figures.c.dispositif_id == _dispositif.c.id, _figures.c.campaign_id == campaign.id))
        .where(*bounds)
    )
    found = await Query(_Capacity, query).one(session)
    use = found.followed * 100 / found.capacite if found.capacite else None
    known = found.followed if found.confirmed else None
    return Capacity(
        place.scope.name,
        found.dispositifs,
        found.confirmed,
        found.capacite,
        known,
        use,
        found.liste_attente,
        found.sans_suite,
    )


async def _by_dispositif(session: AsyncSession, place: StatisticsScope, campaign: Campaign) -> list[CompletenessRow]:
    query = Query(_OfDispositif, _counted(place, campaign, _dispositif.c.reference))
    return [
        CompletenessRow(Level.DISPOSITIF.scope(row.reference), Completeness(row.reference, *row.counts))
        for row in await query.all(session, _of(campaign))
    ]


async def _by_structure(session: AsyncSession, place: StatisticsScope, campaign: Campaign) -> list[CompletenessRow]:
    its_own = case((_structure.c.dispositif_id == person.c.dispositif_id, _structure.c.id))
    query = Query(_OfStructure, _counted(place, campaign, _structure.c.name, _dispositif.c.reference, its_own))
    return [
        CompletenessRow(
            None if row.number is None else Level.STRUCTURE.scope(str(row.number)),
            Completeness(texts.STRUCTURE.format(name=row.name, reference=row.reference), *row.counts),
        )
        for row in await query.all(session, _of(campaign))
    ]


async def _by_coach(session: AsyncSession, place: StatisticsScope, campaign: Campaign) -> list[CompletenessRow]:
    query = Query(_OfCoach, _counted(place, campaign, _account.c.email))
    return [
        CompletenessRow(None, Completeness(row.email or texts.NOBODY, *row.counts))
        for row in await query.all(session, _of(campaign))
    ]


def _of(campaign: Campaign) -> dict[str, object]:
    return {"day": campaign.date, "campaign_id": campaign.id}


def _counted(place: StatisticsScope, campaign: Campaign, *keys: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Return the query of the persons asked about and of their events, by those keys."""
    entered = event.c.id.is_not(None)
    on_time = and_(entered, _created_in_time(campaign))
    counts = (
        func.count(),
        func.count().filter(entered),
        func.count().filter(VALIDATED),
        func.count().filter(on_time),
        func.count().filter(and_(entered, ~on_time, ~_LOADED)),
        func.count().filter(and_(entered, ~on_time, _LOADED)),
    )
    return (
        select(*keys, *counts)
        .select_from(person)
        .join(_dispositif, _dispositif.c.id == person.c.dispositif_id)
        .join(_structure, _structure.c.id == person.c.structure_id)
        .outerjoin(_account, _account.c.id == person.c.coach_id)
        .outerjoin(event, and_(event.c.person_id == person.c.id, event.c.campaign_id == campaign.id))
        .where(*within(place), or_(EXPECTED, entered))
        .group_by(*keys)
    )


def _created_in_time(campaign: Campaign) -> ColumnElement[bool]:
    """Whether an event was first written by the campaign's last day, included; always where that day is not fixed."""
    if campaign.closes is None:
        return true()
    over = datetime.combine(campaign.closes + timedelta(days=1), time(), PARIS)
    return event.c.created_at < over
