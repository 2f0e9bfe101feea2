"""Meetings by their time, in an asker's name: those of some days, the last one before, the next one after."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.meetings import repository
from models.meetings.kinds import MeetingKind
from models.meetings.repository import Meeting
from models.platforms.reach import Reach, reach
from models.platforms.where import Where


async def one_before(session: AsyncSession, asker: Asker, meeting: Meeting) -> Meeting | None:
    """Return the last meeting of the same kind and scope that took place before: since when a pack counts."""
    found = await repository.led(session, await reach(session, asker), repository.took_place_before(meeting))
    return found[-1] if found else None


async def next_after(session: AsyncSession, asker: Asker, meeting: Meeting) -> Meeting | None:
    """Return the next meeting of the same kind and scope that is to take place, if the asker leads one."""
    found = await repository.led(session, await reach(session, asker), repository.next_of(meeting))
    return found[0] if found else None


async def dated(session: AsyncSession, rights: Reach, there: Where, first: date, last: date) -> list[Meeting]:
    """Return the dates and states of the meetings of a platform known by `rights`, on the days `first` to `last`."""
    bounds = (repository.around(there), repository.during(first, last))
    return await repository.known(session, rights, *bounds)


async def last_before(session: AsyncSession, asker: Asker, kind: MeetingKind, scope: str, day: date) -> Meeting | None:
    """Return the last meeting of a kind and scope before a day that the asker leads: what the next one repeats.

    One that was cancelled repeats nothing.
    """
    found = await repository.led(session, await reach(session, asker), repository.last_of(kind, scope, day))
    return found[0] if found else None
