"""Which meetings time has something to say about: to come soon, over, waiting for their report. For the engine.

It asks in nobody's name (`COMMAND_LINE`), and tells each only what concerns them: `leaders`, `coordinators` and the
participants of a meeting say who that is.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.meetings import repository
from models.meetings.reach import reach
from models.meetings.repository import Held


async def coming(session: AsyncSession, asker: Asker, since: datetime, until: datetime) -> list[Held]:
    """Return the meetings to come that begin from `since` on and before `until`, with their participants."""
    return await repository.led(session, await reach(session, asker), repository.live_between(since, until))


async def awaiting_word(session: AsyncSession, asker: Asker, now: datetime) -> list[Held]:
    """Return the meetings that are over and of which nobody has said whether they were held, the oldest first."""
    return await repository.led(session, await reach(session, asker), repository.awaiting_word(now))


async def awaiting_report(session: AsyncSession, asker: Asker) -> list[Held]:
    """Return the meetings that were held and whose report is not signed, the oldest first."""
    return await repository.led(session, await reach(session, asker), repository.awaiting_report())


async def one_before(session: AsyncSession, asker: Asker, meeting: Held) -> Held | None:
    """Return the last meeting of the same kind and scope that took place before: since when a pack counts."""
    found = await repository.led(session, await reach(session, asker), repository.took_place_before(meeting))
    return found[-1] if found else None
