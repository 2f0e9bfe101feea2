"""All that is due at a moment, whoever planned it: one line for each planner."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.meetings.standing import read_meetings, read_soon
from models.reminders.standing import read_standing
from reminders.meetings import plan_meetings, plan_soon
from reminders.planning import plan
from reminders.reminder import Reminder

Planner = Callable[[AsyncSession, datetime], Awaitable[list[Reminder]]]
"""Gives what goes out at a moment and what waits for its hour, without what is told already."""


async def of_campaign(session: AsyncSession, now: datetime) -> list[Reminder]:
    """Return what is due about the open campaign."""
    return plan(await read_standing(session, now), now)


async def of_meetings(session: AsyncSession, now: datetime) -> list[Reminder]:
    """Return what is due about meetings and months without a point."""
    return plan_meetings(await read_meetings(session, now), now)


async def of_meetings_soon(session: AsyncSession, now: datetime) -> list[Reminder]:
    """Return what is due two hours before meetings."""
    return plan_soon(await read_soon(session, now), now)


HOURLY: tuple[Planner, ...] = (of_campaign, of_meetings)
"""Looked at once an hour: hours wished for are whole, and so is every French zone's distance from UTC."""

EVERY_TICK: tuple[Planner, ...] = (of_meetings_soon,)
"""Looked at every minute; one statement where there is nothing."""


async def due(
    session: AsyncSession, now: datetime, planners: Sequence[Planner] = (*HOURLY, *EVERY_TICK)
) -> list[Reminder]:
    """Return what these planners find."""
    return [reminder for planner in planners for reminder in await planner(session, now)]
