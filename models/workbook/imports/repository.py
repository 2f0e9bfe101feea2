"""What the database holds of the things a workbook speaks of, read in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.tables import Account
from models.base.bulk import chunks
from models.campaigns.tables import Campaign
from models.dispositifs.tables import FIGURES, Dispositif, Structure
from models.events.form import FIELDS, Answers
from models.events.tables import Event, EventState
from models.persons.tables import Person
from models.workbook.imports.allowed import Allowed
from models.workbook.imports.records import DispositifRecord, EventRecord, PersonRecord

Place = tuple[str, str]
"""A dispositif's reference and the name of one of its structures."""


@dataclass(frozen=True)
class HeldCampaign:
    """What an import needs to know of a campaign on the day it runs."""

    opens: date
    open: bool
    over: bool


@dataclass
class CurrentValues:
    """What the database holds, in the shape of the records.

    Only what the actor may write: what is outside their scope does not exist for them. Persons, their events and their
    coaches: only those asked for. `users` are the persons of a structure.
    """

    dispositifs: dict[str, DispositifRecord] = field(default_factory=dict)
    persons: dict[str, PersonRecord] = field(default_factory=dict)
    events: dict[str, dict[date, EventRecord]] = field(default_factory=dict)
    coaches: dict[str, str] = field(default_factory=dict)
    campaigns: dict[date, HeldCampaign] = field(default_factory=dict)
    users: dict[Place, set[str]] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)
    """The codes asked for that persons outside the scope bear: they cannot be given again."""


async def current_values(
    session: AsyncSession,
    allowed: Allowed,
    persons: Collection[str],
    dispositifs: Collection[str],
    today: date,
    *,
    described: Collection[str],
) -> CurrentValues:
    """Return all campaigns; of what may be written, all dispositifs and these persons with their events and coaches.

    `dispositifs` are those about to be rewritten: who is in which of their structures is read too. What identifies
    a person is decrypted only for the `described`, those about to be rewritten.
    """
    result = CurrentValues()
    result.dispositifs = await _dispositifs(session, allowed)
    result.campaigns = {
        campaign.date: HeldCampaign(campaign.opens, campaign.is_open(today), campaign.is_over(today))
        for campaign in (await session.scalars(select(Campaign))).all()
    }
    for references in chunks(persons):
        await _persons(session, allowed, references, result)
        theirs = [reference for reference in references if reference in result.persons]
        await _identify(session, [reference for reference in theirs if reference in described], result)
        await _events(session, theirs, result)
    await _users(session, [reference for reference in dispositifs if allowed.writes(reference)], result)
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


async def event_revisions(
    session: AsyncSession, persons: Collection[int], campaigns: Collection[int]
) -> dict[tuple[int, int], int]:
    """Return, locked, the revisions of the events of these persons in these campaigns, by person and campaign."""
    found: dict[tuple[int, int], int] = {}
    for some in chunks(persons):
        query = (
            select(col(Event.person_id), col(Event.campaign_id), col(Event.revision))
            .where(col(Event.person_id).in_(some), col(Event.campaign_id).in_(campaigns))
            .with_for_update()
        )
        rows: Any = await session.execute(query)
        for person, campaign, revision in rows:
            found[person, campaign] = revision
    return found


async def _dispositifs(session: AsyncSession, allowed: Allowed) -> dict[str, DispositifRecord]:
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
        if allowed.writes(row.reference)
    }


async def _persons(session: AsyncSession, allowed: Allowed, references: list[str], result: CurrentValues) -> None:
    query = (
        select(
            col(Person.reference),
            col(Dispositif.reference),
            col(Structure.name),
            col(Person.entry_date),
            col(Person.exit_date),
            col(Person.duree_sans_emploi),
            col(Person.orientation),
            col(Account.email),
        )
        .join(Dispositif, col(Dispositif.id) == col(Person.dispositif_id))
        .join(Structure, col(Structure.id) == col(Person.structure_id))
        .outerjoin(Account, col(Account.id) == col(Person.coach_id))
        .where(col(Person.reference).in_(references))
    )
    rows: Any = await session.execute(query)
    for reference, dispositif, *facts, coach in rows:
        if not allowed.writes(dispositif):
            result.elsewhere.add(reference)
            continue
        result.persons[reference] = PersonRecord(reference, dispositif, *facts)
        if coach is not None:
            result.coaches[reference] = coach


async def _identify(session: AsyncSession, references: list[str], result: CurrentValues) -> None:
    if not references:
        return
    query = select(
        col(Person.reference),
        col(Person.birth_date),
        col(Person.sexe),
        col(Person.handicap_principal),
        col(Person.handicap_associe),
    ).where(col(Person.reference).in_(references))
    rows: Any = await session.execute(query)
    for reference, birth_date, sexe, principal, associe in rows:
        result.persons[reference] = replace(
            result.persons[reference],
            birth_date=None if birth_date is None else date.fromisoformat(birth_date),
            sexe=sexe,
            handicap_principal=principal,
            handicap_associe=associe,
        )


async def _events(session: AsyncSession, references: list[str], result: CurrentValues) -> None:
    answers = [col(getattr(Event, field)) for field in FIELDS]
    query = (
        select(col(Person.reference), col(Campaign.date), col(Event.state), col(Event.confirmations), *answers)
        .join(Person, col(Person.id) == col(Event.person_id))
        .join(Campaign, col(Campaign.id) == col(Event.campaign_id))
        .where(col(Person.reference).in_(references))
    )
    rows: Any = await session.execute(query)
    for reference, day, state, confirmations, *given in rows:
        result.events.setdefault(reference, {})[day] = EventRecord(
            reference, day, Answers(*given), EventState(state), tuple(confirmations.items())
        )


async def _users(session: AsyncSession, dispositifs: Collection[str], result: CurrentValues) -> None:
    for references in chunks(dispositifs):
        query = (
            select(col(Dispositif.reference), col(Structure.name), col(Person.reference))
            .join(Structure, col(Structure.id) == col(Person.structure_id))
            .join(Dispositif, col(Dispositif.id) == col(Structure.dispositif_id))
            .where(col(Dispositif.reference).in_(references))
        )
        for dispositif, structure, person in await session.execute(query):
            result.users.setdefault((dispositif, structure), set()).add(person)
