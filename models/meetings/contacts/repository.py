"""All SQL of the contacts, bounded by how far the actor's rights go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Account
from models.base.channels import Address
from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.base.rows import Query
from models.meetings.bodies import Body, Function
from models.meetings.contacts.tables import Contact
from models.meetings.contacts.texts import named
from models.meetings.permissions import MeetingPermissions
from models.meetings.queries import led_rows
from models.meetings.states import Answer
from models.meetings.tables import MeetingAnswer, MeetingParticipant, MeetingRow
from models.meetings.territories import Territory
from models.reference.scopes import Level

_contact = table(Contact)
_account = table(Account)

_LISTED = (
    *(_contact.c[name] for name in ("id", "scope", "body", "function", "email")),
    _contact.c.archived_at.is_not(None),
    _account.c.id,
    _account.c.channel_address,
)
_WITH_ACCOUNT = _contact.outerjoin(_account, (_account.c.email == _contact.c.email) & _account.c.revoked_at.is_(None))


@dataclass(frozen=True)
class Listed:
    """A contact, with the account of their e-mail address and its channel where they have one."""

    id: int
    scope: str
    body: Body
    function: Function
    email: str
    archived: bool
    account_id: int | None
    channel_address: Address | None

    @property
    def name(self) -> str:
        """« Cap emploi, conseiller »: a contact has no other name here."""
        return named(self.body, self.function)


class Invited(NamedTuple):
    """A contact invited to a meeting, with the last answer to the date that the meeting has now."""

    contact: Listed
    meeting_id: int
    invited_at: datetime | None
    invited_sequence: int | None
    answer: Answer | None
    answered_at: datetime | None


class Known(NamedTuple):
    """A contact of an address, archived or not."""

    id: int
    body: Body
    function: Function
    archived_at: datetime | None


async def listed(session: AsyncSession, permissions: MeetingPermissions, where: Territory) -> list[Listed]:
    """Return the contacts of a place that the actor leads, by body, without those archived.

    A département has those of its dispositifs too; a dispositif those of its département; a region all of them.
    """
    if where.level is Level.REGION:
        there: ColumnElement[bool] = _contact.c.region_code == where.region
    elif where.departement is None:
        there = _contact.c.scope == where.scope
    else:
        there = _contact.c.departement_no == where.departement
    return await _listed(session, there, led_rows(permissions, _contact), _contact.c.archived_at.is_(None))


async def chosen(session: AsyncSession, permissions: MeetingPermissions, numbers: Collection[int]) -> list[Listed]:
    """Return those of the contacts of these numbers that the actor leads, archived or not."""
    return await _listed(session, led_rows(permissions, _contact), _contact.c.id.in_(numbers))


async def invited(session: AsyncSession, meeting_ids: Collection[int]) -> list[Invited]:
    """Return the participants of meetings, already bounded by whoever calls."""
    taking_part, meeting = table(MeetingParticipant), table(MeetingRow)
    said, last = table(MeetingAnswer), table(MeetingAnswer).alias("last")
    last_one = (
        select(func.max(last.c.id))
        .where(
            last.c.meeting_id == taking_part.c.meeting_id,
            last.c.contact_id == taking_part.c.contact_id,
            last.c.sequence >= meeting.c.dated_sequence,
        )
        .correlate(taking_part, meeting)
        .scalar_subquery()
    )
    query = (
        select(
            *_LISTED,
            taking_part.c.meeting_id,
            taking_part.c.invited_at,
            taking_part.c.invited_sequence,
            said.c.answer,
            said.c.at,
        )
        .select_from(
            _WITH_ACCOUNT.join(taking_part, taking_part.c.contact_id == _contact.c.id)
            .join(meeting, meeting.c.id == taking_part.c.meeting_id)
            .outerjoin(said, said.c.id == last_one)
        )
        .where(taking_part.c.meeting_id.in_(meeting_ids))
        .order_by(_contact.c.body, _contact.c.function, _contact.c.id)
    )
    return await Query(Invited, query).all(session)


async def same_address(session: AsyncSession, scope: str, email: str) -> list[Known]:
    """Return the contacts of that address in the book of a scope, archived or not."""
    query = select(*(_contact.c[name] for name in Known._fields))
    query = query.where(_contact.c.scope == scope, func.lower(_contact.c.email) == email)
    return await Query(Known, query.order_by(_contact.c.id)).all(session)


async def write(session: AsyncSession, values: dict[str, Any]) -> int | None:
    """Write a contact and return its number; none where its address came into that book meanwhile."""
    number: int | None = await session.scalar(insert_or_ignore(session, _contact).returning(_contact.c.id), values)
    return number


async def change(session: AsyncSession, number: int, values: dict[str, Any]) -> None:
    """Bring a contact up to date."""
    await session.execute(update(_contact).where(_contact.c.id == number).values(values))


async def archive(session: AsyncSession, number: int, now: datetime) -> None:
    """Take a contact off the book; past meetings still name it."""
    await change(session, number, {"archived_at": now})


async def _listed(session: AsyncSession, *bounds: ColumnElement[bool]) -> list[Listed]:
    query = (
        select(*_LISTED)
        .select_from(_WITH_ACCOUNT)
        .where(*bounds)
        .order_by(_contact.c.body, _contact.c.function, _contact.c.id)
    )
    return await Query(Listed, query).all(session)
