"""All SQL of completeness and of the dispositifs' own figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Account
from models.base.clock import PARIS
from models.base.metadata import table
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.queries import EXPECTED
from models.events.tables import Event, EventHistory, EventState, Origin
from models.figures.tables import DispositifFigures
from models.persons.tables import Person
from models.reference.scopes import Level
from models.statistics import texts
from models.statistics.places import StatisticsScope
from models.statistics.repository import ACCOMPANIED
from models.statistics.sheet import Capacity, Completeness, Per

_person = table(Person)
_event = table(Event)
_history = table(EventHistory)
_dispositif = table(Dispositif)
_structure = table(Structure)
_account = table(Account)
_figures = table(DispositifFigures)

_KEYS: dict[Per, tuple[ColumnElement[Any], ...]] = {
    Per.DISPOSITIF: (_dispositif.c.reference,),
    Per.STRUCTURE: (
        _structure.c.name,
        _dispositif.c.reference,
        case((_structure.c.dispositif_id == _person.c.dispositif_id, _structure.c.id)),
    ),
    Per.COACH: (_account.c.email,),
}

_LOADED = exists().where(
    _history.c.person_id == _event.c.person_id,
    _history.c.campaign_id == _event.c.campaign_id,
    _history.c.origin == Origin.IMPORTED,
    _history.c.at == _event.c.created_at,
)
"""Whether an event was first written by a workbook: what was entered elsewhere says nothing of when."""


@dataclass(frozen=True)
class CompletenessRow:
    """Completeness of one dispositif, structure or coach; `place` is the text of its scope, if it is one.

    A structure of another dispositif (E09) is none, for the persons who are there all the same.
    """

    place: str | None
    completeness: Completeness


async def completeness(
    session: AsyncSession, place: StatisticsScope, campaign: Campaign, by: Per
) -> list[CompletenessRow]:
    """Return how far a campaign is in a place, in the order of the names."""
    keys = _KEYS[by]
    query = _counted(place, campaign, keys)
    rows = (await session.execute(query, {"day": campaign.date, "campaign_id": campaign.id})).all()
    lines = [_line(by, row[: len(keys)], row[len(keys) :]) for row in rows]
    return sorted(lines, key=lambda line: (line.completeness.label == texts.NOBODY, line.completeness.label))


async def completeness_total(session: AsyncSession, place: StatisticsScope, campaign: Campaign) -> Completeness:
    """Return how far a campaign is in the whole of a place, under its name."""
    query = _counted(place, campaign, ())
    row = (await session.execute(query, {"day": campaign.date, "campaign_id": campaign.id})).one()
    return Completeness(place.scope.name, *row)


async def capacity(session: AsyncSession, place: StatisticsScope, campaign: Campaign) -> Capacity:
    """Return the figures that the dispositifs of a place confirmed for a campaign, added up."""
    if place.structure_id is not None or place.coach_id is not None:
        return Capacity(place.scope.name, 0, 0, None, None, None, None, None)  # a dispositif's figures, no part's
    bounds = [] if place.dispositif_ids is None else [_dispositif.c.id.in_(place.dispositif_ids)]
    followed = (
        select(func.count())
        .select_from(_event.join(_person, _person.c.id == _event.c.person_id))
        .where(
            _event.c.campaign_id == campaign.id,
            ACCOMPANIED,
            _person.c.dispositif_id.in_(select(_figures.c.dispositif_id).where(_figures.c.campaign_id == campaign.id)),
            *place.bounds(),
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
    dispositifs, confirmed, persons, places, waiting, dropped = (await session.execute(query)).one()
    use = persons * 100 / places if places else None
    known = persons if confirmed else None
    return Capacity(place.scope.name, dispositifs, confirmed, places, known, use, waiting, dropped)


def _counted(
    place: StatisticsScope, campaign: Campaign, keys: Sequence[ColumnElement[Any]]
) -> Select[*tuple[Any, ...]]:
    """Return the query of the persons asked about and of their events, by those keys."""
    entered = _event.c.id.is_not(None)
    on_time = and_(entered, _created_in_time(campaign))
    counts = (
        func.count(),
        func.count().filter(entered),
        func.count().filter(_event.c.state.in_([EventState.VALIDATED, EventState.SENT_UP])),
        func.count().filter(on_time),
        func.count().filter(and_(entered, ~on_time, ~_LOADED)),
        func.count().filter(and_(entered, ~on_time, _LOADED)),
    )
    return (
        select(*keys, *counts)
        .select_from(_person)
        .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
        .join(_structure, _structure.c.id == _person.c.structure_id)
        .outerjoin(_account, _account.c.id == _person.c.coach_id)
        .outerjoin(_event, and_(_event.c.person_id == _person.c.id, _event.c.campaign_id == campaign.id))
        .where(*place.bounds(), or_(EXPECTED, entered))
        .group_by(*keys)
    )


def _created_in_time(campaign: Campaign) -> ColumnElement[bool]:
    """Whether an event was first written by the campaign's last day, included; always where that day is not fixed."""
    if campaign.closes is None:
        return true()
    over = datetime.combine(campaign.closes + timedelta(days=1), time(), PARIS)
    return _event.c.created_at < over


def _line(by: Per, key: Sequence[Any], counts: Sequence[int]) -> CompletenessRow:
    if by == Per.COACH:
        return CompletenessRow(None, Completeness(key[0] or texts.NOBODY, *counts))
    if by == Per.DISPOSITIF:
        return CompletenessRow(Level.DISPOSITIF.scope(key[0]), Completeness(key[0], *counts))
    name, reference, number = key
    its_own = None if number is None else Level.STRUCTURE.scope(str(number))
    return CompletenessRow(its_own, Completeness(texts.STRUCTURE.format(name=name, reference=reference), *counts))
