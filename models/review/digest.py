"""Approvals, told in a digest at the end of the day: nothing is to be done about them, so nobody is disturbed before.

What is sent back is told at once (`service.py`).
"""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.base.clock import local_day
from models.notifications.repository import notify
from models.reference.working_days import MAINLAND, Place, is_working_day, on_or_after, place_of
from models.review.messages import APPROVED
from models.review.queries import approved
from models.review.texts import approved_screen

FROM, UNTIL = time(17, 0), time(19, 0)
"""The end of the working day, on the clock of whoever is told: the quiet hours begin after it."""

LONGEST = timedelta(days=14)
"""How far back the first digest goes."""


def is_time(now: datetime) -> bool:
    """Whether digests are written at that moment: at the end of a working day in mainland France."""
    return _is_evening(now, MAINLAND)


def next_evening(now: datetime, place: Place) -> datetime:
    """Return `now` if it is the end of a working day there, else the moment, in UTC, at which the next one begins."""
    if _is_evening(now, place):
        return now
    local = now.astimezone(place.zone)
    first = local.date() if local.time() < FROM else local.date() + timedelta(days=1)
    return datetime.combine(on_or_after(first, place), FROM, place.zone).astimezone(UTC)


async def write_digests(session: AsyncSession, now: datetime) -> int:
    """Tell each author how many of their entries others validated since they were last told; return how many are told.

    It reaches them in the evening of the département of the persons entered. Written twice on the same day it tells
    nobody twice.
    """
    today = local_day(now)
    number = 0
    for those in await approved(session, APPROVED.code, now - LONGEST):
        number += await notify(
            session,
            now,
            APPROVED,
            those.account_id,
            f"campaign:{those.day}",
            today.isoformat(),
            approved_screen(those.day, those.number),
            due_at=next_evening(now, place_of(those.departement)),
            departement=those.departement,
        )
    return number


def _is_evening(now: datetime, place: Place) -> bool:
    local = now.astimezone(place.zone)
    return FROM <= local.time() < UNTIL and is_working_day(local.date(), place)
