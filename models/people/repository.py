"""All SQL of the persons' files, bounded by the dispositifs whose persons the actor manages (E12).

What identifies a person (birth date, sex, disability) is never read here: it does not pass through the chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Integer, String, and_, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Extent, Permission, holders
from models.accounts.queries import of_dispositifs, of_persons, one_of
from models.accounts.tables import Account, RoleGrant
from models.base.metadata import table
from models.base.revision import Stale
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.tables import Event
from models.persons.tables import Person
from models.reference.nomenclature import Orientation, Statut
from models.reference.scopes import Level

_person = table(Person)
_dispositif = table(Dispositif)
_structure = table(Structure)
_account = table(Account)
_grant = table(RoleGrant)
_event = table(Event)
_campaign = table(Campaign)


@dataclass(frozen=True)
class File:
    """What may be seen and changed of a person in the chat."""

    person_id: int
    reference: str
    dispositif_id: int
    dispositif: str
    structure_id: int
    structure: str
    coach_id: int | None
    coach: str | None
    entry_date: date | None
    exit_date: date | None
    orientation: Orientation | None


class _Line(NamedTuple):
    """A file in a page, and how many there are in all."""

    file: File
    matching: int


@dataclass(frozen=True)
class Files:
    """One page of the files, and how many there are in all."""

    lines: tuple[File, ...]
    matching: int


_files = (
    select(
        _person.c.id,
        _person.c.reference,
        _dispositif.c.id,
        _dispositif.c.reference,
        _structure.c.id,
        _structure.c.name,
        _account.c.id,
        _account.c.email,
        _person.c.entry_date,
        _person.c.exit_date,
        _person.c.orientation,
    )
    .select_from(_person)
    .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
    .join(_structure, _structure.c.id == _person.c.structure_id)
    .outerjoin(_account, _account.c.id == _person.c.coach_id)
    .where(of_persons(Permission.PERSON_MANAGE))
)
_FILE = Query(File, _files.where(_person.c.id == bindparam("person")))
_PAGE = Query(
    _Line,
    _files.add_columns(func.count().over())
    .order_by(_person.c.exit_date.is_not(None), _person.c.reference)
    .limit(bindparam("size", type_=Integer))
    .offset(bindparam("skipped", type_=BigInteger)),
)
_ENDING = Query(
    File,
    _files.where(func.upper(_person.c.reference).like(bindparam("pattern", type_=String)))
    .order_by(_person.c.reference)
    .limit(2),
)


async def file(session: AsyncSession, actor: Actor, person_id: int) -> File | None:
    """Return a person's file; none if the person does not exist for the actor."""
    return await _FILE.first(session, {**actor.scope, "person": person_id})


async def files(session: AsyncSession, actor: Actor, number: int, size: int) -> Files:
    """Return the page of that number, from 0: whoever is still followed first, by code."""
    lines = await _PAGE.all(session, {**actor.scope, "size": size, "skipped": number * size})
    return Files(tuple(line.file for line in lines), lines[0].matching if lines else 0)


async def ending(session: AsyncSession, actor: Actor, end: str) -> Sequence[File]:
    """Return the files whose code ends so, in capitals: two at most, to tell that one does not suffice."""
    return await _ENDING.all(session, {**actor.scope, "pattern": f"%{end}"})


async def coaches(session: AsyncSession, of: File) -> Sequence[tuple[int, str]]:
    """Return the job coaches of the file's dispositif, by number and e-mail address."""
    holds = and_(
        _grant.c.account_id == _account.c.id,
        one_of(holders(Permission.EVENT_ENTER, Extent.OWN)),
        _grant.c.scope == Level.DISPOSITIF.scope(of.dispositif),
    )
    query = select(_account.c.id, _account.c.email).join(_grant, holds).where(_account.c.revoked_at.is_(None))
    return [(row.id, row.email) for row in await session.execute(query.order_by(_account.c.email))]


async def structures(session: AsyncSession, actor: Actor, dispositif_id: int) -> Sequence[tuple[int, str]]:
    """Return the structures of a dispositif the actor coordinates, by number and name (E09)."""
    query = (
        select(_structure.c.id, _structure.c.name)
        .join(_dispositif, _dispositif.c.id == _structure.c.dispositif_id)
        .where(of_dispositifs(Permission.PERSON_MANAGE), _dispositif.c.id == dispositif_id)
        .order_by(_structure.c.name)
    )
    return [(row.id, row.name) for row in await session.execute(query, actor.scope)]


async def is_taken(session: AsyncSession, reference: str) -> bool:
    """Whether a person of any dispositif has that code (E04)."""
    return (await session.scalar(select(_person.c.id).where(_person.c.reference == reference))) is not None


async def add(session: AsyncSession, columns: dict[str, Any]) -> int:
    """Write a new person and return their number; raises `IntegrityError` where the code was taken meanwhile."""
    written = await session.execute(insert(_person).values(columns).returning(_person.c.id))
    return int(written.scalar_one())


async def followed_on(session: AsyncSession, of: File, from_day: date) -> Sequence[date]:
    """Return the campaigns from that day on whose event says the person is followed, not sent up yet (E15)."""
    query = (
        select(_campaign.c.date)
        .join(_event, _event.c.campaign_id == _campaign.c.id)
        .where(
            _event.c.person_id == of.person_id,
            _event.c.statut == Statut.SUIVI,
            _event.c.state != "sent_up",
            _campaign.c.date >= from_day,
        )
    )
    return list((await session.scalars(query.order_by(_campaign.c.date))).all())


async def change(session: AsyncSession, of: File, column: str, before: Any, after: Any) -> None:
    """Change one column of a person; raises `Stale` if it is no longer what the screen showed."""
    held = _person.c[column]
    unchanged = held.is_(None) if before is None else held == before
    statement = update(_person).where(_person.c.id == of.person_id, unchanged).values({column: after})
    result: Any = await session.execute(statement)
    if result.rowcount != 1:
        raise Stale
