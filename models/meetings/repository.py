"""Meetings, their participants and answers, bounded by how far the actor's rights go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.accounts.tables import Account
from models.base.metadata import table
from models.base.rows import Query
from models.meetings.contacts import repository as contacts
from models.meetings.contacts.repository import Listed
from models.meetings.contacts.tables import Contact
from models.meetings.kinds import MeetingKind
from models.meetings.permissions import MeetingPermissions
from models.meetings.queries import known_rows, led_rows, of_territory
from models.meetings.states import Answer, MeetingState
from models.meetings.tables import MeetingAnswer, MeetingParticipant, MeetingRow
from models.meetings.territories import Territory

_meeting = table(MeetingRow)
_participant = table(MeetingParticipant)
_answer = table(MeetingAnswer)
_contact = table(Contact)
_account = table(Account)


@dataclass(frozen=True)
class Participant:
    """Somebody invited: their contact, their answer to the present date, and when their last invitation was written.

    What became of it is read where it is shown (`models.meetings.invitations`).
    """

    contact: Listed
    answer: Answer | None
    answered_at: datetime | None
    invited_at: datetime | None
    invited_sequence: int | None


@dataclass(frozen=True)
class Meeting:
    """A meeting as it stands. Who only knows its date gets it without participants, place, link and organiser."""

    id: int
    uid: str
    kind: MeetingKind
    scope: str
    departement_no: str | None
    region_code: str | None
    day: date
    hour: time
    zone: ZoneInfo
    starts_at: datetime
    ends_at: datetime
    minutes: int
    place: str | None
    link: str | None
    organiser: str
    series_id: int | None
    replaces_id: int | None
    state: MeetingState
    sequence: int
    dated_sequence: int
    revision: int
    participants: tuple[Participant, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether it is to take place."""
        return self.state in MeetingState.live()

    def participant(self, contact_id: int) -> Participant | None:
        """Return somebody invited by the number of their contact."""
        return next((one for one in self.participants if one.contact.id == contact_id), None)


async def led(session: AsyncSession, permissions: MeetingPermissions, *bounds: ColumnElement[bool]) -> list[Meeting]:
    """Return the meetings the actor leads, whole, in the order of their dates."""
    return await _whole(session, select(*_COLUMNS).where(led_rows(permissions, _meeting), *bounds))


async def one_led(
    session: AsyncSession, permissions: MeetingPermissions, number: int, *, lock: bool = False
) -> Meeting | None:
    """Return a meeting the actor leads, locked until the transaction ends if it is to be changed."""
    query = select(*_COLUMNS).where(led_rows(permissions, _meeting), _meeting.c.id == number)
    found = await _whole(session, query.with_for_update() if lock else query)
    return found[0] if found else None


async def known(session: AsyncSession, permissions: MeetingPermissions, *bounds: ColumnElement[bool]) -> list[Meeting]:
    """Return the dates and states of the meetings the actor knows: neither who comes nor where."""
    return await _bare(session, select(*_COLUMNS).where(known_rows(permissions, _meeting), *bounds))


async def past(
    session: AsyncSession,
    permissions: MeetingPermissions,
    there: Territory,
    now: datetime,
    today: date,
    skipped: int,
    most: int,
) -> tuple[list[Meeting], int]:
    """Return the dates of the meetings of a platform that are over or were cancelled, the last first; how many in all.

    There are `most` at most, after those `skipped`; `today` is the day it is there.
    """
    over = and_(
        known_rows(permissions, _meeting),
        of_territory(there),
        _meeting.c.day <= today,
        or_(_meeting.c.ends_at <= now, _meeting.c.state == MeetingState.CANCELLED),
    )
    last_first = _meeting.c.starts_at.desc(), _meeting.c.id.desc()
    page = select(_meeting.c.id).where(over).order_by(*last_first).limit(most).offset(skipped)
    found = await _bare(session, select(*_COLUMNS).where(_meeting.c.id.in_(page)))
    total = await session.scalar(select(func.count()).select_from(_meeting).where(over))
    return found[::-1], total or 0


async def counted(session: AsyncSession, *bounds: ColumnElement[bool]) -> list[Meeting]:
    """Return the dates and states by which obligations are counted, whoever asks: the caller has checked the scope."""
    return await _bare(session, select(*_COLUMNS).where(*bounds))


async def one_invited(session: AsyncSession, actor: Actor, number: int) -> Meeting | None:
    """Return a meeting to which the actor's own address is invited, with their own participation alone."""
    found = await invited_to(session, actor, _meeting.c.id == number)
    return found[0] if found else None


