"""Meetings by their time, in an actor's name: those of some days, the last one before, the next one after."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.meetings import queries, repository
from models.meetings.kinds import MeetingKind
from models.meetings.permissions import MeetingPermissions, meeting_permissions
from models.meetings.repository import Meeting
from models.meetings.territories import Territory


async def one_before(session: AsyncSession, actor: Actor, meeting: Meeting) -> Meeting | None:
    """Return the last meeting of the same kind and scope that took place before: since when a pack counts."""
    permissions = await meeting_permissions(session, actor)
    before = queries.took_place_before(meeting.kind, meeting.scope, meeting.starts_at)
    found = await repository.led(session, permissions, before)
    return found[-1] if found else None


async def next_after(session: AsyncSession, actor: Actor, meeting: Meeting) -> Meeting | None:
    """Return the next meeting of the same kind and scope that is to take place, if the actor leads one."""
    permissions = await meeting_permissions(session, actor)
    after = queries.next_of(meeting.kind, meeting.scope, meeting.starts_at)
    found = await repository.led(session, permissions, after)
    return found[0] if found else None


async def dated(
    session: AsyncSession, rights: MeetingPermissions, there: Territory, first: date, last: date
) -> list[Meeting]:
    """Return the dates and states of the meetings of a platform known by `rights`, on the days `first` to `last`."""
    bounds = (queries.of_territory(there), queries.during(first, last))
    return await repository.known(session, rights, *bounds)


async def last_before(session: AsyncSession, actor: Actor, kind: MeetingKind, scope: str, day: date) -> Meeting | None:
    """Return the last meeting of a kind and scope before a day that the actor leads: what the next one repeats.

    One that was cancelled repeats nothing.
    """
    found = await repository.led(session, await meeting_permissions(session, actor), queries.last_of(kind, scope, day))
    return found[0] if found else None
