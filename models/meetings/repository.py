"""All SQL of meetings, their participants and answers, bounded by how far the actor's rights go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.accounts.tables import Account
from models.base.metadata import table
from models.meetings.contacts import repository as contacts
from models.meetings.contacts.repository import Listed
from models.meetings.contacts.tables import Contact
from models.meetings.kinds import MeetingKind
from models.meetings.permissions import MeetingPermissions
from models.meetings.queries import known_rows, led_rows
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

    What became of it is read where it is shown (`models.meetings.deliveries`).
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


def during(first: date, last: date) -> ColumnElement[bool]:
    """Return which meetings are on the days from `first` to `last`, both included."""
    return _meeting.c.day.between(first, last)


def of_platform(departement: str | None, region: str | None, scope: str) -> ColumnElement[bool]:
    """Return which meetings are those of the same platform: of the département, else of the very scope."""
    if departement is not None:
        return _meeting.c.departement_no == departement
    return and_(_meeting.c.scope == scope, _meeting.c.region_code == region if region else true())


def around(there: Territory) -> ColumnElement[bool]:
    """Return which meetings are those of a place's platform; of a region, all those in it."""
    if there.departement is None and there.region is not None:
        return in_region(there.region)
    return of_platform(there.departement, there.region, there.scope)


async def led(session: AsyncSession, permissions: MeetingPermissions, *bounds: ColumnElement[bool]) -> list[Meeting]:
    """Return the meetings the actor leads, whole, in the order of their dates."""
    return await _whole(session, select(_meeting).where(led_rows(permissions, _meeting), *bounds))


async def one_led(
    session: AsyncSession, permissions: MeetingPermissions, number: int, *, lock: bool = False
) -> Meeting | None:
    """Return a meeting the actor leads, locked until the transaction ends if it is to be changed."""
    query = select(_meeting).where(led_rows(permissions, _meeting), _meeting.c.id == number)
    found = await _whole(session, query.with_for_update() if lock else query)
    return found[0] if found else None


async def known(session: AsyncSession, permissions: MeetingPermissions, *bounds: ColumnElement[bool]) -> list[Meeting]:
    """Return the dates and states of the meetings the actor knows: neither who comes nor where."""
    return await _bare(session, select(_meeting).where(known_rows(permissions, _meeting), *bounds))


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
        around(there),
        _meeting.c.day <= today,
        or_(_meeting.c.ends_at <= now, _meeting.c.state == MeetingState.CANCELLED),
    )
    last_first = _meeting.c.starts_at.desc(), _meeting.c.id.desc()
    page = select(_meeting.c.id).where(over).order_by(*last_first).limit(most).offset(skipped)
    found = await _bare(session, select(_meeting).where(_meeting.c.id.in_(page)))
    total = await session.scalar(select(func.count()).select_from(_meeting).where(over))
    return found[::-1], total or 0


async def counted(session: AsyncSession, *bounds: ColumnElement[bool]) -> list[Meeting]:
    """Return the dates and states by which obligations are counted, whoever asks: the caller has checked the scope."""
    return await _bare(session, select(_meeting).where(*bounds))


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
    rows: Any = await session.execute(own)
    mine: dict[int, int] = dict(rows.all())
    whole = await _whole(session, select(_meeting).where(_meeting.c.id.in_(mine))) if mine else []
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
    found = await _bare(session, select(_meeting).where(coming).limit(most).offset(skipped))
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
    query = select(_meeting).where(
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


def last_of(kind: MeetingKind, scope: str, before: date) -> ColumnElement[bool]:
    """Return which meeting is the last of a kind and scope before a day that was not cancelled."""
    last = (
        select(_meeting.c.id)
        .where(
            _meeting.c.kind == kind,
            _meeting.c.scope == scope,
            _meeting.c.day < before,
            _meeting.c.state != MeetingState.CANCELLED,
        )
        .order_by(_meeting.c.starts_at.desc(), _meeting.c.id.desc())
        .limit(1)
    )
    return _meeting.c.id.in_(last)


def numbered(numbers: Collection[int]) -> ColumnElement[bool]:
    """Return which meetings have these numbers."""
    return _meeting.c.id.in_(numbers)


def in_series(series_id: int) -> ColumnElement[bool]:
    """Return which meetings are of a series."""
    return _meeting.c.series_id == series_id


def live_between(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Return which meetings are to begin from `since` on and before `until`."""
    return and_(_meeting.c.starts_at >= since, _meeting.c.starts_at < until, _meeting.c.state.in_(MeetingState.live()))


def took_place_before(meeting: Meeting) -> ColumnElement[bool]:
    """Return which meetings of the same kind and scope took place before another."""
    return and_(
        _meeting.c.kind == meeting.kind,
        _meeting.c.scope == meeting.scope,
        _meeting.c.starts_at < meeting.starts_at,
        _meeting.c.state.in_((MeetingState.HELD, MeetingState.REPORTED)),
    )


def next_of(meeting: Meeting) -> ColumnElement[bool]:
    """Return which meeting of the same kind and scope is to take place next after another."""
    following = (
        select(_meeting.c.id)
        .where(
            _meeting.c.kind == meeting.kind,
            _meeting.c.scope == meeting.scope,
            _meeting.c.starts_at > meeting.starts_at,
            _meeting.c.state.in_(MeetingState.live()),
        )
        .order_by(_meeting.c.starts_at, _meeting.c.id)
        .limit(1)
    )
    return _meeting.c.id.in_(following)


def in_region(region: str) -> ColumnElement[bool]:
    """Return which meetings are of a region, its départements and dispositifs included."""
    return _meeting.c.region_code == region


async def _whole(session: AsyncSession, query: Select[Any]) -> list[Meeting]:
    rows = (await session.execute(query.order_by(_meeting.c.starts_at, _meeting.c.id))).all()
    people: dict[int, list[Participant]] = {row.id: [] for row in rows}
    if people:
        for number, part, contact in await contacts.invited(session, list(people)):
            one = Participant(contact, part.answer, part.answered_at, part.invited_at, part.invited_sequence)
            people[number].append(one)
    return [_with(Meeting(**_values(row)), tuple(people[row.id])) for row in rows]


async def _bare(session: AsyncSession, query: Select[Any]) -> list[Meeting]:
    rows = await session.execute(query.order_by(_meeting.c.starts_at, _meeting.c.id))
    hidden = {"place": None, "link": None, "organiser": ""}
    return [Meeting(**{**_values(row), **hidden}) for row in rows]


def _values(row: Row[Any]) -> dict[str, Any]:
    values = dict(row._mapping)
    values["zone"] = ZoneInfo(values["zone"])
    return {name: value for name, value in values.items() if name not in {"created_at", "changed_at"}}


def _with(meeting: Meeting, participants: tuple[Participant, ...]) -> Meeting:
    return replace(meeting, participants=participants)