async def invited_to(session: AsyncSession, actor: Actor, *bounds: ColumnElement[bool]) -> list[Meeting]:
    """Return the meetings to which the actor's own address is invited, each with their own participation alone."""
    own = (
        select(_participant.c.meeting_id, _participant.c.contact_id)
        .join(_meeting, _meeting.c.id == _participant.c.meeting_id)
        .join(_contact, _contact.c.id == _participant.c.contact_id)
        .join(_account, _account.c.email == _contact.c.email)
        .where(_account.c.id == actor.account_id, _account.c.revoked_at.is_(None), *bounds)
        .order_by(_participant.c.id.desc())
    )
    mine = {row.meeting_id: row.contact_id for row in await Query(_Own, own).all(session)}
    whole = await _whole(session, select(*_COLUMNS).where(_meeting.c.id.in_(mine))) if mine else []
    return [_with(one, tuple(p for p in one.participants if p.contact.id == mine[one.id])) for one in whole]


async def invitations_of(
    session: AsyncSession, actor: Actor, since: datetime, skipped: int, most: int
) -> tuple[list[Meeting], int]:
    """Return the dates of the live meetings from `since` on to which the actor's own address is invited.

    In their order, `most` of them after those `skipped`; and how many there are in all.
    """
    own = (
        select(_participant.c.meeting_id)
        .join(_contact, _contact.c.id == _participant.c.contact_id)
        .join(_account, _account.c.email == _contact.c.email)
        .where(_account.c.id == actor.account_id, _account.c.revoked_at.is_(None))
    )
    coming = and_(_meeting.c.id.in_(own), _meeting.c.starts_at >= since, _meeting.c.state.in_(MeetingState.live()))
    found = await _bare(session, select(*_COLUMNS).where(coming).limit(most).offset(skipped))
    return found, await session.scalar(select(func.count()).select_from(_meeting).where(coming)) or 0


def has_invitations(address: ColumnElement[str], since: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return whether an address is invited to a live meeting from `since` on, to be read with whose address it is."""
    return exists().where(
        _contact.c.email == address,
        _participant.c.contact_id == _contact.c.id,
        _meeting.c.id == _participant.c.meeting_id,
        _meeting.c.starts_at >= since,
        _meeting.c.state.in_(MeetingState.live()),
    )


async def overlapping(
    session: AsyncSession,
    platform: ColumnElement[bool],
    times: Sequence[tuple[datetime, datetime]],
    but: Collection[int],
) -> list[Meeting]:
    """Return the live meetings of a platform that take place during one of these times, from and until, but some."""
    query = select(*_COLUMNS).where(
        platform,
        _meeting.c.state.in_(MeetingState.live()),
        or_(*(and_(_meeting.c.starts_at < until, _meeting.c.ends_at > since) for since, until in times)),
        _meeting.c.id.not_in(but),
    )
    return await _bare(session, query)


async def organiser_address(session: AsyncSession, actor: Actor) -> str | None:
    """Return the address of the actor's account: to whom the answers of calendars go."""
    address: str | None = await session.scalar(select(_account.c.email).where(_account.c.id == actor.account_id))
    return address


class _Own(NamedTuple):
    meeting_id: int
    contact_id: int


class _Row(NamedTuple):
    """A meeting as it is kept."""

    id: int
    uid: str
    kind: MeetingKind
    scope: str
    departement_no: str | None
    region_code: str | None
    day: date
    hour: time
    zone: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    place: str | None
    link: str | None
    organiser: str
    series_id: int | None
    replaces_id: int | None
    state: MeetingState
    sequence: int
    dated_sequence: int
    revision: int

    def meeting(self) -> Meeting:
        """Return it as it is read, without its participants."""
        return Meeting(
            self.id,
            self.uid,
            self.kind,
            self.scope,
            self.departement_no,
            self.region_code,
            self.day,
            self.hour,
            ZoneInfo(self.zone),
            self.starts_at,
            self.ends_at,
            self.minutes,
            self.place,
            self.link,
            self.organiser,
            self.series_id,
            self.replaces_id,
            self.state,
            self.sequence,
            self.dated_sequence,
            self.revision,
        )


_COLUMNS = [_meeting.c[name] for name in _Row._fields]


async def _whole(session: AsyncSession, statement: Select[*tuple[Any, ...]]) -> list[Meeting]:
    rows = await _read(session, statement)
    people: dict[int, list[Participant]] = {row.id: [] for row in rows}
    if people:
        for one in await contacts.invited(session, list(people)):
            people[one.meeting_id].append(
                Participant(one.contact, one.answer, one.answered_at, one.invited_at, one.invited_sequence)
            )
    return [_with(row.meeting(), tuple(people[row.id])) for row in rows]


async def _bare(session: AsyncSession, statement: Select[*tuple[Any, ...]]) -> list[Meeting]:
    return [replace(row.meeting(), place=None, link=None, organiser="") for row in await _read(session, statement)]


async def _read(session: AsyncSession, statement: Select[*tuple[Any, ...]]) -> list[_Row]:
    return await Query(_Row, statement.order_by(_meeting.c.starts_at, _meeting.c.id)).all(session)


def _with(meeting: Meeting, participants: tuple[Participant, ...]) -> Meeting:
    return replace(meeting, participants=participants)
