"""What the reminders of meetings are decided from, for whoever sends: bounded by nobody's rights."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Account, Role, RoleGrant
from models.base.metadata import table
from models.base.rows import Query
from models.jobs.tables import Job
from models.meetings import repository
from models.meetings.jobs import PACK
from models.meetings.kinds import MeetingKind
from models.meetings.queries import TOOK_PLACE, live_between
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState
from models.meetings.tables import MeetingRow
from models.notifications.tables import OutboxMessage

_meeting = table(MeetingRow)
_account = table(Account)
_grant = table(RoleGrant)
_message = table(OutboxMessage)
_job = table(Job)

PacksAsked = frozenset[tuple[int, int, str]]
"""The account, the meeting and its day."""


class Told(NamedTuple):
    """A message that is written: what is told already."""

    kind: str
    account_id: int
    subject: str
    period: str


class _Asked(NamedTuple):
    account_id: int | None
    arguments: dict[str, object]


async def packs_asked(session: AsyncSession, since: datetime) -> PacksAsked:
    """Return the packs that were asked for by themselves since a moment."""
    recent = select(_job.c.asked_by, _job.c.arguments).where(_job.c.kind == PACK.code, _job.c.asked_at >= since)
    return frozenset(
        (job.account_id, int(str(job.arguments["meeting"])), str(job.arguments["day"]))
        for job in await Query(_Asked, recent).all(session)
        if job.account_id is not None and "day" in job.arguments
    )


async def told(session: AsyncSession, since: datetime, kinds: Collection[str]) -> list[Told]:
    """Return what was written of these kinds since a moment."""
    columns = (_message.c.kind, _message.c.account_id, _message.c.subject, _message.c.period)
    recent = select(*columns).where(_message.c.kind.in_(kinds), _message.c.written_at >= since)
    return await Query(Told, recent).all(session)


async def last_points(
    session: AsyncSession, now: datetime, departements: Collection[str] | None = None
) -> list[Meeting]:
    """Return the last point that took place in each département, of those given or of all."""
    bounds = [
        _meeting.c.kind == MeetingKind.POINT,
        _meeting.c.state.in_(TOOK_PLACE),
        _meeting.c.starts_at <= now,
        _meeting.c.departement_no.is_not(None),
    ]
    if departements is not None:
        bounds.append(_meeting.c.departement_no.in_(departements))
    last = (
        select(_meeting.c.departement_no, func.max(_meeting.c.starts_at))
        .where(*bounds)
        .group_by(_meeting.c.departement_no)
    )
    named = tuple_(_meeting.c.departement_no, _meeting.c.starts_at).in_(last)
    return await repository.counted(session, named, *bounds)


def followed(now: datetime, ahead: timedelta, behind: timedelta) -> ColumnElement[bool]:
    """Return which meetings are to begin soon, or are over and not reported."""
    over = _meeting.c.ends_at.between(now - behind, now)
    return or_(live_between(now, now + ahead), over & _meeting.c.state.in_((*MeetingState.live(), MeetingState.HELD)))


def accounts_of(taking_part: Collection[int], convening: Collection[str] | None) -> ColumnElement[bool]:
    """Return which accounts are these, have one of these addresses, lead or coordinate; the first alone without any."""
    who = [_account.c.id.in_(taking_part)]
    if convening is not None:
        led = select(_grant.c.account_id).where(_grant.c.role.in_((Role.CHEF_DE_FILE, Role.COORDINATOR)))
        who += [_account.c.email.in_(convening), _account.c.id.in_(led)]
    return or_(*who)
