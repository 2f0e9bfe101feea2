"""What the database holds of the things a workbook speaks of, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.tables import Account
from models.campaigns.tables import Campaign
from models.dispositifs.tables import FIGURES, Dispositif, Structure
from models.events.form import Answers
from models.events.tables import Event, EventState
from models.persons.tables import Person
from models.workbook.records import DispositifRecord, EventRecord, PersonRecord

Place = tuple[str, str]
"""A dispositif's reference and the name of one of its structures."""

CHUNK = 5_000
"""References in one query: both databases take at most some 32,000 parameters."""


@dataclass(frozen=True)
class HeldCampaign:
    """What an import needs to know of a campaign on the day it runs."""

    opens: date
    open: bool
    over: bool


@dataclass
class Held:
    """What the database holds, in the shape of the records.

    Persons, their events and their coaches: only those asked for. `users` are the persons of a structure.
    """

    dispositifs: dict[str, DispositifRecord] = field(default_factory=dict)
    persons: dict[str, PersonRecord] = field(default_factory=dict)
    events: dict[str, dict[date, EventRecord]] = field(default_factory=dict)
    coaches: dict[str, str] = field(default_factory=dict)
    campaigns: dict[date, HeldCampaign] = field(default_factory=dict)
    users: dict[Place, set[str]] = field(default_factory=dict)


async def held(session: AsyncSession, persons: Collection[str], dispositifs: Collection[str], today: date) -> Held:
    """Return all dispositifs and campaigns, these persons with their events and coaches.

    `dispositifs` are those about to be rewritten: who is in which of their structures is read too.
    """
    result = Held()
    result.dispositifs = await _dispositifs(session)
    result.campaigns = {
        campaign.date: HeldCampaign(campaign.opens, campaign.is_open(today), campaign.is_over(today))
        for campaign in (await session.scalars(select(Campaign))).all()
    }
    for references in chunks(persons):
        await _persons(session, references, result)
        await _events(session, references, result)
    await _users(session, dispositifs, result)
    return result


async def ids(session: AsyncSession, column: Any, number: Any, keys: Collection[Any]) -> dict[Any, int]:
    """Return the numbers of rows by a unique column, for these keys."""
    found: dict[Any, int] = {}
    for some in chunks(keys):
        rows: Any = await session.execute(select(column, number).where(column.in_(some)))
        found.update(rows.all())
    return found


async def place_ids(session: AsyncSession, dispositifs: Collection[str]) -> dict[Place, tuple[int, int]]:
    """Return the numbers of the dispositif and of the structure, for every structure of these dispositifs."""
    found: dict[Place, tuple[int, int]] = {}
    for references in chunks(dispositifs):
        query = (
            select(col(Dispositif.reference), col(Structure.name), col(Dispositif.id), col(Structure.id))
            .join(Dispositif, col(Dispositif.id) == col(Structure.dispositif_id))
            .where(col(Dispositif.reference).in_(references))
        )
        rows: Any = await session.execute(query)
        for reference, name, dispositif, structure in rows:
            found[reference, name] = (dispositif, structure)
    return found


async def event_ids(
    session: AsyncSession, persons: Collection[int], campaigns: Collection[int]
) -> dict[tuple[int, int], int]:
    """Return the numbers of the events of these persons in these campaigns, by person and campaign."""
    found: dict[tuple[int, int], int] = {}
    for some in chunks(persons):
        query = select(col(Event.person_id), col(Event.campaign_id), col(Event.id)).where(
            col(Event.person_id).in_(some), col(Event.campaign_id).in_(campaigns)
        )
        rows: Any = await session.execute(query)
        for person, campaign, number in rows:
            found[person, campaign] = number
    return found


def chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the keys in lists a query can take."""
    rest = iter(keys)
    while some := list(islice(rest, CHUNK)):
        yield some


async def _dispositifs(session: AsyncSession) -> dict[str, DispositifRecord]:
    structures: dict[int, set[str]] = defaultdict(set)
    for structure in (await session.scalars(select(Structure))).all():
        structures[structure.dispositif_id].add(structure.name)
    return {
        row.reference: DispositifRecord(
            row.reference,
            row.email_responsable,
            row.nom_responsable,
            row.prenom_responsable,
            row.nom,
            row.departement_no,
            tuple(row.emails_conseillers),
            row.statut,
            frozenset(structures[row.id or 0]),
            **{figure: getattr(row, figure) for figure in FIGURES},
        )
        for row in (await session.scalars(select(Dispositif))).all()
    }


async def _persons(session: AsyncSession, references: list[str], result: Held) -> None:
    query = (
        select(Person, col(Dispositif.reference), col(Structure.name), col(Account.email))
        .join(Dispositif, col(Dispositif.id) == col(Person.dispositif_id))
        .join(Structure, col(Structure.id) == col(Person.structure_id))
        .outerjoin(Account, col(Account.id) == col(Person.coach_id))
        .where(col(Person.reference).in_(references))
    )
    for person, dispositif, structure, coach in await session.execute(query):
        result.persons[person.reference] = PersonRecord(
            person.reference,
            dispositif,
            structure,
            person.entry_date,
            person.exit_date,
            person.duree_sans_emploi,
            person.orientation,
            None if person.birth_date is None else date.fromisoformat(person.birth_date),
            person.sexe,
            person.handicap_principal,
            person.handicap_associe,
        )
        if coach is not None:
            result.coaches[person.reference] = coach


async def _events(session: AsyncSession, references: list[str], result: Held) -> None:
    query = (
        select(Event, col(Person.reference), col(Campaign.date))
        .join(Person, col(Person.id) == col(Event.person_id))
        .join(Campaign, col(Campaign.id) == col(Event.campaign_id))
        .where(col(Person.reference).in_(references))
    )
    for event, reference, day in await session.execute(query):
        result.events.setdefault(reference, {})[day] = EventRecord(
            reference,
            day,
            answers_of(event),
            EventState(event.state),
            tuple(event.confirmations.items()),
        )


async def _users(session: AsyncSession, dispositifs: Collection[str], result: Held) -> None:
    for references in chunks(dispositifs):
        query = (
            select(col(Dispositif.reference), col(Structure.name), col(Person.reference))
            .join(Structure, col(Structure.id) == col(Person.structure_id))
            .join(Dispositif, col(Dispositif.id) == col(Structure.dispositif_id))
            .where(col(Dispositif.reference).in_(references))
        )
        for dispositif, structure, person in await session.execute(query):
            result.users.setdefault((dispositif, structure), set()).add(person)


def answers_of(event: Event) -> Answers:
    """Return the six answers an event holds."""
    return Answers(
        event.statut,
        event.niveau_soutien,
        event.emploi_date,
        event.formation_date,
        event.emploi_mois,
        event.formation_mois,
    )
