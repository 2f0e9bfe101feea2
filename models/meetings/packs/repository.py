"""The meeting pack: the persons, events and figures of the dispositifs of one platform."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif
from models.events.queries import EXPECTED_OF_ALL
from models.events.tables import Event, EventState
from models.figures.tables import DispositifFigures
from models.meetings.packs.cases import Followed, Said
from models.meetings.territories import Territory
from models.persons.tables import Person
from models.reference.nomenclature import Orientation, Statut, StatutDispositif
from models.reference.scopes import Level

_person = table(Person)
_event = table(Event)
_campaign = table(Campaign)
_dispositif = table(Dispositif)
_figures = table(DispositifFigures)


class _Entries(NamedTuple):
    orientation: Orientation | None
    persons: int


class _Event(NamedTuple):
    person_id: int
    said: Said


class _Person(NamedTuple):
    number: int
    reference: str
    dispositif: str
    entry_date: date | None
    due: bool


class Waiting(NamedTuple):
    """The waiting list and the orientations without a follow-up, added up, and since which date they hold."""

    waiting: int | None
    dropped: int | None
    day: date | None


class Progress(NamedTuple):
    """How many persons are asked about in a campaign, entered, validated."""

    expected: int
    entered: int
    validated: int


async def dispositifs(session: AsyncSession, where: Territory) -> list[int]:
    """Return the active dispositifs of a platform: all those of a département, or the one the place is."""
    query = select(_dispositif.c.id).where(_dispositif.c.statut == StatutDispositif.EN_ACTIVITE)
    if where.level is Level.DISPOSITIF:
        query = query.where(_dispositif.c.reference == where.at.code)
    else:
        query = query.where(_dispositif.c.departement_no == where.departement)
    return list((await session.scalars(query.order_by(_dispositif.c.reference))).all())


async def entries(
    session: AsyncSession, platform: Sequence[int], after: date | None, until: date
) -> dict[Orientation | None, int]:
    """Return how many persons came in after a day, until another one included, by where they were oriented from."""
    bounds = [_person.c.dispositif_id.in_(platform), _person.c.entry_date <= until]
    if after is not None:
        bounds.append(_person.c.entry_date > after)
    query = select(_person.c.orientation, func.count()).where(*bounds).group_by(_person.c.orientation)
    return {row.orientation: row.persons for row in await Query(_Entries, query).all(session)}


async def followed(
    session: AsyncSession, platform: Sequence[int], today: date, campaign: Campaign | None
) -> list[Followed]:
    """Return the persons in the process on a day, with their events from the newest on; none whose support ended."""
    here = and_(
        _person.c.dispositif_id.in_(platform),
        or_(_person.c.entry_date.is_(None), _person.c.entry_date <= today),
        or_(_person.c.exit_date.is_(None), _person.c.exit_date > today),
    )
    said: dict[int, list[Said]] = {}
    events = (
        select(_event.c.person_id, _campaign.c.date, _event.c.statut, _event.c.emploi_date, _event.c.state)
        .join(_campaign, _campaign.c.id == _event.c.campaign_id)
        .join(_person, _person.c.id == _event.c.person_id)
        .where(here)
        .order_by(_campaign.c.date.desc())
    )
    for row in await Query(_Event, events).all(session):
        said.setdefault(row.person_id, []).append(row.said)
    # Who is not entered is told once the campaign's date has come: before it nobody is late.
    expected: Any = EXPECTED_OF_ALL if campaign is not None and campaign.date <= today else literal(value=False)
    persons = (
        select(_person.c.id, _person.c.reference, _dispositif.c.reference, _person.c.entry_date, expected)
        .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
        .where(here)
    )
    return [
        Followed(
            row.reference,
            row.dispositif,
            row.entry_date,
            said.get(row.number, ()),
            bool(row.due),
            campaign is not None and any(one.day == campaign.date for one in said.get(row.number, ())),
        )
        for row in await Query(_Person, persons).all(session, {"day": campaign.date} if campaign else {})
        if not said.get(row.number) or said[row.number][0].statut is not Statut.TERMINE
    ]


async def waiting(session: AsyncSession, platform: Sequence[int]) -> Waiting:
    """Return the figures of the last campaign for which each dispositif confirmed its own; none where none did."""
    last = (
        select(_figures.c.dispositif_id, func.max(_campaign.c.date).label("day"))
        .join(_campaign, _campaign.c.id == _figures.c.campaign_id)
        .where(_figures.c.dispositif_id.in_(platform))
        .group_by(_figures.c.dispositif_id)
        .subquery()
    )
    query = (
        select(func.sum(_figures.c.liste_attente), func.sum(_figures.c.sans_suite), func.min(_campaign.c.date))
        .join(_campaign, _campaign.c.id == _figures.c.campaign_id)
        .join(last, and_(last.c.dispositif_id == _figures.c.dispositif_id, last.c.day == _campaign.c.date))
    )
    return await Query(Waiting, query).one(session)


async def completeness(session: AsyncSession, platform: Sequence[int], campaign: Campaign) -> Progress:
    """Return how far a campaign is on a platform."""
    entered = _event.c.id.is_not(None)
    query = (
        select(
            func.count(),
            func.count().filter(entered),
            func.count().filter(_event.c.state.in_((EventState.VALIDATED, EventState.SENT_UP))),
        )
        .select_from(_person)
        .outerjoin(_event, and_(_event.c.person_id == _person.c.id, _event.c.campaign_id == campaign.id))
        .where(_person.c.dispositif_id.in_(platform), or_(EXPECTED_OF_ALL, entered))
    )
    return await Query(Progress, query).one(session, {"day": campaign.date})
