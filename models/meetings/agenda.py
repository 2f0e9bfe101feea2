"""Meetings by their time, in an actor's name: those of some days, the last one before, the next one after."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.meetings import repository
from models.meetings.kinds import MeetingKind
from models.meetings.permissions import MeetingPermissions, meeting_permissions
from models.meetings.repository import Meeting
from models.meetings.territories import Territory


async def one_before(session: AsyncSession, actor: Actor, meeting: Meeting) -> Meeting | None:
    """Return the last meeting of the same kind and scope that took place before: since when a pack counts."""
    found = await repository.led(
        session, await meeting_permissions(session, actor), repository.took_place_before(meeting)
    )
    return found[-1] if found else None


async def next_after(session: AsyncSession, actor: Actor, meeting: Meeting) -> Meeting | None:
    """Return the next meeting of the same kind and scope that is to take place, if the actor leads one."""
    found = await repository.led(session, await meeting_permissions(session, actor), repository.next_of(meeting))
    return found[0] if found else None


async def dated(
    session: AsyncSession, rights: MeetingPermissions, there: Territory, first: date, last: date
) -> list[Meeting]:
    """Return the dates and states of the meetings of a platform known by `rights`, on the days `first` to `last`."""
    bounds = (repository.around(there), repository.during(first, last))
    return await repository.known(session, rights, *bounds)


async def last_before(session: AsyncSession, actor: Actor, kind: MeetingKind, scope: str, day: date) -> Meeting | None:
    """Return the last meeting of a kind and scope before a day that the actor leads: what the next one repeats.

    One that was cancelled repeats nothing.
    """
    found = await repository.led(
        session, await meeting_permissions(session, actor), repository.last_of(kind, scope, day)
    )
    return found[0] if found else None
