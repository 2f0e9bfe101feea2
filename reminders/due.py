"""All that is due at a moment, without what is told already: what goes out, and what waits for its hour."""

import logging
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.base.database import FAILURES
from models.meetings.reminders.standing import packs_asked, read_meetings, read_soon
from models.reminders.queries import read_campaign, read_recipients
from models.reminders.recipients import Recipients
from reminders.meetings import PackDue, packs_due, plan_meetings, plan_soon
from reminders.planning import plan
from reminders.reminder import Reminder

log = logging.getLogger(__name__)


async def due(session: AsyncSession, now: datetime) -> list[Reminder]:
    """Return what is due about the open campaign, about meetings and about months without a point.

    To be looked at once an hour: hours wished for are whole, and so is every French zone's distance from UTC.
    """
    everybody = await read_recipients(session)
    found: list[Reminder] = []
    for part in (_of_campaign, _of_meetings):
        try:
            found += await part(session, now, everybody)
        except FAILURES:
            raise
        except Exception:
            # Our own fault: campaigns are not kept from their reminders by what is wrong with meetings.
            log.exception("left out of the planning", extra={"part": part.__name__})
    return found


async def due_soon(session: AsyncSession, now: datetime) -> list[Reminder]:
    """Return what is due two hours before meetings, to be looked at every minute: one statement where there is none."""
    return plan_soon(await read_soon(session, now), now)


async def due_packs(session: AsyncSession, now: datetime) -> list[PackDue]:
    """Return the packs of meetings that are to be made now, without those that were asked for already."""
    return packs_due(await read_meetings(session, now), await packs_asked(session, now), now)


async def _of_campaign(session: AsyncSession, now: datetime, everybody: Recipients) -> list[Reminder]:
    return plan(await read_campaign(session, now, everybody), now)


async def _of_meetings(session: AsyncSession, now: datetime, everybody: Recipients) -> list[Reminder]:
    standing = await read_meetings(session, now, everybody)
    return [*plan_meetings(standing, now), *plan_soon(standing, now)]
